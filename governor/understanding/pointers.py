"""Which day and time are said of the meeting that is meant, and not of what is asked or told beside it?"""

from collections.abc import Callable, Iterator, Sequence

from governor.understanding.asking import BECAUSE
from governor.understanding.changes import TO, closes_only, is_moved_range, target_of
from governor.understanding.days import ONE
from governor.understanding.findings import (
    Clock,
    Day,
    Finding,
    How,
    Instant,
    Interval,
    Length,
    Over,
    Part,
    Prayer,
    Repeat,
    Stretch,
    Unclear,
    Zone,
)
from governor.understanding.heads import AGO, LATELY, MOST_NAMING, SMALL
from governor.understanding.pointing import Pointer
from governor.understanding.reading import Act, Found
from governor.understanding.requests import Request
from governor.understanding.sentences import Text
from governor.understanding.tokens import Shape

TIMES = (Day, Clock, Interval, Stretch, Part, Prayer, Instant, Repeat, Over, Unclear, Zone)
DAYS = (Day, Instant, Repeat, Stretch, Unclear)
UNTOLD = frozenset({"now", "bound", "soon", "denied", "aside"})
MARKS = frozenset({",", ".", ";", "!", "(", "-", "–", "—"})
AND = frozenset({"dan", "and", "atau", "or"})
STOPS = BECAUSE | AND | {"lalu", "terus", "tapi", "tetapi", "supaya", "agar", "but", "so", "since", "as", "then"}
UNTIL = frozenset({"sampai", "hingga", "sejak", "mulai", "until", "till", "since"})
WHOLE = frozenset({"change-access", "change-place", "change-remove", "change-add"})
"""The changes that take no time: one that is said is that of the meeting."""


def pointers_in(request: Request, agenda: Found | None = None) -> tuple[Pointer, ...]:
    """Return what *request* says of the time of the meeting that it is about; *agenda* is what it puts on the agenda,
    in which no time is that of the meeting.
    """
    text, choose = request.text, _CHOOSE.get(request.asked.act)
    if choose is None:
        return ()
    found = [finding for finding in choose(request) if _is_told(text, finding)]
    if agenda is not None and agenda.span is not None:
        start, end = agenda.span
        found = [f for f in found if not start <= text.tokens[f.start].start < end]
    found = list(_without_moment(text, found))
    if all(isinstance(finding.value, Zone) for finding in found):
        return ()
    return tuple(Pointer(value=finding.value, words=text.said(finding.start, finding.end)) for finding in found)


def _is_told(text: Text, finding: Finding) -> bool:
    value = finding.value
    if not isinstance(value, TIMES) or finding.rule in UNTOLD:
        return False
    if isinstance(value, Day) and "near" in value.assumed:
        return False
    return not _is_reason(text, finding.start)


def _is_reason(text: Text, place: int) -> bool:
    """Say whether what stands at *place* tells why, or until when: *karena besok libur*."""
    if place and text.lowers[place - 1] in UNTIL:
        return True
    for i in range(place - 1, -1, -1):
        if _is_mark(text, i):
            return False
        if text.lowers[i] in BECAUSE:
            return True
    return False


def _is_mark(text: Text, i: int) -> bool:
    """Say whether token *i* parts what stands around it: the dash of *2026-001* does not."""
    is_apart = i == 0 or text.tokens[i].start > text.tokens[i - 1].end
    return text.lowers[i] in MARKS and (is_apart or text.lowers[i] != "-")


