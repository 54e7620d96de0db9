"""Which values does a request carry?"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from governor.errors import NotUnderstood
from governor.understanding.addressed import met_at, spoken_to
from governor.understanding.asking import Asked
from governor.understanding.findings import Finding, How
from governor.understanding.moments import USUAL_LENGTH
from governor.understanding.names import beside_names
from governor.understanding.people import People
from governor.understanding.pieces import When
from governor.understanding.publicity import closed_in
from governor.understanding.reading import Act, Found, Reading
from governor.understanding.sentences import Text
from governor.understanding.shifts import around, is_skipped, is_told_twice, skips_once
from governor.understanding.slots import read_slots
from governor.understanding.spots import Slots, is_loose
from governor.understanding.titles import title_of
from governor.understanding.tokens import Shape
from governor.values import dataclass

HARMLESS = frozenset({"year", "month", "weekly", "instant", "never-held"})
UNTOLD = frozenset({"bound", "soon"})
LONG = frozenset({How.WEEK, How.WEEKEND, How.MONTH, How.YEAR, How.EDGE})
ORDERLY = timedelta(hours=16)
THIRD_OF_MONTH = timedelta(days=10)
MOST_OTHERS = 3
WEEK = timedelta(days=7)
SCHEDULE_RULES = {"week": "same-weekday-next-week"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: its text, the act it asks for, and what is known around it; ``agenda`` asks for an item of the
    meeting that it calls.
    """

    text: Text
    asked: Asked
    people: People
    zone: str
    dtstart: datetime | None
    duration: timedelta | None
    when: When
    agenda: "Request | None" = None

    @property
    def at(self) -> datetime:
        """Return the moment it was said."""
        return self.text.line.at


@dataclasses.dataclass(slots=True)
class Draft:
    """A reading while it is being put together."""

    said: dict[str, Found]
    implied: dict[str, Found]
    missing: list[str]
    others: list[dict[str, Found]]

    @classmethod
    def empty(cls) -> "Draft":
        """Return a draft of nothing."""
        return cls({}, {}, [], [])


def finished(request: Request, draft: Draft, act: Act | None = None) -> Reading:
    """Return the reading of *draft*, with one alternative for each other way to take it."""
    reading = Reading(
        text=request.text.text,
        act=act or request.asked.act,
        language=request.text.language.code,
        said=draft.said,
        implied=draft.implied,
        missing=tuple(draft.missing),
        alternatives=(),
    )
    others = tuple(
        replace(
            reading,
            said={**_without(draft.said, other), **other},
            implied=_without(draft.implied, other),
            missing=_resolved(draft.missing),
        )
        for other in draft.others[:MOST_OTHERS]
    )
    return replace(reading, alternatives=others) if others else reading


def _without(found: Mapping[str, Found], other: Mapping[str, Found]) -> dict[str, Found]:
    return {name: value for name, value in found.items() if name not in other}


def _resolved(missing: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in missing if name not in {"dtstart-past", "dtstart-gap"})


def span_of(request: Request, when: When) -> tuple[int, int] | None:
    """Return the characters from the first to the last word that tell the time; None when they lie far apart."""
    spans = sorted(request.text.chars(finding) for finding in when.used)
    return (spans[0][0], max(end for _, end in spans)) if spans else None


def add_times(request: Request, draft: Draft, when: When, *, calls: bool) -> None:
    """Put the start, length, repeat and zone that *when* tells into *draft*."""
    span = span_of(request, when)
    if when.start is not None:
        _add_start(request, draft, when, span, calls=calls)
    elif calls:
        draft.missing.append("dtstart")
    _add_length(request, draft, when, calls=calls)
    if when.rrule is not None:
        named = _span_by(request, when, "repeat") or _span_by(request, when, "named-frequency") or span
        repeat = Found(value=when.rrule, span=named, rule="repeat")
        if "never-held" in when.assumed:
            draft.implied["rrule"] = replace(repeat, rule="never-held")
        elif "weekly" in when.assumed:
            draft.implied["rrule"] = repeat
            draft.missing.append("rrule")
        else:
            draft.said["rrule"] = repeat
    if when.exdates:
        draft.said["exdates"] = Found(value=when.exdates, span=span, rule="repeat-except")
    if when.rdates:
        draft.said["rdates"] = Found(value=when.rdates, span=span, rule="repeat-also")
    if when.zone is not None:
        draft.said["zone"] = Found(value=when.zone, span=_span_by(request, when, "zone"), rule="zone")
    elif calls:
        draft.implied["zone"] = Found(value=request.zone, span=None, rule="usual-zone")


