from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from governor.documents.minutes import Entered, Minutes, Moved, Noted, markdown
from governor.domain.actions import Action
from governor.domain.decisions import Decision
from governor.domain.meetings import PartStat
from governor.domain.sources import Source
from governor.wording.phrase import phrase
from tests.domain.meetings import JAKARTA, NOON, PLAN, SARI, make_meeting

DECISION = Decision(
    number="2026-001", text="membeli kursi", owner=SARI, due=date(2026, 12, 1), meeting="2026-001", at=NOON
)
ACTION = Action(number="2026-001", text="pesan kursi", owner=SARI, due=None, meeting="2026-001", at=NOON)
SOURCE = Source(link="https://discord.com/channels/1/2/3", author="Budi", account="4", at=NOON.astimezone(JAKARTA))
MINUTES = Minutes(
    organisation="Paguyuban Cempaka",
    meeting=make_meeting(),
    chair="Ratna",
    answers=(("Ratna", PartStat.ACCEPTED), ("Budi", PartStat.DECLINED), ("Sari", PartStat.NEEDS_ACTION)),
    notes=(Noted(at=NOON.astimezone(JAKARTA), text="Kas dilaporkan"),),
    decisions=(
        Entered(what=DECISION, owner="Sari"),
        Entered(what=replace(DECISION, number="2026-002", due=None), owner=None),
    ),
    size=22,
    root=bytes(range(32)),
)
INDONESIAN = """\
# Notulen: Rapat pengurus, Paguyuban Cempaka

*RANCANGAN, belum disahkan*

- Nomor rapat: 2026-001
- Waktu: Kamis, 3 Desember 2026 pukul 19.00 WIB, 1 jam 30 menit (sampai 20.30 WIB)
- Tempat: Sekretariat
- Pimpinan rapat: Ratna
- Acara: anggaran

## Undangan dan jawaban

- Ratna: hadir
- Budi: tidak hadir
- Sari: belum menjawab

## Jalannya rapat

- Selasa, 24 November 2026 pukul 19.00 WIB: Kas dilaporkan

## Keputusan

- **KEPUTUSAN 2026-001**: membeli kursi. Penanggung jawab: Sari. Tenggat: 1 Desember 2026.
- **KEPUTUSAN 2026-002**: membeli kursi. Penanggung jawab: tidak ada. Tenggat: tidak ada.

Sidik jari rekaman: 22 catatan, akar 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
"""


def test_minutes_say_what_the_record_says() -> None:
    assert markdown(MINUTES, "id") == INDONESIAN


@pytest.mark.parametrize("language", ["id", "en"])
def test_same_record_gives_the_same_bytes(language: str) -> None:
    again = replace(MINUTES, meeting=make_meeting(PLAN))
    assert markdown(again, language).encode() == markdown(MINUTES, language).encode()


def test_minutes_in_english_have_the_same_lines() -> None:
    english, indonesian = markdown(MINUTES, "en").splitlines(), INDONESIAN.splitlines()
    assert len(english) == len(indonesian)
    assert english[0] == "# Minutes: Rapat pengurus, Paguyuban Cempaka"
    assert "- **DECISION 2026-001**: membeli kursi. Owner: Sari. Due: 1 December 2026." in english


@pytest.mark.parametrize("language", ["id", "en"])
def test_empty_minutes_say_so(language: str) -> None:
    meeting = make_meeting(replace(PLAN, location=None, agenda=None))
    empty = replace(MINUTES, meeting=meeting, answers=(), notes=(), decisions=())
    told = markdown(empty, language)
    assert told.count("- (") == 3
    assert "None" not in told


def test_note_of_the_meetings_day_has_its_hour_alone() -> None:
    at = make_meeting().dtstart + timedelta(minutes=10)
    assert "\n- 19.10 WIB: Kas\n" in markdown(replace(MINUTES, notes=(Noted(at=at, text="Kas"),)), "id")


def test_agenda_of_several_items_is_a_list() -> None:
    meeting = make_meeting(replace(PLAN, agenda="1. laporan # kas\n2. tenda"))
    told = markdown(replace(MINUTES, meeting=meeting), "id")
    assert "\n- Acara:\n  1. laporan \\# kas\n  2. tenda\n" in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"is_all_day": True, "duration": timedelta(days=1)}, "Kamis, 3 Desember 2026, sepanjang hari"),
        (
            {"is_all_day": True, "duration": timedelta(days=3)},
            "Kamis, 3 Desember 2026, 3 hari (sampai Sabtu, 5 Desember 2026)",
        ),
        ({"is_open_ended": True}, "Kamis, 3 Desember 2026 pukul 19.00 WIB, sampai selesai"),
    ],
)
def test_hours_that_a_meeting_lacks_are_not_invented(change: dict[str, bool | timedelta], said: str) -> None:
    meeting = replace(make_meeting(), **change)  # type: ignore[arg-type]  # a meeting's own fields
    assert f"\n- Waktu: {said}\n" in markdown(replace(MINUTES, meeting=meeting), "id")


