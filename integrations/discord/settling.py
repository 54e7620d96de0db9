"""What comes of /setup in a server? The form while nothing is founded there; from then on, the card of its channels."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import discord

from governor.ports import Begin, Reply, Topic
from governor.ports.offers import Choice
from governor.wording.phrase import phrase
from governor.wording.zones import matching, named
from integrations.discord import setup
from integrations.discord.answering import Answer
from integrations.discord.arriving import Arrivals
from integrations.discord.choosing import Chosen, is_choice
from integrations.discord.commands import SETUP, is_typing_zone, shown_in, zone_option
from integrations.discord.standing import Standing
from integrations.discord.ticket import Ticket

ASKED_WITHIN = 2.0
"""How many seconds may pass until it is known whether anything is founded; Discord waits for 3."""

Ask = Callable[[Begin], Awaitable[Sequence[Reply]]]
"""Has an organisation founded."""


class Settling:
    """The setting up of servers: what is *chosen* there, and whether anything is founded, by *arrivals*."""

    def __init__(self, standing: Standing, chosen: Chosen, arrivals: Arrivals) -> None:
        self._standing = standing
        self._chosen = chosen
        self._arrivals = arrivals

    def note(self, guild: int) -> bool:
        """Have the server *guild* greeted in its turn; return whether ``greet`` is to be called for that."""
        return self._arrivals.note(guild)

    async def greet(self, client: discord.Client) -> None:
        """Say what is said first in the servers noted."""
        await self._arrivals.greet(client)

    def depart(self, guild: discord.Guild) -> None:
        """Know that *guild* is not there any more."""
        self._arrivals.depart(guild)

    def leave(self) -> None:
        """Greet nobody any more."""
        self._arrivals.leave()

    async def set_up(self, ticket: Ticket, data: Mapping[str, Any]) -> Reply | None:
        """Bring the form, or keep what is chosen and show what is lacking for it; return what refuses it."""
        if ticket.guild is None or (not is_choice(data) and await self._is_new(ticket)):
            await Answer(ticket, self._standing).ask(setup.setup_form(ticket, zone_option(data)))
            return None
        return await self._laid(ticket, ticket.guild, partial(self._chosen.choose, ticket, ticket.guild, data))

    async def pick(self, ticket: Ticket, topic: Topic, data: Mapping[str, Any]) -> Reply | None:
        """Keep the channel that was chosen for *topic* on the card; return what refuses it."""
        channel = str(next(iter(data.get("values", ())), ""))
        if ticket.guild is None or not channel.isdecimal():
            return _refusal(ticket, "button-unknown")
        choose = partial(self._chosen.pick, ticket, ticket.guild, topic, int(channel))
        return await self._laid(ticket, ticket.guild, choose)

    async def found(
        self, ticket: Ticket, platform: str, values: Mapping[str, str], data: Mapping[str, Any], ask: Ask
    ) -> Reply | None:
        """Have *ask* found what the form says, and show the card of the channels; return what refuses the form.

        Where Discord has not told of the channels yet, the card waits for the next /setup.
        """
        asked = setup.asked(ticket, platform, values, data)
        if asked is None:
            return _refusal(ticket, "setup-bot")
        answer, founding = Answer(ticket, self._standing), asyncio.ensure_future(ask(asked))
        await answer.give(founding)
        if ticket.guild is not None and not any(reply.refused for reply in await founding):
            self._chosen.channels.settle(ticket.guild)
            self._chosen.channels.note_keeper(ticket.guild.id, ticket.user_id)
            if not ticket.guild.unavailable:
                await answer.lay(self._chosen.panel(ticket, ticket.guild))
        return None

    async def _laid(self, ticket: Ticket, guild: discord.Guild, choose: Callable[[], Reply | None]) -> Reply | None:
        """Have *choose* keep a choice, and show what is lacking for it; return what refuses it.

        Nothing is kept while Discord has not told of *guild* yet: nobody knows its channels then.
        """
        refused = _refusal(ticket, "setup-early") if guild.unavailable else choose()
        if refused is None:
            await Answer(ticket, self._standing).lay(self._chosen.panel(ticket, guild))
        return refused

    async def _is_new(self, ticket: Ticket) -> bool:
        """Return whether nothing is founded where it was asked, as far as is known in time."""
        if self._arrivals.welcome is None:
            return True
        with suppress(TimeoutError):
            welcome = self._arrivals.welcome(str(ticket.guild_id), ticket.locale)
            return await asyncio.wait_for(welcome, ASKED_WITHIN) is not None
        return True


def zones_typed(data: Mapping[str, Any], language: str) -> list[Choice] | None:
    """Return the zones in which what is typed into /setup occurs; ``None``: something else is typed."""
    if data.get("name") != SETUP or not is_typing_zone(data):
        return None
    return [Choice(value=zone, label=named(zone, language)) for zone in matching(zone_option(data))]


def _refusal(ticket: Ticket, key: str) -> Reply:
    return Reply(language=shown_in(ticket.locale), lines=(phrase(key),), refused=True)
