"""What is to be changed about a meeting?"""

from dataclasses import replace
from datetime import date, timedelta

from governor.understanding.findings import Clock, Day, Finding, How, Instant, Interval, Length, Part, Unclear
from governor.understanding.moments import settle
from governor.understanding.neighbours import MOVED
from governor.understanding.pieces import When
from governor.understanding.places import ASKED_FOR
from governor.understanding.publicity import closed_in
from governor.understanding.reading import Act, Found, Reading
from governor.understanding.requests import Draft, Request, add_class, add_slots, add_times, finished
from governor.understanding.sentences import prepare
from governor.understanding.slots import read_slots
from governor.understanding.spots import busy_of, until
from governor.understanding.titles import title_of, titled
from governor.understanding.tokens import Shape

TO = frozenset({"ke", "jadi", "menjadi", "to", "into", "kepada"})
ONTO = TO | {"for", "untuk", "di", "dalam"}
SOONER = frozenset({"awal", "earlier", "cepat", "sooner", "maju", "forward", "up"})
BACK = frozenset({"later", "lambat", "mundur", "back"})
MOVING = frozenset({"change-later", "change-earlier", "change-shift"})
BY_LENGTH = MOVING | {"change-longer", "change-shorter"}
PARTED = frozenset({"change", "change-later", "change-earlier", "change-shift"})
ONE = timedelta(days=1)


def build_change(request: Request) -> Reading:
    """Return the change of a meeting: its title, place, length, people, or its time."""
    draft = Draft.empty()
    manner = request.asked.manner
    if manner == "change-title":
        _add_title(request, draft)
        return finished(request, draft, Act.CHANGE)
    if manner == "change-access":
        add_class(request, draft)
        return finished(request, draft, Act.CHANGE)
    if manner == "change-place":
        _add_place(request, draft, request.asked.end)
        return finished(request, draft, Act.CHANGE)
    if request.dtstart is not None:
        request = _around(request)
    target = target_of(request)
    when = _when(request, target)
    slots = read_slots(
        request.text,
        request.people,
        request.asked.end,
        request.text.times,
        invites=manner in {"change-add", "change-remove"},
    )
    adds_to_meeting = manner == "change-add" and _adds_to_meeting(request)
    takes_time = manner != "change-remove" and not adds_to_meeting and not closes_only(request)
    if takes_time and not _add_shift(request, draft, when):
        add_times(request, draft, when, calls=False)
    add_slots(draft, slots)
    add_class(request, draft)
    if target is not None and _may_be_place(request, draft, target):
        _add_place(request, draft, target)
    if slots.title is not None:
        draft.said.pop("location", None)
        draft.said["summary"] = Found(
            value=titled(slots.title[0], request.text.language), span=slots.title[1], rule="title"
        )
    if manner == "change-remove" and "attendees" in draft.said:
        draft.said["removed"] = draft.said.pop("attendees")
    if not (draft.said or draft.implied or draft.missing):
        unclear = any(isinstance(finding.value, Unclear) for finding in request.text.found)
        draft.missing.append("dtstart" if unclear else "change")
    return finished(request, draft, Act.CHANGE)


def _adds_to_meeting(request: Request) -> bool:
    """Say whether the time is that of the meeting to which somebody is added: *undang juga @budi ke rapat lusa*."""
    lowers, meetings = request.text.lowers, request.text.grammar.meetings
    return any(word in ONTO and not meetings.isdisjoint(lowers[i + 1 : i + 3]) for i, word in enumerate(lowers))


def closes_only(request: Request) -> bool:
    """Say whether nothing but who may know of it is changed: *the meeting on Friday is now closed*."""
    return request.asked.manner == "change" and target_of(request) is None and closed_in(request.text.text) is not None


def _may_be_place(request: Request, draft: Draft, target: int) -> bool:
    """Say whether what stands after *to* is a place: no time, no person, and no place said already."""
    if "location" in draft.said or request.asked.manner in {"change-add", "change-remove"}:
        return False
    closed = draft.said.get("closed")
    if (
        closed is not None
        and closed.span is not None
        and closed.span[0] <= request.text.tokens[target].start < closed.span[1]
    ):
        return False
    return not any(finding.start <= target < finding.end for finding in request.text.times)


