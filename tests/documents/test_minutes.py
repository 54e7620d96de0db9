from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from governor.documents.minutes import Minutes, markdown
from governor.domain.decisions import Decision
from governor.domain.meetings import PartStat
from tests.domain.meetings import JAKARTA, NOON, PLAN, SARI, make_meeting

DECISION = Decision(
    number="2026-001", text="membeli kursi", owner=SARI, due=date(2026, 12, 1), meeting="2026-001", at=NOON
)
MINUTES = Minutes(
    organisation="Paguyuban Cempaka",
    meeting=make_meeting(),
    chair="Ratna",
    answers=(("Ratna", PartStat.ACCEPTED), ("Budi", PartStat.DECLINED), ("Sari", PartStat.NEEDS_ACTION)),
    notes=((NOON.astimezone(JAKARTA), "Kas dilaporkan"),),
    decisions=((DECISION, "Sari"), (replace(DECISION, number="2026-002", due=None), None)),
    size=22,
    root=bytes(range(32)),
)
INDONESIAN = """\
# Notulen: Rapat pengurus, Paguyuban Cempaka

*RANCANGAN, belum disahkan*

- Nomor rapat: 2026-001
- Waktu: Kamis, 3 Desember 2026 pukul 19.00 WIB, 1 jam 30 menit, sampai 20.30 WIB
- Tempat: Sekretariat
- Pimpinan rapat: Ratna
- Acara: anggaran

## Undangan dan jawaban

- Ratna: hadir
- Budi: tidak hadir
- Sari: belum menjawab

## Jalannya rapat

- 19.00 WIB: Kas dilaporkan

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
        notes=((NOON.astimezone(JAKARTA), text),),
        decisions=((replace(DECISION, text=text), text),),
    )
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown(hostile, language))
    plain = MarkdownIt("commonmark").parse(markdown(MINUTES, language))
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
