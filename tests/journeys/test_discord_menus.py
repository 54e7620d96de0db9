"""What is done from the menus of messages and of members, in both languages? Governor runs whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Guild, Person, description, payloads
from tests.journeys.bot import started
from tests.journeys.test_discord import founded

description.require()


@pytest.fixture
def guild(tmp_path: Path) -> Iterator[Guild]:
    """A server to which the bot was just invited."""
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            yield guild
        assert server.wrongs == []


SPOKEN = {
    "id": {
        "call": "rapat anggaran besok jam 3 sore",
        "press": "Panggil rapat",
        "menus": ("KEPUTUSAN 2026\\-001", "TUGAS 2026\\-001"),
        "by": "dari Budi, ",
        "none": "tidak berisi teks",
        "which": "Undang Budi ke rapat yang mana?",
        "told": "Dikabari lewat surel: Dewi dan Budi.",
        "offices": "**Bendahara** sejak",
        "attended": "ke 0 rapat",
        "give": "jadikan Budi bendahara",
        "stranger": "belum tertaut",
        "minutes": ("notulen lihat", "dari pesan Budi"),
    },
    "en": {
        "call": "budget meeting tomorrow at 3 pm",
        "press": "Call the meeting",
        "menus": ("DECISION 2026\\-001", "ACTION 2026\\-001"),
        "by": "by Budi, ",
        "none": "has no text",
        "which": "Invite Budi to which meeting?",
        "told": "Told by e-mail: Dewi and Budi.",
        "offices": "**Treasurer** since",
        "attended": "to 0 meetings",
        "give": "make Budi treasurer",
        "stranger": "not linked",
        "minutes": ("minutes show", "from a message by Budi"),
    },
}


@pytest.mark.parametrize("language", SPOKEN)
def test_message_becomes_a_record_that_says_where_it_came_from_and_a_member_is_invited_and_shown(
    guild: Guild, language: str
) -> None:
    words = SPOKEN[language]
    dewi, budi = founded(guild, language)
    guild.command(dewi, "governor", sentence=words["call"])
    called = guild.seen(str(words["press"]))
    guild.press(dewi, called, str(words["press"]))

    message = payloads.message(payloads.snowflake(), guild.channel, budi.user, {"content": "Kas *Rp2 juta*"}, [])
    link = f"https://discord.com/channels/{guild.id}/{guild.channel}/{message['id']}"
    for menu, title in zip(("Record as decision", "Make an action"), words["menus"], strict=True):
        recorded = guild.menu(dewi, menu, message)
        assert title in recorded.text
        assert f"{words['by']}<t:" in recorded.text
        assert link in recorded.text
    guild.menu(dewi, "Add to minutes", message)
    assert guild.command(budi, "minutes show").text.count(str(words["minutes"][1])) == 3

    picture = payloads.attachment("kas.png", b"picture")
    bare = payloads.message(payloads.snowflake(), guild.channel, budi.user, {}, [picture])
    refused = guild.menu(dewi, "Make an action", bare)
    assert (refused.is_private, str(words["none"]) in refused.text) == (True, True)

    asked = guild.member_menu(dewi, "Invite to meeting", budi)
    assert str(words["which"]) in asked.text
    (choice,) = asked.messages[0].buttons
    assert str(words["told"]) in guild.press(dewi, asked.messages[0], choice).text
    guild.server.until(lambda: "Budi" in called.text)  # the meeting's card, where everybody sees it

    guild.command(dewi, "governor", sentence=words["give"])
    shown = guild.member_menu(budi, "Show offices and attendance", budi)
    assert shown.is_private
    assert str(words["offices"]) in shown.text
    assert str(words["attended"]) in shown.text
    stranger = guild.member_menu(dewi, "Show offices and attendance", Person("tamu"))
    assert str(words["stranger"]) in stranger.text
