"""A run of Governor at whose keyboard somebody sits."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.rooms import clean, governor


class Talk:
    """What is typed into a *process*, and what it has ``shown``."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.shown = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.shown += line

    def say(self, line: str) -> None:
        """Type *line*."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self, words: str, seconds: float = 30) -> None:
        """Return once *words* have been shown."""
        self.until(lambda: words in self.shown, seconds, repr(words))

    def until(self, holds: Callable[[], object], seconds: float = 30, what: str = "it") -> None:
        """Return once *holds* is true."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, f"{what} is not so:\n{self.shown}"
            time.sleep(0.02)

    def heard(self) -> str:
        """Return all that is shown until it ends by itself, well."""
        status = self._process.wait(60)
        self._reader.join(10)
        assert status == 0, self.shown
        return self.shown


@contextmanager
def typed(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> Iterator[Talk]:
    """Yield what comes of *command*, typed in *home*; it is ended where it does not end by itself."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, text=True, env=environment, cwd=home, **pipes) as process:  # type: ignore[call-overload]
        talk = Talk(process)
        try:
            yield talk
        finally:
            process.terminate()
            assert process.wait(20) == 0, talk.shown


@contextmanager
def talking(home: Path, **settings: str) -> Iterator[Talk]:
    """Yield a run of Governor in *home*, with nothing set but *settings*."""
    with typed([governor(), "run", "--data", str(home / "data")], home, clean(**settings)) as talk:
        yield talk
