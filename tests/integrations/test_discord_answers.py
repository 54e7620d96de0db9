"""Is everybody answered on Discord: in time, once, whole, and so that only they see it whom it is for?"""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

import integrations.discord.answering
from governor.domain.sources import Source
from governor.ports import Ask, Button, Call, Card, Press, Reply, Row, Say
from governor.services import COMMANDS
from governor.services.offers import offers
from governor.wording.phrase import Phrase, phrase
from integrations.discord.commands import Book
from integrations.discord.pacing import FASTEST
from tests.discord_server import DiscordServer, Fault, description, limits, payloads
from tests.discord_server.server import Shown
from tests.integrations.chat_contract import CALL, CARD, Door
from tests.integrations.test_discord import Servers

description.require()

NOTHING = Reply(language="id", lines=(phrase("no-meetings"),))
WORDS = "Tidak ada rapat"
REFUSED = Reply(language="id", lines=(phrase("not-understood"),), refused=True)


def value(text: str) -> Phrase:
    """Return a phrase that says *text*."""
    return phrase("word-value", value=text)


def button(token: str, label: str, asks: Phrase | None = None) -> Button:
    """Return a button."""
    return Button(token=token, label=value(label), asks=asks)


@dataclass
class Slow(Door):
    """A door that opens once ``gate`` is set."""

    gate: threading.Event = field(default_factory=threading.Event)

    async def __call__(self, call: Call) -> Sequence[Reply]:
        self.calls.append(call)
        await asyncio.to_thread(self.gate.wait, 10)
        return self.replies


@pytest.fixture
def stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Servers]:
    with DiscordServer() as server:
        yield Servers(server, tmp_path)
        assert server.wrongs == []
        assert "a bug" not in capsys.readouterr().out


# -- in time


def test_answer_that_takes_long_is_put_off_before_discord_gives_up(stage: Servers) -> None:
    door = Slow([NOTHING])
    with stage.living(door):
        asked = stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence="rapat")
        stage.server.until(lambda: asked.kinds)
        door.gate.set()
        stage.server.until(lambda: asked.messages)
    assert (asked.kinds, asked.is_thinking, asked.is_private) == ([5], False, False)
    assert asked.waited is not None
    assert asked.waited < 3
    assert WORDS in asked.text


def test_late_answer_for_one_person_is_seen_by_nobody_else(stage: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.answering, "PATIENCE", 0.05)
    door = Slow([REFUSED])
    with stage.living(door):
        asked = stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence="?")
        stage.server.until(lambda: asked.kinds)
        door.gate.set()
        stage.server.until(lambda: asked.messages)
    assert [shown.is_private for shown in asked.messages] == [True]
    assert not asked.is_thinking


def test_command_that_is_private_is_so_from_its_first_sign_on(stage: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.answering, "PATIENCE", 0.05)
    door = Slow([Reply(language="id", cards=(CARD,), aside=(value("suara Anda"),), is_private=True)])
    with stage.living(door):
        asked = stage.guild.command(stage.person("dewi"), "motion vote", wait=False, number="2026-001", choice="for")
        stage.server.until(lambda: asked.kinds)
        assert asked.is_private
        door.gate.set()
        stage.server.until(lambda: asked.messages)
    assert [shown.is_private for shown in asked.messages] == [True]
    assert "suara Anda" in asked.text


