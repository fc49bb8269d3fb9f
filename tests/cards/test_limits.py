"""Files made to hurt are refused within 300 ms and 50 MB, and nesting never crashes the process."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

ATTACKS = {
    "brackets": ("'[' * 100_000", "nested more than 20 deep"),
    "brackets on lines": ("'[\\n' * 100_000", "nested more than 20 deep"),
    "braces": ("'{a: ' * 100_000", "nested more than 20 deep"),
    "dashes": ("'- ' * 100_000", "nested more than 20 deep"),
    "questions": ("'? ' * 100_000", "nested more than 20 deep"),
    "steps": ("''.join(' ' * n + 'a:\\n' for n in range(2_000))", "nested more than 20 deep"),
    "closing brackets": ("'a: ' + ']' * 100_000", "may not begin with"),
    "alias bomb": (
        "'a: &a [x,x,x,x,x,x,x,x,x]\\n' + ''.join("
        "f'{chr(98+i)}: &{chr(98+i)} [' + ','.join(['*' + chr(97+i)] * 9) + ']\\n' for i in range(20))",
        "aliases repeat too much",
    ),
    "long text repeated": (
        "'a: &a ' + 'x' * 90_000 + '\\nb: [' + '*a,' * 1_000 + ']\\n'",
        "aliases repeat too much",
    ),
    "many anchors": ("'a: ' + '&a ' * 100_000", "in quotes"),
    "many tags": ("'a: ' + '!a ' * 100_000", "may not begin with"),
    "quote never closed": ("'a: \"' + 'x' * 4_900_000", "never closed"),
    "too large": ("'a: ' + 'x' * 6_000_000", "6.0 MB"),
    "colons": ("'a: ' * 1_000_000", "quotes"),
}

SCRIPT = """
import json, resource, sys, time
from interviewprep.cards.source import SourceError, read_source
read_source(b"a: b")
data = ({attack}).encode()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
try:
    read_source(data)
    said = "nothing"
except SourceError as error:
    said = error.fault.message
took = time.process_time() - began
unit = 1 if sys.platform == "darwin" else 1024
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit
print(json.dumps([said, took, grown]))
"""


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(name: str) -> None:
    attack, words = ATTACKS[name]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(attack=attack)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"the reader died: {done.returncode} {done.stderr}"
    said, seconds, grown = json.loads(done.stdout)
    assert words in said
    assert seconds < 0.3
    assert grown < 50_000_000


def test_a_large_honest_deck_is_read() -> None:
    from cards.reading import ids

    text = "cards:\n" + "".join(f"  - {{id: c{n}, question: q{n}, short: s}}\n" for n in range(2_000))
    assert len(ids(text)) == 2_000