def _is_no_day(request: Request, when: When) -> bool:
    """Say whether only a week, month or year is told that has begun (*rapat minggu ini jam 7*), or a day that bounds
    the one that is meant (*sebelum tanggal 10*), or such an hour, or nothing but haste.
    """
    day = when.days
    if when.rrule is None and ("near" in when.assumed or any(finding.rule in UNTOLD for finding in when.used)):
        return True
    long = day is not None and day.how in {How.WEEK, How.MONTH, How.YEAR}
    return long and when.rrule is None and day is not None and day.first <= request.at.date() < day.until


def _span_by(request: Request, when: When, rule: str) -> tuple[int, int] | None:
    for finding in when.used:
        if finding.rule.startswith(rule):
            return request.text.chars(finding)
    return None


def _add_start(request: Request, draft: Draft, when: When, span: tuple[int, int] | None, *, calls: bool) -> None:
    start = when.start
    if start is None:
        return
    if calls and _is_no_day(request, when):
        draft.missing.append("dtstart")
        return
    doubts = [rule for rule in when.assumed if rule not in HARMLESS]
    rule = _doubt(doubts, when) if doubts else (when.used[0].rule if when.used else "clock")
    if calls and start < request.at and when.rrule is None:
        later = _next_like(start, request.at, when)
        draft.implied["dtstart"] = Found(value=later, span=span, rule="nearest-future")
        draft.missing.append("dtstart-past")
        draft.others.append({"dtstart": Found(value=later, span=span, rule="nearest-future")})
        return
    target = draft.implied if doubts else draft.said
    target["dtstart"] = Found(value=start, span=span, rule=rule)
    for other in when.others:
        if other != start:
            draft.others.append({"dtstart": Found(value=other, span=span, rule=f"other-{rule}")})
    _tell_shift(draft, start, span, repeats=when.rrule is not None)


def _doubt(doubts: Sequence[str], when: When) -> str:
    """Return the first of the *doubts*; that of the hour and that of the day are told together."""
    if "hour" in doubts and ("day" in doubts or (when.days is not None and when.days.how in LONG)):
        return "day-and-hour"
    return SCHEDULE_RULES.get(doubts[0], doubts[0])


def _tell_shift(draft: Draft, start: datetime, span: tuple[int, int] | None, *, repeats: bool) -> None:
    """Mark a start that the clocks of its zone skip, or show twice, and offer what else is meant."""
    found = draft.said.get("dtstart") or draft.implied["dtstart"]
    if is_skipped(start):
        draft.missing.append("dtstart-gap")
        draft.others += [{"dtstart": Found(value=other, span=span, rule="other-gap")} for other in around(start)]
    elif is_told_twice(start):
        draft.others.append({"dtstart": Found(value=start.replace(fold=1 - start.fold), span=span, rule="other-fold")})
        draft.said.pop("dtstart", None)
        draft.implied["dtstart"] = replace(found, rule="fold")
    elif repeats and skips_once(start):
        draft.said.pop("dtstart", None)
        draft.implied["dtstart"] = replace(found, rule="skips-once")


def _next_like(start: datetime, at: datetime, when: When) -> datetime:
    """Return the first moment from *at* on that has the same clock, and the same day and month where these were
    written, or the same day of the next month for a part of this one that is over (*awal bulan*).
    """
    if when.days is not None and when.days.how == "written" and start.date() < at.date():
        for year in range(at.year, at.year + 9):
            try:
                later = start.replace(year=year)
            except ValueError:
                continue
            if later >= at:
                return later
    if when.days is not None and when.days.how is How.MONTH_DAY and when.days.number:
        return _same_of_month(start, at, when.days.number)
    if when.days is not None and when.days.how in {How.WEEKDAY, How.NEXT_WEEKDAY}:
        while start < at:
            start += WEEK
        return start
    if when.days is not None and when.days.how is How.EDGE and when.days.until - when.days.first == THIRD_OF_MONTH:
        month = at.replace(day=1) + timedelta(days=32)
        return start.replace(year=month.year, month=month.month)
    later = start.replace(year=at.year, month=at.month, day=at.day)
    return later if later >= at else later + timedelta(days=1)


def _same_of_month(start: datetime, at: datetime, number: int) -> datetime:
    """Return the next day of that *number* in its month, after the day of *at*."""
    day = at
    while True:
        day += timedelta(days=1)
        if day.day == number:
            return start.replace(year=day.year, month=day.month, day=day.day)