def test_motion_tells_who_moved_and_who_seconded_it() -> None:
    moved = Moved(number="2026-001", text="membeli tenda", mover="Ratna", seconder="Budi", state=phrase("word-none"))
    told = markdown(replace(MINUTES, motions=(moved, replace(moved, number="2026-002", seconder=None))), "id")
    assert "**MOSI 2026-001**: membeli tenda. Pengusul: Ratna. Pendukung: Budi. Keadaan: tidak ada\n" in told
    assert "**MOSI 2026-002**: membeli tenda. Pengusul: Ratna. Keadaan: tidak ada\n" in told


HOSTILE = (
    *("# judul", "1. satu", "12) dua", "- butir", "+ butir", "* butir", "> kutip", "~~~", "```", "---", "===", "***"),
    *("<script>alert(1)</script>", "<!-- ", "[x](javascript:1)", "![x](http://x)", "`kode`", "**tebal**", "_miring_"),
    *("&lt;b&gt;", "&#60;", "a & b", "\\", "\\*", "a|b", "~~coret~~", "<http://x.org>", "[x]: http://x", "a\n\n# b"),
    *(
        "a  \nb",
        "\tkode",
        "    kode",
        "a\u2028# b",
        "a\x85b",
        "x\u202eterbalik",
        "nul\x00nul",
        "{number}",
        "{0}",
        "100%",
    ),
)


def shown(tokens: list[Token]) -> list[str]:
    """Return the text of each heading, paragraph and item, as a reader sees it."""
    return [
        "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]


def seen(text: str) -> str:
    """Return what of *text* can be seen, on one line."""
    unseen = {*range(9), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0x200E, 0x200F, 0xFEFF}
    unseen |= {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    return " ".join("".join(each for each in text if ord(each) not in unseen).split())


def check_shown(text: str, language: str) -> None:
    hostile = replace(
        MINUTES,
        organisation=text,
        chair=text,
        meeting=make_meeting(replace(PLAN, summary=text, location=text, agenda=text)),
        answers=((text, PartStat.ACCEPTED),),
        notes=(Noted(at=NOON.astimezone(JAKARTA), text=text, source=replace(SOURCE, link="x", author=text)),),
        decisions=(Entered(what=replace(DECISION, text=text), owner=text),),
        actions=(Entered(what=replace(ACTION, text=text), owner=text),),
    )
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown(hostile, language))
    usual = replace(
        MINUTES,
        notes=(replace(MINUTES.notes[0], source=replace(SOURCE, link="x")),),
        actions=(Entered(what=ACTION, owner="B"),),
    )
    plain = MarkdownIt("commonmark").parse(markdown(usual, language))
    kinds = [token.type for token in tokens if token.type.endswith(("_open", "block", "hr", "fence"))]
    usual = [token.type for token in plain if token.type.endswith(("_open", "block", "hr", "fence"))]
    missing = 2 * ["list_item_open", "paragraph_open"] + ["list_item_open", "paragraph_open"]
    assert len(kinds) == len(usual) - len(missing), text
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "text_special", "em_open", "em_close", "strong_open", "strong_close", "softbreak"}
    words = seen(text)
    lines = shown(tokens)
    assert sum(words in line for line in lines) >= 7, (text, lines)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str, language: str) -> None:
    check_shown(text, language)


@given(text=st.text(min_size=1, max_size=40).filter(lambda text: bool(seen(text))))
def test_any_text_stays_text(text: str) -> None:
    check_shown(text, "en")


def test_actions_and_the_messages_that_things_came_from_are_told() -> None:
    note = replace(MINUTES.notes[0], source=SOURCE)
    strange = replace(SOURCE, link="javascript:alert(1)")
    done = Entered(what=replace(ACTION, done_at=NOON), owner="Sari", source=strange)
    told = markdown(replace(MINUTES, notes=(note,), actions=(done,)), "en")
    assert (
        "- Tuesday, 24 November 2026 at 19:00 WIB: Kas dilaporkan\n"
        "  - from a message by Budi, Tuesday, 24 November 2026 at 19:00 WIB: <https://discord.com/channels/1/2/3>\n"
    ) in told
    assert "## Actions\n\n- **ACTION 2026-001**: pesan kursi. Owner: Sari. Due: none. State: done.\n" in told
    assert "<javascript" not in told
