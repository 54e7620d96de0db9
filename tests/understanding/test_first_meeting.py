"""Every line of the first meeting, in Indonesian and in English."""

from datetime import date, datetime, timedelta

import pytest

from governor.domain.meetings import PartStat
from governor.errors import NotUnderstood
from governor.understanding.read import Context, read, read_change
from governor.understanding.reading import Act, Party, Period, Reading
from tests.understanding.people import BUDI, CONTEXT, JAKARTA, MEETING, SARI


def only(text: str, context: Context = CONTEXT) -> Reading:
    (reading,) = read(text, context)
    return reading


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=JAKARTA)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("text", "name", "email", "language"),
    [
        ("anggota tambah Budi budi@example.org", "Budi", "budi@example.org", "id"),
        ("member add Budi Santoso budi@example.org", "Budi Santoso", "budi@example.org", "en"),
        ("anggota tambah Siti Aminah", "Siti Aminah", None, "id"),
    ],
)
def test_enrolment_names_a_person_and_perhaps_an_address(
    text: str, name: str, email: str | None, language: str
) -> None:
    reading = only(text)
    assert (reading.act, reading.language) == (Act.ENROL, language)
    assert (reading.get("name"), reading.get("email"), reading.missing) == (name, email, ())


def test_enrolment_marks_an_address_that_is_none() -> None:
    reading = only("member add Budi budi@example")
    assert reading.get("email") == "budi@example"
    assert reading.missing == ("email:budi@example",)


INDONESIAN = (
    "rapat pengurus Kamis depan jam 7 malam selama 90 menit di Sekretariat dengan @budi dan @sari soal anggaran"
)
ENGLISH = "board meeting next Thursday at 7pm for 90 minutes at the Secretariat with @budi and @sari about the budget"


@pytest.mark.parametrize(
    ("text", "summary", "location", "agenda", "language"),
    [
        (INDONESIAN, "Rapat Pengurus", "Sekretariat", "anggaran", "id"),
        (ENGLISH, "Board meeting", "Secretariat", "the budget", "en"),
    ],
)
def test_call_carries_everything_that_was_said(
    text: str, summary: str, location: str, agenda: str, language: str
) -> None:
    reading = only(text)
    assert (reading.act, reading.language) == (Act.CALL, language)
    assert reading.dtstart == local(2026, 12, 3, 19)
    assert reading.duration == timedelta(minutes=90)
    assert (reading.text_of("summary"), reading.text_of("location"), reading.text_of("agenda")) == (
        summary,
        location,
        agenda,
    )
    assert [party.member for party in reading.attendees] == [BUDI, SARI]
    assert reading.missing == ()


@pytest.mark.parametrize(
    ("text", "partstat", "language"),
    [
        ("hadir", PartStat.ACCEPTED, "id"),
        ("tidak bisa", PartStat.DECLINED, "id"),
        ("mungkin", PartStat.TENTATIVE, "id"),
        ("I'm coming", PartStat.ACCEPTED, "en"),
        ("can't make it", PartStat.DECLINED, "en"),
        ("maybe", PartStat.TENTATIVE, "en"),
    ],
)
def test_reply_tells_whether_one_comes(text: str, partstat: PartStat, language: str) -> None:
    reading = only(text)
    assert (reading.act, reading.partstat, reading.language) == (Act.REPLY, partstat, language)


