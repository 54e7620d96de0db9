"""Does nobody wait for who asks too much? The real client, against a flood."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from limits import RateLimitItemPerSecond

import integrations.discord.pacing
from governor.ports import Reply
from governor.wording.phrase import phrase
from integrations.discord.pacing import FASTEST, FASTEST_HERE, FASTEST_TYPING, Moments, Pace
from tests.discord_server import DiscordServer, Guild, Person, description
from tests.integrations.chat_contract import Door
from tests.integrations.test_discord import Servers

description.require()

NOTHING = Reply(language="id", lines=(phrase("no-meetings"),))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Servers]:
    with DiscordServer() as server:
        yield Servers(server, tmp_path)
        assert server.wrongs == []


def test_flood_of_a_thousand_mentions_is_stopped_before_the_door_and_others_are_answered(
    stage: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        integrations.discord.pacing, "FASTEST", RateLimitItemPerSecond(20, 600)
    )  # however long it takes
    flooder, others = Person("flooder"), [Person(f"other{at}") for at in range(40)]
    guilds, mention = (stage.guild, Guild(stage.server, "Lain")), f"<@{stage.server.bot['id']}> rapat"
    door = Door([NOTHING])
    with stage.living(door):
        for at in range(200):
            for _ in range(5):
                stage.guild.say(flooder, mention)
            asked = guilds[at % 2].command(others[at % len(others)], "governor", sentence="rapat")
            assert "Tidak ada rapat" in asked.text
    assert len(door.calls) == 200 + FASTEST.amount


def test_server_that_asks_too_much_is_told_so_and_another_is_not(
    stage: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrations.discord.pacing, "FASTEST_HERE", RateLimitItemPerSecond(5, 60))
    other = Guild(stage.server, "Lain")
    with stage.living(Door([NOTHING])):
        for at in range(5):
            assert "Tidak ada rapat" in stage.guild.command(Person(f"p{at}"), "governor", sentence="rapat").text
        refused = stage.guild.command(Person("late"), "governor", sentence="rapat")
        assert refused.is_private
        assert "di server ini" in refused.text
        assert "Tidak ada rapat" in other.command(Person("late"), "governor", sentence="rapat").text


def test_what_one_account_asks_too_fast_does_not_count_for_its_server() -> None:
    pace = Pace()
    said = [pace.refused(1, "7") for _ in range(FASTEST_HERE.amount + FASTEST.amount)]
    assert said.count(None) == FASTEST.amount
    assert set(said[FASTEST.amount :]) == {"too-fast"}
    assert pace.refused(2, "7") is None


def test_who_types_without_end_is_offered_nothing_and_may_still_ask() -> None:
    pace = Pace()
    typed = [pace.may_type(1) for _ in range(FASTEST_TYPING.amount + 3)]
    assert typed == [True] * FASTEST_TYPING.amount + [False] * 3
    assert pace.may_type(2)
    assert pace.refused(1, "7") is None


def test_moments_count_until_they_are_over() -> None:
    moments = Moments()
    assert [moments.acquire_entry("a", 2, 3_600) for _ in range(3)] == [True, True, False]
    assert moments.acquire_entry("b", 1, 0)
    assert moments.acquire_entry("b", 1, 0), "what lasted no time is over"
    since, count = moments.get_moving_window("a", 2, 3_600)
    assert (round(time.time() - since), count) == (0, 2)
    assert round(moments.get_expiry("a") - time.time()) == 3_600
    moments.clear("a")
    assert moments.get("a") == 0
    assert moments.get_moving_window("a", 2, 3_600)[1] == 0
    assert moments.check()


def test_moments_of_many_are_forgotten_once_they_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.pacing, "_TIDY_AT", 10)
    moments = Moments()
    moments.incr("stays", 3_600)
    for number in range(100):
        moments.incr(f"goes {number}", 0)
    assert moments.get("stays") == 1
    assert moments.reset() <= 10
    assert moments.get("stays") == 0


def test_moments_of_many_who_ask_at_once_are_looked_through_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    class Watched(Moments):
        def get(self, key: str) -> int:
            looked.append(key)
            return super().get(key)

    monkeypatch.setattr(integrations.discord.pacing, "_TIDY_AT", 10)
    moments = Watched()
    for number in range(1_000):
        moments.incr(f"asks {number}", 3_600)
    assert len(looked) < 2_000
    assert moments.reset() == 1_000
