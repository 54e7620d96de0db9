"""How do all the messages in which a card stands come to show what is so now?

A card is shown in many messages: where it was asked for, where it was posted, to a person alone with the bot. Whatever
is heard of it later is shown in each of them, in the language that it stands in there; a message that is gone is
forgotten. What a message shows now is known to the process that noted it last, and to no other: whoever does not know
it shows the card anew.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import discord
from discord import ComponentType
from discord.http import MultipartParameters

from governor.ports import Card, Reply
from governor.ports.places import card_marked, card_unmarked
from integrations.discord.drawing import container, fits, walk
from integrations.discord.failing import FAILURES
from integrations.discord.messages import Message, Part, taken, told, written
from integrations.discord.spots import Spot, Spots
from integrations.discord.tokens import Tokens, mark_of

MOST_HEARD = 2_000
"""Of how many cards it is remembered what they show now."""

REST = 0.5
"""How many seconds pass until what has changed is shown elsewhere: many press the buttons of a card at once."""

_TRIES = 2
"""How often that is tried, a ``REST`` apart."""

_MOST_WRITTEN = 1_000
"""Of how many messages with several cards it is remembered when each of these was written."""

log = logging.getLogger(__name__)


class Standing:
    """The cards that stand in servers, kept in *folder*; *tokens* names their buttons."""

    def __init__(self, folder: Path, tokens: Tokens) -> None:
        self._spots = Spots(folder)
        self.tokens = tokens
        self._now: dict[tuple[str, str], Card] = {}
        self._resting: set[tuple[str, str]] = set()
        self._written: dict[int, dict[str, float]] = {}
        self._doubted: set[tuple[str, str]] = set()
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def heard(self, place: str | None, replies: Iterable[Reply]) -> None:
        """Remember what the cards of *replies* show now in the server *place*; call it in the order of the acts."""
        for where, card in _placed(place, replies):
            self._now.pop((where, card.id), None)
            self._now[where, card.id] = card
        while len(self._now) > MOST_HEARD:
            oldest = next(iter(self._now))
            del self._now[oldest]
            self._spots.doubt(*oldest)

    def note(
        self, place: str | None, message: Message, cards: Iterable[Card], language: str, *, is_direct: bool
    ) -> None:
        """Keep that *cards* of the server *place* stand in *message*, in *language*; what is private stands nowhere.

        A *message* that *is_direct* was written to one person alone.
        """
        if place is None or message.is_private:
            return
        for card in (card_unmarked(one, place) for one in cards if not one.is_passing):
            spot = Spot(channel=message.channel, message=message.id, language=language, is_direct=is_direct, shows=card)
            self._spots.keep(place, card.id, spot)

    def wrote(self, place: str | None, message: Message, mark: str, *, since: float) -> None:
        """Know that the card of that *mark* was written into *message*, whose others were left as it was told *since*.

        That is an instant of ``time.monotonic``. What was written of the others since then may be undone, as may be
        what is written now: who settles next shows them anew.
        """
        if sum(part["type"] == ComponentType.container.value for part in message.components) < 2:
            return
        times = self._written[message.id] = self._written.pop(message.id, {})
        times[mark] = time.monotonic()
        while len(self._written) > _MOST_WRITTEN:
            del self._written[next(iter(self._written))]
        marks = {one for one, written in times.items() if written > since}
        if place is not None and len(marks) > 1:
            self._doubt(place, message.id, marks)

    def _doubt(self, place: str, message: int, marks: Collection[str]) -> None:
        """Know no longer what the cards of those *marks* show in *message*."""
        for where, card in self._now:
            if where == place and mark_of(card) in marks:
                self._doubted.add((where, card))
                for spot in self._spots.of(place, card):
                    if spot.message == message and spot.shows is not None:
                        self._spots.keep(place, card, replace(spot, shows=None))

    def spots(self, place: str | None, card: str) -> list[Spot]:
        """Return where everybody in the server *place* sees the *card* of that id, the newest last."""
        return [] if place is None else [one for one in self._spots.of(place, card) if not one.is_direct]

    async def settle(self, place: str | None, replies: Iterable[Reply], client: discord.Client) -> None:
        """Show what the cards of *replies* are now, wherever they stand in the server *place*, after a ``REST``."""
        said = {(where, card.id) for where, card in _placed(place, replies)}
        for _ in range(_TRIES):
            said, self._doubted = said | self._doubted, set()
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
        for spot in self._spots.of(place, card):
            now = self._now.get((place, card))
            if now is not None and now != spot.shows:
                await self._show(place, now, spot, client)

    def _is_behind(self, place: str, card: str) -> bool:
        """Return whether the *card* of that id shows anywhere what is over."""
        now = self._now.get((place, card))
        return now is not None and any(spot.shows != now for spot in self._spots.of(place, card))

    async def _show(self, place: str, card: Card, spot: Spot, client: discord.Client) -> None:
        shown = card_marked(card, place) if spot.is_direct else card
        drawn, since = container(shown, spot.language, self.tokens.written), time.monotonic()
        try:
            message = told(await client.http.get_message(spot.channel, spot.message))
            parts = with_card(message, mark_of(card.id), [drawn])
            if parts is None:
                self._spots.forget(place, card.id, spot)
            else:
                given = MultipartParameters(payload=written(parts), multipart=None, files=None)
                await client.http.edit_message(spot.channel, spot.message, params=given)
                self._spots.keep(place, card.id, replace(spot, shows=card))
                self.wrote(place, message, mark_of(card.id), since=since)
        except discord.NotFound:
            self._spots.forget(place, card.id, spot)
        except FAILURES as error:
            log.warning("a card could not be shown anew", extra={"spot": spot.message, "reason": repr(error)})


def _placed(place: str | None, replies: Iterable[Reply]) -> Iterator[tuple[str, Card]]:
    """Yield the cards of *replies* that stand, each with the server whose it is: *place*, or what the reply tells."""
    for reply in replies:
        where = place or reply.place
        if where is not None and not reply.refused:
            yield from ((where, card_unmarked(card, where)) for card in reply.cards if not card.is_passing)


def with_card(message: Message, mark: str, new: Sequence[Part]) -> list[Part] | None:
    """Return the parts of *message* with *new* in the place of the card of that *mark*; ``None``: it does not fit.

    Nor does it where something else has taken its place.
    """
    old = message.components
    # A card without buttons bears no mark: where it is alone it is the card itself.
    there = [at for at, part in enumerate(old) if _has(part, mark) or (len(old) == 1 and _is_unmarked(part))]
    if not there:
        return None
    stay = [taken(part) for at, part in enumerate(old) if at not in there]
    parts = [*stay[: there[0]], *new, *stay[there[0] :]]
    return parts if fits(parts) else None


def _is_unmarked(part: Part) -> bool:
    return part["type"] == ComponentType.container.value and not any("custom_id" in one for one in walk([part]))


def _has(part: Part, mark: str) -> bool:
    named = f":{mark}:"
    return any(named in one["custom_id"] for one in walk([part]) if "custom_id" in one)
