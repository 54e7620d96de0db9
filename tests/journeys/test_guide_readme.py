"""Does what the README shows appear, and do its commands prove what was decided?"""

import re
import shlex
import subprocess
from pathlib import Path

from tests.journeys.newcomers import ROOT, Newcomer, made
from tests.journeys.rooms import clean

MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"


def read(text: str) -> str:
    """Return *text* without lines, frames and days: what it says whenever it is said."""
    plain = re.sub(rf"\d+ ({MONTHS})( \d{{4}})?|\b20\d\d(?=-\d{{3}})", "…", re.sub(r"[┌└│─]", " ", text))
    return " ".join(plain.split())


def test_readme_shows_what_appears_and_its_commands_prove_it(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (talk,) = re.findall(r"```\n(» .*?)```", text, re.DOTALL)
    reader = Newcomer.arrived(tmp_path / "governor")
    lines = "".join(f"{line}\n" for line in re.findall(r"^» (.*)$", talk, re.MULTILINE))
    environment = clean(GOVERNOR_SECRETARY="Ratna")

    def typed(command: str, said: str = "") -> str:
        done = subprocess.run(
            shlex.split(command),
            cwd=reader.folder,
            env=environment,
            input=said,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done
        return done.stdout

    shown = typed(made(), lines)
    for part in re.split(r"^» .*$", talk, flags=re.MULTILINE):
        assert read(part) in read(shown)

    commands = re.findall(r"^ {4}(\.venv/bin/governor .*?) {2,}", text, re.MULTILINE)
    ((file, number, key),) = re.findall(r"governor verify (\S+?(\d{4}-\d{3})\.\S+) --key (\S+)", shown)
    assert len(commands) == 4
    for command in commands:
        ours = re.sub(r"--proof \S+", f"--proof {number}", command)
        assert typed(ours.replace("FILE", file).replace("VKEY", key))
