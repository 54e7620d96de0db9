"""How is an interaction answered? In time, once, to whom it concerns, and in the place where the card stands."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import aiohttp
import discord
import structlog
from discord import ui

from governor.ports import Reply
from governor.ports.forms import Form
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from integrations.discord.commands import language_of
from integrations.discord.drawing import LONGEST, MOST_PARTS, Page, Write, containers, form, inputs_of, pages
from integrations.discord.tokens import Pressed, Tokens, mark_of

PATIENCE = 1.5
"""After how many seconds Discord is told to wait; it gives up after 3."""

FORM_PATIENCE = 2.3
"""The same where a form is to be shown, which cannot be once Discord was told to wait."""

SHOW_WITHIN = 30.0
"""After how many seconds an answer is not waited for any more where it is held up, and is shown elsewhere."""

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What comes of talking to Discord when it, or the way there, fails; ``TimeoutError`` is an ``OSError``."""

_GONE = frozenset({10062, 10015, 50027})
"""Unknown interaction, unknown webhook, invalid token: whoever asked cannot be answered there any more."""

log = structlog.get_logger(__name__)

Item = ui.Item[ui.LayoutView]
Ticket = discord.Interaction[discord.Client]
Send = Callable[..., Awaitable[object]]


class Answer:
    """The answer to one interaction. *tokens* makes custom_ids; *pressed* is the button that was pressed, if one was.

    One that *is_private* is for who asks alone from its first sign on.
    """

    def __init__(
        self, ticket: Ticket, tokens: Tokens, pressed: Pressed | None = None, *, is_private: bool = False
    ) -> None:
        self._ticket = ticket
        self._tokens = tokens
        self._write = tokens.written
        self._pressed = pressed
        self._is_private = is_private
        self._is_waiting = False

    async def give(self, replies: Awaitable[Sequence[Reply]]) -> None:
        """Show the *replies* once they are there; what was done stays done when it cannot be shown."""
        work = asyncio.ensure_future(replies)
        is_form = self._pressed is not None and self._pressed.is_form
        done, _ = await asyncio.wait({work}, timeout=FORM_PATIENCE if is_form else PATIENCE)
        try:
            if not done:
                await self._wait()
            replied = await work
            async with asyncio.timeout(SHOW_WITHIN):
                for reply in replied:
                    await self._show(reply)
                if not replied and not self._ticket.response.is_done():
                    await self._ticket.response.defer(ephemeral=True)
        except FAILURES as error:
            log.warning("an answer could not be shown", interaction=self._ticket.id, reason=repr(error))
            if isinstance(error, discord.HTTPException) and error.code not in _GONE:
                await self.apologise(work)
            else:
                await self._show_elsewhere(await work)

    async def apologise(self, work: "Awaitable[Sequence[Reply]] | None" = None) -> None:
        """Tell who asked that the answer cannot be shown, in the language of what was to be shown."""
        replied = () if work is None else await work
        language = next((reply.language for reply in replied), language_of(self._ticket.locale.value) or LANGUAGES[0])
        try:
            await self._show(excuse(self._ticket.id, language))
        except FAILURES as error:
            log.warning("nor could that be told", interaction=self._ticket.id, reason=repr(error))

    async def ask(self, asked: ui.Modal) -> None:
        """Have who pressed fill in the form *asked*."""
        try:
            await self._ticket.response.send_modal(asked)
        except FAILURES as error:
            log.warning("a form could not be shown", interaction=self._ticket.id, reason=repr(error))

    async def _wait(self) -> None:
        self._is_waiting = True
        if self._ticket.type is discord.InteractionType.application_command:
            await self._ticket.response.defer(thinking=True, ephemeral=self._is_private)
        else:
            await self._ticket.response.defer()

    async def _show(self, reply: Reply) -> None:
        if reply.form is not None:
            await self._bring(reply.form, reply.language)
            return
        is_private = reply.refused or reply.is_private
        seen, alone = told_apart(reply)
        if self._pressed is not None and self._ticket.message is not None and not is_private:
            await self._replace(seen, self._pressed, self._ticket.message)
        else:
            for page in pages(seen, self._write):
                await self._send(page, is_private=is_private)
        for page in () if alone is None else pages(alone, self._write):
            await self._send(page, is_private=True)

    async def _bring(self, asked: Form, language: str) -> None:
        """Bring the form *asked*; what is filled into it answers the card on which a button was pressed."""
        if self._ticket.response.is_done():
            await self._show(Reply(language=language, lines=(phrase("form-late"),), refused=True))
            return
        mark = mark_of(asked.token) if self._pressed is None else self._pressed.mark
        custom_id = self._tokens.named(asked.token, language, mark, is_form=True)
        await self._ticket.response.send_modal(form(say(asked.title, language), custom_id, inputs_of(asked, language)))

    async def _send(self, page: Page, *, is_private: bool) -> None:
        ticket = self._ticket
        if not ticket.response.is_done():
            await ticket.response.send_message(view=page.view(), files=page.attached(), ephemeral=is_private)
        elif (
            self._is_waiting
            and ticket.type is discord.InteractionType.application_command
            and is_private is self._is_private
        ):
            self._is_waiting = False
            await ticket.edit_original_response(view=page.view(), attachments=page.attached())
        else:
            if self._is_waiting and ticket.type is discord.InteractionType.application_command:
                await ticket.delete_original_response()
            self._is_waiting = False
            await ticket.followup.send(view=page.view(), files=page.attached(), ephemeral=is_private)

    async def _replace(self, reply: Reply, pressed: Pressed, message: discord.Message) -> None:
        """Show *reply* where the card stands on which a button was pressed; beside it what does not fit there.

        What the same card says now is told to who pressed alone; everybody sees the card.
        """
        is_same = any(mark_of(card.id) == pressed.mark for card in reply.cards)
        told = Reply(language=reply.language, lines=reply.lines, is_private=is_same)
        shown = Reply(language=reply.language, cards=reply.cards)
        new = (
            containers(shown, self._write)
            if reply.cards
            else [part for page in pages(told, self._write) for part in page.parts]
        )
        view = _with(message, pressed.mark, new)
        if view is None:
            for page in pages(reply, self._write):
                await self._send(page, is_private=False)
            return
        if self._ticket.response.is_done():
            await self._ticket.edit_original_response(view=view)
        else:
            await self._ticket.response.edit_message(view=view)
        if (reply.cards and reply.lines) or reply.document is not None:
            rest = Reply(language=reply.language, lines=reply.lines, document=reply.document)
            for page in pages(rest, self._write):
                await self._send(page, is_private=is_same)

    async def _show_elsewhere(self, replies: Sequence[Reply]) -> None:
        channel, person = self._ticket.channel, self._ticket.user
        ways = (channel.send,) if isinstance(channel, discord.abc.Messageable) else ()
        for reply in replies:
            is_private = reply.refused or reply.is_private
            seen, alone = told_apart(reply)
            await show_by(seen, self._write, *(() if is_private else ways), person.send)
            if alone is not None:
                await show_by(alone, self._write, person.send)


