"""How are times, files and warnings written on Discord? So that each reader has their own, in words as well."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governor.domain.convening import Plan
from governor.domain.members import MemberId
from governor.ports import Card, Reply, Row
from governor.wording.phrase import phrase
from governor.wording.times import length_of
from integrations.discord.drawing import Page, pages, text_of, walk

START = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
PLAN = Plan(
    summary="Rapat",
    dtstart=START,
    zone="Asia/Jakarta",
    duration=timedelta(hours=1),
    location=None,
    conference=None,
    agenda=None,
    invited=(MemberId("m1"),),
)
UNIX = int(START.timestamp())


def drawn(reply: Reply) -> list[Page]:
    """Return the messages of *reply*."""
    return pages(reply, lambda button, _, __: button.token)


def texts(reply: Reply) -> str:
    """Return what can be read on *reply*."""
    return "\n".join(filter(None, map(text_of, walk(drawn(reply)[0].view().to_components()))))


@pytest.mark.parametrize(
    ("language", "words", "until"),
    [
        ("id", "Kamis, 26 November 2026 pukul 15.00 WIB", "sampai"),
        ("en", "Thursday, 26 November 2026 at 15:00 WIB", "until"),
    ],
)
def test_moment_is_each_readers_own_and_names_the_zone_it_was_said_in(language: str, words: str, until: str) -> None:
    rows = (
        Row(label=phrase("label-when"), value=phrase("word-value", value=START)),
        Row(label=phrase("label-duration"), value=length_of(PLAN)),
    )
    shown = texts(Reply(language=language, cards=(Card(id="1", title=phrase("card-bylaws"), rows=rows),)))
    clock = "16.00 WIB" if language == "id" else "16:00 WIB"
    assert f"<t:{UNIX}:F> ({words})" in shown
    assert f"{until} <t:{UNIX + 3600}:t> ({clock})" in shown


@pytest.mark.parametrize(("language", "names"), [("id", ["dokumen.md"]), ("en", ["document.md"])])
def test_file_is_named_in_the_language_of_the_reply(language: str, names: list[str]) -> None:
    assert [*drawn(Reply(language=language, document="# Notulen\n"))[-1].files] == names


def test_warning_and_colour_stand_beside_words() -> None:
    refused = texts(Reply(language="en", lines=(phrase("not-understood"),), refused=True))
    card = texts(Reply(language="en", cards=(Card(id="1", title=phrase("card-bylaws")),)))
    assert refused.startswith("⚠️ ")
    assert len(refused) > 20
    assert card.startswith("### ")
