"""What does every Chat do? Inherited by the tests of each adapter, which say how people speak and press there."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from governor.ports import Button, Call, Card, Chat, File, Press, Reply, Row, Say
from governor.wording.phrase import phrase

SECRETARY = "dewi"
TOKENS = ("call:1", "change:1")
CALL = Button(token=TOKENS[0], label=phrase("button-call"))
CHANGE = Button(token=TOKENS[1], label=phrase("button-change"), asks=phrase("ask-change"))
CARD = Card(
    id="draft:1",
    title=phrase("card-draft", summary="Rapat Kas"),
    rows=(
        Row(label=phrase("label-place"), value=phrase("word-value", value="Balai")),
        Row(
            label=phrase("label-duration"),
            value=phrase("word-value", value=timedelta(hours=1)),
            assumed=phrase("word-assumed"),
        ),
    ),
    buttons=(CALL, CHANGE),
)


@dataclass
class Door:
    """Answers every call by the same ``replies``, and keeps the calls."""

    replies: Sequence[Reply] = ()
    calls: list[Call] = field(default_factory=list)

    async def __call__(self, call: Call) -> Sequence[Reply]:
        self.calls.append(call)
        return self.replies


class Stage(ABC):
    """A chat on which people can be made to speak."""

    @abstractmethod
    def chat(self, *said: str, is_strict: bool = False) -> Chat:
        """Return the chat, in which *said* is about to be said, in this order."""

    @abstractmethod
    def line(self, text: str, *, account: str = SECRETARY) -> str:
        """Return what is said when *account* writes *text*."""

    @abstractmethod
    def press(self, button: Button, *, account: str = SECRETARY) -> str:
        """Return what is said when *account* presses *button* of ``CARD``."""

    def account(self, name: str) -> str:
        """Return the id of the account of *name*."""
        return name

    def post(self, *posts: tuple[str, Reply]) -> None:
        """Post each (key, reply)."""
        chat = self.chat()

        async def post() -> None:
            for key, reply in posts:
                await chat.post(reply, key=key)

        asyncio.run(post())

    @abstractmethod
    def shown(self) -> str:
        """Return all that people see."""

    def run(self, door: Door, *said: str, is_strict: bool = False) -> int:
        """Return the status with which the chat ends after *said*."""
        return asyncio.run(self.chat(*said, is_strict=is_strict).run(door))


class ChatContract:
    """Each test takes the fixture ``stage``."""

    def test_each_line_comes_to_the_door_once_in_order_with_who_said_it(self, stage: Stage) -> None:
        door = Door()
        status = stage.run(door, stage.line("satu"), stage.line("dua", account="budi"))
        assert status == 0
        assert [(call.account.id, call.request) for call in door.calls] == [
            (stage.account(SECRETARY), Say(text="satu")),
            (stage.account("budi"), Say(text="dua")),
        ]
        assert {call.account.platform for call in door.calls} == {stage.chat().name}
        assert len({call.id for call in door.calls}) == 2
        assert all(call.at.tzinfo is not None for call in door.calls)

    @pytest.mark.parametrize(("language", "words"), [("id", "Tidak ada rapat"), ("en", "There is no meeting")])
    def test_lines_are_shown_in_the_language_of_the_reply(self, stage: Stage, language: str, words: str) -> None:
        stage.run(Door([Reply(language=language, lines=(phrase("no-meetings"),))]), stage.line("rapat"))
        assert words in stage.shown()

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("id", ("Rancangan: Rapat Kas", "Tempat", "Balai", "1 jam", "diasumsikan", "Panggil rapat", "Ubah")),
            ("en", ("Draft: Rapat Kas", "Place", "Balai", "1 hour", "assumed", "Call the meeting", "Change")),
        ],
    )
    def test_card_is_shown_whole(self, stage: Stage, language: str, words: tuple[str, ...]) -> None:
        stage.run(Door([Reply(language=language, cards=(CARD,))]), stage.line("rapat"))
        assert [word for word in words if word not in stage.shown()] == []

    def test_what_is_for_who_asked_alone_is_told_beside_the_card(self, stage: Stage) -> None:
        aside = (phrase("word-value", value="suara Anda"),)
        stage.run(Door([Reply(language="id", cards=(CARD,), aside=aside)]), stage.line("rapat"))
        assert [word for word in ("Rancangan: Rapat Kas", "suara Anda") if word not in stage.shown()] == []

    def test_document_is_shown_as_it_stands(self, stage: Stage) -> None:
        document = "# Notulen\n\n" + "kata " * 60 + "\n  menjorok\n"
        stage.run(Door([Reply(language="id", document=document)]), stage.line("notulen"))
        assert document in stage.shown()

    def test_file_is_handed_out_byte_for_byte_where_the_chat_has_files(self, stage: Stage) -> None:
        file = File(name="2026-001.tlog-proof", text="c2sp.org/tlog-proof@v1\n\n— bukti\t=\n")
        stage.run(Door([Reply(language="id", document="perintah\n", file=file)]), stage.line("bukti"))
        assert "perintah" in stage.shown()
        assert (file.text in stage.shown()) is stage.chat().has_files

    def test_pressing_brings_the_token_and_the_language_of_the_card(self, stage: Stage) -> None:
        door = Door([Reply(language="en", cards=(CARD,))])
        stage.run(door, stage.line("rapat"), stage.press(CALL, account="budi"))
        assert door.calls[1].request == Press(button="call:1")
        assert (door.calls[1].account.id, door.calls[1].language) == (stage.account("budi"), "en")

    def test_button_that_asks_is_answered_by_the_next_line_of_who_pressed_it(self, stage: Stage) -> None:
        door = Door([Reply(language="id", cards=(CARD,))])
        stage.run(
            door,
            stage.line("rapat"),
            stage.press(CHANGE),
            stage.line("hadir", account="budi"),
            stage.line("jam 8 malam"),
            stage.line("jam 9 malam"),
        )
        assert "Apa yang diubah?" in stage.shown()
        assert [(call.account.id, call.request) for call in door.calls[1:]] == [
            (stage.account("budi"), Say(text="hadir")),
            (stage.account(SECRETARY), Say(text="jam 8 malam", answering="change:1")),
            (stage.account(SECRETARY), Say(text="jam 9 malam")),
        ]

    def test_post_of_one_key_is_shown_once(self, stage: Stage) -> None:
        reply = Reply(language="id", lines=(phrase("no-meetings"),))
        stage.post(*((key, reply) for key in ("one", "one", "two")))
        assert stage.shown().count("Tidak ada rapat") == 2

    @pytest.mark.parametrize(("is_strict", "status"), [(True, 1), (False, 0)])
    def test_refusal_is_shown_and_fails_only_a_strict_chat(self, stage: Stage, is_strict: bool, status: int) -> None:
        door = Door([Reply(language="id", lines=(phrase("not-understood"),), refused=True)])
        assert stage.run(door, stage.line("halo"), is_strict=is_strict) == status
        assert "Maaf" in stage.shown()

    def test_strict_chat_without_a_refusal_ends_well(self, stage: Stage) -> None:
        door = Door([Reply(language="id", lines=(phrase("no-meetings"),))])
        assert stage.run(door, stage.line("rapat"), is_strict=True) == 0

    def test_what_a_terminal_or_a_reader_would_obey_is_never_shown(self, stage: Stage) -> None:
        value = phrase("word-value", value="aman\x1b]0;jahat\x07\u202e\x9b\r")
        card = Card(id="1", title=value, rows=(Row(label=value, value=value, assumed=value),), buttons=())
        reply = Reply(language="id", lines=(value,), cards=(card,), document="isi\x1b[2J\u2066\n")
        stage.run(Door([reply]), stage.line("rapat"))
        assert set(stage.shown()) & set("\x1b\x07\u202e\x9b\r\u2066") == set()
