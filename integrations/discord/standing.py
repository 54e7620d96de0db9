"""Where do cards stand, and how do they all come to show what is so now? Each card's places lie in a file of its own.

A card is shown in many messages: where it was asked for, where it was posted. Whatever is heard of it later is shown in
each of them, in the language that it stands in there; a message that is gone is forgotten.
"""

import asyncio
import json
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
"""Of how many cards it is remembered what they show now."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A message in which a card stands, in a ``language``; ``digest`` is of what it shows there."""

    channel: int
    message: int
    language: str
    digest: str


class Standing:
    """The cards that stand in servers, kept in *folder*; *tokens* names their buttons."""

    def __init__(self, folder: Path, tokens: Tokens) -> None:
        self._folder = folder
        self.tokens = tokens
        self._now: dict[tuple[str, str], Card] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def heard(self, place: str | None, replies: Iterable[Reply]) -> None:
        """Remember what the cards of *replies* show now in the server *place*; call it in the order of the acts."""
        for where, card in _placed(place, replies):
            self._now.pop((where, card.id), None)
            self._now[where, card.id] = card
        while len(self._now) > MOST_HEARD:
            del self._now[next(iter(self._now))]

    def note(self, place: str | None, message: discord.Message, cards: Iterable[Card], language: str) -> None:
        """Keep that *cards* stand in *message*, in *language*; what only one person sees stands nowhere."""
        if place is None or message.flags.ephemeral or isinstance(message.channel, discord.DMChannel):
            return
        for card in cards:
            digest = self._drawn(card, language)[1]
            spot = Spot(channel=message.channel.id, message=message.id, language=language, digest=digest)
            self._keep(place, card.id, spot)

    def spots(self, place: str | None, card: str) -> list[Spot]:
        """Return where the *card* of that id stands in the server *place*, the newest last."""
        if place is None:
            return []
        try:
            return [Spot(**kept) for kept in json.loads(self._file(place, card).read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            return []

    async def settle(self, place: str | None, replies: Iterable[Reply], client: discord.Client) -> None:
        """Show what the cards of *replies* are now, wherever they stand in the server *place*."""
        for where, card in {(where, card.id) for where, card in _placed(place, replies)}:
            async with self._turns[where]:
                for spot in self.spots(where, card):
                    now = self._now.get((where, card))
                    if now is not None:
                        await self._show(where, now, spot, client)

    async def _show(self, place: str, card: Card, spot: Spot, client: discord.Client) -> None:
        drawn, digest = self._drawn(card, spot.language)
        if digest == spot.digest:
            return
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

    def _drawn(self, card: Card, language: str) -> tuple[Item, str]:
        drawn = container(card, language, self.tokens.written)
        return drawn, sha256(json.dumps(drawn.to_component_dict()).encode()).hexdigest()[:16]

    def _keep(self, place: str, card: str, spot: Spot) -> None:
        kept = {one.message: one for one in self.spots(place, card)}
        if kept.get(spot.message) != spot:
            kept[spot.message] = spot
            self._write(place, card, [*kept.values()][-MOST_SPOTS:])

    def _forget(self, place: str, card: str, spot: Spot) -> None:
        self._write(place, card, [one for one in self.spots(place, card) if one.message != spot.message])

    def _write(self, place: str, card: str, spots: Sequence[Spot]) -> None:
        file = self._file(place, card)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        kept = [
            {"channel": one.channel, "message": one.message, "language": one.language, "digest": one.digest}
            for one in spots
        ]
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(file)

    def _file(self, place: str, card: str) -> Path:
        return self._folder / place / f"{sha256(card.encode()).hexdigest()[:32]}.json"


def _placed(place: str | None, replies: Iterable[Reply]) -> Iterator[tuple[str, Card]]:
    """Yield the cards of *replies*, each with the server whose it is: *place*, or what the reply tells."""
    for reply in replies:
        where = place or reply.place
        if where is not None and not reply.refused:
            yield from ((where, card) for card in reply.cards)


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
