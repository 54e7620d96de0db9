"""From a sentence to the record: the installed command, the two transcripts, the files that lie there afterwards."""

import json
import re
import signal
import subprocess
import time
from email import message_from_bytes, policy
from itertools import groupby
from pathlib import Path
from typing import TextIO

import pytest
from icalendar import Calendar

from governor.ledger.note import Verifier
from governor.services.audit import open_proof
from tests.journeys.rooms import clean, governor
from tests.postgres import Postgres

HERE = Path(__file__).parent
LANGUAGES = ("id", "en")
KEY_LINES = {
    "id": (
        "Budi terdaftar sebagai anggota nomor 2: @budi, budi@example.org.",
        "Rancangan: Rapat Pengurus",
        "│ Lamanya  1 jam 30 menit (sampai 20.30 WIB)",
        "│ Tempat   Sekretariat",
        "│ Acara    anggaran",
        "[1] Panggil rapat  [2] Ubah  [3] Batal",
        "Rapat dipanggil: Rapat Pengurus, Kamis,",
        "RAPAT 2026-001: Rapat Pengurus",
        "Budi hadir di Rapat Pengurus.",
        "Sari tidak hadir di Rapat Pengurus.",
        "Rapat diubah: Rapat Pengurus, sekarang Jumat,",
        "KEPUTUSAN 2026-001 dicatat.",
        "│ Isi               menyetujui anggaran Rp 10 juta",
        "│ Penanggung jawab  Sari",
        "Dicatat dalam notulen Rapat Pengurus, butir 1: Budi melaporkan kas per 31 Oktober",
        "1 keputusan ditemukan; 1 diperiksa.",
        "# Notulen: Rapat Pengurus",
        "Notulen disimpan: ",
        "Bukti KEPUTUSAN 2026-001: catatan 12 dalam log berukuran 14, di bawah titik periksa ini.",
        "Rapat dibatalkan: Rapat Pengurus",
    ),
    "en": (
        "Budi is enrolled as member number 2: @budi, budi@example.org.",
        "Draft: Board meeting",
        "│ Length  1 hour 30 minutes (until 20:30 WIB)",
        "│ Place   Secretariat",
        "│ Agenda  the budget",
        "[1] Call the meeting  [2] Change  [3] Discard",
        "Meeting called: Board meeting, Thursday,",
        "MEETING 2026-001: Board meeting",
        "Budi is coming to Board meeting.",
        "Sari is not coming to Board meeting.",
        "Meeting changed: Board meeting, now Friday,",
        "DECISION 2026-001 is recorded.",
        "│ Text     approve the budget of Rp 10 million",
        "│ Owner    Sari",
        "Noted in the minutes of Board meeting, item 1: Budi reported the cash as of 31 October",
        "Decisions found: 1; looked at: 1.",
        "# Minutes: Board meeting",
        "Minutes saved: ",
        "Proof of DECISION 2026-001: entry 12 in the log of size 14, under this checkpoint.",
        "Meeting cancelled: Board meeting",
    ),
}


class Meeting:
    """One run of a transcript, and the folder that it leaves."""

    def __init__(self, language: str, home: Path, **settings: str) -> None:
        self.language = language
        self.home = home
        self.data = home / "data"
        self.settings = settings
        with (HERE / f"first_meeting.{language}.txt").open() as lines:
            self.ran = self.run("run", stdin=lines)
        self.shown = self.ran.stdout

    def run(self, *words: str, stdin: int | TextIO = subprocess.DEVNULL) -> "subprocess.CompletedProcess[str]":
        """Run the installed command on this folder."""
        command = [governor(), *words, "--data", str(self.data)]
        return subprocess.run(
            command,
            check=False,
            stdin=stdin,
            capture_output=True,
            text=True,
            env=clean(**self.settings),
            cwd=self.home,
            timeout=120,
        )


def messages(data: Path) -> list[tuple[str, str, int, str, str]]:
    """Return (recipient, method, sequence, uid, text) of every message written, the oldest first."""
    found = []
    for path in sorted((data / "mail").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_content())
        (event,) = calendar.walk("VEVENT")
        body = mail.get_body(("plain",))
        assert body is not None
        recipient = mail["To"].addresses[0].addr_spec
        found.append(
            (recipient, str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["UID"]), body.get_content())
        )
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def meeting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    return Meeting(request.param, tmp_path_factory.mktemp(request.param))


def check_messages(meeting: Meeting) -> None:
    """Check that each person got the request, the update and the cancellation of one meeting."""
    told = sorted(messages(meeting.data))
    assert len({uid for _, _, _, uid, _ in told}) == 1
    by_person = {who: [(m, s) for _, m, s, _, _ in rest] for who, rest in groupby(told, key=lambda one: one[0])}
    expected = [("CANCEL", 2), ("REQUEST", 0), ("REQUEST", 1)]
    assert by_person == {"budi@example.org": expected, "sari@example.org": expected}


