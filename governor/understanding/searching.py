"""For what is a time looked for? *cari waktu untuk rapat pengurus minggu depan*"""

from datetime import date, datetime, time, tzinfo

from governor.understanding.moments import zone_of
from governor.understanding.people import first_named
from governor.understanding.reading import Act, Found, Party, Period, Reading
from governor.understanding.requests import Draft, Request, add_slots, finished
from governor.understanding.slots import read_slots
from governor.understanding.titles import title_of


def build_search(request: Request) -> Reading:
    """Return what is to be held, with whom, in which ``period``, how long; ``clock``: at which time of day.

    Where nobody is named, a group that the title names is implied: *rapat pengurus*.
    """
    draft = Draft.empty()
    text, when = request.text, request.when
    slots = read_slots(text, request.people, request.asked.end, text.times)
    add_slots(draft, slots)
    title = slots.title or title_of(text, slots.left)
    if title is not None:
        draft.said["summary"] = Found(value=title[0], span=title[1], rule="title")
    if when.days is not None:
        where = zone_of(request.zone)
        period = Period(since=_midnight(when.days.first, where), until=_midnight(when.days.until, where))
        draft.said["period"] = Found(value=period, span=None, rule=f"period-{when.days.how}")
    if when.clock is not None:
        clock = time(when.clock.hour % 24, when.clock.minute)
        draft.said["clock"] = Found(value=clock, span=None, rule=when.clock.rule)
    if when.length is not None:
        draft.said["duration"] = Found(value=when.length, span=None, rule="length")
    group = () if slots.attendees else _group(request)
    if group:
        draft.implied["attendees"] = Found(value=group, span=None, rule="group-of-title")
    return finished(request, draft, Act.FIND_TIME)


def _group(request: Request) -> tuple[Party, ...]:
    """Return the members of the first group that is named."""
    text = request.text
    for i in range(request.asked.end, len(text.tokens)):
        if text.grammar.groups.at(text.lowers, i) is not None:
            parties, _ = first_named(request.people, text.tokens, i)
            return tuple(party for party in parties if party.member is not None)
    return ()


def _midnight(day: date, where: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=where)
