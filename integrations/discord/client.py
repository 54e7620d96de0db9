"""What does the bot hear? Commands, buttons, forms and messages, each made a call."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import discord
from discord.gateway import DiscordWebSocket

from governor.ports import Account, Ask, Begin, Call, Door, Join, Press, Reply, Say, Suggest
from governor.ports.forms import Fill
from governor.ports.offers import Choice
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from integrations.discord import interest, menus
from integrations.discord.answering import Answer, excuse, show_by, show_to
from integrations.discord.commands import HELP, JOIN, SAY, SETUP, Book, language_of, shown_in, text_option
from integrations.discord.drawing import Input, form
from integrations.discord.failing import FAILURES, cut_off
from integrations.discord.guarding import Parse, guarded
from integrations.discord.guilds import ARRIVAL, Guilds
from integrations.discord.marking import clean, cut
from integrations.discord.messages import is_meant
from integrations.discord.pacing import Pace
from integrations.discord.panel import topic_of
from integrations.discord.settling import Settling, zones_typed
from integrations.discord.setup import SETUP_FORM
from integrations.discord.shards import LOOK_EVERY, Shards
from integrations.discord.standing import Standing
from integrations.discord.ticket import Ticket

NAME = "discord"
"""The platform's name."""

SUGGEST_WITHIN = 2.0
"""How many seconds may pass until something is suggested; Discord waits for 3."""

FINISH_WITHIN = 2.0
"""How many seconds answers and effects may take when the bot leaves."""

_HEARD = ("READY", "RESUMED", "GUILD_DELETE", "MESSAGE_CREATE")
"""What discord.py reads of all that it could: the rest is read here, or by nobody."""

_LABEL, _VALUE = 100, 100
_MENTION = re.compile(r"<@!?(\d{1,20})>")

Request = Say | Press | Fill | Ask | Join | Begin

log = logging.getLogger(__name__)


