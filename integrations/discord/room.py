"""How does Governor live on Discord? It connects, and connects again, whatever happens to the connection."""

import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient

from governor.errors import Refused, Unavailable
from governor.ports import Detour, Door, Holder, Reply, Surroundings, Topic
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase, phrase
from integrations.discord.arriving import Arrivals
from integrations.discord.channels import Channels
from integrations.discord.choosing import Chosen
from integrations.discord.client import NAME, Client
from integrations.discord.commands import Book
from integrations.discord.events import Events
from integrations.discord.failing import FAILURES, hang_up
from integrations.discord.marking import clean
from integrations.discord.posting import Postable, post
from integrations.discord.roles import Roles
from integrations.discord.settings import Settings, parsed
from integrations.discord.settling import Settling
from integrations.discord.shards import Shards
from integrations.discord.standing import Standing
from integrations.discord.threads import Threads
from integrations.discord.tokens import Tokens
from integrations.discord.voices import Voices

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""How many seconds are waited before connecting again: twice as long each time, until it held for a minute."""

READY_WITHIN = 10.0
"""How many seconds a post waits for the connection."""

MOST_POSTED = 10_000
"""Of how many posts, the newest, it is remembered that they were shown: what fails after that is tried again soon."""

log = logging.getLogger(__name__)


class Discord:
    """A chat (``ports.Chat``) in the servers that a bot was invited to."""

    name = NAME
    is_interactive = True
    has_files = True

    def __init__(self, settings: Settings, around: Surroundings) -> None:
        if settings.discord_api_url is not None:
            discord.http.Route.BASE = settings.discord_api_url.get_secret_value().rstrip("/")
        if settings.discord_gateway_url is not None:
            gateway = settings.discord_gateway_url.get_secret_value()
            DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway)
        self._token = "" if settings.discord_token is None else settings.discord_token.get_secret_value()
        self._channels = Channels(around.data / "discord_channels", settings.discord_channel)
        self._roles = Roles(around.data / "discord_roles")
        self._wanted = None if settings.shards is None else parsed(settings.shards)
        self._around = around
        self._book = Book(around.offers)
        tokens = Tokens(around.data / "discord_buttons.json")
        self._standing = Standing(around.data / "discord_cards", tokens)
        self._client: Client | None = None
        self._is_ready = asyncio.Event()
        self._is_closing = False
        self._posted: dict[str, None] = {}
        self.board = Events(self._server)
        self.rooms = Threads(self._channels, self._server, self._send)
        self.voices = Voices(self._channels, self._server, self._connected, self._send)

    @property
    def notice(self) -> tuple[Phrase, ...]:
        """Return that people speak on Discord."""
        return (phrase("start-discord"),)

    async def run(self, door: Door) -> int:
        """Carry what people say to *door* until ``close``; return 0, or 1 when strict and something was refused.

        Raises:
            Refused: Discord refuses the token.
        """
        wait, refused = FIRST_WAIT, False
        loop = asyncio.get_running_loop()
        while not self._is_closing:
            began = loop.time()
            client = self._client = Client(
                door,
                self._around.suggest,
                self._book,
                self._standing,
                settling=Settling(
                    self._standing,
                    Chosen(channels=self._channels, roles=self._roles),
                    Arrivals(self._channels, self._standing, self._around.welcome),
                ),
                shards=Shards(self._wanted, self._around.turn, self._around.claim, self._is_ready.set),
            )
            ready = asyncio.ensure_future(self._note_ready(client))
            try:
                async with client:
                    await client.start(self._token)
            except discord.LoginFailure as error:
                raise Refused("discord-token-wrong") from error
            except discord.PrivilegedIntentsRequired as error:  # we ask for none: the platform changed its mind
                raise Refused("discord-unavailable", reason=str(error)) from error
            except Exception as error:  # noqa: BLE001  # whatever Discord sent: the connection ends, Governor does not
                log.warning("the connection to Discord ended", extra={"reason": repr(error)})
            finally:
                ready.cancel()
                await hang_up(loop)
                self._is_ready.clear()
                refused |= client.refused
            if self._is_closing:
                break
            wait = FIRST_WAIT if loop.time() - began > LONGEST_WAIT else min(wait * 2, LONGEST_WAIT)
            await asyncio.sleep(wait)
        return int(refused and self._around.is_strict)

    async def close(self) -> None:
        """Have ``run`` end."""
        self._is_closing = True
        if self._client is not None:
            await self._client.close()

    def tell(self, reply: Reply) -> None:
        """Write *reply* to the terminal."""
        with suppress(OSError):
            for line in reply.lines:
                sys.stdout.write(f"{clean(say(line, reply.language))}{os.linesep}")
            sys.stdout.flush()

    async def post(self, reply: Reply, *, key: str, place: str | None = None) -> None:
        """Show *reply* where Governor posts in *place*; Discord itself drops what comes twice within minutes.

        What is news of cards that stand there already is shown in them, and said in reply to the newest.

        Raises:
            Unavailable: there is no connection now, or no channel, or Discord does not take it.
        """
        named = key if place is None else f"{place}:{key}"
        if named in self._posted:
            return
        client = await self._connected()
        try:
            try:
                room = None if reply.room is None else client.get_partial_messageable(int(reply.room))
                await self._send(room or self._where(place, reply.topic), reply, named, place)
            except discord.NotFound:
                if reply.room is None:
                    raise
                await self._send(self._where(place, reply.topic), reply, named, place)  # people took the thread away
        except (discord.Forbidden, discord.NotFound) as error:
            raise Unavailable("discord-post-refused", reason=str(error), is_lasting=True) from error
        except FAILURES as error:
            raise Unavailable("discord-unavailable", reason=str(error)) from error
        self._posted[named] = None
        while len(self._posted) > MOST_POSTED:
            del self._posted[next(iter(self._posted))]
        guild = self._guild(place)
        if guild is not None:
            self._channels.note_names(guild)

    async def _send(
        self, channel: Postable, reply: Reply, named: str, place: str | None = None
    ) -> discord.Message | None:
        """Show *reply* in *channel*, its cards also where they stand; return its first message, if there is one."""
        seat = place or reply.place or str(channel.guild and channel.guild.id)
        self._standing.heard(seat, (reply,))
        client = await self._connected()
        await self._standing.settle(seat, (reply,), client)
        shown = await post(reply, channel, named, self._standing, seat)
        client.begin(self._standing.settle(seat, (reply,), client))  # more may have been heard meanwhile
        return shown

    def is_wanted(self, topic: Topic, place: str | None = None) -> bool:
        """Return whether what is about *topic* is posted in the server *place*: a channel was chosen, or any does."""
        number = self._number(place)
        return number is not None and self._channels.is_wanted(number, topic)

    def detour(self, topic: Topic, place: str | None = None) -> Detour | None:
        """Return what is to be told where the channel that was chosen for *topic* is gone, and another is used."""
        guild = self._guild(place)
        return None if guild is None else self._channels.detour(guild, topic)

    def shows_offices(self, place: str | None = None) -> bool:
        """Return whether a role stands for any office in the server *place*."""
        number = self._number(place)
        return number is not None and bool(self._roles.chosen(number))

    async def appoint(self, holders: Sequence[Holder], *, language: str, place: str | None = None) -> Sequence[Phrase]:
        """Have *holders* have the roles of their offices in the server *place*, where roles were chosen for offices.

        Raises:
            Unavailable: there is no connection now, or Discord cannot be asked.
        """
        client, number = await self._connected(), self._number(place)
        return () if number is None else await self._roles.appoint(client.http, number, holders, language)

    async def _connected(self) -> Client:
        """Return the connection, once it holds; it is not left before the task that asks is done, or takes too long.

        Raises:
            Unavailable: it does not, for a while.
        """
        try:
            async with asyncio.timeout(READY_WITHIN):
                await self._is_ready.wait()
        except TimeoutError:
            raise Unavailable("discord-unavailable", reason="-") from None
        if self._client is None:
            raise Unavailable("discord-unavailable", reason="-")
        self._client.note_work()
        return self._client

    async def _server(self, place: str | None) -> tuple[HTTPClient, int, discord.Guild | None]:
        """Return what talks to Discord, and the server *place*: its id, and what is known of it in this process.

        Raises:
            Unavailable: there is no connection now, or no such server.
        """
        client = await self._connected()
        number = self._number(place)
        if number is None:
            raise Unavailable("discord-no-channel")
        return client.http, number, self._guild(place)

    def _number(self, place: str | None) -> int | None:
        """Return the id of the server *place*, which another process may hear, or of the only one there is."""
        known = () if self._client is None else tuple(self._client.servers)
        return int(place) if place is not None else known[0] if len(known) == 1 else None

    def _guild(self, place: str | None) -> discord.Guild | None:
        """Return the server *place*, where Discord has told of it here; without one, the only server there is."""
        number = self._number(place)
        guild = None if self._client is None or number is None else self._client.get_guild(number)
        return None if guild is None or guild.unavailable else guild

    def _where(self, place: str | None, topic: Topic) -> Postable:
        """Return the channel for *topic* in the server *place*."""
        guild, client = self._guild(place), self._client
        if client is not None and guild is None and place is not None:
            kept = self._channels.kept(int(place), topic)  # the server is heard by another process, or not yet
            if kept is not None:
                return client.get_partial_messageable(kept)
            if int(place) in client.servers:
                raise Unavailable("discord-unavailable", reason="-")
        channel = None if guild is None else self._channels.where(guild, topic)
        if not isinstance(channel, Postable):
            is_gone = guild is not None and self._channels.kept(guild.id, topic) is not None
            raise Unavailable("discord-channel-gone" if is_gone else "discord-no-channel", is_lasting=place is not None)
        return channel

    async def _note_ready(self, client: Client) -> None:
        await client.wait_until_ready()
        self._is_ready.set()
