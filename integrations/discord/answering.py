"""How is an interaction answered? In time, once, to whom it concerns, and in the place where the card stands."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import discord
import structlog
from discord import ui

from governor.ports import Reply
from governor.ports.forms import Form
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from integrations.discord.commands import language_of
from integrations.discord.drawing import Item, Page, container, form, inputs_of, pages
from integrations.discord.failing import FAILURES
from integrations.discord.standing import Standing, with_card
from integrations.discord.tokens import Pressed, mark_of

PATIENCE = 1.0
"""How many seconds after it was made an interaction is put off; Discord gives up after 3."""

FORM_PATIENCE = 2.3
"""The same where a form is to be shown, which cannot be once Discord was told to wait."""

TELL_WITHIN = 20.0
"""After how many seconds of waiting more who asked is told that it takes long."""

SHOW_WITHIN = 30.0
"""After how many seconds an answer is not waited for any more where it is held up, and is shown elsewhere."""

_GONE = frozenset({10062, 10015, 50027})
"""Unknown interaction, unknown webhook, invalid token: whoever asked cannot be answered there any more."""

log = structlog.get_logger(__name__)

Ticket = discord.Interaction[discord.Client]
Send = Callable[..., Awaitable[object]]


class Answer:
    """The answer to one interaction, whose cards are noted in *standing*; *pressed* is the button that was pressed.

    One that *is_private* is for who asks alone from its first sign on.
    """

    def __init__(
        self, ticket: Ticket, standing: Standing, pressed: Pressed | None = None, *, is_private: bool = False
    ) -> None:
        self._ticket = ticket
        self._standing = standing
        self._write = standing.tokens.written
        self._place = None if ticket.guild_id is None else str(ticket.guild_id)
        self._pressed = pressed
        self._is_private = is_private
        self._is_waiting = False

    async def give(self, replies: Awaitable[Sequence[Reply]]) -> None:
        """Show the *replies* once they are there; what was done stays done when it cannot be shown."""
        work = asyncio.ensure_future(replies)
        is_form = self._pressed is not None and self._pressed.is_form
        done, _ = await asyncio.wait({work}, timeout=self._left(FORM_PATIENCE if is_form else PATIENCE))
        try:
            if not done:
                await self._wait()
                await self._tell_late(work)
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
        await self._standing.settle(self._place, await work, self._ticket.client)

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

    async def lay(self, view: ui.LayoutView) -> None:
        """Show who asks alone *view*; in the place of the card on which they chose something."""
        try:
            if self._ticket.response.is_done():
                await self._ticket.followup.send(view=view, ephemeral=True)
            elif self._ticket.type is discord.InteractionType.component:
                await self._ticket.response.edit_message(view=view)
            else:
                await self._ticket.response.send_message(view=view, ephemeral=True)
        except FAILURES as error:
            log.warning("a card could not be shown", interaction=self._ticket.id, reason=repr(error))

    def _left(self, patience: float) -> float:
        """Return how much is left of *patience*, which begins when Discord made the interaction, not when it came."""
        age = (discord.utils.utcnow() - self._ticket.created_at).total_seconds()
        return min(max(patience - age, 0.0), patience)

    async def _tell_late(self, work: "asyncio.Future[Sequence[Reply]]") -> None:
        """Tell who asked that it takes long, where it does: the answer takes the place of that once it is there."""
        done, _ = await asyncio.wait({work}, timeout=TELL_WITHIN)
        if done:
            return
        language = language_of(self._ticket.locale.value) or LANGUAGES[0]
        (page,) = pages(Reply(language=language, lines=(phrase("discord-late"),)), self._write)
        try:
            if self._ticket.type is discord.InteractionType.application_command:
                await self._ticket.edit_original_response(view=page.view())
            else:
                await self._ticket.followup.send(view=page.view(), ephemeral=True)
        except FAILURES as error:  # the answer itself is still to come
            log.warning("that it takes long could not be told", interaction=self._ticket.id, reason=repr(error))

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
                await self._send(page, reply.language, is_private=is_private)
        for page in () if alone is None else pages(alone, self._write):
            await self._send(page, reply.language, is_private=True)

    async def _bring(self, asked: Form, language: str) -> None:
        """Bring the form *asked*; what is filled into it answers the card on which a button was pressed."""
        if self._ticket.response.is_done():
            await self._show(Reply(language=language, lines=(phrase("form-late"),), refused=True))
            return
        mark = mark_of(asked.token) if self._pressed is None else self._pressed.mark
        custom_id = self._standing.tokens.named(asked.token, language, mark, is_form=True)
        await self._ticket.response.send_modal(form(say(asked.title, language), custom_id, inputs_of(asked, language)))

    async def _send(self, page: Page, language: str, *, is_private: bool) -> None:
        ticket = self._ticket
        if not ticket.response.is_done():
            sent = await ticket.response.send_message(view=page.view(), files=page.attached(), ephemeral=is_private)
            shown: object = sent.resource
        elif (
            self._is_waiting
            and ticket.type is discord.InteractionType.application_command
            and is_private is self._is_private
        ):
            self._is_waiting = False
            shown = await ticket.edit_original_response(view=page.view(), attachments=page.attached())
        else:
            if self._is_waiting and ticket.type is discord.InteractionType.application_command:
                await ticket.delete_original_response()
            self._is_waiting = False
            shown = await ticket.followup.send(view=page.view(), files=page.attached(), ephemeral=is_private, wait=True)
        if isinstance(shown, discord.Message) and not is_private:
            self._standing.note(self._place, shown, page.cards, language)

    async def _replace(self, reply: Reply, pressed: Pressed, message: discord.Message) -> None:
        """Show *reply* where the card stands on which a button was pressed; beside it what does not fit there.

        What the same card says now is told to who pressed alone; everybody sees the card. What is for everybody and
        was pressed where one person alone sees it is shown to everybody.
        """
        is_same = any(mark_of(card.id) == pressed.mark for card in reply.cards)
        if message.flags.ephemeral and reply.cards and not is_same:
            await self._publish(reply, pressed, message)
            return
        if not await self._put(reply, pressed, message):
            for page in pages(reply, self._write):
                await self._send(page, reply.language, is_private=False)
            return
        is_told = not reply.lines or not reply.cards or (is_same and reply.is_told_by_cards)
        if not is_told or reply.document is not None:
            rest = Reply(language=reply.language, lines=reply.lines, document=reply.document)
            for page in pages(rest, self._write):
                await self._send(page, reply.language, is_private=is_same)

    async def _put(self, reply: Reply, pressed: Pressed, message: discord.Message) -> bool:
        """Put the cards of *reply*, or else its lines, in the place of the pressed card; return whether they fit."""
        new: list[Item] = [container(card, reply.language, self._write) for card in reply.cards]
        if not new:
            told = Reply(language=reply.language, lines=reply.lines)
            new = [part for page in pages(told, self._write) for part in page.parts]
        # What only one person sees is about the card alone: a warning that stood above it is over.
        view = Page(parts=new).view() if message.flags.ephemeral else with_card(message, pressed.mark, new)
        if view is None:
            return False
        if self._ticket.response.is_done():
            await self._ticket.edit_original_response(view=view)
        else:
            await self._ticket.response.edit_message(view=view)
        self._standing.note(self._place, message, reply.cards, reply.language)
        return True

    async def _publish(self, reply: Reply, pressed: Pressed, message: discord.Message) -> None:
        """Show everybody *reply*, its cards where they stand already; who pressed alone is told what it says."""
        told = replace(reply, cards=()) if reply.lines else reply
        if not await self._put(told, pressed, message):
            await self._ticket.response.defer()
        if not all(self._standing.spots(self._place, card.id) for card in reply.cards):
            for page in pages(reply, self._write):
                await self._send(page, reply.language, is_private=False)
        elif reply.lines:
            for page in pages(replace(reply, cards=()), self._write):
                await self._send(page, reply.language, is_private=False)

    async def _show_elsewhere(self, replies: Sequence[Reply]) -> None:
        channel, person = self._ticket.channel, self._ticket.user
        ways = (channel.send,) if isinstance(channel, discord.abc.Messageable) else ()
        for reply in replies:
            is_private = reply.refused or reply.is_private
            seen, alone = told_apart(reply)
            await show_by(seen, self._standing, *(() if is_private else ways), person.send)
            if alone is not None:
                await show_by(alone, self._standing, person.send)


def excuse(call: int, language: str) -> Reply:
    """Return the reply which tells that the one to the *call* of that id cannot be shown."""
    return Reply(language=language, lines=(phrase("discord-unshown", call=str(call)),), refused=True)


def told_apart(reply: Reply) -> tuple[Reply, Reply | None]:
    """Return what of *reply* is shown to whom it is for, and what is shown to who asked alone, if something is."""
    if reply.refused or reply.is_private or not reply.aside:
        return replace(reply, lines=(*reply.lines, *reply.aside), aside=()), None
    return replace(reply, aside=()), Reply(language=reply.language, lines=reply.aside, is_private=True)


async def show_by(reply: Reply, standing: Standing, *ways: Send) -> bool:
    """Show *reply* by the first of *ways* that takes it; return whether one did."""
    for send in ways:
        try:
            for page in pages(reply, standing.tokens.written):
                sent = await send(view=page.view(), files=page.attached())
                if isinstance(sent, discord.Message) and sent.guild is not None:
                    standing.note(str(sent.guild.id), sent, page.cards, reply.language)
        except FAILURES as error:
            log.warning("an answer could not be shown", reason=repr(error))
        else:
            return True
    return False
