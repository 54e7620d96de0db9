"""In which language does the bot speak to whom? Never in one that neither they nor their organisation speak."""

import pytest

from tests.discord_server import Guild, Person, description
from tests.discord_server.people import ADMINISTRATOR
from tests.journeys.test_discord import founded, guild

__all__ = ["guild"]

description.require()


def test_who_has_discord_in_another_language_founds_in_that_of_the_commands_and_is_answered_in_the_organisations(
    guild: Guild,
) -> None:
    hans = Person("hans", "de", ADMINISTRATOR)
    form = guild.command(hans, "setup")
    assert "Name of the organisation" in form.text
    done = guild.fill(hans, form, None, "en", "Europe/Berlin", None, "Hans")
    assert "is founded" in done.text
    _, card = guild.server.until(lambda: done.messages[1:] and done.messages)
    assert "Where Governor posts" in card.text
    assert "Where Governor posts" in guild.command(hans, "setup").text
    assert "no meeting to come" in guild.command(hans, "meeting list").text
    assert "Only who may manage" in guild.command(Person("jan", "nl"), "setup", threads=True).text


@pytest.mark.parametrize(("language", "shown"), [("id", "Yang dapat ditulis"), ("en", "What can be written")])
def test_who_names_the_bot_and_says_nothing_sees_what_can_be_asked_in_the_organisations_language(
    guild: Guild, language: str, shown: str
) -> None:
    dewi, _ = founded(guild, language)
    guild.say(dewi, f"<@{guild.server.bot['id']}>")
    guild.seen(shown)
