"""The console chat: a room with several people, in a terminal or read from a pipe.

A line is said by the account named before ``>`` (``budi> hadir``), else by the person who started Governor. Cards are
drawn with their buttons numbered; a bare number, or the button's words, presses it. ``2.1`` presses the first button of
the second card of the session.
"""

import asyncio
import re
import sys
import textwrap
import unicodedata
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from governor.ports import Account, Button, Call, Card, Door, Press, Reply, Row, Say, Surroundings
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase

NAME = "console"
_WIDTH = 100
_SPEAKER = re.compile(r"([^\W_][\w.\-]*)>\s?(.*)", re.DOTALL)
_NUMBER = re.compile(r"(?:(\d{1,6})\.)?(\d{1,3})")


def read_clock() -> datetime:
    """Return the present instant (UTC)."""
    return datetime.now(UTC)


class Console:
    """A chat (``ports.Chat``) in this process's terminal.

    ``speaker`` is the account that speaks when none is named. ``history`` is where typed lines are kept between
    sessions; ``source`` and ``target`` are the streams of a session without a terminal. ``is_strict``: a refused line
    makes ``run`` return 1.
    """

    name = NAME

    def __init__(
        self,
        speaker: str,
        *,
        history: Path | None = None,
        is_strict: bool = False,
        source: TextIO | None = None,
        target: TextIO | None = None,
        clock: Callable[[], datetime] = read_clock,
    ) -> None:
        self._speaker = speaker
        self._history = history
        self._is_strict = is_strict
        self._source = source or sys.stdin
        self._target = target
        self._clock = clock
        self._cards: list[list[tuple[Button, str]]] = []
        self._buttons: list[tuple[Button, str]] = []
        self._language = LANGUAGES[0]
        self._asked: dict[str, str] = {}
        self._posted: set[str] = set()

    @property
    def is_interactive(self) -> bool:
        """Return whether a person sits at a terminal."""
        return self._source.isatty() and sys.stdout.isatty()

    async def run(self, door: Door) -> int:
        """Carry lines to *door* until the input ends; return 0, or 1 when a line was refused and that counts."""
        refused = False
        with patch_stdout(raw=True) if self.is_interactive else nullcontext():
            async for line in self._lines():
                for reply in await self._say(line, door):
                    refused |= reply.refused
                    self._show(reply)
        return int(refused and self._is_strict)

    async def post(self, reply: Reply, *, key: str) -> None:
        """Show *reply*; the same *key* once in a session."""
        if key not in self._posted:
            self._posted.add(key)
            self._show(reply)

    async def _lines(self) -> AsyncIterator[str]:
        if not self.is_interactive:
            while line := await asyncio.to_thread(self._source.readline):
                self._print(f"» {_clean(line.rstrip())}")
                yield line
            return
        history = None if self._history is None else FileHistory(str(self._history))
        session: PromptSession[str] = PromptSession(history=history)
        while True:
            try:
                yield await session.prompt_async(f"{self._speaker}> ")
            except (EOFError, KeyboardInterrupt):
                return

    async def _say(self, line: str, door: Door) -> Sequence[Reply]:
        named = _SPEAKER.fullmatch(line.strip())
        speaker, text = (named[1].casefold(), named[2]) if named else (self._speaker, line)
        asked = self._asked.pop(speaker, None)
        if not text.strip():
            return (Reply(language=LANGUAGES[0], lines=(phrase("empty-line"),)),)
        language: str | None = None
        request: Say | Press = Say(text=text, answering=asked)
        if asked is None and (pressed := self._pressed(text.strip())) is not None:
            button, language = pressed
            if button is None:
                return (Reply(language=language, lines=(phrase("button-none", said=text.strip()),), refused=True),)
            if button.asks is not None:
                self._asked[speaker] = button.token
                return (Reply(language=language, lines=(button.asks,)),)
            request = Press(button=button.token)
        account = Account(platform=NAME, id=speaker)
        call = Call(id=str(uuid.uuid4()), account=account, at=self._clock(), request=request, language=language)
        return await door(call)

    def _pressed(self, text: str) -> tuple[Button | None, str] | None:
        """Return the button that *text* presses, and its card's language; ``None``: *text* is no press at all."""
        number = _NUMBER.fullmatch(text)
        if number is None:
            return self._worded(text.casefold())
        buttons = self._buttons
        if number[1] is not None:
            card = int(number[1])
            buttons = self._cards[card - 1] if 0 < card <= len(self._cards) else []
        elif not buttons:
            return None
        place = int(number[2])
        return buttons[place - 1] if 0 < place <= len(buttons) else (None, self._language)

    def _worded(self, text: str) -> tuple[Button, str] | None:
        for button, language in self._buttons:
            if text in {say(button.label, spoken).casefold() for spoken in LANGUAGES}:
                return button, language
        return None

    def _show(self, reply: Reply) -> None:
        self._language = reply.language
        for line in reply.lines:
            self._print(_wrapped(_clean(say(line, reply.language)), "! " if reply.refused else "  "))
        if reply.document is not None:
            self._print(textwrap.indent(_clean(reply.document), "  "))
        if reply.cards:
            self._buttons = []
        for card in reply.cards:
            buttons = [(button, reply.language) for button in card.buttons]
            self._cards.append(buttons)
            self._print(draw(card, reply.language, len(self._buttons), len(self._cards)))
            self._buttons += buttons

    def _print(self, text: str) -> None:
        print(text, file=self._target or sys.stdout, flush=True)  # the console is where it speaks


def open_console(around: Surroundings) -> Console:
    """Return the console: the chat that is always there."""
    history = around.data / "console_history"
    return Console(around.speaker, history=history, is_strict=around.is_strict)


def draw(card: Card, language: str, buttons_before: int = 0, place: int = 1) -> str:
    """Return *card* drawn in *language*: title, rows with what was assumed marked, buttons numbered on from before."""
    labels = [_clean(say(row.label, language)) for row in card.rows]
    width = max(map(_columns, labels), default=0)
    title = _clean(say(card.title, language))
    lines = [f"┌─ {title} " + "─" * max(2, 72 - _columns(title)) + f" {place}"]
    for label, row in zip(labels, card.rows, strict=True):
        pad = " " * (width - _columns(label))
        lines += _wrapped(_value(row, language), f"│ {label}{pad}  ", f"│ {' ' * width}  ").split("\n")
    buttons = [f"[{buttons_before + at}] {_clean(say(one.label, language))}" for at, one in enumerate(card.buttons, 1)]
    return "\n".join([*lines, f"└─ {'  '.join(buttons)}" if buttons else "└─"])


def _value(row: Row, language: str) -> str:
    value = _clean(say(row.value, language))
    return value if row.assumed is None else f"{value}  ({_clean(say(row.assumed, language))})"


def _wrapped(text: str, first: str, rest: str | None = None) -> str:
    other = " " * len(first) if rest is None else rest
    lines = [
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, _WIDTH - len(first), break_on_hyphens=False, break_long_words=False) or [""]
    ]
    return "\n".join((first if at == 0 else other) + line for at, line in enumerate(lines))


def _clean(text: str) -> str:
    """Return *text* without what a terminal would obey: control characters but line ends, and marks of direction."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs"))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text if not unicodedata.combining(one))
