"""Is news of a card shown in the card that stands already, and said beside it, once?"""

import asyncio
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import integrations.discord.standing
from governor.ports import Call, Card, Press, Reply, Row
from governor.wording.phrase import phrase
from integrations.discord.messages import Message
from integrations.discord.spots import MOST_SPOTS
from integrations.discord.standing import Standing
from integrations.discord.tokens import Tokens, mark_of
from tests.discord_server import DiscordServer, Fault, description
from tests.integrations.chat_contract import CALL, Door
from tests.integrations.test_discord import Servers, stage

description.require()

__all__ = ["stage"]

NEWS = phrase("answered-accepted", name="Budi", summary="Rapat Kas")


def card(comes: int, number: int = 1) -> Card:
    """Return a card to which so many come."""
    return Card(
        id=f"meeting:{number}",
        title=phrase("card-meeting", number="2026-001", summary="Rapat Kas"),
        rows=(Row(label=phrase("label-people"), value=phrase("word-value", value=comes)),),
        buttons=(replace(CALL, label=phrase("button-accepted"), count=comes),),
    )


def news(comes: int, **more: Any) -> Reply:  # noqa: ANN401  # of a reply's fields
    """Return a post that tells that so many come."""
    return Reply(language="id", lines=(NEWS,), cards=(card(comes),), is_update=True, **more)


def told(number: int, comes: int) -> Reply:
    """Return the reply to a press on a card of several, each of which has a button of its own."""
    button = replace(CALL, token=f"rsvp:{number}", label=phrase("word-value", value=f"Hadir {number}"), count=comes)
    return Reply(language="id", cards=(replace(card(comes, number), buttons=(button,)),), is_told_by_cards=True)


@dataclass
class Several(Door):
    """A door that shows two cards in one message, and answers who presses one of them once its gate is open."""

    gates: dict[str, threading.Event] = field(default_factory=lambda: {each: threading.Event() for each in "12"})

    async def __call__(self, call: Call) -> Sequence[Reply]:
        self.calls.append(call)
        if not isinstance(call.request, Press):
            return [Reply(language="id", cards=(*told(1, 0).cards, *told(2, 0).cards))]
        number = call.request.button[-1]
        await asyncio.to_thread(self.gates[number].wait, 10)
        return [told(int(number), 1)]


def posted(server: DiscordServer) -> list[str]:
    """Return the text of every message, the oldest first."""
    return [one.text for one in server.messages.values() if not one.is_deleted]


def test_news_of_a_card_is_shown_in_it_and_said_in_reply_to_it(stage: Servers) -> None:
    with stage.living(Door()) as post:
        post("first", news(1))
        post("second", news(2))
        post("second", news(2))
    first, second = stage.server.messages.values()
    assert "Hadir (2)" in first.buttons
    assert (second.buttons, first.edits) == ({}, 1)
    assert "Budi" in second.text


def test_news_without_words_is_only_shown_in_the_card(stage: Servers) -> None:
    with stage.living(Door()) as post:
        post("first", news(1))
        post("busy", replace(news(3), lines=()))
    (first,) = stage.server.messages.values()
    assert "Hadir (3)" in first.buttons


