"""What is told about deliveries that wait, and about a reader who has gone?"""

import json
import subprocess
from pathlib import Path

from tests.journeys.rooms import clean, governor

LINES = """\
anggota tambah Budi budi@example.org
rapat kas besok jam 7 malam dengan @budi
1
kapan rapat?
"""
NOWHERE = {"GOVERNOR_SMTP_HOST": "127.0.0.1", "GOVERNOR_SMTP_PORT": "1", "GOVERNOR_MAIL_FROM": "g@example.org"}


def run(home: Path, *words: str, lines: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run the installed command in *home*."""
    return subprocess.run(
        [governor(), *words],
        check=False,
        input=lines,
        capture_output=True,
        text=True,
        env=clean(**settings),
        cwd=home,
        timeout=60,
    )


def test_delivery_that_waits_is_told_in_the_room_and_to_the_operator(tmp_path: Path) -> None:
    talked = run(tmp_path, "run", lines=LINES, **NOWHERE)
    assert (talked.returncode, talked.stderr) == (0, "")
    assert "Budi     belum menjawab · surel: belum terkirim, dicoba lagi" in talked.stdout
    assert "1 kiriman menunggu dicoba lagi" in talked.stdout
    (waiting,) = json.loads(run(tmp_path, "effects", "--json").stdout)
    assert (waiting["state"], waiting["tries"]) == ("queued", 1)
    told = run(tmp_path, "effects").stdout
    assert told.startswith(f"{waiting['id']}\n  menunggu; gagal 1 kali, dicoba lagi ")
    assert "Server surel 127.0.0.1 tidak dapat dihubungi" in told


def test_nothing_that_waits_is_said_too(tmp_path: Path) -> None:
    run(tmp_path, "run", lines="bantuan\n")
    assert run(tmp_path, "effects").stdout == "Tidak ada kiriman yang menunggu atau gagal.\n"
    refused = run(tmp_path, "effects", "--retry", "nonsense")
    assert refused.returncode == 2
    assert "Tidak ada kiriman gagal dengan id nonsense." in refused.stderr


def test_lines_are_carried_out_when_whoever_reads_the_transcript_has_gone(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("".join(f"keputusan: nomor {number}\n" for number in range(5)))
    with script.open() as lines:
        command = [governor(), "run"]
        piped = subprocess.Popen(
            command, stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean(), cwd=tmp_path
        )
        assert piped.stdout is not None
        assert piped.stderr is not None
        piped.stdout.readline()
        piped.stdout.close()
        assert piped.stderr.read() == b""
        piped.stderr.close()
        assert piped.wait(timeout=60) == 0
    assert "5 keputusan ditemukan" in run(tmp_path, "run", lines="tampilkan keputusan bulan ini\n").stdout
