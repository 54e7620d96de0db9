"""What is told about deliveries that wait, and about a reader who has gone?"""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import Govern
from tests.journeys.rooms import clean, governor

LINES = """\
anggota tambah Budi budi@example.org
rapat kas besok jam 7 malam dengan @budi
1
kapan rapat?
"""
NOWHERE = {
    "GOVERNOR_SMTP_HOST": "127.0.0.1",
    "GOVERNOR_SMTP_PORT": "1",
    "GOVERNOR_MAIL_FROM": "g@example.org",
    "GOVERNOR_RETRY_SECONDS": "3600",
}
"""Mail that goes nowhere, and is not tried again while this runs, however slow the machine is."""


def test_delivery_that_waits_is_told_in_the_room_and_to_the_operator(tmp_path: Path, govern: Govern) -> None:
    talked = subprocess.run(
        [governor(), "run"],
        check=True,
        input=LINES,
        capture_output=True,
        text=True,
        env=clean(**NOWHERE),
        cwd=tmp_path,
        timeout=60,
    )
    assert talked.stderr == ""
    assert "Budi     belum menjawab · surel: belum terkirim, dicoba lagi" in talked.stdout
    assert "1 kiriman menunggu dicoba lagi" in talked.stdout
    (waiting,) = json.loads(govern("effects", "--json").out)
    assert (waiting["state"], waiting["tries"]) == ("queued", 1)
    told = govern("effects").out
    assert told.startswith(f"{waiting['id']}\n  menunggu; gagal 1 kali, dicoba lagi ")
    assert "Server surel 127.0.0.1 tidak dapat dihubungi" in told
    assert json.loads(govern("status", "--json").out)["deliveries"] == {"queued": 1, "failing": 1, "dead": 0}
    assert govern("status").out.startswith("Kiriman: 1 menunggu, 1 di antaranya sempat gagal; 0 tidak dicoba lagi")


def test_lines_are_carried_out_when_whoever_reads_the_transcript_has_gone(tmp_path: Path, govern: Govern) -> None:
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
    assert govern("export", "--proof", f"{datetime.now(UTC).year}-005").status == 0
    assert govern("effects").out == "Tidak ada kiriman yang menunggu atau gagal.\n"
    assert "Tidak ada kiriman gagal dengan id nonsense." in govern("effects", "--retry", "nonsense").err