def intents() -> discord.Intents:
    """Return what the bot is told of: servers, their events and voices, and messages, read only where it is meant."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    wanted.guild_scheduled_events = wanted.voice_states = True
    return wanted


class Client(discord.AutoShardedClient):
    """The connection to Discord, for as long as it holds."""

    def __init__(
        self,
        door: Door,
        suggest: Suggest | None,
        book: Book,
        standing: Standing,
        *,
        settling: Settling,
        shards: Shards,
        **options: Any,  # noqa: ANN401  # discord.py's own
    ) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=30,
            guild_ready_timeout=0.05,
            **options,
        )
        own = {event: self._connection.parsers[event] for event in _HEARD}
        read = own.pop("MESSAGE_CREATE")
        asked: dict[str, Parse] = {
            "INTERACTION_CREATE": lambda data: self.dispatch("interaction", Ticket(data, self)),
            "MESSAGE_CREATE": lambda data: read(data) if is_meant(data, self._connection.self_id) else None,
        }
        self.servers = Guilds(self._connection)
        heard = {**own, **self.servers.listening(), **interest.listening(self.dispatch), **asked}
        self._connection.parsers = guarded(heard)
        self.http.request = cut_off(self.http.request, self.is_closed)  # type: ignore[method-assign]  # all ask by it
        self._door = door
        self._suggest = suggest
        self._book = book
        self._standing = standing
        self._settling = settling
        self._shards = shards
        self._at_once = 1
        self._looking: asyncio.Task[None] | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._pace = Pace()
        self._asked: set[int] = set()
        self._at_work: set[asyncio.Task[object]] = set()
        self._is_leaving = False
        self.refused = False

    async def connect(self, *, reconnect: bool = True) -> None:
        """Hear Discord until the bot leaves: what is not connected by then, discord.py would try for ever."""
        self._hearing = asyncio.create_task(super().connect(reconnect=reconnect))
        try:
            await asyncio.wait({self._hearing})
        finally:
            self._hearing.cancel()
        if not self._hearing.cancelled():
            self._hearing.result()

    async def close(self) -> None:
        """Leave, once what is in hand is done, or it takes too long; another process may take over then."""
        self._is_leaving = True
        self._settling.leave()
        if self._looking is not None:
            self._looking.cancel()
        others = self._at_work - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=FINISH_WITHIN)
        await super().close()
        if self._hearing is not None and self._hearing is not asyncio.current_task():
            self._hearing.cancel()
        await self._shards.release()

    async def setup_hook(self) -> None:
        """Choose the shards, and wait for one that no other process hears."""
        wanted, count, self._at_once = await self._shards.found(self.http)
        self.shard_ids, self.shard_count = await self._shards.wait(wanted, count), count
        self._looking = asyncio.create_task(self._look(wanted))

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # discord.py's own
        """Take what is heard, unless another process may have taken over meanwhile: it answers then."""
        if self._shards.is_held and (event != ARRIVAL or self._settling.note(*args)):
            super().dispatch(event, *args, **kwargs)

    async def _look(self, wanted: Sequence[int]) -> None:
        """Take over what other processes leave; leave where others had to take over from this one."""
        heard, is_leader = self.shard_ids or [], await self._lead()
        while self._shards.is_held:
            await asyncio.sleep(LOOK_EVERY.total_seconds())
            for shard in await self._shards.claim([one for one in wanted if one not in heard], self.shard_count or 1):
                heard.append(shard)
                await self.launch_shard(DiscordWebSocket.DEFAULT_GATEWAY, shard)
            is_leader = is_leader or await self._lead()
        log.warning("another process may answer now: this one connects anew")
        self._looking = None
        await self.close()

    async def _lead(self) -> bool:
        """Register the commands where this process is the one that does; return whether it is.

        Where it fails the old ones stay, and all else works.
        """
        if not await self._shards.leads():
            return False
        try:
            await self.http.bulk_upsert_global_commands(self.application_id or 0, self._book.payload())
        except FAILURES as error:
            log.warning("the commands could not be registered", extra={"reason": str(error)})
        return True

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may identify: those of one rank, in all processes, do so one after the other."""
        if self.shard_count == 1:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self._shards.take_turn((shard_id or 0) % self._at_once)

    async def on_interaction(self, ticket: Ticket) -> None:
        """Take what a person gave, pressed or filled in; what Discord delivers again is taken once."""
        if ticket.type is discord.InteractionType.autocomplete:
            await self._complete(ticket)
            return
        if ticket.id in self._asked:
            return
        self.note_work()
        self._asked.add(ticket.id)
        if len(self._asked) > 10_000:
            self._asked = set(sorted(self._asked)[-5_000:])
        refused = self._pace.refused(ticket.user_id, _place(ticket))
        if refused is not None:
            await self._tell(ticket, refused)
            return
        try:
            await self._take(ticket)
        except Exception:  # whatever it is, who asked is told; it is logged as every bug is
            await Answer(ticket, self._standing).apologise()
            raise

    async def _take(self, ticket: Ticket) -> None:
        data: dict[str, Any] = dict(ticket.data)
        match ticket.type:
            case discord.InteractionType.application_command:
                await self._commanded(ticket, data)
            case discord.InteractionType.component:
                await self._pressed(ticket, str(data.get("custom_id", "")))
            case discord.InteractionType.modal_submit:
                await self._filled(ticket, str(data.get("custom_id", "")), ticket.values)

    async def on_message(self, message: discord.Message) -> None:
        """Answer who writes to the bot: alone with it, by name, or in reply to it."""
        self.note_work()
        text = _MENTION.sub(lambda found: "" if int(found[1]) == self.application_id else found[0], message.content)
        reply_to = partial(message.reply, mention_author=False)
        refused = self._pace.refused(message.author.id, _place(message))
        if refused is not None:
            if self._pace.is_to_be_told(message.author.id):
                language = LANGUAGES[0] if message.guild is None else shown_in(message.guild.preferred_locale.value)
                await show_by(_refusal(refused, language), self._standing, reply_to)
            return
        request = _said(text.strip()) if text.strip() else Ask(command=HELP)
        call = self._call(message, request, None)
        replies = await self._ask(call)
        for reply in replies:
            is_for_one = reply.is_private and message.guild is not None
            ways = () if is_for_one else (reply_to,)
            if not await show_to(message.author, reply, self._standing, call.place, *ways):
                await show_by(excuse(message.id, reply.language), self._standing, reply_to)
        await self._standing.settle(call.place, replies, self)

    async def on_arrival(self, _: int) -> None:
        """Say what is said first in a server, and in those that arrive meanwhile, where that was not done."""
        self.note_work()
        await self._settling.greet(self)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Know that the bot was put out of a *guild*, or it was deleted: what was founded there stays as it is."""
        self._settling.depart(guild)

    async def on_interest(self, data: dict[str, Any], is_interested: bool) -> None:
        """Take that somebody is interested in an event, or is not any more; whoever may not be is told nothing."""
        self.note_work()
        if self._pace.refused(data["user_id"], data.get("guild_id")) is None:
            await self._door(interest.call_of(data, NAME, is_interested=is_interested))

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:  # noqa: ANN401  # discord.py's own
        """Log what failed, once, with its trace; the room lives on. Connections that break while leaving are no bug."""
        if self._is_leaving:
            log.info("cut off while leaving", extra={"event_method": event_method})
            return
        log.exception("a bug", extra={"event_method": event_method})

    def note_work(self) -> None:
        """Have whoever leaves wait for the task that is running."""
        task = asyncio.current_task()
        if task is not None:
            self._note(task)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do *work* beside the task that is running; whoever leaves waits for it too."""
        self._note(asyncio.create_task(work))

    def _note(self, task: asyncio.Task[Any]) -> None:
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _ask(self, call: Call) -> Sequence[Reply]:
        replies = await self._door(call)
        self.refused |= any(reply.refused for reply in replies)
        self._standing.heard(call.place, replies)
        return replies

    async def _commanded(self, ticket: Ticket, data: dict[str, Any]) -> None:
        language = language_of(ticket.locale)
        name = data.get("name")
        request: Any
        if data.get("type", 1) != 1:
            request = menus.chosen(data, _place(ticket))
        elif name == SETUP:
            await self._refuse(ticket, await self._settling.set_up(ticket, data))
            return
        elif name == SAY:
            request = _said(text_option(data))
        elif name == JOIN:
            request = Join(code=text_option(data))
        else:
            request = self._book.asked(data)
        if request is None:
            await self._tell(ticket, "message-without-text")
            return
        call = self._call(ticket, request, language)
        is_private = isinstance(request, Ask) and self._book.is_private(request.command)
        await Answer(ticket, self._standing, is_private=is_private).give(self._ask(call))

    async def _pressed(self, ticket: Ticket, custom_id: str) -> None:
        topic = topic_of(custom_id)
        if topic is not None:
            await self._refuse(ticket, await self._settling.pick(ticket, topic, dict(ticket.data)))
            return
        pressed = self._standing.tokens.read(custom_id)
        if pressed is None:
            await self._tell(ticket, "button-unknown")
            return
        if pressed.question is not None:
            label = ticket.label or pressed.question
            asked = Input(name="text", label=label, longest=1_000, is_line=False)
            await Answer(ticket, self._standing).ask(form(label, custom_id, [asked], pressed.question))
            return
        request = Press(button=pressed.token)
        call = self._call(ticket, request, pressed.language)
        await Answer(ticket, self._standing, pressed).give(self._ask(call))

    async def _filled(self, ticket: Ticket, custom_id: str, values: dict[str, str]) -> None:
        if custom_id == SETUP_FORM:
            await self._refuse(ticket, await self._found(ticket, values, dict(ticket.data)))
            return
        pressed = self._standing.tokens.read(custom_id)
        if pressed is None:
            await self._tell(ticket, "button-unknown")
            return
        text = _said(values.get("text", ""))
        request: Request = Say(text=text.text, mentioned=text.mentioned, answering=pressed.token)
        if pressed.is_form:
            request = Fill(button=pressed.token, values=values, mentioned=_said("\n".join(values.values())).mentioned)
        call = self._call(ticket, request, pressed.language)
        await Answer(ticket, self._standing, pressed).give(self._ask(call))

    async def _found(self, ticket: Ticket, values: dict[str, str], data: dict[str, Any]) -> Reply | None:
        def ask(asked: Begin) -> Awaitable[Sequence[Reply]]:
            return self._ask(self._call(ticket, asked, language_of(ticket.locale)))

        return await self._settling.found(ticket, NAME, values, data, ask)

    async def _complete(self, ticket: Ticket) -> None:
        language = shown_in(ticket.locale)
        asker = _account(ticket.user_id), _place(ticket), language
        data: dict[str, Any] = dict(ticket.data)
        typing = self._book.typing(data, *asker)
        found: Sequence[Choice] = zones_typed(data, language) or ()
        if typing is not None and self._suggest is not None and self._pace.may_type(ticket.user_id):
            with suppress(TimeoutError):
                found = await asyncio.wait_for(self._suggest(typing), SUGGEST_WITHIN)
        choices = [
            {"name": cut(clean(say(one.label, language)), _LABEL) or "…", "value": one.value}
            for one in found[:25]
            if 0 < len(one.value) <= _VALUE
        ]
        try:
            await ticket.suggest(choices)
        except FAILURES as error:  # whoever typed has typed on
            log.info("a suggestion came too late", extra={"reason": str(error)})

    async def _refuse(self, ticket: Ticket, refused: Reply | None) -> None:
        if refused is not None:
            await Answer(ticket, self._standing).show((refused,))

    async def _tell(self, ticket: Ticket, key: str) -> None:
        await self._refuse(ticket, _refusal(key, shown_in(ticket.locale)))

    def _call(self, asked: Ticket | discord.Message, request: Request, language: str | None) -> Call:
        who = asked.author.id if isinstance(asked, discord.Message) else asked.user_id
        account, place = _account(who), _place(asked)
        return Call(
            id=str(asked.id), account=account, at=asked.created_at, request=request, language=language, place=place
        )


def _place(asked: Ticket | discord.Message) -> str | None:
    """Return the id of the server in which it was asked; ``None``: it was said to the bot alone."""
    place = (asked.guild and asked.guild.id) if isinstance(asked, discord.Message) else asked.guild_id
    return None if place is None else str(place)


def _refusal(key: str, language: str) -> Reply:
    return Reply(language=language, lines=(phrase(key),), refused=True)


def _account(user: int) -> Account:
    return Account(platform=NAME, id=str(user))


def _said(text: str) -> Say:
    return Say(text=text, mentioned={found[0]: found[1] for found in _MENTION.finditer(text)})