@pytest.mark.parametrize(
    ("text", "slot", "value", "language"),
    [
        ("undur rapat itu ke Jumat jam 8 malam", "dtstart", local(2026, 12, 4, 20), "id"),
        ("move that meeting to Friday at 8pm", "dtstart", local(2026, 12, 4, 20), "en"),
        ("majukan 30 menit", "shift", timedelta(minutes=-30), "id"),
        ("undur 1 jam", "shift", timedelta(hours=1), "id"),
        ("pindah ke Aula", "location", "Aula", "id"),
        ("ganti judul jadi Rapat Kerja", "summary", "Rapat Kerja", "id"),
        ("perpanjang 30 menit", "duration", timedelta(hours=2), "id"),
    ],
)
def test_change_says_what_becomes_of_the_meeting(text: str, slot: str, value: object, language: str) -> None:
    reading = only(text, MEETING)
    assert (reading.act, reading.get(slot), reading.language) == (Act.CHANGE, value, language)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("jam 8 malam", "dtstart", local(2026, 12, 3, 20)),
        ("8pm", "dtstart", local(2026, 12, 3, 20)),
        ("Jumat", "dtstart", local(2026, 12, 4, 19)),
        ("2 jam", "duration", timedelta(hours=2)),
        ("di Aula", "location", "Aula"),
        ("at the Hall", "location", "Hall"),
    ],
)
def test_fragment_changes_the_draft_and_keeps_the_rest(text: str, slot: str, value: object) -> None:
    reading = read_change(text, MEETING)
    assert (reading.act, dict(reading.said).keys() | dict(reading.implied).keys()) == (Act.CHANGE, {slot})
    assert reading.get(slot) == value


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        (
            "keputusan: menyetujui anggaran Rp 10 juta, penanggung jawab @sari, tenggat 1 Desember",
            "menyetujui anggaran Rp 10 juta",
            "id",
        ),
        (
            "decision: approve the budget of Rp 10 million, owner @sari, due 1 December",
            "approve the budget of Rp 10 million",
            "en",
        ),
    ],
)
def test_decision_has_text_owner_due_day_and_amount(text: str, said: str, language: str) -> None:
    reading = only(text)
    assert (reading.act, reading.language, reading.get("text")) == (Act.DECIDE, language, said)
    assert reading.owner == Party(said="@sari", member=SARI, email=None)
    assert (reading.due, reading.amount) == (date(2026, 12, 1), 10_000_000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("catat: Budi melaporkan kas per 31 Oktober", "Budi melaporkan kas per 31 Oktober"),
        ("note: Budi reported the cash as of 31 October", "Budi reported the cash as of 31 October"),
    ],
)
def test_note_keeps_its_text_as_written(text: str, said: str) -> None:
    reading = only(text)
    assert (reading.act, reading.get("text")) == (Act.NOTE, said)


@pytest.mark.parametrize("text", ["tampilkan keputusan bulan ini", "show decisions of this month"])
def test_question_for_decisions_has_a_period(text: str) -> None:
    reading = only(text)
    assert reading.act is Act.ASK_DECISIONS
    assert reading.period == Period(since=local(2026, 11, 1), until=local(2026, 12, 1))


@pytest.mark.parametrize(
    ("text", "act", "language"),
    [
        ("notulen", Act.MINUTES, "id"),
        ("minutes", Act.MINUTES, "en"),
        ("notulen simpan", Act.SAVE_MINUTES, "id"),
        ("minutes save", Act.SAVE_MINUTES, "en"),
        ("bukti 2026-001", Act.PROVE, "id"),
        ("proof 2026-001", Act.PROVE, "en"),
        ("batalkan rapat", Act.CANCEL, "id"),
        ("cancel the meeting", Act.CANCEL, "en"),
        ("bantuan", Act.HELP, "id"),
        ("help", Act.HELP, "en"),
        ("kapan rapat berikutnya", Act.ASK_MEETINGS, "id"),
        ("when is the next meeting", Act.ASK_MEETINGS, "en"),
        ("/rapat pengurus besok jam 8 malam", Act.CALL, "id"),
        ("/meeting tomorrow at 8pm", Act.CALL, "en"),
        ("/keputusan menyetujui program kerja", Act.DECIDE, "id"),
    ],
)
def test_act_is_told_with_the_language(text: str, act: Act, language: str) -> None:
    reading = only(text)
    assert (reading.act, reading.language) == (act, language)


def test_proof_names_the_decision() -> None:
    assert only("bukti 2026-001").get("number") == "2026-001"


def test_time_that_has_passed_is_never_scheduled() -> None:
    reading = only("rapat hari ini jam 7 pagi")
    assert reading.missing == ("dtstart-past",)
    assert reading.implied["dtstart"].value == local(2026, 11, 25, 7)
    assert [other.dtstart for other in reading.alternatives] == [local(2026, 11, 25, 7)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "empty-line"),
        (" \n\t", "empty-line"),
        ("x" * 4001, "too-long"),
        ("rapat 30 Februari jam 8", "date-does-not-exist"),
        ("meeting on 30 February at 8", "date-does-not-exist"),
        ("lapar nih, siapa mau bakso?", "not-understood"),
        ("rapat besok jam 16.00-14.00", "end-before-start"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(text: str, key: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read(text, CONTEXT)
    assert refusal.value.key == key


def test_signs_that_nobody_sees_reach_no_slot() -> None:
    reading = only("rapat \u202epeng\u200burus\x07 besok jam 8 malam di \u2066Aula\r\n")
    assert (reading.text_of("summary"), reading.text_of("location")) == ("Rapat Pengurus", "Aula")
