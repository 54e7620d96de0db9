"""How do meetings come into people's calendars, and what comes back from there?"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from governor.domain.reminders import Reminder
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.values import dataclass
from governor.wording.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Rsvp:
    """What an attendee's calendar said.

    ``id`` names it for good, whenever and however often it is handed over. ``at`` is when it arrived (aware).
    ``is_verified``: the provider vouches that it comes from ``answer.attendee``; otherwise anybody may have sent it.
    """

    id: str
    at: datetime
    answer: Answer
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a person wrote back in words. ``sender`` is an address, which the provider vouches for or not.

    ``about`` are the ids (as ``publish`` returned them) of what it answers, the nearest first. ``text`` is what was
    written, without what was quoted.
    """

    id: str
    at: datetime
    about: tuple[str, ...]
    sender: str
    text: str
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What was published as one of ``about`` could not be delivered, for a ``reason`` in its server's words."""

    id: str
    at: datetime
    about: tuple[str, ...]
    reason: str


class Part(StrEnum):
    """What a person may change of an event that the record takes from no calendar: it can only be put back."""

    DESCRIPTION = "description"
    REPEAT = "repeat"
    GUESTS = "guests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A person changed the meeting ``uid`` (or took it off) where its guests share it: what stands there now.

    ``dtstart`` is aware; ``recurrence_id`` names the occurrence of a series: by its instant (UTC), or its day where
    the series has days. Of an occurrence that was taken off there may be nothing else to tell. The record is not
    changed by it. ``parts`` are what else is not as it was written, ``guests`` the addresses (in lower case) that are
    invited there, where they are among those.
    """

    id: str
    at: datetime
    uid: str
    is_cancelled: bool
    summary: str
    dtstart: datetime
    duration: timedelta
    location: str | None
    recurrence_id: datetime | date | None = None
    parts: frozenset[Part] = frozenset()
    guests: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The calendar made the link ``conference``, by which the meeting ``uid`` is joined, as it was asked to."""

    id: str
    at: datetime
    uid: str
    conference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A message came in that cannot be read, or asks for what nobody outside may ask, for a ``reason`` of ours."""

    id: str
    at: datetime
    reason: str


Incoming = Rsvp | Letter | Bounce | Edit | Linked | SetAside
"""Whatever comes back from a calendar."""

Receive = Callable[[Incoming], Awaitable[None]]
"""Takes what came in; when it returns, that is in the record for good. The same id again does nothing.

It raises ``Unavailable`` when it cannot be taken now, and never ``Refused``: what counts is not the adapter's concern.
"""


Span = tuple[datetime, datetime]
"""From an instant until another, both aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a ``recipient`` is written beside meetings, in a ``language`` (ISO 639-1), each of the ``lines`` apart.

    ``key`` names it for good. ``at`` is when it was written (aware).
    """

    recipient: Mailbox
    language: str
    subject: Phrase
    lines: tuple[Phrase, ...]
    key: str
    at: datetime


class Letters(Protocol):
    """A way to write to a person at an address."""

    async def write(self, message: Message) -> str:
        """Write *message*; return the provider's id for it. Idempotent by its ``key``.

        Raises:
            Unavailable: it may be tried again.
            Refused: the recipient cannot be reached.
        """


class Calendar(Protocol):
    """A way to put a meeting into a person's calendar; e-mail is one like any other.

    ``organizer`` is the mailbox that its invitations come from; ``notice`` says where they go, when Governor starts.
    ``is_shared``: those who are invited this way share one event, instead of getting a message each; an invitation that
    is published then has them alone for ``guests``.
    """

    organizer: Mailbox
    notice: Phrase
    is_shared: bool

    @property
    def name(self) -> str:
        """Return the name of this way."""

    @property
    def letters(self) -> Letters | None:
        """Return how people are written to beside meetings, where this way reaches their mailboxes."""

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        """Make *guest*'s calendar show *invitation* as it stands, cancelled included; return the provider's id for it.

        Idempotent by (uid, guest, revision).

        Raises:
            Unavailable: it may be tried again.
            Refused: this guest cannot be reached this way.
        """

    async def withdraw(self, invitation: Invitation, guest: Guest) -> str:
        """Take *guest* off the event that is shared, without a word to them: they are told another way.

        Return the provider's id for it. Nothing happens where they are not on it, or where nothing is shared.

        Raises:
            Unavailable: it may be tried again.
        """

    async def restore(self, invitation: Invitation) -> str:
        """Make the event that is shared what *invitation* says, whatever people made of it; return its id.

        Raises:
            Unavailable, Refused: as ``publish``.
        """

    def uid(self, invitation: Invitation) -> str:
        """Return the UID under which the guests of this way have *invitation* in their calendars."""

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        """Return address (in lower case) → when they are busy between *start* and *end*, in order, in UTC.

        Only those of *addresses* are told of who share it.

        Raises:
            Unavailable: it cannot be asked now.
        """

    async def decline(self, invitation: Invitation, guest: Guest, answer: Answer) -> str:
        """Tell *guest* that what they proposed in *answer* is not taken up; return the provider's id for it.

        Idempotent by (uid, guest, ``answer.dtstamp``).

        Raises:
            Unavailable, Refused: as ``publish``.
        """

    async def remind(self, invitation: Invitation, guest: Guest, reminder: Reminder, at: datetime) -> str:
        """Give *guest* the *reminder* of the instant *at*; return the provider's id for it.

        Nothing happens where guests share an event: their own calendars remind them. Idempotent by (uid, guest,
        *reminder*).

        Raises:
            Unavailable, Refused: as ``publish``.
        """

    async def listen(self, receive: Receive) -> None:
        """Hand over to *receive* whatever comes back, in order, until cancelled; return at once where nothing can.

        Each is handed over until it was taken: an adapter notes how far it is only afterwards.

        Raises:
            Unavailable: it cannot be listened to now; it may be tried again, and begins where it was.
        """

    async def close(self) -> None:
        """Let go of what is held open."""


class Mail(Protocol):
    """A way to hand over one message."""

    @property
    def name(self) -> str:
        """Return the name of this way."""

    async def send(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Hand over *message* (RFC 5322, CRLF) for *recipient*.

        Raises:
            Unavailable: a 4xx answer, a broken connection, a full disk: it may be tried again.
            Refused: a 5xx answer: this recipient is undeliverable.
        """

    async def close(self) -> None:
        """Let go of what is held open."""
