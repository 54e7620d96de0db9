import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from governor import logbook
from governor.__main__ import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command did: its exit status, what it printed, what it complained of."""

    status: int
    out: str
    err: str


Govern = Callable[..., Ran]


@pytest.fixture
def govern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Govern]:
    """Run the program in this process, in an empty folder, with nothing set but what is given."""
    for name in [name for name in os.environ if name.startswith("GOVERNOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*words: str, **settings: str) -> Ran:
        with monkeypatch.context() as patch:
            for name, value in ({"GOVERNOR_HTTP_PORT": "0"} | settings).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["governor", *words])
            capfd.readouterr()
            with pytest.raises(SystemExit) as left:
                main()
        said = capfd.readouterr()
        return Ran(status=int(left.value.code or 0), out=said.out, err=said.err)

    yield run
    logbook.end()
