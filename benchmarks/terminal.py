"""A program in a real pseudo-terminal of 80x24, and when it has painted something."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, perf_counter

ROOT = Path(__file__).resolve().parents[1]
MINIMAL = """
from textual.app import App, ComposeResult
from textual.widgets import Static

class Minimal(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("hello, show answer")

Minimal().run()
"""
"""A Textual app with one Static: the least such a program can cost."""
PAINTED = b"show answer"
"""In the footer of an open question, and in MINIMAL."""


class Terminal:
    """One process; read what it writes, type into it."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        # Byte code is kept, as on any other machine, wherever this variable comes from.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        full = {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
        full.pop("NO_COLOR", None)
        self.started = perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=full, cwd=ROOT, start_new_session=True
        )
        os.close(slave)

    def wait_for(self, text: bytes, *, seconds: float = 60.0) -> float:
        """The time at which `text` had come; raises TimeoutError."""
        seen = b""
        end = monotonic() + seconds
        while monotonic() < end:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    seen += os.read(self.master, 65536)
                except OSError:
                    break
                if text in seen:
                    return perf_counter()
        raise TimeoutError(f"{text!r} never came; the end of what came: {seen[-2000:]!r}")

    def drain(self, seconds: float) -> bytes:
        """Read for a while."""
        seen = b""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            if select.select([self.master], [], [], left)[0]:
                try:
                    seen += os.read(self.master, 65536)
                except OSError:
                    break
        return seen

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self.master, keys)

    def peak_kb(self) -> int:
        """Highest resident memory so far, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))

    def stop(self) -> None:
        """End it and what it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)
