"""When is an e-mail address confirmed, and when may a code be sent to one? Each act an event (``domain.events``)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from governor.domain.members import MemberId
from governor.domain.written import Personal
from governor.errors import OutOfOrder
from governor.values import dataclass

VALID = timedelta(minutes=30)
"""How long a code counts."""

TRIES = 5
"""How many codes may be tried before another must be sent."""

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

MEMORY = _DAY
"""How far back it matters what was sent."""

_TO_MEMBER = ((3, _HOUR), (6, _DAY))
_TO_ADDRESS = ((1, _MINUTE), *_TO_MEMBER)  # who mistyped their address does not wait to put it right


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailGiven:
    """The member gave an address of theirs, which does not count before it is confirmed: an earlier one still does."""

    type: ClassVar[str] = "email.given"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    email: Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailConfirmed:
    """The address is the member's and counts from now on: they showed the code, or who enrols members entered it."""

    type: ClassVar[str] = "email.confirmed"
    about: ClassVar[str] = "member/{number}"
    member: MemberId
    number: int
    email: Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCode:
    """A code that was sent at the instant ``at``; ``wrong`` others were tried in its place since."""

    at: datetime
    wrong: int = 0

    @property
    def left(self) -> int:
        """Return how often one may still be tried."""
        return TRIES - self.wrong


def check_sending(to_member: Sequence[datetime], to_address: Sequence[datetime], *, at: datetime) -> None:
    """Check that one more code may be sent, where some were sent *to_member* and *to_address* before.

    Raises:
        OutOfOrder: ``email-code-too-soon``, with how long to ``wait``: nobody's mailbox is to be filled by another.
    """
    waits = [
        sorted(sent)[-count] + span - at
        for sent, bounds in ((to_member, _TO_MEMBER), (to_address, _TO_ADDRESS))
        for count, span in bounds
        if len(sent) >= count
    ]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        raise OutOfOrder("email-code-too-soon", wait=-(-longest // _MINUTE) * _MINUTE)


def check_trying(sent: SentCode, *, at: datetime) -> None:
    """Check that a code may be tried at the instant *at*.

    Raises:
        OutOfOrder: what was sent counts no more: too many were tried (``email-code-spent``), or it is too old
            (``email-code-expired``).
    """
    if sent.left <= 0:
        raise OutOfOrder("email-code-spent")
    if at >= sent.at + VALID:
        raise OutOfOrder("email-code-expired")


def tried_in_vain(sent: SentCode) -> SentCode:
    """Return *sent* after another code was tried in its place."""
    return replace(sent, wrong=sent.wrong + 1)


def check_free(email: str, others: Sequence[str]) -> None:
    """Check that nobody else's address is *email*: *others* are those that count.

    Raises:
        OutOfOrder: ``email-of-another``; whose is not told.
    """
    if any(one.casefold() == email.casefold() for one in others):
        raise OutOfOrder("email-of-another")
