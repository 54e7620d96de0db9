"""How does a meeting get into a calendar by e-mail? (RFC 6047)"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from governor.domain.reminders import Reminder
from governor.errors import Refused
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.ports import Letters, Mail, Receive, Span
from governor.wording.phrase import Phrase
from integrations.mail.composition import (
    compose,
    compose_decline,
    compose_reminder,
    decline_id,
    message_id,
    reminder_id,
)


class Source(Protocol):
    """Where mail comes in."""

    async def listen(self, receive: Receive) -> None:
        """Hand over what comes in, until cancelled.

        Raises:
            Unavailable: nothing can come in now.
        """


class MailCalendar:
    """The Calendar that sends one message per guest over a Mail."""

    name: Final = "mail"
    is_shared: Final = False

    def __init__(
        self,
        mail: Mail,
        organizer: Mailbox,
        notice: Phrase,
        sources: Sequence[Source] = (),
        sender: Mailbox | None = None,
        letters: Letters | None = None,
    ) -> None:
        """Send for *organizer*: from its own mailbox, or from that of *sender*; *letters* are for all else."""
        self._mail = mail
        self._sender = sender
        self._sources = sources
        self._letters = letters
        self.organizer = organizer
        self.notice = notice

    @property
    def letters(self) -> Letters | None:
        """Return how people are written to, where there is a server that takes mail to them."""
        return self._letters

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        """Send *guest* what *invitation* is now, a cancellation included; return the Message-ID.

        A guest who is no longer among ``invitation.guests`` is told that the meeting is off for them. The same
        invitation gives the same bytes, so a second delivery is a copy that mail programs recognise.

        Raises:
            Unavailable: the mail could not be handed over now.
            Refused: the address is none (``email-invalid``), is Governor's own (``mail-to-ourselves``), or is refused
                by its server (``mail-undeliverable``).
        """
        invitation = self._sent(invitation)
        await self._send(compose(invitation, guest), invitation, guest)
        return message_id(invitation, guest)

    async def withdraw(self, invitation: Invitation, guest: Guest) -> str:
        """Do nothing: every guest has a message of their own; return what its Message-ID is."""
        return message_id(self._sent(invitation), guest)

    async def restore(self, invitation: Invitation) -> str:
        """Do nothing: nobody but its guest can change what was sent; return the UID."""
        return invitation.uid

    def uid(self, invitation: Invitation) -> str:
        """Return the UID of *invitation*."""
        return invitation.uid

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:  # noqa: ARG002  (the port's form)
        """Return nothing: mail knows of nobody when they are busy."""
        return {}

    async def decline(self, invitation: Invitation, guest: Guest, answer: Answer) -> str:
        """Send *guest* a DECLINECOUNTER to what they proposed in *answer*; return the Message-ID.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        invitation = self._sent(invitation)
        await self._send(compose_decline(invitation, guest, answer), invitation, guest)
        return decline_id(invitation, guest, answer)

    async def remind(self, invitation: Invitation, guest: Guest, reminder: Reminder, at: datetime) -> str:
        """Send *guest* the *reminder*, under their invitation; return the Message-ID.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        invitation = self._sent(invitation)
        await self._send(compose_reminder(invitation, guest, reminder, at), invitation, guest)
        return reminder_id(invitation, guest, reminder)

    async def listen(self, receive: Receive) -> None:
        """Hand over what comes in from each source, until cancelled or one of them fails; at once where there is none.

        Raises:
            Unavailable: a mailbox cannot be read, or a place not be listened at.
        """
        listening = [asyncio.ensure_future(source.listen(receive)) for source in self._sources]
        try:
            await asyncio.gather(*listening)
        finally:
            for each in listening:
                each.cancel()
            await asyncio.gather(*listening, return_exceptions=True)

    def _sent(self, invitation: Invitation) -> Invitation:
        return replace(invitation, sent_by=self._sender)

    async def _send(self, message: bytes, invitation: Invitation, guest: Guest) -> None:
        sender, recipient = invitation.sender.address, guest.mailbox.address
        if recipient.casefold() in (sender.casefold(), invitation.organizer.address.casefold()):
            raise Refused("mail-to-ourselves", address=recipient)
        await self._mail.send(message, sender=sender, recipient=recipient)

    async def close(self) -> None:
        """Close the mail it sends through."""
        await self._mail.close()
