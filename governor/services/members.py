"""What happens when the organisation is founded and people are enrolled?"""

import re
import unicodedata
from collections.abc import Collection

from governor.domain.addresses import address
from governor.domain.events import AccountLinked, MemberEnrolled, OfficeGiven, OrganisationFounded, Personal, Text
from governor.domain.members import MemberId, Office
from governor.domain.permissions import Permission
from governor.errors import OutOfOrder
from governor.ports import Reply
from governor.services.commands import Caller, Command
from governor.store import members
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import phrase

CONSOLE = "console"
"""The platform of the chat in the terminal, on which an account is its member's handle."""

LONGEST_NAME = 120
"""The longest name of a person or an organisation, in characters."""

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that turn the direction of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolMember:
    """Put a person on the roll."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is needed to begin: the organisation's name, zone (IANA), language (ISO 639-1), and its first secretary.

    ``account`` is the secretary's on ``platform``.
    """

    name: str
    zone: str
    language: str
    secretary: str
    email: str | None
    platform: str
    account: str


def found(founding: Founding, work: UnitOfWork) -> None:
    """Found the organisation and enrol its first secretary.

    Raises:
        OutOfOrder: a name is empty or too long.
        Refused: the address is none.
    """
    name, secretary = _name(founding.name), _name(founding.secretary)
    email = None if founding.email is None else address(founding.email)
    work.record(OrganisationFounded(name=Text(name), zone=founding.zone, language=founding.language), by=None)
    member, number = _enrol(secretary, handle_for(secretary, ()), email, work, None)
    work.record(
        AccountLinked(member=member, number=number, platform=founding.platform, account=Personal(founding.account)),
        by=None,
    )
    work.record(OfficeGiven(member=member, number=number, office=Office.SECRETARY), by=None)


def enrol(request: EnrolMember, caller: Caller, work: UnitOfWork) -> Reply:
    """Put a person on the roll, with an account of their handle on the caller's platform where that is a console.

    Raises:
        OutOfOrder: the name is empty or too long, or the name or the address is on the roll already, or there are
            two addresses.
        Refused: the address is none.
    """
    _refuse_address_in(request.name, request.email)
    email = None if request.email is None else address(request.email)
    name, taken = _name(request.name), {member.handle for member in caller.roster}
    for member in caller.roster:
        if member.name.casefold() == name.casefold():
            raise OutOfOrder("member-already", name=member.name, number=member.number)
        if email is not None and member.email is not None and member.email.casefold() == email.casefold():
            raise OutOfOrder("email-taken", name=member.name, email=email)
    handle = handle_for(name, taken)
    enrolled, number = _enrol(name, handle, email, work, caller.member.id)
    linked = AccountLinked(member=enrolled, number=number, platform=CONSOLE, account=Personal(handle))
    work.record(linked, by=caller.member.id)
    key = "member-enrolled" if email else "member-enrolled-without-email"
    line = phrase(key, name=name, handle=handle, email=email, number=number)
    return Reply(language=caller.language, lines=(line,))


def _refuse_address_in(name: str, email: str | None) -> None:
    for word in name.split():
        if "@" in word:
            other = address(word.strip("<>(),.;:"))
            raise OutOfOrder("email-in-name", email=email or other, other=other)


def _enrol(name: str, handle: str, email: str | None, work: UnitOfWork, by: MemberId | None) -> tuple[MemberId, int]:
    member, number = work.new_member(), members.next_number(work.connection)
    event = MemberEnrolled(
        member=member,
        number=number,
        name=Personal(name),
        handle=Personal(handle),
        email=None if email is None else Personal(email),
    )
    work.record(event, by=by)
    return member, number


def handle_for(name: str, taken: Collection[str]) -> str:
    """Return what others write after ``@`` for *name*: the first word, else more of the name, else with a number."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    words = [word for part in letters.split() if (word := re.sub(r"[^\w-]|^[_-]+|[_-]+$", "", part))] or ["anggota"]
    for length in range(1, len(words) + 1):
        handle = ".".join(words[:length])
        if handle not in taken:
            return handle
    count = 2
    while (handle := f"{'.'.join(words)}.{count}") in taken:
        count += 1
    return handle


def _name(said: str) -> str:
    """Return the name that was *said*, composed (NFC), on one line, without control characters and turning marks.

    Raises:
        OutOfOrder: it is empty or too long.
    """
    name = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", said)).split())
    if not name:
        raise OutOfOrder("name-empty")
    if len(name) > LONGEST_NAME:
        raise OutOfOrder("name-too-long", limit=LONGEST_NAME)
    return name


COMMANDS = (
    Command(name="member add", request=EnrolMember, permission=Permission.MEMBER_ENROL, handle=enrol, act=Act.ENROL),
)