def test_post_shows_what_was_heard_while_its_cards_were_shown_anew_elsewhere(
    stage: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door([Reply(language="id", cards=(card(3),))])
    with stage.living(door) as post, ThreadPoolExecutor(1) as beside:
        post("first", news(1))
        (first,) = stage.server.messages.values()
        monkeypatch.setattr(integrations.discord.standing, "REST", 2.0)
        posting = beside.submit(post, "second", replace(news(2), is_update=False))
        stage.guild.press(stage.person("dewi"), first, "Hadir")
        posting.result(30)
        second = list(stage.server.messages.values())[-1]
        assert second is not first
        stage.server.until(lambda: "Hadir (3)" in second.buttons)


@pytest.mark.parametrize("instead", [(card(1, 2),), ()])
def test_late_news_of_a_card_undoes_nothing_that_took_its_place(stage: Servers, instead: tuple[Card, ...]) -> None:
    door = Door([Reply(language="id", cards=(card(1),))])
    with stage.living(door) as post:
        shown = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat").messages[0]
        door.replies = [Reply(language="id", lines=() if instead else (NEWS,), cards=instead)]
        stage.guild.press(stage.person("dewi"), shown, "Hadir")
        before = shown.text
        post("late", replace(news(2), lines=()))
    assert (shown.text, len(stage.server.messages)) == (before, 1)


def test_news_without_words_of_what_one_person_sees_alone_is_told_to_nobody_else(stage: Servers) -> None:
    direct = Reply(language="id", cards=(card(1),), place=stage.guild.id)
    with stage.living(Door([direct])) as post:
        stage.guild.say(stage.person("dewi"), "rapat", is_direct=True)
        shown = stage.guild.seen("Rapat Kas")
        post("busy", replace(news(2), lines=()))
    assert ("Hadir (2)" in shown.buttons, len(stage.server.messages)) == (True, 1)


def test_card_is_shown_anew_where_its_message_is_gone(stage: Servers) -> None:
    with stage.living(Door()) as post:
        post("first", news(1))
        stage.guild.delete(next(iter(stage.server.messages.values())))
        post("second", news(2))
    assert "Hadir (2)" in list(stage.server.messages.values())[-1].buttons


def test_card_that_cannot_be_edited_now_keeps_nobody_from_an_answer(stage: Servers) -> None:
    door = Door([Reply(language="id", cards=(card(2),))])
    with stage.living(door) as post:
        post("first", news(1))
        stage.server.faults.append(Fault("PATCH", "/channels/", 403, code=50001))
        asked = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat")
        assert "Hadir (2)" in asked.messages[0].buttons
        door.replies = [Reply(language="id", cards=(card(4),))]
        stage.guild.press(stage.person("budi"), asked.messages[0], "Hadir")
        first = next(iter(stage.server.messages.values()))
        stage.server.until(lambda: "Hadir (4)" in first.buttons)


def test_card_stands_in_the_language_in_which_it_was_shown(stage: Servers) -> None:
    door = Door([Reply(language="en", cards=(card(2),))])
    with stage.living(door) as post:
        post("first", news(1))
        stage.guild.command(stage.person("dewi"), "governor", sentence="meeting")
        first = next(iter(stage.server.messages.values()))
        stage.server.until(lambda: "Hadir (2)" in first.buttons)


def test_only_the_newest_messages_of_a_card_are_kept_up_to_date(stage: Servers) -> None:
    with stage.living(Door()) as post:
        for number in range(MOST_SPOTS + 2):
            post(f"copy {number}", Reply(language="id", cards=(card(1),)))
        post("news", news(2))
    shown = list(stage.server.messages.values())[: MOST_SPOTS + 2]
    assert ["Hadir (2)" in one.buttons for one in shown] == [False] * 2 + [True] * MOST_SPOTS


def test_copies_for_people_alone_push_none_out_of_a_channel(stage: Servers) -> None:
    direct = Reply(language="id", cards=(card(1),), place=stage.guild.id)
    with stage.living(Door([direct])) as post:
        post("first", news(1))
        for number in range(MOST_SPOTS + 1):
            stage.guild.say(stage.person(f"member {number}"), "rapat apa saja?", is_direct=True)
            stage.guild.seen("Rapat Kas", count=number + 2)
        post("news", replace(news(2), lines=()))
    shown = list(stage.server.messages.values())
    assert ["Hadir (2)" in one.buttons for one in shown] == [True, False] + [True] * MOST_SPOTS


def test_of_cards_that_were_heard_long_ago_it_is_not_kept_what_they_showed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrations.discord.standing, "MOST_HEARD", 2)
    standing = Standing(tmp_path, Tokens(tmp_path / "buttons.json"))
    for number in range(9):
        reply = Reply(language="id", cards=(card(1, number),))
        standing.heard("1", [reply])
        message = Message(id=number, channel=5, is_private=False)
        standing.note("1", message, reply.cards, "id", is_direct=False)
    shown = [spot.shows for number in range(9) for spot in standing.spots("1", f"meeting:{number}")]
    assert shown == [*[None] * 7, card(1, 7), card(1, 8)]


