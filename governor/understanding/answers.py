"""What was answered, and what is asked for?"""

from datetime import date, datetime, timedelta, tzinfo

from governor.domain.partstats import PartStat
from governor.understanding.findings import Clock, Day, How, Length, Part
from governor.understanding.moments import zone_of
from governor.understanding.people import first_named
from governor.understanding.reading import Act, Found, Period, Reading
from governor.understanding.requests import Draft, Request, finished
from governor.understanding.sentences import Text
from governor.understanding.slots import read_slots

ANSWERS = {
    "ACCEPTED": PartStat.ACCEPTED, "ACCEPTED-ALONE": PartStat.ACCEPTED, "DECLINED": PartStat.DECLINED,
    "DECLINED-ALONE": PartStat.DECLINED, "TENTATIVE": PartStat.TENTATIVE,
    "LATE": PartStat.ACCEPTED, "LATE?": PartStat.ACCEPTED, "PROXY": PartStat.DECLINED,
    "PROXY-BEFORE": PartStat.DECLINED,
}  # fmt: skip


def build_reply(request: Request) -> Reading:
    """Return an answer to an invitation; *late* tells by how much, *proxy* who comes instead."""
    draft = Draft.empty()
    asked, text = request.asked, request.text
    draft.said["partstat"] = Found(
        value=ANSWERS[asked.manner],
        span=text.span(asked.start, asked.end),
        rule=f"reply-{asked.manner.lower().rstrip('?')}",
    )
    for told in text.times:
        if asked.manner.startswith("LATE") and isinstance(told.value, Length):
            draft.said["late"] = Found(value=told.value.delta, span=text.span(told.start, told.end), rule="late")
    _add_proxy(request, draft)
    return finished(request, draft, Act.REPLY)


def _add_proxy(request: Request, draft: Draft) -> None:
    """Add who comes instead: *diwakili @sari*, *@andi will represent me*."""
    text = request.text
    for i in range(len(text.tokens)):
        reply = text.grammar.replies.at(text.lowers, i)
        if reply is None or not reply[0].startswith("PROXY"):
            continue
        start = reply[1] if reply[0] == "PROXY" else _name_before(text, i)
        parties, end = first_named(request.people, text.tokens, start)
        if parties:
            draft.said["proxy"] = Found(value=parties[0], span=text.span(start, end), rule="proxy")
            return


def _name_before(text: Text, i: int) -> int:
    """Return where the name ends that stands before token *i*: *Andi Wijaya will stand in for me*."""
    start = max(i - 1, 0)
    while start and text.tokens[start - 1].text[:1].isupper() and text.lowers[start - 1] not in text.grammar.fillers:
        start -= 1
    return start


def build_question(request: Request) -> Reading:
    """Return a question about decisions or meetings, with the period asked about and the words searched for."""
    draft = Draft.empty()
    period = _period(request)
    if period is not None:
        draft.said["period"] = period
    slots = read_slots(request.text, request.people, request.asked.end, request.text.times)
    if slots.agenda is not None:
        draft.said["text"] = Found(value=slots.agenda[0], span=slots.agenda[1], rule="text")
    return finished(request, draft)


SINCE = frozenset({"since", "sejak", "mulai", "terhitung"})


def _period(request: Request) -> Found | None:
    where = zone_of(request.zone)
    days = [(told, told.value) for told in request.text.times if isinstance(told.value, Day)]
    today = request.at.date()
    if not days:
        tonight = [told for told in request.text.times if isinstance(told.value, (Part, Clock)) and told.value.today]
        days = [(told, Day(today, today + timedelta(days=1), How.RELATIVE)) for told in tonight]
    if not days:
        return None
    told, day = days[0]
    first, until = _whole(day, request.at.date()) if request.asked.act is Act.ASK_DECISIONS else (day.first, day.until)
    if told.start and request.text.lowers[told.start - 1] in SINCE and until <= today:
        until = today + timedelta(days=1)
    span = request.text.span(told.start, told.end)
    return Found(
        value=Period(since=_midnight(first, where), until=_midnight(until, where)), span=span, rule=f"period-{day.how}"
    )


def _whole(day: Day, today: date) -> tuple[date, date]:
    """Return the stretch of *day* as one looks back on it: a month or weekday to come, meant of the past, is the last
    one.
    """
    if (
        day.how in {How.MONTH, How.STRETCH, How.WRITTEN}
        and day.first > today
        and (day.how is How.MONTH or "year" in day.assumed)
    ):
        return _year_before(day.first), _year_before(day.until)
    if day.how is How.WEEKDAY and day.first > today:
        return day.first - timedelta(days=7), day.until - timedelta(days=7)
    return day.first, day.until


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _midnight(day: date, where: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=where)
