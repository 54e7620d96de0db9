"""What is handed to a member on Discord as a file? Whole minutes, and a proof that they check without anything else."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.discord_server import Guild, description
from tests.journeys.rooms import clean, governor
from tests.journeys.test_discord import founded, guild

__all__ = ["guild"]

description.require()

SPOKEN = {
    "id": ("bukti {}", ("Bukti KEPUTUSAN", "Terlampir: ", "folder Governor Anda")),
    "en": ("proof {}", ("Proof of DECISION", "Attached: ", "folder of a Governor")),
}


@pytest.mark.parametrize("language", SPOKEN)
def test_proof_is_attached_and_its_command_verifies_it_where_the_member_saved_it(
    guild: Guild, tmp_path: Path, language: str
) -> None:
    sentence, told = SPOKEN[language]
    dewi, budi = founded(guild, language)
    decided = guild.command(dewi, "decision record", text="menyetujui anggaran Rp10 juta").text
    number = re.findall(r"\d{4}-\d{3}", decided.replace("\\", ""))[0]
    by_command = guild.command(budi, "decision prove", number=number).messages
    guild.say(budi, f"<@{guild.server.bot['id']}> {sentence.format(number)}")
    for shown in (*by_command, guild.seen(told[0], count=2)):
        assert [words for words in told if words not in shown.text] == []
        assert str(tmp_path) not in shown.text
        name = f"{number}.tlog-proof"
        home = tmp_path / f"home {shown.id}"
        home.mkdir()
        (home / name).write_bytes(shown.files[name])
        (command,) = re.findall(rf"^\.venv/bin/governor (verify {name} --key \S+)$", shown.text, re.MULTILINE)

        verified = _run(command, home)
        assert (verified.returncode, verified.stderr) == (0, "")
        assert "menyetujui anggaran Rp10 juta" in verified.stdout

        at = shown.files[name].index(b"\n\n") + 60  # within the root of the checkpoint, below its origin and its size
        for place in (at, len(shown.files[name]) // 2, len(shown.files[name]) - 20):
            changed = bytearray(shown.files[name])
            changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
            (home / name).write_bytes(changed)
            assert _run(command, home).returncode in (1, 2)


@pytest.mark.parametrize(
    ("language", "called", "told"),
    [
        ("id", ("rapat anggaran Kamis depan jam 3 sore", "Panggil rapat"), ("Terlampir: ", "# Notulen")),
        ("en", ("budget meeting next Thursday 3pm", "Call the meeting"), ("Attached: ", "# Minutes")),
    ],
)
def test_saved_minutes_are_attached_and_nobody_is_told_where_they_lie_on_the_server(
    guild: Guild, tmp_path: Path, language: str, called: tuple[str, str], told: tuple[str, str]
) -> None:
    dewi, _ = founded(guild, language)
    asked = guild.command(dewi, "governor", sentence=called[0])
    assert asked.original is not None
    guild.press(dewi, asked.original, called[1])
    (shown,) = guild.command(dewi, "minutes save").messages
    ((name, content),) = shown.files.items()
    assert f"{told[0]}{name}" in shown.text.replace("\\", "")
    assert re.fullmatch(rf"\d{{4}}-\d{{3}}\.{language}\.md", name)
    assert content.decode().startswith(told[1])
    assert str(tmp_path) not in shown.text


def _run(command: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """Return what came of Governor's *command* in the folder *home*, in which there is no record."""
    return subprocess.run(
        [governor(), *shlex.split(command)], cwd=home, env=clean(), capture_output=True, text=True, check=False
    )
