"""Do the meetings of an organisation stand among the events of its server, and count who is interested? Run whole."""

from datetime import datetime

import pytest

from tests.discord_server import Guild, Person, description
from tests.discord_server.events import CANCELLED
from tests.journeys.test_discord import founded, guild

__all__ = ["guild"]

description.require()

SPOKEN = {
    "id": {
        "sentence": "rapat anggaran besok jam 3 sore di Balai Desa dengan {}, agenda: kas",
        "call": "Panggil rapat",
        "place": "Balai Desa",
        "about": ("Agenda: kas", "Rapat 2026\\-001", "Tempat: Balai Desa"),
        "moved": "undur ke jam 8 malam",
        "maybe": "mungkin",
        "unanswered": "belum menjawab",
        "comes": "hadir",
        "coming": "Hadir",
        "soon": "rapat kas 30 menit lagi di Ruang Rapat dengan {}",
        "nobody": "**Hadir** tidak ada",
        "heard": "Terdengar di rapat 2026\\-001",
        "note": "Catat 1 orang hadir",
        "noted": "Dicatat hadir",
        "threads": "punya utas sendiri",
        "announced": "Rapat 2026\\-001 dipanggil",
    },
    "en": {
        "sentence": "budget meeting tomorrow at 3 pm at Town Hall with {}, agenda: cash",
        "call": "Call the meeting",
        "place": "Town Hall",
        "about": ("Agenda: cash", "Meeting 2026\\-001", "Place: Town Hall"),
        "moved": "move it to 8 pm",
        "maybe": "maybe",
        "unanswered": "no answer yet",
        "comes": "coming",
        "coming": "Coming",
        "soon": "cash meeting in 30 minutes at Ruang Rapat with {}",
        "nobody": "**Present** none",
        "heard": "Heard in meeting 2026\\-001",
        "note": "Note 1 as present",
        "noted": "Noted as present",
        "threads": "has a thread of its own",
        "announced": "Meeting 2026\\-001 was called",
    },
}


def hour(event: dict[str, str]) -> int:
    return datetime.fromisoformat(event["scheduled_start_time"]).hour


@pytest.mark.parametrize("language", SPOKEN)
def test_meeting_is_an_event_that_moves_counts_interest_as_maybe_and_is_cancelled(guild: Guild, language: str) -> None:
    words, server = SPOKEN[language], guild.server
    dewi, budi = founded(guild, language)
    asked = guild.command(dewi, "governor", sentence=words["sentence"].format(f"<@{budi.id}>"))
    assert asked.original is not None
    card = asked.original
    guild.press(dewi, card, words["call"])
    (event,) = server.until(lambda: guild.events)
    assert event["entity_metadata"] == {"location": words["place"]}
    assert [told for told in words["about"] if told not in event["description"]] == []
    assert hour(event) == 8

    def row() -> str:
        shown = guild.command(dewi, "meeting list")
        return next(line for line in shown.text.splitlines() if "**Budi**" in line)

    assert words["unanswered"] in row()
    guild.interest(budi, event)
    assert words["maybe"] in row()
    guild.interest(budi, event, is_over=True)
    assert words["unanswered"] in row()
    guild.press(budi, card, words["coming"])
    guild.interest(budi, event)
    guild.interest(budi, event, is_over=True)
    assert words["comes"] in row()

    guild.command(dewi, "meeting change", sentence=words["moved"])
    (moved,) = server.until(lambda: [one for one in guild.events if hour(one) == 13])
    assert moved["id"] == event["id"]
    guild.command(dewi, "meeting cancel")
    server.until(lambda: server.events.all[event["id"]]["status"] == CANCELLED)
    assert guild.events == []


@pytest.mark.parametrize("language", SPOKEN)
def test_meeting_has_a_thread_where_that_was_chosen_until_it_is_cancelled(guild: Guild, language: str) -> None:
    words, server = SPOKEN[language], guild.server
    dewi, budi = founded(guild, language)
    assert words["threads"] in guild.command(dewi, "setup", threads=True).text
    asked = guild.command(dewi, "governor", sentence=words["sentence"].format(f"<@{budi.id}>"))
    assert asked.original is not None
    guild.press(dewi, asked.original, words["call"])
    (thread,) = server.until(lambda: guild.threads)
    assert "2026-001" in thread["name"]
    assert thread["parent_id"] == guild.channel
    announcement = server.messages[thread["id"]]
    assert words["announced"] in announcement.text
    guild.press(budi, announcement, words["coming"])
    assert f"**Budi** {words['comes']}" in announcement.text
    guild.command(dewi, "meeting cancel")
    server.until(lambda: thread["thread_metadata"]["archived"])


@pytest.mark.parametrize("language", SPOKEN)
def test_who_is_in_the_voice_channel_is_offered_to_the_secretary_alone_and_noted_by_them(
    guild: Guild, language: str
) -> None:
    words, server = SPOKEN[language], guild.server
    dewi, budi = founded(guild, language)
    channel = guild.add_voice("ruang-rapat")
    server.do(server.gateway.dispatch("CHANNEL_CREATE", server.channels[channel]))
    asked = guild.command(dewi, "governor", sentence=words["soon"].format(f"<@{budi.id}>"))
    assert asked.original is not None
    guild.press(dewi, asked.original, words["call"])
    guild.join_voice(budi, channel)
    guild.join_voice(Person("tamu"), channel)
    shown = guild.command(dewi, "attendance show")
    assert words["nobody"] in shown.text
    offer = guild.seen(words["heard"])
    assert server.channels[offer.channel]["recipients"][0]["id"] == dewi.id
    assert ("Budi" in offer.text, "Tamu" in offer.text) == (True, False)
    assert words["nobody"] in guild.command(budi, "attendance show").text
    guild.press(dewi, offer, words["note"])
    assert "Budi" in guild.seen(words["noted"]).text
    assert words["nobody"] not in guild.command(budi, "attendance show").text