def test_late_answer_to_a_button_stands_where_the_card_stood(stage: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door([Reply(language="id", cards=(CARD,))])
    slow = Slow([Reply(language="id", cards=(Card(id=CARD.id, title=phrase("card-draft", summary="Rapat Lain")),))])
    with stage.living(door):
        card = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat").messages[0]
    monkeypatch.setattr(integrations.discord.answering, "PATIENCE", 0.05)
    with stage.living(slow):
        asked = stage.guild.press(stage.person("budi"), card, "Panggil rapat", wait=False)
        stage.server.until(lambda: asked.kinds)
        slow.gate.set()
        stage.server.until(lambda: card.edits)
    assert asked.kinds[0] == 6
    assert "Rapat Lain" in card.text
    assert slow.calls[0].request == Press(button=CALL.token)


def test_lateness_is_counted_from_when_discord_made_the_interaction(stage: Servers) -> None:
    slow = Slow([NOTHING])
    with stage.living(slow):
        old = stage.guild.commanded(stage.person("dewi"), "governor", sentence="rapat")
        old.payload["id"] = payloads.snowflake(time.time() - 60)  # the two clocks need not agree
        began = time.monotonic()
        stage.guild.again(old)
        stage.server.until(lambda: old.kinds)
        put_off = time.monotonic() - began
        slow.gate.set()
        stage.server.until(lambda: old.is_answered)
    assert old.kinds == [5]
    assert put_off < integrations.discord.answering.PATIENCE


@pytest.mark.parametrize("is_press", [False, True], ids=["command", "press"])
def test_who_waits_long_is_told_so_and_is_answered_all_the_same(
    stage: Servers, monkeypatch: pytest.MonkeyPatch, is_press: bool
) -> None:
    with stage.living(Door([Reply(language="id", cards=(CARD,))])):
        card = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat").messages[0]
    monkeypatch.setattr(integrations.discord.answering, "PATIENCE", 0.05)
    monkeypatch.setattr(integrations.discord.answering, "TELL_WITHIN", 0.05)
    slow = Slow([NOTHING])
    with stage.living(slow):
        asked = (
            stage.guild.press(stage.person("dewi"), card, "Panggil rapat", wait=False)
            if is_press
            else stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence="rapat")
        )
        late = stage.guild.seen("menyusul")
        assert late.is_private is is_press
        slow.gate.set()
        stage.guild.seen(WORDS)
    assert not asked.is_thinking


# -- once


@pytest.mark.parametrize(("is_late", "kind"), [(True, 5), (False, 4)])
def test_answer_that_discord_took_without_saying_so_is_not_lost(
    stage: Servers, monkeypatch: pytest.MonkeyPatch, is_late: bool, kind: int
) -> None:
    monkeypatch.setattr(integrations.discord.answering, "PATIENCE", 0.05 if is_late else 30)
    stage.server.lost = 1
    door = Slow([Reply(language="id", cards=(CARD,))])
    with stage.living(door):
        asked = stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence="rapat")
        stage.server.until(lambda: not is_late or asked.kinds)
        door.gate.set()
        stage.server.until(lambda: asked.messages)
        door.replies = [Reply(language="id", cards=(replace(CARD, title=value("Rapat Lain")),))]
        stage.guild.command(stage.person("budi"), "governor", sentence="rapat")
        stage.server.until(lambda: "Rapat Lain" in asked.messages[0].text)
    assert (asked.kinds, asked.is_thinking, len(stage.server.messages)) == ([kind], False, 2)


def test_interaction_that_comes_twice_is_taken_once(stage: Servers) -> None:
    door = Door([NOTHING])
    with stage.living(door):
        asked = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat")
        stage.guild.again(asked)
        stage.guild.command(stage.person("dewi"), "governor", sentence="lagi")
    assert [call.request for call in door.calls] == [Say(text="rapat"), Say(text="lagi")]
    assert len(asked.messages) == 1


def test_both_of_two_clicks_are_answered(stage: Servers) -> None:
    door = Door([Reply(language="id", cards=(CARD,))])
    with stage.living(door):
        card = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat").messages[0]
        clicks = [stage.guild.press(stage.person("dewi"), card, "Panggil rapat", wait=False) for _ in range(2)]
        for click in clicks:
            stage.server.until(lambda click=click: click.is_answered)  # type: ignore[misc]  # mypy knows no such lambda
    assert len({call.id for call in door.calls}) == 3


# -- whole


def test_long_answer_is_paged_and_the_rest_of_it_attached(stage: Servers) -> None:
    lines = tuple(value(f"baris {number} " + "kata " * 40) for number in range(120))
    cards = tuple(
        Card(
            id=f"card:{number}",
            title=value(f"Kartu {number}"),
            rows=tuple(Row(label=value(f"label {row}"), value=value("isi " * 100)) for row in range(8)),
            buttons=tuple(button(f"b:{number}:{at}", f"tombol {at}") for at in range(30)),
        )
        for number in range(8)
    )
    with stage.living(Door([Reply(language="id", lines=lines, cards=cards)])):
        asked = stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence="semua")
        stage.server.until(lambda: any(shown.files for shown in asked.messages))
    shown = "\n".join(one.text for one in asked.messages)
    assert len(asked.messages) == 4
    assert [n for n in range(120) if f"baris {n} " not in shown] == []
    assert [n for n in range(8) if f"Kartu {n}" not in shown] == []