def test_what_is_for_one_person_alone_is_not_edited_by_what_others_do(stage: Servers) -> None:
    private = Reply(language="id", cards=(card(1),), place=stage.guild.id, is_private=True)
    with stage.living(Door([private])) as post:
        stage.guild.say(stage.person("dewi"), "surel saya", is_direct=True)
        shown = stage.guild.seen("Rapat Kas")
        post("news", news(2))
    assert shown.edits == 0


@pytest.mark.parametrize("is_refused", [True, False])
def test_refused_card_changes_no_other(stage: Servers, is_refused: bool) -> None:
    reply = Reply(language="id", cards=(card(9),), refused=is_refused)
    with stage.living(Door([reply])) as post:
        post("first", news(1))
        stage.guild.command(stage.person("dewi"), "governor", sentence="rapat")
        post("last", Reply(language="id", lines=(NEWS,)))
    first = next(iter(stage.server.messages.values()))
    assert ("Hadir (9)" in first.buttons) is not is_refused


def test_answer_is_shown_once_though_the_disk_is_too_full_to_note_where(stage: Servers, small_disk: Path) -> None:
    with stage.living(Door([Reply(language="id", cards=(card(2),))])):
        with suppress(OSError), (small_disk / "other").open("wb", buffering=0) as other:
            while other.write(bytes(1_000)):
                pass
        asked = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat")
        stage.guild.press(stage.person("budi"), asked.messages[0], "Hadir")
    assert [(shown.edits, "Hadir (2)" in shown.buttons) for shown in stage.server.messages.values()] == [(1, True)]


def test_two_who_press_cards_of_one_message_at_once_undo_nothing_of_each_other(stage: Servers) -> None:
    door = Several()
    with stage.living(door):
        shown = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat").messages[0]
        pressed = [
            stage.guild.press(stage.person(name), shown, f"Hadir {number}", wait=False)
            for name, number in (("budi", 1), ("sari", 2))
        ]
        stage.server.until(lambda: len(door.calls) == 3)
        for number, one in zip("12", pressed, strict=True):
            door.gates[number].set()
            stage.server.until(lambda one=one: one.kinds)
        stage.server.until(lambda: {"Hadir 1 (1)", "Hadir 2 (1)"} <= shown.buttons.keys())


@pytest.mark.parametrize(("second", "since", "shows"), [(2, 0.0, None), (1, 0.0, 1), (2, None, 1)])
def test_what_a_card_shows_is_doubted_where_another_was_written_from_what_was_told_before(
    tmp_path: Path, second: int, since: float | None, shows: int | None
) -> None:
    standing = Standing(tmp_path, Tokens(tmp_path / "buttons.json"))
    message = Message(id=10, channel=5, is_private=False, components=[{"type": 17}, {"type": 17}])
    replies = [Reply(language="id", cards=(card(1, number),)) for number in (1, 2)]
    standing.heard("1", replies)
    standing.note("1", message, [one for reply in replies for one in reply.cards], "id", is_direct=False)
    for number in (1, second):
        told_at = time.monotonic() if since is None else since
        standing.wrote("1", message, mark_of(f"meeting:{number}"), since=told_at)
    (spot,) = standing.spots("1", "meeting:1")
    assert spot.shows == (None if shows is None else card(shows))


def test_process_sees_where_another_had_a_card_stand_and_knows_again_what_it_shows_itself(tmp_path: Path) -> None:
    here, there = (Standing(tmp_path, Tokens(tmp_path / "buttons.json")) for _ in range(2))

    def note(process: Standing, message: int, comes: int) -> None:
        shown = Message(id=message, channel=5, is_private=False)
        process.note("1", shown, [card(comes)], "id", is_direct=False)

    def seen() -> list[tuple[int, Card | None]]:
        return [(spot.message, spot.shows) for spot in here.spots("1", card(1).id)]

    note(here, 10, 1)
    note(there, 11, 1)
    note(here, 10, 2)
    assert seen() == [(10, None), (11, None)]
    note(here, 10, 2)
    assert seen() == [(10, card(2)), (11, None)]
