"""How does a reading look to a program?

One answer per text, made of strings, numbers and lists only, for ``governor read --jsonl``. Texts that ask for
nothing are
answered too: with the time that they tell.
"""

from governor.errors import NotUnderstood
from governor.understanding.findings import How
from governor.understanding.moments import settle
from governor.understanding.naming import CHANGING, meeting_named
from governor.understanding.pieces import When
from governor.understanding.read import Context, looking, prepared, reading_of, requests_of
from governor.understanding.reading import Act, Reading
from governor.understanding.requests import Request
from governor.understanding.sentences import Text

Plain = str | float | list[str] | None
Answer = dict[str, Plain]
FIELDS = ("start", "end", "duration_s", "rrule", "title", "location", "attendees", "act", "language")


def answer(text: str, context: Context) -> Answer:
    """Return what is understood of *text*: ISO 8601 moments, seconds, an RFC 5545 rule, words; None where nothing is
    known.

    Raises:
        NotUnderstood: ``empty-line``, ``too-long``, ``date-does-not-exist``, ``end-before-start``.
    """
    look = looking(context)
    requests, _ = requests_of(text, context, look)
    if not requests:
        return _of_time(prepared(text, look), context)
    reading = reading_of(requests[0])
    when = requests[0].when
    calls = reading.act is Act.CALL
    plain = _times(_as_said(when, calls=calls))
    if calls and "dtstart" in reading.missing:
        plain |= {"start": None, "end": None}
    if reading.act is Act.CHANGE and reading.dtstart is not None:
        plain |= {"start": reading.dtstart.isoformat()}
    return plain | _slots(reading) | _named(requests[0], reading)


def _of_time(text: Text, context: Context) -> Answer:
    when = settle(text.line, text.found, context.zone)
    empty: Answer = dict.fromkeys(FIELDS)
    return empty | _times(_as_said(when, calls=False)) | {"language": text.language.code}


def _as_said(when: When, *, calls: bool) -> When:
    """Return *when* with the stretch that was said as its start and end; a meeting called for a week is on one day of
    it.
    """
    if when.period is None or when.rrule is not None or (calls and when.days is not None and when.days.how is How.WEEK):
        return when
    since, until = when.period
    return when._replace(start=since, end=when.end or until)


def _times(when: When) -> Answer:
    return {
        "start": None if when.start is None else when.start.isoformat(),
        "end": None if when.end is None else when.end.isoformat(),
        "duration_s": None if when.length is None else when.length.total_seconds(),
        "rrule": when.rrule,
    }


def _slots(reading: Reading) -> Answer:
    return {
        "title": reading.text_of("summary"),
        "location": reading.text_of("location"),
        "attendees": [party.said for party in reading.attendees] or None,
        "act": reading.act.value,
        "language": reading.language,
        "missing": list(reading.missing),
        "alternatives": [other.dtstart.isoformat() for other in reading.alternatives if other.dtstart is not None],
    }


def _named(request: Request, reading: Reading) -> Answer:
    """Return the name of the meeting that is changed or called off, where it gets no other."""
    if reading.act not in CHANGING or "summary" in reading.said:
        return {}
    named = meeting_named(request)
    return {} if named is None else {"title": str(named.value)}


def answer_or_refusal(text: str, context: Context) -> Answer:
    """Return the answer, or nothing but the key of the refusal under ``error``."""
    try:
        return answer(text, context)
    except NotUnderstood as refusal:
        empty: Answer = dict.fromkeys(FIELDS)
        return empty | {"error": refusal.key}
