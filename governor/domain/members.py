"""Who belongs to the organisation, and which offices do they hold?"""

from collections.abc import Collection
from enum import StrEnum
from typing import NewType

from governor.domain.languages import Language
from governor.values import dataclass

MemberId = NewType("MemberId", str)
"""The identifier of a member inside the database, such as ``m7``. Never written into the ledger."""


class Office(StrEnum):
    """An office of the organisation; permissions are granted to offices (``domain.permissions``)."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    BOARD = "board"


class Route(StrEnum):
    """The one way by which a member is invited. A recorded name."""

    GOOGLE = "google"
    CALDAV = "caldav"
    MAIL = "mail"
    CHAT = "chat"


def erased_name(number: int) -> str:
    """Return what the member of that *number* is called once their data is erased: ``#0217``."""
    return f"#{number:04d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person on the roll.

    ``number`` counts from 1 in order of enrolment and is never reused. ``handle`` is what others write after ``@``:
    lower case, unique in the organisation. ``email`` is the address that counts, absent for a person who is reached in
    the chat only; ``unconfirmed`` is one that they gave and have not confirmed (``confirming``). ``route`` is the way
    that was chosen for them, and ``language`` what they are spoken to in, if any was.
    """

    id: MemberId
    number: int
    name: str
    handle: str
    email: str | None
    unconfirmed: str | None = None
    offices: frozenset[Office] = frozenset()
    route: Route | None = None
    language: Language | None = None

    @property
    def is_erased(self) -> bool:
        """Return whether their data was erased: they have a number, and no name; they can be asked to nothing."""
        return self.handle == erased_name(self.number)


def route_of(member: Member, open_ways: Collection[str]) -> Route:
    """Return by which way *member* is invited to a new meeting: as chosen, else the first of *open_ways* (in order).

    Without an address there is only the chat; a chosen way that is not open leaves the others.
    """
    if member.email is None:
        return Route.CHAT
    if member.route is Route.CHAT or (member.route is not None and member.route.value in open_ways):
        return member.route
    return next((route for name in open_ways for route in Route if route.value == name), Route.CHAT)


def next_route(member: Member, open_ways: Collection[str]) -> Route:
    """Return the way after that of *member*, of those that there are for them, and the first after the last."""
    ways = [*(Route(name) for name in open_ways if name in set(Route) and member.email is not None), Route.CHAT]
    return ways[(ways.index(route_of(member, open_ways)) + 1) % len(ways)]