def _around(request: Request) -> Request:
    """Return *request* read again around the meeting spoken of: a bare weekday is the first such day after it."""
    assert request.dtstart is not None  # noqa: S101  # the caller has looked
    after = None if request.asked.manner == "change-earlier" else request.dtstart.astimezone(request.at.tzinfo)
    text = prepare(request.text.text, request.at, request.text.language.code, after)
    return replace(request, text=text)


def target_of(request: Request) -> int | None:
    """Return the place after the last word like *ke*, *jadi*, *to* behind the verb, or that of the length by which a
    meeting is moved, lengthened or shortened whose day is told: *majukan rapat besok 30 menit*; or None.
    """
    lowers = request.text.lowers
    for i in range(len(lowers) - 1, request.asked.end - 1, -1):
        if lowers[i] in TO and i + 1 < len(lowers) and not _inside_time(request, i):
            return i + 1
    if (length := _length_after_day(request)) is not None:
        return length
    verb = request.asked.end
    told = [f for f in request.text.times if f.rule != "now"]
    across = [f for f in told if f.start < verb < f.end and any(other.end <= f.start for other in told)]
    if across and request.asked.manner in PARTED:
        return across[0].start  # rapat lusa jam 3 jadi jam 4
    parted = all(not f.start < verb <= f.end for f in told)
    parted = parted and any(f.start >= verb for f in told) and any(f.end <= verb for f in request.text.times)
    return verb if parted and request.asked.manner in PARTED and 0 < verb < len(lowers) else None


def _length_after_day(request: Request) -> int | None:
    """Return the place of the length in *undur rapat besok 2 jam*, where the day is that of the meeting."""
    times = [finding for finding in request.text.times if finding.start >= request.asked.end]
    if request.asked.manner not in BY_LENGTH or len(times) < 2 or not isinstance(times[-1].value, Length):
        return None
    length, days = times[-1].value, times[:-1]
    is_told = all(isinstance(finding.value, Day) for finding in days) and bool(length) and not length.said_for
    return times[-1].start if is_told else None


def _inside_time(request: Request, i: int) -> bool:
    return any(finding.start < i < finding.end - 1 for finding in request.text.times)


def _when(request: Request, target: int | None) -> When:
    """Return the new time: what is said after *to*, on the old day or at the old hour where one was said."""
    text = request.text
    pairs = list(zip(text.times, text.found, strict=True))
    found = [finding for told, finding in pairs if target is None or told.start >= target or told.end > target]
    before = [finding for told, finding in pairs if target is not None and told.end <= target]
    if not found:
        return settle(
            text.line,
            [] if target is not None and request.dtstart is not None else text.found,
            request.zone,
            request.dtstart,
        )
    found = [_last_of_range(finding) if _is_moved(request, finding) else finding for finding in found]
    base = request.dtstart
    if base is None and before:
        base = settle(text.line, before, request.zone).start
    if base is not None:
        day = base.astimezone(request.at.tzinfo).date()
        move = (
            _before
            if request.asked.manner == "change-earlier"
            else _after
            if request.asked.manner == "change-later"
            else None
        )
        found = [move(finding, day) for finding in found] if move is not None else found
    return settle(text.line, found, request.zone, base)


def is_moved_range(request: Request, finding: Finding) -> bool:
    """Say whether *finding*, taken for a range, is from where and to where something is moved: *from Monday to
    Tuesday*, *dari jam 3 ke jam 5*.
    """
    value = finding.value
    if isinstance(value, Interval):
        words = request.text.lowers[finding.start : finding.end]
        is_moved = request.asked.manner in MOVING and words[0] == "from" and "to" in words
        return is_moved or not MOVED.isdisjoint(words)
    return finding.rule == "day-range" and isinstance(value, Day) and value.how is How.STRETCH


def _is_moved(request: Request, finding: Finding) -> bool:
    pairs = zip(request.text.times, request.text.found, strict=True)
    return any(is_moved_range(request, told) for told, one in pairs if one is finding)


def _last_of_range(finding: Finding) -> Finding:
    """Return the day or the hour to which a meeting moves that is moved *from 3 December to 4 December*."""
    match finding.value:
        case Interval(end=clock):
            return finding._replace(value=clock, rule="clock")
        case Day() as day:
            return finding._replace(value=day._replace(first=day.until - ONE, how=How.WRITTEN))
    return finding


