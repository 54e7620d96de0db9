"""The members and the moment that the tests of this room speak of."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from governor.domain.members import Member, MemberId, Office
from governor.understanding.read import Context

JAKARTA = ZoneInfo("Asia/Jakarta")
AT = datetime(2026, 11, 24, 10, 0, tzinfo=JAKARTA)  # a Tuesday
BUDI, SARI, ANDI = MemberId("m1"), MemberId("m2"), MemberId("m3")


def member(member: MemberId, name: str, handle: str, *offices: Office) -> Member:
    return Member(id=member, number=1, name=name, handle=handle, email=None, offices=frozenset(offices))


ROSTER = (
    member(BUDI, "Budi Santoso", "budi", Office.CHAIR, Office.BOARD),
    member(SARI, "Sari Dewi", "sari", Office.TREASURER, Office.BOARD),
    member(ANDI, "Andi Wijaya", "andi"),
)
CONTEXT = Context(at=AT, zone="Asia/Jakarta", language="id", roster=ROSTER)
MEETING = Context(
    at=AT,
    zone="Asia/Jakarta",
    language="id",
    roster=ROSTER,
    dtstart=datetime(2026, 12, 3, 19, 0, tzinfo=JAKARTA),
    duration=timedelta(minutes=90),
)
