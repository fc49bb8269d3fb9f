"""Programs that are killed, and programs that write at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from store.histories import Home

from interviewprep.store import doctor

TESTS = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TESTS)}


def test_nothing_acknowledged_is_lost_by_kills_at_random_moments(tmp_path: Path) -> None:
    script = TESTS / "store" / "killed.py"
    done = subprocess.run(
        [sys.executable, script, tmp_path, "200", "2"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["deeds"] > 500


def test_two_writers_at_once_lose_nothing(home: Home) -> None:
    script = TESTS / "store" / "writing.py"
    programs = [
        subprocess.Popen(
            [sys.executable, script, home.folder, name, "1000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        for name in ("one", "two")
    ]
    for program in programs:
        out, errors = program.communicate(timeout=120)
        assert (out.strip(), errors) == ("1000", "")
    assert home.query("SELECT session_id, count(*) FROM review GROUP BY 1 ORDER BY 1") == [
        ("one", 1000),
        ("two", 1000),
    ]
    assert home.query("SELECT min(seq), max(seq) FROM review") == [(1, 2000)]
    store = home.open()
    assert doctor.check(store).is_well
    assert store.states() == home.replayed()
    store.close()


def test_programs_that_make_the_database_at_the_same_moment_agree(tmp_path: Path) -> None:
    script = TESTS / "store" / "making.py"
    done = subprocess.run(
        [sys.executable, script, tmp_path, "10"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for folder in tmp_path.iterdir():
        home = Home(folder)
        assert home.query("SELECT count(*) FROM review") == [(6,)]
        assert home.query("SELECT count(*) FROM meta WHERE key = 'device'") == [(1,)]
        store = home.open()
        assert doctor.check(store).is_well
        store.close()
