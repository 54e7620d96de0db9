"""Who holds which office since when, and may it be given or ended?"""

from collections.abc import Collection
from datetime import datetime

from governor.domain.events import OfficeEnded, OfficeGiven
from governor.domain.members import Member, MemberId, Office
from governor.errors import OutOfOrder
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """An ``office`` of the member of that ``number``, from ``since`` until just before ``until`` (aware).

    ``decision`` is the number of the decision by which it was given, where one was named. Without ``until`` it is held
    still.
    """

    number: int
    office: Office
    since: datetime
    until: datetime | None
    decision: str | None


def give_office(member: Member, office: Office, *, decision: str | None) -> OfficeGiven:
    """Return the event by which *member* holds *office*.

    Raises:
        OutOfOrder: they hold it already.
    """
    if office in member.offices:
        raise OutOfOrder("office-held", name=member.name)
    return OfficeGiven(member=member.id, number=member.number, office=office, decision=decision)


def end_office(
    member: Member, office: Office, *, secretaries: Collection[MemberId], decision: str | None
) -> OfficeEnded:
    """Return the event by which *member* holds *office* no more; *secretaries* are those who can act.

    Raises:
        OutOfOrder: they do not hold it, or nobody would be left to keep the roll.
    """
    if office not in member.offices:
        raise OutOfOrder("office-not-held", name=member.name)
    if office is Office.SECRETARY and not set(secretaries) - {member.id}:
        raise OutOfOrder("office-last-secretary", name=member.name)
    return OfficeEnded(member=member.id, number=member.number, office=office, decision=decision)
