"""A Calendar in memory that passes the contract, and fails when told to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from governor.domain.addresses import address
from governor.domain.meetings import Status
from governor.domain.reminders import Reminder
from governor.errors import GovernorError, Refused
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.ports import Receive, Span
from governor.wording.phrase import phrase
from tests.itip.invitations import ORGANIZER


class Wall:
    """Everybody's calendar. ``failures`` are raised once each, by address, before anything is shown."""

    name: Final = "wall"
    is_shared: Final = False

    def __init__(self, organizer: Mailbox = ORGANIZER) -> None:
        self.organizer = organizer
        self.notice = phrase("start-mail-smtp", host="wall")
        self.published: list[tuple[str, Invitation]] = []
        self.failures: dict[str, list[GovernorError]] = {}
        self._shown: dict[str, dict[str, Invitation]] = {}

    @property
    def letters(self) -> None:
        return None

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        recipient = address(guest.mailbox.address)
        if recipient.casefold() == self.organizer.address.casefold():
            raise Refused("mail-to-ourselves", address=recipient)
        if failures := self.failures.get(recipient):
            raise failures.pop(0)
        self.published.append((recipient, invitation))
        invited = {each.mailbox.address for each in invitation.guests}
        shown = self._shown.setdefault(recipient, {})
        if invitation.status is Status.CANCELLED or recipient not in invited:
            shown.pop(invitation.uid, None)
        else:
            shown[invitation.uid] = invitation
        return f"{invitation.uid}/{recipient}"

    def shows(self, recipient: str) -> list[Invitation]:
        return list(self._shown.get(recipient, {}).values())

    async def close(self) -> None:
        pass

    async def withdraw(self, invitation: Invitation, guest: Guest) -> str:
        self._shown.get(guest.mailbox.address, {}).pop(invitation.uid, None)
        return f"{invitation.uid}/{guest.mailbox.address}"

    async def restore(self, invitation: Invitation) -> str:
        return invitation.uid

    def uid(self, invitation: Invitation) -> str:
        return invitation.uid

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        return {}

    async def decline(self, invitation: Invitation, guest: Guest, answer: Answer) -> str:
        return f"{invitation.uid}/{guest.mailbox.address}"

    async def remind(self, invitation: Invitation, guest: Guest, reminder: Reminder, at: datetime) -> str:
        return f"{invitation.uid}/{guest.mailbox.address}/{reminder.start}"

    async def listen(self, receive: Receive) -> None:
        return None
