"""A motion is voted on in a Discord server: each answer is for the voter alone, the card everybody's."""

import pytest

from tests.discord_server import Guild, Person
from tests.journeys.test_discord import founded, guild

__all__ = ["guild"]

WORDS = {
    "id": {
        "sentence": "usul: membeli tenda",
        "meeting": "rapat kas besok jam 3 sore dengan @budi soal kas",
        "call": "Panggil rapat",
        "put": "Pungut suara rahasia",
        "votes": ("Setuju", "Tidak setuju"),
        "counted": "dihitung: Setuju",
        "close": "Tutup dan hitung",
        "one": "1 dari 2",
        "carried": "DITERIMA: lewat pemungutan suara; setuju 2, tidak 0",
        "decision": "KEPUTUSAN 2026\\-001",
    },
    "en": {
        "sentence": "I move that we buy a tent",
        "meeting": "cash meeting tomorrow at 3 pm with @budi about cash",
        "call": "Call the meeting",
        "put": "Put to a secret vote",
        "votes": ("For", "Against"),
        "counted": "is counted: For",
        "close": "Close and count",
        "one": "1 of 2",
        "carried": "CARRIED: by vote; 2 for, 0 against",
        "decision": "DECISION 2026\\-001",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_secret_vote_is_answered_to_the_voter_alone_and_its_card_stays_in_place(guild: Guild, language: str) -> None:
    words = WORDS[language]
    dewi, budi = founded(guild, language)
    guild.say(dewi, f"<@{guild.server.bot['id']}> {words['meeting']}")
    guild.press(dewi, guild.seen(str(words["call"])), str(words["call"]))
    guild.say(budi, f"<@{guild.server.bot['id']}> {words['sentence']}")
    card = guild.seen(str(words["put"]))
    guild.press(dewi, card, str(words["put"]))

    yes, no = words["votes"]
    for label in (no, yes):
        pressed = guild.press(budi, card, label)
        guild.server.until(lambda pressed=pressed: pressed.messages)  # type: ignore[misc]
        assert [message.is_private for message in pressed.messages] == [True]
    assert str(words["counted"]) in pressed.text
    assert str(words["one"]) in card.text
    by_command = guild.command(dewi, "motion vote", number="2026-001", choice="for")
    assert by_command.is_private
    assert str(words["counted"]) in by_command.text
    public = [one.text for one in guild.server.messages.values() if not one.is_private]
    assert not any(str(words["counted"]) in text or f"{no}." in text for text in public)

    guild.press(dewi, card, str(words["close"]))
    assert str(words["carried"]) in card.text
    assert str(words["decision"]) in card.text
    assert [name[:8] for name in guild.complete(budi, "motion show", "number", "2026")] == ["2026-001"]
    guild.command(dewi, "meeting agenda", agenda="iuran")
    assert guild.complete(budi, "motion move", "item", "iu") == ["2. iuran"]
    assert guild.complete(Person("sari"), "motion show", "number", "") == []