def test_transcript_exits_0_and_says_each_thing_in_its_language(meeting: Meeting) -> None:
    assert (meeting.ran.returncode, meeting.ran.stderr) == (0, "")
    for line in KEY_LINES[meeting.language]:
        assert line in meeting.shown
    assert not [line for line in meeting.shown.split("\n") if line.startswith("!")]


def test_each_person_gets_request_update_and_cancel_of_one_uid(meeting: Meeting) -> None:
    check_messages(meeting)


def test_minutes_and_proof_lie_where_it_was_said(meeting: Meeting) -> None:
    minutes = meeting.data / "minutes" / f"2026-001.{meeting.language}.md"
    assert str(minutes) in meeting.shown
    assert "2026-001" in minutes.read_text(encoding="utf-8")
    assert str(meeting.data / "proofs" / "2026-001.tlog-proof") in meeting.shown


def test_command_that_is_shown_verifies_the_proof_when_it_is_copied(meeting: Meeting) -> None:
    (command,) = re.findall(r"^\.venv/bin/governor (verify \S+ --key \S+)$", meeting.shown, re.MULTILINE)
    verified = meeting.run(*command.split())
    assert (verified.returncode, verified.stderr) == (0, "")
    assert re.search(r"governor\.[0-9a-f]{8}\.invalid/log/", verified.stdout)


def test_checkpoint_that_is_shown_can_be_copied(meeting: Meeting) -> None:
    note = re.search(r"^governor\.[0-9a-f]{8}\.invalid/log/\d+\n14\n\S+\n\n— \S+ \S+\n", meeting.shown, re.MULTILINE)
    assert note is not None
    assert (meeting.data / "published" / "14.checkpoint").read_text() in f"{note[0]}\n"


def test_record_is_sound_for_programs_too(meeting: Meeting) -> None:
    found = json.loads(meeting.run("verify", "--json").stdout)
    assert (found["status"], found["sound"], found["size"], found["findings"]) == (0, True, 15, [])


def test_checkpoint_is_exported(meeting: Meeting) -> None:
    checkpoint = meeting.run("export", "--checkpoint").stdout
    assert checkpoint.split("\n")[1] == "15"
    assert re.search(r"\n— governor\.[0-9a-f]{8}\.invalid/log/", checkpoint)


def test_proof_is_exported_and_opens_without_the_record(meeting: Meeting) -> None:
    key = Verifier.parse(re.findall(r"--key (\S+)", meeting.shown)[0])
    opened = open_proof(meeting.run("export", "--proof", "2026-001").stdout, key)
    assert (opened.index, opened.entry.type, opened.checkpoint.size) == (12, "decision.recorded", 15)
    assert opened.text in meeting.shown


def test_second_start_carries_on_in_the_record(meeting: Meeting) -> None:
    lines = meeting.home / "more.txt"
    lines.write_text(
        {"id": "tampilkan keputusan bulan ini\n", "en": "show decisions of this month\n"}[meeting.language]
    )
    with lines.open() as source:
        again = meeting.run("run", stdin=source)
    assert again.returncode == 0
    assert {"id": "1 keputusan ditemukan", "en": "Decisions found: 1"}[meeting.language] in again.stdout
    assert len(messages(meeting.data)) == 6


def test_whole_journey_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    database = postgres.create()
    meeting = Meeting("id", tmp_path, GOVERNOR_DATABASE_URL=postgres.url(database))
    assert (meeting.ran.returncode, meeting.ran.stderr) == (0, "")
    check_messages(meeting)
    assert meeting.run("verify").returncode == 0
    assert not (meeting.data / "governor.db").exists()


def test_term_signal_ends_a_run_with_0_and_the_next_one_carries_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [governor(), "run", "--data", str(data)]
    first = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=clean(), cwd=tmp_path, text=True
    )
    assert first.stdin is not None
    assert first.stdout is not None
    first.stdin.write("anggota tambah Budi budi@example.org\nrapat kas besok jam 7 malam dengan @budi\n1\n")
    first.stdin.flush()
    until = time.monotonic() + 60
    while "RAPAT" not in (line := first.stdout.readline()):
        assert line
        assert time.monotonic() < until
    first.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    first.stdout.read()
    assert first.wait(timeout=30) == 0
    assert time.monotonic() - asked < 10
    first.stdin.close()
    first.stdout.close()
    second = subprocess.run(command, check=True, input="", capture_output=True, env=clean(), cwd=tmp_path, timeout=60)
    assert second.stderr == b""
    told = messages(data)
    assert {(who, method, sequence) for who, method, sequence, _, _ in told} == {("budi@example.org", "REQUEST", 0)}
    assert len({uid for _, _, _, uid, _ in told}) == 1
