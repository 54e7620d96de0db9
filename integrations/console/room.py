"""Who says what in the console, and what is shown?

A line is said by the account named before ``>`` (``budi> hadir``), else by the person who started Governor. Cards are
drawn with their buttons numbered; a bare number, or the button's words, presses one of the last reply. ``2.1`` presses
the button [1] of the card that is numbered 2.
"""

import os
import re
import shutil
import sys
import uuid
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from prompt_toolkit.patch_stdout import patch_stdout

from governor.ports import Account, Button, Call, Door, Holder, Press, Reply, Say, Surroundings, Topic
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import Phrase, phrase
from integrations.console.drawing import NARROWEST, WIDEST, clean, drawn_card, drawn_reply
from integrations.console.lines import Piped, Typed, is_terminal

NAME = "console"
"""The platform's name."""

_SPEAKER = re.compile(r"@?([^\W_][\w.\-]{0,79})>\s?(.*)", re.DOTALL)
_NUMBER = re.compile(r"(?:(\d{1,6})\.)?(\d{1,3})")


def read_clock() -> datetime:
    """Return the present instant (UTC)."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A button as it was shown, in the language of its card."""

    button: Button
    language: str


class Console:
    """A chat (``ports.Chat``) in this process's terminal.

    ``speaker`` is the account that speaks when none is named. ``history`` is where typed lines are kept between
    sessions; ``source`` and ``target`` are the streams of a session without a terminal. ``is_strict``: a refused line
    makes ``run`` return 1.
    """

    name = NAME
    has_files = False
    board = None
    rooms = None
    voices = None

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
        at_terminal = source is None and is_terminal()
        self._lines = Typed(f"{speaker}> ", history) if at_terminal else Piped(source or sys.stdin)
        self._speaker = speaker
        self._is_strict = is_strict
        self._target = target
        self._clock = clock
        self._cards: dict[int, tuple[str, dict[int, _Shown]]] = {}
        self._buttons: dict[int, _Shown] = {}
        self._language = LANGUAGES[0]
        self._asked: dict[str, _Shown] = {}
        self._posted: set[str] = set()

    @property
    def notice(self) -> tuple[Phrase, ...]:
        """Return how a person speaks in a terminal."""
        return (phrase("start-help"), phrase("start-speak"))

    @property
    def is_interactive(self) -> bool:
        """Return whether a person sits at a terminal."""
        return self._lines.is_interactive

    async def run(self, door: Door) -> int:
        """Carry lines to *door* until the input ends; return 0, or 1 when a line was refused and that counts."""
        refused = False
        with patch_stdout(raw=True) if self.is_interactive else nullcontext():
            async for line in self._lines:
                if not self.is_interactive:
                    self._print(f"» {clean(line)}")
                for reply in await self._say(line, door):
                    refused |= reply.refused
                    self._show(reply)
        return int(refused and self._is_strict)

    def tell(self, reply: Reply) -> None:
        """Show *reply*."""
        self._show(reply)

    async def post(self, reply: Reply, *, key: str, place: str | None = None) -> None:  # noqa: ARG002  # it has one room
        """Show *reply*; the same *key* once in a session."""
        if key not in self._posted:
            self._posted.add(key)
            self._show(reply)

    def is_wanted(self, topic: Topic, place: str | None = None) -> bool:  # noqa: ARG002  # it has one room
        """Return whether *topic* is not minutes: who saves them sees where."""
        return topic is not Topic.MINUTES

    def detour(self, topic: Topic, place: str | None = None) -> None:  # it has one room
        """Return that everything is shown here."""

    def shows_offices(self, place: str | None = None) -> bool:  # noqa: ARG002  # a terminal shows nobody's
        """Return that nothing is shown."""
        return False

    async def appoint(
        self,
        holders: Sequence[Holder],  # noqa: ARG002  # a terminal shows nobody's office
        *,
        language: str,  # noqa: ARG002
        place: str | None = None,  # noqa: ARG002
    ) -> Sequence[Phrase]:
        """Return that nothing is lacking."""
        return ()

    async def _say(self, line: str, door: Door) -> Sequence[Reply]:
        named = _SPEAKER.fullmatch(line.strip())
        speaker, text = (named[1].casefold(), named[2].strip()) if named else (self._speaker, line.strip())
        asked = self._asked.pop(speaker, None)
        if not text:
            return (self._told("empty-line") if asked is None else self._told("nothing-changed", asked.language),)
        if asked is not None:
            return await door(self._call(speaker, Say(text=text, answering=asked.button.token), asked.language))
        pressed = self._numbered(text) if _NUMBER.fullmatch(text) else self._worded(text.casefold())
        if isinstance(pressed, Reply):
            return (pressed,)
        if pressed is None:
            return await door(self._call(speaker, Say(text=text), None))
        if pressed.button.asks is not None:
            self._asked[speaker] = pressed
            return (Reply(language=pressed.language, lines=(pressed.button.asks,)),)
        return await door(self._call(speaker, Press(button=pressed.button.token), pressed.language))

    def _call(self, speaker: str, request: Say | Press, language: str | None) -> Call:
        account = Account(platform=NAME, id=speaker)
        return Call(id=str(uuid.uuid4()), account=account, at=self._clock(), request=request, language=language)

    def _told(self, key: str, language: str | None = None, *, refused: bool = False, **values: object) -> Reply:
        return Reply(language=language or self._language, lines=(phrase(key, **values),), refused=refused)

    def _numbered(self, text: str) -> _Shown | Reply:
        """Return the button of that number on the last reply, or (``2.1``) on the card that the first number names."""
        card, _, place = text.rpartition(".")
        if not card:
            found = self._buttons.get(int(place))
        elif latest := self._replaced(int(card)):
            return self._told("card-replaced", refused=True, card=int(card), latest=latest)
        else:
            found = self._cards[int(card)][1].get(int(place)) if int(card) in self._cards else None
        return found or self._told("button-none", refused=True, said=text)

    def _replaced(self, card: int) -> int | None:
        """Return the number of the card that stands in the place of *card*, if another does."""
        same = [
            number for number, (key, _) in self._cards.items() if card in self._cards and key == self._cards[card][0]
        ]
        return max(same) if same and max(same) != card else None

    def _worded(self, text: str) -> _Shown | None:
        for shown in self._buttons.values():
            if text in _said(shown.button.label):
                return shown
        return None

    def _show(self, reply: Reply) -> None:
        self._language = reply.language
        width = self._width()
        for block in drawn_reply(reply, width):
            self._print(block)
        if reply.cards:
            self._buttons = {}
        for card in reply.cards:
            before = len(self._buttons)
            shown = {
                before + at: _Shown(button=button, language=reply.language) for at, button in enumerate(card.buttons, 1)
            }
            if shown:
                self._cards[len(self._cards) + 1] = (card.id, shown)
            self._print(drawn_card(card, reply.language, before, len(self._cards) if shown else None, width))
            self._buttons |= shown

    def _width(self) -> int:
        if not self.is_interactive:
            return WIDEST
        return min(WIDEST, max(NARROWEST, shutil.get_terminal_size().columns - 1))

    def _print(self, text: str) -> None:
        target = self._target or sys.stdout
        try:
            print(text, file=target, flush=True)
        except BrokenPipeError:  # whoever read us (``| head``) has seen enough; what is said is done all the same
            os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())


def open_console(around: Surroundings) -> Console:
    """Return the console: the chat that is always there."""
    for stream in (sys.stdin, sys.stdout):  # a byte that is no letter of the code in use is shown as one, not refused
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    return Console(around.speaker(), history=around.data / "console_history", is_strict=around.is_strict)


def _said(label: Phrase) -> set[str]:
    return {say(label, language).casefold() for language in LANGUAGES}