def test_what_is_said_long_and_without_a_space_is_cut_and_never_refused(stage: Servers) -> None:
    long = value("ي" * 9_000)
    buttons = (button("a", "ي" * 9_000), button("b", "\u200b"), button("a", "lagi"))
    card = Card(id="1", title=long, rows=(Row(label=long, value=long, assumed=long),) * 9, buttons=buttons)
    with stage.living(Door([Reply(language="id", lines=(long, value(" "), value("\n")), cards=(card, card))])):
        asked = stage.guild.command(stage.person("dewi"), "governor", sentence="semua")
    assert "…" in asked.text


def test_long_tokens_and_questions_are_remembered_over_a_restart(stage: Servers) -> None:
    long, asked = button("t" * 300, "panjang"), button("q" * 300, "tanya", phrase("ask-change"))
    valued = button("short", "nilai", phrase("card-draft", summary="ini? " * 300))
    card = Card(id="1", title=value("Kartu"), buttons=(long, asked, valued))
    door, dewi = Door([Reply(language="en", cards=(card,))]), stage.person("dewi")
    with stage.living(door):
        shown = stage.guild.command(dewi, "governor", sentence="rapat").messages[0]
    door.replies = [REFUSED]
    with stage.living(door):
        stage.guild.press(dewi, shown, "panjang")
        for label in ("tanya", "nilai"):
            stage.guild.fill(dewi, stage.guild.press(dewi, shown, label), "jawab")
    heard = [(call.request, call.language) for call in door.calls[1:]]
    said = [Say(text="jawab", answering=one) for one in ("q" * 300, "short")]
    assert heard == [(Press(button="t" * 300), "en"), *((one, "en") for one in said)]


def test_button_of_nobody_is_answered_politely(stage: Servers) -> None:
    with stage.living(Door([NOTHING])) as _:
        for custom_id in ("", "x", "g", "g:::::", "h:id:0:: ", "h:id:0::gone", "g:xx:0:no-key:", "g:id\x00:0::t" * 7):
            data = {"custom_id": custom_id, "component_type": 2, "id": 1}
            asked = stage.guild.interact(stage.person("dewi"), 3, data)
            assert asked.text


# -- to whom it is for


def test_who_asks_faster_than_a_person_can_is_told_so_and_others_are_not(stage: Servers) -> None:
    door = Door([NOTHING])
    with stage.living(door):
        asked = [
            stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence=str(n))
            for n in range(FASTEST.amount + 2)
        ]
        stage.server.until(lambda: all(one.is_answered for one in asked))
        assert WORDS in stage.guild.command(stage.person("budi"), "governor", sentence="rapat").text
    assert [one.is_private for one in asked] == [False] * FASTEST.amount + [True] * 2
    assert len(door.calls) == FASTEST.amount + 1


def test_who_writes_faster_than_a_person_can_is_told_so_once(stage: Servers) -> None:
    door = Door()
    with stage.living(door):
        for _ in range(FASTEST.amount + 5):
            stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> rapat")
        stage.guild.command(stage.person("budi"), "governor", wait=False, sentence="rapat")
        stage.guild.seen("Terlalu cepat")
        stage.server.until(lambda: len(door.calls) == FASTEST.amount + 1)
    assert sum("Terlalu cepat" in shown.text for shown in stage.server.messages.values()) == 1


def test_bot_hears_who_writes_to_it_and_nobody_else(stage: Servers) -> None:
    door = Door([NOTHING])
    dewi, bot = stage.person("dewi"), f"<@{stage.server.bot['id']}>"
    with stage.living(door):
        stage.guild.say(dewi, "rapat besok")
        stage.guild.say(dewi, f"{bot} satu")
        first = stage.guild.seen(WORDS)
        stage.guild.say(dewi, "dua", answering=first)
        stage.guild.seen(WORDS, count=2)
        stage.guild.say(dewi, "tiga", is_direct=True)
        direct = stage.guild.seen(WORDS, count=3)
        stage.guild.say(dewi, f"{bot}")
        stage.guild.seen(WORDS, count=4)
        robot = payloads.message(payloads.snowflake(), stage.guild.channel, stage.server.bot, {"content": bot}, [])
        stage.server.do(stage.server.gateway.dispatch("MESSAGE_CREATE", robot | {"mentions": [stage.server.bot]}))
        stage.guild.say(dewi, f"{bot} lima")
        stage.guild.seen(WORDS, count=5)
    heard = [call.request for call in door.calls]
    assert heard == [Say(text="satu"), Say(text="dua"), Say(text="tiga"), Ask(command="help"), Say(text="lima")]
    assert direct.channel != stage.guild.channel


