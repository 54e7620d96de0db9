"""How is an interaction answered? In time, once, to whom it concerns, and in the place where the card stands."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import discord
from discord import ui

from governor.ports import Card, Reply
from governor.ports.forms import Form
from governor.ports.places import marked
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.discord.commands import shown_in
from integrations.discord.drawing import Page, container, form, inputs_of, pages
from integrations.discord.failing import FAILURES
from integrations.discord.messages import Message, Part, sent
from integrations.discord.standing import Standing, with_card
from integrations.discord.ticket import Ticket
from integrations.discord.tokens import Pressed, mark_of

PATIENCE = 1.0
"""How many seconds after it was made an interaction is put off; Discord gives up after 3."""

FORM_PATIENCE = 2.3
"""The same where a form is to be shown, which cannot be once Discord was told to wait."""

TELL_WITHIN = 20.0
"""After how many seconds of waiting more who asked is told that it takes long."""

SHOW_WITHIN = 30.0
"""After how many seconds an answer is not waited for any more where it is held up, and is shown elsewhere."""

_ON_ITS_WAY = 3.0
"""How many seconds an interaction may have been, and its message have changed meanwhile."""

_GONE = frozenset({10062, 10015, 50027})
"""Unknown interaction, unknown webhook, invalid token: whoever asked cannot be answered there any more."""

log = logging.getLogger(__name__)

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
        self._is_there = asyncio.Event()
        self._late: asyncio.Task[None] | None = None

    async def give(self, replies: Awaitable[Sequence[Reply]]) -> None:
        """Show the *replies* once they are there."""
        is_form = self._pressed is not None and self._pressed.is_form
        left = self._left(FORM_PATIENCE if is_form else PATIENCE)
        timer = asyncio.get_running_loop().call_later(left, self._begin_waiting)
        try:
            replied = await replies
        finally:
            timer.cancel()
            self._is_there.set()
            if self._late is not None:
                await asyncio.wait({self._late})
        await self.show(replied)

    async def show(self, replied: Sequence[Reply]) -> None:
        """Show what was *replied*; what was done stays done when it cannot be shown."""
        try:
            if self._late is not None:
                self._late.result()
            async with asyncio.timeout(SHOW_WITHIN):
                for reply in replied:
                    await self._show(reply)
                if not replied and not self._ticket.is_answered:
                    await self._ticket.wait(is_private=True)
        except FAILURES as error:
            log.warning("an answer could not be shown", extra={"interaction": self._ticket.id, "reason": repr(error)})
            if isinstance(error, discord.HTTPException) and error.code not in _GONE:
                await self.apologise(replied)
            else:
                await self._show_elsewhere(replied)
        await self._standing.settle(self._place, replied, self._ticket.client)

    async def apologise(self, replied: Sequence[Reply] = ()) -> None:
        """Tell who asked that the answer cannot be shown, in the language of what was to be shown."""
        language = next((reply.language for reply in replied), shown_in(self._ticket.locale))
        try:
            await self._show(excuse(self._ticket.id, language))
        except FAILURES as error:
            log.warning("nor could that be told", extra={"interaction": self._ticket.id, "reason": repr(error)})

    async def ask(self, asked: ui.Modal) -> None:
        """Have who pressed fill in the form *asked*."""
        try:
            await self._ticket.ask(asked)
        except FAILURES as error:
            log.warning("a form could not be shown", extra={"interaction": self._ticket.id, "reason": repr(error)})

    async def lay(self, parts: Sequence[Part]) -> None:
        """Show who asks alone *parts*; in the place of the card on which they chose something."""
        try:
            if self._ticket.is_answered:
                await self._ticket.add(parts, is_private=True)
            elif self._ticket.type is discord.InteractionType.component:
                await self._ticket.replace(parts)
            else:
                await self._ticket.send(parts, is_private=True)
        except FAILURES as error:
            log.warning("a card could not be shown", extra={"interaction": self._ticket.id, "reason": repr(error)})

    def _left(self, patience: float) -> float:
        """Return how much is left of *patience*, which begins when Discord made the interaction, not when it came."""
        age = (discord.utils.utcnow() - self._ticket.created_at).total_seconds()
        return min(max(patience - age, 0.0), patience)

    def _begin_waiting(self) -> None:
        self._late = asyncio.ensure_future(self._put_off())

    async def _put_off(self) -> None:
        """Have Discord wait until the answer is there; tell who asked that it takes long, where it does."""
        await self._wait()
        try:
            await asyncio.wait_for(self._is_there.wait(), TELL_WITHIN)
        except TimeoutError:
            await self._tell_late()

    async def _tell_late(self) -> None:
        """Tell who asked that it takes long: the answer takes the place of that once it is there."""
        language = shown_in(self._ticket.locale)
        (page,) = pages(Reply(language=language, lines=(phrase("discord-late"),)), self._write)
        try:
            if self._ticket.is_command:
                await self._ticket.change(page.parts)
            else:
                await self._ticket.add(page.parts, is_private=True)
        except FAILURES as error:  # the answer itself is still to come
            log.warning(
                "that it takes long could not be told", extra={"interaction": self._ticket.id, "reason": repr(error)}
            )

    async def _wait(self) -> None:
        self._is_waiting = True
        await self._ticket.wait(is_private=self._is_private)

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
                await self._send(page, reply, is_private=is_private)
        for page in () if alone is None else pages(alone, self._write):
            await self._send(page, reply, is_private=True)

    async def _bring(self, asked: Form, language: str) -> None:
        """Bring the form *asked*; what is filled into it answers the card on which a button was pressed."""
        if self._ticket.is_answered:
            await self._show(Reply(language=language, lines=(phrase("form-late"),), refused=True))
            return
        mark = mark_of(asked.token) if self._pressed is None else self._pressed.mark
        custom_id = self._standing.tokens.named(asked.token, language, mark, is_form=True)
        await self._ticket.ask(form(say(asked.title, language), custom_id, inputs_of(asked, language)))

    async def _send(self, page: Page, reply: Reply, *, is_private: bool) -> None:
        ticket, parts, files = self._ticket, page.drawn(), page.files
        if not ticket.is_answered:
            shown = await ticket.send(parts, files, is_private=is_private)
        elif self._is_waiting and ticket.is_command and is_private is self._is_private:
            self._is_waiting = False
            shown = await ticket.change(parts, files)
        else:
            if self._is_waiting and ticket.is_command:
                await ticket.withdraw()
            self._is_waiting = False
            shown = await ticket.add(parts, files, is_private=is_private)
        if not is_private:
            self._note(reply, shown, page.cards)

    async def _replace(self, reply: Reply, pressed: Pressed, message: Message) -> None:
        """Show *reply* where the card stands on which a button was pressed; beside it what does not fit there.

        What the same card says now is told to who pressed alone; everybody sees the card. What is for everybody and
        was pressed where one person alone sees it is shown to everybody; what is asked back stays where it is.
        """
        is_same = any(mark_of(card.id) == pressed.mark for card in reply.cards)
        if message.is_private and not is_same and not all(card.is_passing for card in reply.cards):
            await self._publish(reply, pressed, message)
            return
        if not await self._put(reply, pressed, message):
            for page in pages(reply, self._write):
                await self._send(page, reply, is_private=False)
            return
        is_told = not reply.lines or not reply.cards or (is_same and reply.is_told_by_cards)
        if not is_told or reply.document is not None or reply.file is not None:
            rest = Reply(language=reply.language, lines=reply.lines, document=reply.document, file=reply.file)
            for page in pages(rest, self._write):
                await self._send(page, reply, is_private=is_same)

    async def _put(self, reply: Reply, pressed: Pressed, message: Message) -> bool:
        """Put the cards of *reply*, or else its lines, in the place of the pressed card; return whether they fit."""
        new = [container(card, reply.language, self._write) for card in reply.cards]
        if not new:
            told = Reply(language=reply.language, lines=reply.lines)
            new = [part for page in pages(told, self._write) for part in page.parts]
        # What only one person sees is about the card alone: a warning that stood above it is over.
        parts = new if message.is_private else with_card(message, pressed.mark, new)
        if parts is None:
            return False
        if self._ticket.is_answered:
            await self._ticket.change(parts)
        else:
            await self._ticket.replace(parts)
        self._note(reply, message, reply.cards)
        if not message.is_private:
            self._standing.wrote(
                self._place or reply.place, message, pressed.mark, since=self._ticket.heard_at - _ON_ITS_WAY
            )
        return True

    def _note(self, reply: Reply, message: Message, cards: Sequence[Card]) -> None:
        place, is_direct = self._place or reply.place, self._place is None
        self._standing.note(place, message, cards, reply.language, is_direct=is_direct)

    async def _publish(self, reply: Reply, pressed: Pressed, message: Message) -> None:
        """Show everybody *reply*, its cards where they stand already; who pressed alone is told what it says."""
        told = replace(reply, cards=()) if reply.lines else reply
        if not await self._put(told, pressed, message):
            await self._ticket.wait()
        if not all(self._standing.spots(self._place, card.id) for card in reply.cards):
            for page in pages(reply, self._write):
                await self._send(page, reply, is_private=False)
        elif reply.lines:
            for page in pages(replace(reply, cards=()), self._write):
                await self._send(page, reply, is_private=False)

    async def _show_elsewhere(self, replies: Sequence[Reply]) -> None:
        channel, person = self._ticket.channel, self._ticket.user
        ways = () if channel is None else (channel.send,)
        for reply in replies:
            is_private = reply.refused or reply.is_private
            await show_to(person, reply, self._standing, self._place, *(() if is_private else ways))


def excuse(call: int, language: str) -> Reply:
    """Return the reply which tells that the one to the *call* of that id cannot be shown."""
    return Reply(language=language, lines=(phrase("discord-unshown", call=str(call)),), refused=True)


def told_apart(reply: Reply) -> tuple[Reply, Reply | None]:
    """Return what of *reply* is shown to whom it is for, and what is shown to who asked alone, if something is."""
    if not reply.aside:
        return reply, None
    if reply.refused or reply.is_private:
        return replace(reply, lines=(*reply.lines, *reply.aside), aside=()), None
    return replace(reply, aside=()), Reply(language=reply.language, lines=reply.aside, is_private=True)


async def show_to(
    person: discord.abc.Messageable, reply: Reply, standing: Standing, place: str | None, *ways: Send
) -> bool:
    """Show *reply*, which the server *place* gave, by the first of *ways* that takes it, or else to *person* alone.

    What they see alone is no place's: its buttons tell whose they are. Return whether it is shown.
    """
    seen, alone = told_apart(reply)
    is_shown = await show_by(seen, standing, *ways) or await show_by(marked(seen, place), standing, person.send)
    if alone is not None:
        await show_by(alone, standing, person.send)
    return is_shown


async def show_by(reply: Reply, standing: Standing, *ways: Send) -> bool:
    """Show *reply* by the first of *ways* that takes it; return whether one did."""
    for send in ways:
        try:
            for page in pages(reply, standing.tokens.written):
                shown = await send(view=page.view(), files=page.attached())
                if isinstance(shown, discord.Message) and not reply.is_private:
                    place = reply.place if shown.guild is None else str(shown.guild.id)
                    standing.note(place, sent(shown), page.cards, reply.language, is_direct=shown.guild is None)
        except FAILURES as error:
            log.warning("an answer could not be shown", extra={"reason": repr(error)})
        else:
            return True
    return False