def _without_moment(text: Text, found: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out the day on which something is asked where that of the meeting is told too: *hari ini batalkan rapat
    lusa*.
    """
    is_told = any(isinstance(f.value, DAYS) and 0 <= text.noun < f.start for f in found)
    for finding in found:
        before = isinstance(finding.value, DAYS) and finding.end < text.noun
        if not (is_told and before and not _is_before_meeting(text, finding)):
            yield finding


def _cancelled(request: Request) -> list[Finding]:
    """Return the times of the clause that cancels."""
    text = request.text
    stop = _stop(text, max(request.asked.end, text.noun + 1), STOPS)
    return [finding for finding in text.times if finding.start < stop]


def _answered(request: Request) -> list[Finding]:
    """Return the times of an answer: the day on which somebody comes, and the hour of a meeting that is named."""
    text, asked = request.text, request.asked
    stop = _stop(text, asked.end, STOPS | frozenset(text.grammar.reasons))
    first = _opening(text, asked.start)
    kept = [f for f in text.times if isinstance(f.value, DAYS) and first <= f.start < stop]
    places = {f.start for f in kept} | {f.end for f in kept}
    late = asked.manner.startswith("LATE")
    for finding in text.times:
        if finding in kept or not first <= finding.start < stop:
            continue
        today = isinstance(finding.value, Part) and (finding.value.today or finding.start in places)
        if today or (not late and _is_of_meeting(text, finding)):
            kept.append(finding)
    return kept


def _changed(request: Request) -> list[Finding]:
    """Return the times before the word like *to*, *ke* that leads to the new one."""
    text, manner = request.text, request.asked.manner
    target = target_of(request)
    if manner in WHOLE or closes_only(request):
        return [f for f in text.times if _is_of_meeting(text, f)]
    if target is None:
        return [_first(f) for f in text.times if is_moved_range(request, f)]
    before = [f for f in text.times if f.end <= target]
    return [f for f in before if text.noun < 0 or f.start > text.noun or _is_before_meeting(text, f)]


def _first(finding: Finding) -> Finding:
    """Return the day or the hour *from* which something is moved."""
    match finding.value:
        case Interval(start=clock):
            return finding._replace(value=clock)
        case Day() as day:
            return finding._replace(value=day._replace(until=day.first + ONE, how=How.WRITTEN))
    return finding


def _headed(request: Request) -> list[Finding]:
    """Return the times in the words that ask for a record: those name the meeting that it is of."""
    return _held(request, request.asked.start, request.asked.end)


def _asked_for(request: Request) -> list[Finding]:
    return _held(request, 0, len(request.text.tokens))


def _held(request: Request, start: int, end: int) -> list[Finding]:
    """Return the times in the tokens ``[start, end)`` of a meeting that may be over: *3 hari lalu*, *rapat tadi*."""
    text, found = request.text, list[Finding]()
    for finding in text.times:
        if start <= finding.start and finding.end <= end:
            is_ago = isinstance(finding.value, Length) and not AGO.isdisjoint(
                text.lowers[finding.end : finding.end + 2]
            )
            found.append(_ago(request, finding) if is_ago else finding)
    busy = {i for finding in found for i in range(finding.start, finding.end + 2)}
    lately = (i for i in range(start, end) if text.lowers[i] in LATELY and i not in busy)
    return [*found, *(Finding(Over(), i, i + 1, "over") for i in lately)]


def _ago(request: Request, finding: Finding) -> Finding:
    """Return the day that lies the length that was found before the one on which it is said."""
    length = finding.value
    back = length.delta.days + 30 * length.months if isinstance(length, Length) else 0
    day = request.at.date() - back * ONE
    return finding._replace(value=Day(day, day + ONE, How.RELATIVE))


def _on_agenda(request: Request) -> list[Finding]:
    return [finding for finding in request.text.times if _is_of_meeting(request.text, finding)]


_CHOOSE: dict[Act, Callable[[Request], list[Finding]]] = {
    Act.CANCEL: _cancelled,
    Act.CHANGE: _changed,
    Act.REPLY: _answered,
    Act.AGENDA: _on_agenda,
    **dict.fromkeys((Act.NOTE, Act.DECIDE, Act.ACTION, Act.MOVE), _headed),
    **dict.fromkeys((Act.MINUTES, Act.SAVE_MINUTES, Act.ASK_AGENDA, Act.ATTENDANCE), _asked_for),
}


def _stop(text: Text, start: int, words: frozenset[str]) -> int:
    """Return where from *start* on the clause ends: at a mark or one of *words*, unless only a time follows."""
    begins = {finding.start for finding in text.times}
    for i in range(start, len(text.tokens)):
        if any(finding.start <= i < finding.end for finding in text.times):
            continue
        is_joined = text.lowers[i] in AND and i + 1 in begins
        ends = text.lowers[i] in words or _is_mark(text, i)
        if ends and not is_joined and not _only_times(text, i, len(text.tokens)):
            return i
    return len(text.tokens)


def _opening(text: Text, place: int) -> int:
    """Return where the clause begins that *place* stands in: behind a mark, unless only a time stands before that."""
    for i in range(place - 1, -1, -1):
        inside = any(finding.start <= i < finding.end for finding in text.times)
        if _is_mark(text, i) and not inside and not _only_times(text, 0, i):
            return i + 1
    return 0


def _only_times(text: Text, start: int, end: int) -> bool:
    """Say whether nothing but times and small words stand in the tokens ``[start, end)``."""
    busy = {i for finding in text.times for i in range(finding.start, finding.end)}
    known = SMALL | MARKS | text.grammar.meetings
    return all(i in busy or text.lowers[i] in known for i in range(start, end))


def _is_of_meeting(text: Text, finding: Finding) -> bool:
    """Say whether *finding* stands by a word for a meeting: *rapat pengurus lusa*, *Friday's meeting*."""
    return _is_before_meeting(text, finding) or _is_behind_meeting(text, finding)


def _is_before_meeting(text: Text, finding: Finding) -> bool:
    end = finding.end
    while end < len(text.lowers) and (text.lowers[end] in SMALL or _begins_time(text, end)):
        end += 1
    return end < len(text.lowers) and text.lowers[end] in text.grammar.meetings


def _begins_time(text: Text, place: int) -> bool:
    return any(finding.start <= place < finding.end for finding in text.times)


def _is_behind_meeting(text: Text, finding: Finding) -> bool:
    named = 0
    for i in range(finding.start - 1, -1, -1):
        if text.lowers[i] in text.grammar.meetings:
            return True
        if _begins_time(text, i) or text.lowers[i] in SMALL:
            continue
        named += 1
        is_word = text.tokens[i].shape in {Shape.WORD, Shape.NUMBER} or text.lowers[i] == "-"
        if named > MOST_NAMING or not is_word or text.lowers[i] in TO:
            return False
    return False