def _add_length(request: Request, draft: Draft, when: When, *, calls: bool) -> None:
    if when.length is not None:
        rule = "range" if any(finding.rule == "range" for finding in when.used) else "length"
        if (rule == "range" and when.length > ORDERLY) or not when.length:
            raise NotUnderstood("end-before-start")
        rule = "all-day" if when.all_day else rule
        draft.said["duration"] = Found(value=when.length, span=_span_by(request, when, rule), rule=rule)
    elif calls:
        draft.implied["duration"] = Found(
            value=USUAL_LENGTH, span=None, rule="open-end" if when.open_end else "usual-length"
        )


def add_slots(draft: Draft, slots: Slots) -> None:
    """Put place, link, people and agenda into *draft*; unknown people are missing."""
    for name, value in (("location", slots.location), ("conference", slots.conference), ("agenda", slots.agenda)):
        if value is not None:
            draft.said[name] = Found(value=value[0], span=value[1], rule=name)
    if slots.attendees:
        draft.said["attendees"] = Found(value=tuple(slots.attendees), span=slots.attendees_span, rule="attendees")
        draft.missing += [
            f"attendees:{party.said}" for party in slots.attendees if party.member is None and party.email is None
        ]


def add_class(request: Request, draft: Draft) -> None:
    """Put into *draft* whether the meeting is closed to the public, if that is said."""
    closed = closed_in(request.text.text)
    if closed is not None:
        draft.said["closed"] = closed


def build_call(request: Request) -> Reading:
    """Return the call of a meeting."""
    draft = Draft.empty()
    text, asked = request.text, request.asked
    start = asked.start if asked.manner in {"meeting", "event", "somewhere", "announced"} else asked.end
    if asked.manner == "call" and _opens_with_name(text, asked):
        start -= 1  # kita rapat panitia
    times = beside_names(text, used_times(request))
    met = met_at(text, request.people, start)
    invites = met is not None or asked.manner in {"call-invite", "change-add"}
    slots = read_slots(text, request.people, start if met is None else met, times, invites=invites)
    if start == 0 and asked.manner in {"somewhere", "announced"}:
        slots.attendees = [*dict.fromkeys((*spoken_to(text, request.people), *slots.attendees))]
    add_times(request, draft, request.when, calls=True)
    if asked.manner == "remind":
        slots = Slots(title=slots.title, left=slots.left)
    add_slots(draft, slots)
    add_class(request, draft)
    title = slots.title or title_of(text, slots.left if asked.manner != "remind" else _all_left(text, start, times))
    if title is not None:
        draft.said["summary"] = Found(value=title[0], span=title[1], rule="title")
    else:
        draft.implied["summary"] = Found(
            value=USUAL_TITLE.get(text.language.code, "Meeting"), span=None, rule="usual-title"
        )
    _doubt_repeat(draft)
    return finished(request, draft, Act.CALL)


def _opens_with_name(text: Text, asked: Asked) -> bool:
    """Say whether the words that ask end in the noun of a name that goes on."""
    if asked.end - asked.start < 2 or asked.end >= len(text.tokens):
        return False
    told = any(finding.start == asked.end for finding in text.times)
    more = text.tokens[asked.end].shape is Shape.WORD and not is_loose(text, asked.end)
    opens = text.grammar.markers.at(text.lowers, asked.end) is not None
    return text.lowers[asked.end - 1] in text.grammar.meetings and more and not told and not opens


UNREAD_REPEAT = frozenset({
    "Tiap", "Setiap", "Saban", "Ganjil", "Genap", "tiap", "setiap", "saban", "ganjil", "genap", "every", "odd",
    "Legi", "Pahing", "Pon", "Wage", "Kliwon",
})  # fmt: skip


def _doubt_repeat(draft: Draft) -> None:
    """Ask for the repeat where words of one were left over for the title: *tiap Senin ganjil*."""
    title = draft.said.get("summary")
    if title is not None and UNREAD_REPEAT & set(str(title.value).split()):
        draft.missing.append("rrule")
        if "rrule" in draft.said:
            draft.implied["rrule"] = draft.said.pop("rrule")


def _all_left(text: Text, start: int, times: Sequence[Finding]) -> list[int]:
    """Return every token from *start* on that tells no time (-1 where one does): what one is to be reminded of."""
    busy = {i for finding in times for i in range(finding.start, finding.end)}
    return [-1 if i in busy else i for i in range(start, len(text.tokens))]


USUAL_TITLE = {"id": "Rapat", "en": "Meeting"}


def used_times(request: Request) -> list[Finding]:
    """Return the findings, counted in tokens, that went into the time of the request."""
    used = set(map(id, request.when.used))
    return [told for told, finding in zip(request.text.times, request.text.found, strict=True) if id(finding) in used]


def bare(request: Request) -> Reading:
    """Return the reading of a request that carries nothing but its act."""
    return finished(request, Draft.empty())


Builder = Callable[[Request], Reading]
