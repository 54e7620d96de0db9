"""Does nothing become of a meeting by what is denied, doubted, asked, or left to a condition?"""

import pytest

from governor.errors import NotUnderstood
from governor.understanding.read import read
from governor.understanding.reading import Act
from tests.understanding.people import CONTEXT


def acts(text: str) -> tuple[Act, ...]:
    """Return what *text* asks for; nothing when it is not understood."""
    try:
        return tuple(reading.act for reading in read(text, CONTEXT))
    except NotUnderstood:
        return ()


@pytest.mark.parametrize(
    "text",
    [
        "jangan batalkan rapat besok",
        "jgn dibatalin dulu rapat besok",
        "rapat besok jangan diundur",
        "jangan pindahkan rapat besok ke Jumat",
        "rapat besok tidak jadi dibatalkan",
        "rapat besok ga jadi batal",
        "rapat besok gak dibatalin ya",
        "rapat besok belum pasti batal",
        "nggak usah batalin rapat besok",
        "rapat besok tidak bisa diundur",
        "batalkan rapat besok, eh jangan",
        "don't cancel the meeting tomorrow",
        "please do not move Friday's meeting",
        "tomorrow's meeting is not cancelled",
        "the meeting tomorrow has not been cancelled",
        "the meeting tomorrow is not off",
        "I don't want to cancel the meeting tomorrow",
        "never cancel the meeting tomorrow",
    ],
)
def test_nothing_is_done_that_is_denied(text: str) -> None:
    assert acts(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "rapat besok batal kalau hujan",
        "kalau besok hujan rapat dibatalkan",
        "batalkan rapat besok jika ketua tidak hadir",
        "rapat besok mungkin batal",
        "katanya rapat besok batal",
        "sepertinya rapat besok diundur ke Jumat",
        "batalkan semua rapat kecuali yang besok",
        "saya hadir kalau tidak hujan",
        "cancel the meeting tomorrow if it rains",
        "if it rains tomorrow the meeting is cancelled",
        "cancel the meeting tomorrow unless it stops raining",
        "the meeting tomorrow might be cancelled",
        "the meeting tomorrow may have to be cancelled",
        "we may cancel the meeting tomorrow",
        "I heard the meeting tomorrow is cancelled",
        "cancel all meetings except the one tomorrow",
        "I will attend if I can",
    ],
)
def test_nothing_is_done_that_is_doubted_or_left_to_a_condition(text: str) -> None:
    assert acts(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "rapat besok batal ga?",
        "rapat besok batal gak ya",
        "kenapa rapat besok batal",
        "batalkan rapat besok?",
        "rapat besok diundur?",
        "why is the meeting tomorrow cancelled",
        "can we cancel the meeting tomorrow?",
        "shall we move the meeting to Monday",
    ],
)
def test_question_what_becomes_of_a_meeting_asks_for_the_meetings(text: str) -> None:
    assert acts(text) == (Act.ASK_MEETINGS,)


def test_question_whether_one_comes_answers_nothing() -> None:
    assert acts("saya hadir besok ga ya") == ()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("can you cancel the meeting tomorrow?", Act.CANCEL),
        ("tolong batalkan rapat besok ya?", Act.CANCEL),
        ("rapat besok gak jadi", Act.CANCEL),
        ("the meeting tomorrow won't take place", Act.CANCEL),
        ("kalau begitu batalkan rapat besok", Act.CANCEL),
        ("can we move the meeting to Monday?", Act.CHANGE),
        ("bisa undur rapat ke Jumat?", Act.CHANGE),
        ("kalau bisa undur rapat ke Jumat", Act.CHANGE),
        ("if possible move the meeting to Friday", Act.CHANGE),
        ("undur rapat ke Jumat, jangan Kamis", Act.CHANGE),
        ("rapat besok jam 8 malam, jangan telat", Act.CALL),
        ("move the meeting to 12 May", Act.CHANGE),
        ("ganti nama rapat jadi Kalau Bukan Kita", Act.CHANGE),
        ("batalkan rapat besok karena mungkin hujan", Act.CANCEL),
        ("would you cancel the meeting tomorrow", Act.CANCEL),
    ],
)
def test_request_that_only_begs_or_rules_out_a_day_is_done(text: str, act: Act) -> None:
    assert acts(text) == (act,)
