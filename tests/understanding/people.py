"""The members and the moment that the tests of this room speak of."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from governor.domain.members import MemberId, Office
from governor.understanding.read import Context, Person

JAKARTA = ZoneInfo("Asia/Jakarta")
AT = datetime(2026, 11, 24, 10, 0, tzinfo=JAKARTA)  # a Tuesday
BUDI, SARI, ANDI = MemberId("m1"), MemberId("m2"), MemberId("m3")
ROSTER = (
    Person(member=BUDI, name="Budi Santoso", handle="budi", offices=frozenset({Office.CHAIR, Office.BOARD})),
    Person(member=SARI, name="Sari Dewi", handle="sari", offices=frozenset({Office.TREASURER, Office.BOARD})),
    Person(member=ANDI, name="Andi Wijaya", handle="andi", offices=frozenset()),
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
