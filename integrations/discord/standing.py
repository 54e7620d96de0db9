"""Where do cards stand, and how do they all come to show what is so now? Each card's places lie in a file of its own.

A card is shown in many messages: where it was asked for, where it was posted. Whatever is heard of it later is shown in
each of them, in the language that it stands in there; a message that is gone is forgotten. What a message shows now is
known to the process that wrote the file last, and to no other: whoever does not know it shows the card anew.
"""

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import discord
import structlog
from discord import ui

from governor.ports import Card, Reply
from integrations.discord.drawing import LONGEST, MOST_PARTS, Item, container
from integrations.discord.failing import FAILURES
from integrations.discord.tokens import Tokens, mark_of

MOST_SPOTS = 50
"""In how many messages of a server one card is kept up to date, the newest."""

MOST_HEARD = 2_000
"""Of how many cards it is remembered what they show now, and where they stand."""

REST = 0.5
"""How many seconds pass until what has changed is shown elsewhere: many press the buttons of a card at once."""

_TRIES = 2
"""How often that is tried, a ``REST`` apart."""

_KEPT = ("channel", "message", "language")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A message in which a card stands, in a ``language``; ``digest`` is of what it shows, where that is known."""

    channel: int
    message: int
    language: str
    digest: str = ""


class Standing:
    """The cards that stand in servers, kept in *folder*; *tokens* names their buttons."""

    def __init__(self, folder: Path, tokens: Tokens) -> None:
        self._folder = folder
        self.tokens = tokens
        self._now: dict[tuple[str, str], tuple[Card, str]] = {}
        self._known: dict[str, tuple[tuple[int, int], list[Spot]]] = {}
        self._resting: set[tuple[str, str]] = set()
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def heard(self, place: str | None, replies: Iterable[Reply]) -> None:
        """Remember what the cards of *replies* show now in the server *place*; call it in the order of the acts."""
        for where, card in _placed(place, replies):
            self._now.pop((where, card.id), None)
            self._now[where, card.id] = card, _digest(card)
        while len(self._now) > MOST_HEARD:
            del self._now[next(iter(self._now))]

    def note(self, place: str | None, message: discord.Message, cards: Iterable[Card], language: str) -> None:
        """Keep that *cards* stand in *message*, in *language*; what only one person sees stands nowhere."""
        if place is None or message.flags.ephemeral or isinstance(message.channel, discord.DMChannel):
            return
        for card in (one for one in cards if not one.is_passing):
            now, digest = self._now.get((place, card.id), (None, ""))
            digest = digest if now is card else _digest(card)
            spot = Spot(channel=message.channel.id, message=message.id, language=language, digest=digest)
            self._keep(place, card.id, spot)

    def spots(self, place: str | None, card: str) -> list[Spot]:
        """Return where the *card* of that id stands in the server *place*, the newest last."""
        return [] if place is None else self._read(self._file(place, card))

    async def settle(self, place: str | None, replies: Iterable[Reply], client: discord.Client) -> None:
        """Show what the cards of *replies* are now, wherever they stand in the server *place*, after a ``REST``."""
        said = {(where, card.id) for where, card in _placed(place, replies)}
        for _ in range(_TRIES):
            behind = {each for each in said - self._resting if self._is_behind(*each)}
            if not behind:
                return
            self._resting |= behind
            try:
                await asyncio.sleep(REST)
            finally:
                self._resting -= behind
            for where, card in behind:
                async with self._turns[where]:
                    await self._catch_up(where, card, client)

    async def _catch_up(self, place: str, card: str, client: discord.Client) -> None:
        for spot in self.spots(place, card):
            now = self._now.get((place, card))
            if now is not None and now[1] != spot.digest:
                await self._show(place, *now, spot, client)

    def _is_behind(self, place: str, card: str) -> bool:
        """Return whether the *card* of that id shows anywhere what is over."""
        now = self._now.get((place, card))
        return now is not None and any(spot.digest != now[1] for spot in self.spots(place, card))

    async def _show(self, place: str, card: Card, digest: str, spot: Spot, client: discord.Client) -> None:
        drawn = container(card, spot.language, self.tokens.written)
        try:
            message = await client.get_partial_messageable(spot.channel).fetch_message(spot.message)
            view = with_card(message, mark_of(card.id), [drawn])
            if view is None:
                self._forget(place, card.id, spot)
            else:
                await message.edit(view=view)
                self._keep(place, card.id, replace(spot, digest=digest))
        except discord.NotFound:
            self._forget(place, card.id, spot)
        except FAILURES as error:
            log.warning("a card could not be shown anew", message=spot.message, reason=repr(error))

    def _keep(self, place: str, card: str, spot: Spot) -> None:
        spots = {one.message: one for one in self.spots(place, card)}
        was = spots.get(spot.message)
        spots[spot.message] = spot
        kept = [*spots.values()][-MOST_SPOTS:]
        if was is not None and was.digest and was.language == spot.language:
            file = self._file(place, card)
            self._known[file] = self._known[file][0], kept
        else:
            self._write(place, card, kept)

    def _forget(self, place: str, card: str, spot: Spot) -> None:
        self._write(place, card, [one for one in self.spots(place, card) if one.message != spot.message])

    def _read(self, file: str) -> list[Spot]:
        try:
            stamp, known = self._known.get(file, (None, []))
            if stamp == _stamp(file):
                return known
            kept = json.loads(Path(file).read_text(encoding="utf-8"))
            return [Spot(**{name: one[name] for name in _KEPT}) for one in kept]
        except (OSError, ValueError, TypeError, KeyError):
            return []

    def _write(self, place: str, card: str, spots: list[Spot]) -> None:
        file = self._file(place, card)
        fresh = Path(f"{file}.new")
        fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = [{name: getattr(one, name) for name in _KEPT} for one in spots]
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        self._known.pop(file, None)
        self._known[file] = _stamp(fresh), spots
        fresh.replace(file)
        while len(self._known) > MOST_HEARD:
            del self._known[next(iter(self._known))]

    def _file(self, place: str, card: str) -> str:
        return f"{self._folder}/{place}/{sha256(card.encode()).hexdigest()[:32]}.json"


def _stamp(file: str | Path) -> tuple[int, int]:
    """Return what tells one writing of *file* from another: each makes a new one."""
    found = os.stat(file)
    return found.st_ino, found.st_mtime_ns


def _digest(card: Card) -> str:
    """Return what tells two cards apart that do not show the same."""
    return sha256(repr(card).encode()).hexdigest()[:16]


def _placed(place: str | None, replies: Iterable[Reply]) -> Iterator[tuple[str, Card]]:
    """Yield the cards of *replies* that stand, each with the server whose it is: *place*, or what the reply tells."""
    for reply in replies:
        where = place or reply.place
        if where is not None and not reply.refused:
            yield from ((where, card) for card in reply.cards if not card.is_passing)


def with_card(message: discord.Message, mark: str, new: Sequence[Item]) -> ui.LayoutView | None:
    """Return the view of *message* with *new* in the place of the card of that *mark*; ``None``: it does not fit."""
    view = ui.LayoutView(timeout=None)
    is_there = len(message.components) == 1  # then it is the card itself, and nothing stays
    for one in new if is_there else ():
        view.add_item(one)
    old = None if is_there else ui.LayoutView.from_message(message, timeout=None)
    for part in old.children if isinstance(old, ui.LayoutView) else ():
        if _has(part, mark):
            for one in () if is_there else new:
                view.add_item(one)
            is_there = True
        else:
            view.add_item(part)
    view.stop()
    letters = sum(len(one.content) for one in view.walk_children() if isinstance(one, ui.TextDisplay))
    if not is_there or letters > LONGEST or view.total_children_count > MOST_PARTS:
        return None
    return view


def _has(part: Item, mark: str) -> bool:
    inner = part.walk_children() if isinstance(part, ui.Container) else ()
    return any(isinstance(one, ui.Button) and f":{mark}:" in (one.custom_id or "") for one in inner)