def test_private_answer_to_a_mention_goes_to_who_wrote_alone(stage: Servers) -> None:
    with stage.living(Door([Reply(language="id", lines=(phrase("no-meetings"),), is_private=True)])):
        stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> kode")
        assert stage.guild.seen(WORDS).channel != stage.guild.channel


def test_aside_is_told_to_who_asked_alone_though_everybody_sees_the_card(stage: Servers) -> None:
    dewi, word = stage.person("dewi"), "suara Anda"
    with stage.living(Door([Reply(language="id", cards=(CARD,), aside=(value(word),))])):
        asked = stage.guild.command(dewi, "governor", sentence="rapat", wait=False)
        stage.server.until(lambda: len(asked.messages) == 2)
        seen, alone = asked.messages
        pressed = stage.guild.press(stage.person("budi"), seen, "Panggil rapat", wait=False)
        stage.server.until(lambda: pressed.messages)
        stage.guild.say(dewi, f"<@{stage.server.bot['id']}> rapat")
        stage.server.until(lambda: len(_telling(stage, word)) == 3)
        stage.server.faults.append(Fault("POST", "/callback", 404, code=10062))
        stage.guild.press(dewi, seen, "Panggil rapat", wait=False)
        stage.server.until(lambda: len(_telling(stage, word)) == 4)
    assert (seen.is_private, alone.is_private) == (False, True)
    assert [shown.is_private for shown in pressed.messages] == [True]
    assert all(shown.is_private or shown.channel != stage.guild.channel for shown in _telling(stage, word))


def _telling(stage: Servers, word: str) -> list[Shown]:
    """Return the messages in which *word* is, those that only one person sees too."""
    private = [shown for asked in stage.server.asked.values() for shown in asked.messages]
    every = {shown.id: shown for shown in (*stage.server.messages.values(), *private)}
    return [shown for shown in every.values() if word in shown.text]


# -- commands and menus


@pytest.mark.parametrize(
    ("menu", "command"),
    [
        ("Record as decision", "decision record"),
        ("Add to minutes", "minutes note"),
        ("Make an action", "action record"),
    ],
)
def test_menu_of_a_message_takes_its_text_and_where_it_stands(stage: Servers, menu: str, command: str) -> None:
    door = Door([NOTHING])
    with stage.living(door):
        author = stage.person("budi")
        message = payloads.message(
            payloads.snowflake(), stage.guild.channel, author.user, {"content": "Kas Rp2 juta"}, []
        )
        asked = stage.guild.menu(stage.person("dewi"), menu, message)
    assert WORDS in asked.text
    source = Source(
        link=f"https://discord.com/channels/{stage.guild.id}/{stage.guild.channel}/{message['id']}",
        author="Budi",
        account=author.id,
        at=datetime.fromisoformat(message["timestamp"]),
    )
    assert door.calls[0].request == Ask(command=command, options={"text": "Kas Rp2 juta"}, source=source)


def test_menu_of_a_member_means_their_account_whatever_they_are_called(stage: Servers) -> None:
    door = Door([NOTHING])
    with stage.living(door):
        stage.guild.member_menu(stage.person("dewi"), "Invite to meeting", stage.person("sari"))
    said = f"<@{stage.person('sari').id}>"
    mentioned = {said: stage.person("sari").id}
    assert door.calls[0].request == Ask(command="meeting invite", options={"person": said}, mentioned=mentioned)


def test_commands_are_such_as_discord_takes() -> None:
    payload = Book(offers(COMMANDS)).payload()
    limits.check_commands(payload)
    names = {kind: {one["name"] for one in payload if one["type"] == kind} for kind in (2, 3)}
    assert names == {
        2: {"Invite to meeting", "Show offices and attendance"},
        3: {"Record as decision", "Add to minutes", "Make an action"},
    }


def test_code_that_was_mailed_is_not_described_as_the_secretarys() -> None:
    commands = {one["name"]: one for one in Book(offers(COMMANDS)).payload()}
    (joining,) = commands["join"]["options"]
    confirming = next(one for one in commands["email"]["options"] if one["name"] == "confirm")
    assert joining["description"] == "The invitation code from the secretary"
    assert confirming["options"][0]["description_localizations"]["id"] == "Kode enam angka yang dikirim ke surel Anda"


def test_command_that_is_not_known_any_more_comes_to_the_door_by_its_name(stage: Servers) -> None:
    door = Door([REFUSED])
    with stage.living(door):
        asked = stage.guild.interact(stage.person("dewi"), 2, {"id": "1", "type": 1, "name": "rubbish", "options": []})
    assert asked.is_private
    assert door.calls[0].request == Ask(command="rubbish")
