"""Governor as somebody has it who sits at a terminal."""

import os
import pty
import select
import subprocess
import time
from pathlib import Path

from tests.journeys.rooms import clean, governor


class Terminal:
    """Governor in a terminal of its own: what a person types and sees."""

    def __init__(self, home: Path) -> None:
        self._mine, theirs = pty.openpty()
        environment = clean(TERM="xterm", COLUMNS="80", LINES="40")
        command = [governor(), "run", "--data", "data"]
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=home, start_new_session=True
        )
        os.close(theirs)
        self.seen = self._rest = ""

    def expect(self, words: str, seconds: float = 60) -> None:
        """Return once *words* have been shown since the last look."""
        until, fresh = time.monotonic() + seconds, self._rest
        while words not in fresh:
            assert time.monotonic() < until, fresh
            if select.select([self._mine], [], [], 0.2)[0]:
                fresh += self._read()
                if "\x1b[6n" in fresh:  # prompt_toolkit asks where the cursor is
                    fresh = fresh.replace("\x1b[6n", "")
                    os.write(self._mine, b"\x1b[1;1R")
        self.seen += fresh
        self._rest = fresh[fresh.index(words) + len(words) :]

    def type(self, text: str) -> None:
        """Type *text*."""
        os.write(self._mine, text.encode())

    def end(self) -> int:
        """Return the exit status; what is still shown is read."""
        try:
            while select.select([self._mine], [], [], 10)[0]:
                self.seen += self._read()
        except OSError:
            pass
        os.close(self._mine)
        return self._process.wait(timeout=30)

    def _read(self) -> str:
        return os.read(self._mine, 65536).decode(errors="replace")