def _after(finding: Finding, day: date) -> Finding:
    """Return a week, or a weekday of it, as the first one that is after *day*: what is put off is never put forward."""
    value = finding.value
    if not isinstance(value, Day) or value.how not in {How.WEEK, How.WEEKDAY, How.NEXT_WEEKDAY}:
        return finding
    if value.how is How.WEEK:
        same = value.first + timedelta(days=day.weekday())
        value = Day(same, same + ONE, How.NEXT_WEEKDAY, assumed=("week",))
    while value.first <= day:
        value = value._replace(first=value.first + 7 * ONE, until=value.until + 7 * ONE)
    return finding._replace(value=value)


def _before(finding: Finding, day: date) -> Finding:
    """Return a bare weekday as the last such day before *day*."""
    value = finding.value
    if isinstance(value, Day) and value.how is How.WEEKDAY and value.weekday is not None:
        back = (day.weekday() - value.weekday - 1) % 7 + 1
        earlier = day - back * ONE
        return finding._replace(value=value._replace(first=earlier, until=earlier + ONE))
    return finding


def _add_shift(request: Request, draft: Draft, when: When) -> bool:
    """Add by how much the meeting moves, or by how much its length changes; False when no length was said for that."""
    manner = request.asked.manner
    lowers = set(request.text.lowers)
    later = [f for f in when.used if isinstance(f.value, Instant) and f.rule == "counted-from-now"]
    if later and lowers & BACK and isinstance(later[0].value, Instant):
        moved = later[0].value.at - request.at
        draft.said["shift"] = Found(value=moved, span=request.text.chars(later[0]), rule="shift")
        return True
    counted = [f for f in when.used if isinstance(f.value, Day) and f.rule == "counted-from-now"]
    if counted and manner == "change-later" and isinstance(counted[0].value, Day) and not lowers & TO:
        moved = counted[0].value.first - request.at.date()
        draft.said["shift"] = Found(value=moved, span=request.text.chars(counted[0]), rule="shift")
        return True
    if when.length is None or any(isinstance(f.value, (Clock, Interval, Day, Part)) for f in when.used):
        return False
    if not when.length:
        draft.missing.append("duration")
        return True
    span = request.text.chars(when.used[0])
    if manner in {"change-longer", "change-shorter"}:
        if request.duration is None and not lowers & TO:
            draft.missing.append("duration")
            return True
        sign = 1 if manner == "change-longer" else -1
        length = when.length
        if request.duration is not None and not lowers & TO:
            length = request.duration + sign * when.length
        draft.said["duration"] = Found(value=max(length, timedelta(minutes=1)), span=span, rule=manner)
        return True
    earlier = manner == "change-earlier" or bool(lowers & SOONER)
    if earlier or manner == "change-later" or lowers & BACK:
        draft.said["shift"] = Found(value=-when.length if earlier else when.length, span=span, rule="shift")
        return True
    if manner == "change-shift" and not lowers & TO:
        draft.implied["shift"] = Found(value=when.length, span=span, rule="shift-later")
        draft.others.append({"shift": Found(value=-when.length, span=span, rule="shift-earlier")})
        return True
    return False


def _skip(request: Request, i: int, words: frozenset[str]) -> int:
    while i < len(request.text.lowers) - 1 and request.text.lowers[i] in words:
        i += 1
    return i


def _add_title(request: Request, draft: Draft) -> None:
    text = request.text
    start = target_of(request) or request.asked.end
    start = _skip(request, start, TO | {":", '"', "'", "rapat itu"})
    title = title_of(text, list(range(start, len(text.tokens))))
    if title is None:
        draft.missing.append("summary")
    else:
        draft.said["summary"] = Found(value=title[0], span=title[1], rule="title")


def _add_place(request: Request, draft: Draft, start: int) -> None:
    text = request.text
    start = _skip(request, target_of(request) or start, TO | text.grammar.loose | {":", "rapat", "itu"})
    busy = busy_of(text, text.times)
    marker = text.grammar.markers.at(text.lowers, start)
    if marker is not None and marker[0] == "noise":
        return
    link = next((token for token in text.tokens[start:] if token.shape is Shape.LINK), None)
    if link is not None:
        draft.said["conference"] = Found(value=link.text, span=(link.start, link.end), rule="conference")
    end = until(text, busy, start) if start < len(text.tokens) else start
    if end > start and text.tokens[start].shape is not Shape.LINK and text.lowers[start] not in ASKED_FOR:
        draft.said["location"] = Found(value=text.said(start, end), span=text.span(start, end), rule="location")
    elif "conference" not in draft.said:
        draft.missing.append("location")