def excuse(call: int, language: str) -> Reply:
    """Return the reply which tells that the one to the *call* of that id cannot be shown."""
    return Reply(language=language, lines=(phrase("discord-unshown", call=str(call)),), refused=True)


def told_apart(reply: Reply) -> tuple[Reply, Reply | None]:
    """Return what of *reply* is shown to whom it is for, and what is shown to who asked alone, if something is."""
    if reply.refused or reply.is_private or not reply.aside:
        return replace(reply, lines=(*reply.lines, *reply.aside), aside=()), None
    return replace(reply, aside=()), Reply(language=reply.language, lines=reply.aside, is_private=True)


async def show_by(reply: Reply, write: Write, *ways: Send) -> bool:
    """Show *reply* by the first of *ways* that takes it; return whether one did."""
    for send in ways:
        try:
            for page in pages(reply, write):
                await send(view=page.view(), files=page.attached())
        except FAILURES as error:
            log.warning("an answer could not be shown", reason=repr(error))
        else:
            return True
    return False


def _with(message: discord.Message, mark: str, new: list[Item]) -> ui.LayoutView | None:
    """Return the view of *message* with *new* in the place of the card of that *mark*; ``None``: it does not fit."""
    old = ui.LayoutView.from_message(message, timeout=None)
    view = ui.LayoutView(timeout=None)
    is_there = False
    parts = list(old.children) if isinstance(old, ui.LayoutView) else []
    for part in parts:
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
