"""What does a guide have a newcomer do? It is taken from its own text, and done in a folder that has nothing else."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.rooms import clean
from tests.journeys.talk import Talk, typed
from tests.journeys.terminal import Terminal

ROOT = Path(__file__).parents[2]

COMING = {"en": "Budi    coming", "id": "Budi     hadir"}
"""What the card of the meeting says of somebody who has accepted, by the guide's language."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands in a guide under a heading, down to the next one."""

    text: str

    @classmethod
    def of(cls, guide: str, title: str) -> "Section":
        """Return the section of *guide* whose heading is *title*."""
        whole = (ROOT / "docs" / guide).read_text(encoding="utf-8")
        found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", whole, re.MULTILINE | re.DOTALL)
        assert found is not None, f"{guide} has no {title!r}"
        return cls(found[1])

    @property
    def settings(self) -> dict[str, str]:
        """Return name → value of the settings that are to be written into ``.env``."""
        return dict(re.findall(r"^ +(GOVERNOR_\w+)=(.*)$", self.text, re.MULTILINE))

    @property
    def commands(self) -> list[str]:
        """Return the commands that are to be typed, each a line of its own."""
        return re.findall(r"^ {4,}((?:\.venv/bin/governor|cp) .*)$", self.text, re.MULTILINE)

    @property
    def said(self) -> list[str]:
        """Return the lines that are to be said in the room."""
        return re.findall(r"^ +» (.*)$", self.text, re.MULTILINE)

    def told(self, pattern: str) -> str:
        """Return the words that the guide says will be shown, of which the first that match *pattern* are meant."""
        return next(one for one in self.spans if re.search(pattern, one))

    @property
    def spans(self) -> list[str]:
        """Return what is written as code within its sentences."""
        plain = re.sub(r"^ *```.*?^ *```$", "", self.text, flags=re.MULTILINE | re.DOTALL)
        return [" ".join(one.split()) for one in re.findall(r"`([^`]+)`", plain)]


@dataclass
class Newcomer:
    """Somebody who has a clone of Governor in *folder*, and does what they read; *elsewhere* is where services are."""

    folder: Path
    elsewhere: dict[str, str] = field(default_factory=dict)

    @classmethod
    def arrived(cls, folder: Path) -> "Newcomer":
        """Return somebody in a new *folder*, with what a clone and its first ``make run`` put there."""
        (folder / ".venv").mkdir(parents=True)
        (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
        (folder / ".env.example").write_bytes((ROOT / ".env.example").read_bytes())
        return cls(folder)

    def begin(self, section: Section, language: str) -> None:
        """Start Governor for the first time, answer what it asks, leave, and make the file of the settings."""
        terminal = Terminal(self.folder)
        for question in ("language", *(("Name", "zone", "name", "mail") if language == "en" else _ASKED)):
            terminal.expect(question)
            terminal.type(f"{language}\r" if question == "language" else "\r")
        terminal.expect(">")
        terminal.type(f"{section.told('^(exit|keluar)$')}\r")
        assert terminal.end() == 0, terminal.seen
        for command in section.commands:
            subprocess.run(["/bin/sh", "-c", command], cwd=self.folder, env=clean(), check=True)
        assert (self.folder / ".env").stat().st_mode & 0o777 == 0o600

    def write(self, settings: dict[str, str]) -> None:
        """Take the ``#`` away from the lines of *settings*, and write their values."""
        text = (self.folder / ".env").read_text(encoding="utf-8")
        for name, value in settings.items():
            assert text.count(f"\n#{name}=") == 1, f"{name} is not in .env.example"
            text = re.sub(rf"^#{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
        (self.folder / ".env").write_text(text, encoding="utf-8")

    @contextmanager
    def types(self, command: str) -> Iterator[Talk]:
        """Yield what comes of *command*, typed in the folder."""
        environment = clean() | self.elsewhere
        with typed(["/bin/sh", "-c", f"exec {command}"], self.folder, environment) as talk:
            yield talk

    @contextmanager
    def runs(self) -> Iterator[Talk]:
        """Yield what comes of ``make run``."""
        with self.types(made()) as talk:
            yield talk


_ASKED = ("Nama", "Zona", "Nama", "surel")


def made() -> str:
    """Return what ``make run`` runs once the environment is there."""
    asked = ["make", "--no-print-directory", "--dry-run", "--old-file=.venv/.run", "run"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return told.strip().splitlines()[-1]
