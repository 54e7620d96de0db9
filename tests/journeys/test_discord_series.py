"""Is a meeting that repeats cancelled by the button of its card, all of it or one time? Governor runs whole."""

import pytest

from tests.discord_server import Guild, description
from tests.journeys.test_discord import founded, guild

__all__ = ["guild"]

description.require()

SPOKEN = {
    "id": (
        "rapat pengurus setiap Senin jam 7 malam dengan {}",
        ("Panggil rapat", "Batalkan rapat ini", "Ya, batalkan", "Semua"),
        "Pengurus). Yang mana?",
        "Rapat dibatalkan",
    ),
    "en": (
        "board meeting every Monday at 7 pm with {}",
        ("Call the meeting", "Cancel this meeting", "Yes, cancel it", "All of them"),
        "meeting). Which ones?",
        "Meeting cancelled",
    ),
}


@pytest.mark.parametrize("language", SPOKEN)
def test_series_is_cancelled_by_its_button_and_the_question_stays_with_who_pressed(guild: Guild, language: str) -> None:
    sentence, (call, cancel, sure, every), which, told = SPOKEN[language]
    dewi, budi = founded(guild, language)
    asked = guild.command(dewi, "governor", sentence=sentence.format(f"<@{budi.id}>"))
    assert asked.original is not None
    guild.press(dewi, asked.original, call)
    (alone,) = guild.press(dewi, asked.original, cancel).messages
    guild.press(dewi, alone, sure)
    guild.server.until(lambda: which in alone.text)
    guild.press(dewi, alone, every)
    guild.server.until(lambda: told in alone.text)
    assert not guild.seen(told, count=2).is_private
    assert [one for one in guild.server.messages.values() if which in one.text] == []
