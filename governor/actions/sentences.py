"""How is a sentence read? Shown to a person with the words that said it, or answered to a program line by line."""

import gc
import json
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from governor.domain.members import Office
from governor.domain.partstats import PartStat
from governor.domain.standing_rules import StandingRule
from governor.errors import NotUnderstood
from governor.settings import load
from governor.understanding.language import detect
from governor.understanding.moments import zone_of
from governor.understanding.protocol import FIELDS, Answer, answer_or_refusal
from governor.understanding.read import LIMIT, Context, read
from governor.understanding.reading import Found, Party, Period, Reading
from governor.understanding.tokens import clean, tokenise
from governor.wording.assumptions import because
from governor.wording.catalogue import keys, say
from governor.wording.phrase import Phrase, phrase
from governor.wording.repeats import repeat_words

SLOTS = {
    "summary": "label-title",
    "dtstart": "label-when",
    "duration": "label-duration",
    "rrule": "label-repeat",
    "zone": "label-zone",
    "location": "label-place",
    "conference": "label-link",
    "agenda": "label-agenda",
    "attendees": "label-people",
    "text": "label-text",
    "owner": "label-owner",
    "due": "label-due",
    "name": "label-name",
    "email": "label-email",
    "code": "label-code",
    "number": "label-number",
    "partstat": "label-answer",
    "amount": "label-amount",
    "currency": "label-currency",
    "period": "label-period",
    "shift": "label-shift",
    "late": "label-late",
    "closed": "label-closed",
    "proxy": "label-proxy",
    "removed": "label-removed",
    "office": "label-office",
    "person": "label-person",
    "language": "label-language",
    "rule": "label-rule",
}
"""What each slot is called, in the order shown; others are shown last, by their own name."""

UNDERSTOOD, NOT_UNDERSTOOD = 0, 1
"""The exit statuses of ``governor read``."""


def show(data: Path | None, text: str, *, as_json: bool) -> int:
    """Print what is understood of *text*, said now; return the exit status."""
    settings = load(data)
    context = Context(at=datetime.now(UTC), zone=settings.zone, language=settings.language)
    try:
        readings = read(text, context)
    except NotUnderstood as error:
        language = detect(tokenise(clean(text[:LIMIT])), settings.language)
        told = say(phrase(error.key, **error.values), language)
        _print(json.dumps({"error": error.key, "message": told}, ensure_ascii=False) if as_json else told)
        return NOT_UNDERSTOOD
    if as_json:
        _print(json.dumps({"readings": [*map(_plain, readings)]}, ensure_ascii=False))
    else:
        _print("\n\n".join("\n".join(_told(reading)) for reading in readings))
    return UNDERSTOOD


def answer_lines() -> int:
    """Answer each JSON line ``{text, ref, tz, lang}`` of standard input by one JSON line, at once, in order."""
    for number, line in enumerate(sys.stdin.buffer):
        _print(json.dumps(_answer(line)))
        if not number:
            gc.freeze()  # the tables of words stay: what collects garbage need not look at them
    return UNDERSTOOD


def _answer(line: bytes) -> Answer:
    """Return the answer to one *line*; a line that is no question is answered by ``error`` alone."""
    empty: Answer = {**dict.fromkeys(FIELDS), "missing": [], "alternatives": []}
    try:
        asked = json.loads(line)
        text, zone = str(asked["text"]), str(asked.get("tz") or "UTC")
        ref = datetime.fromisoformat(str(asked["ref"])) if asked.get("ref") else datetime.now(UTC)
        where = zone_of(zone)
        at = (ref.replace(tzinfo=where) if ref.tzinfo is None else ref).astimezone(UTC)
        context = Context(at=at, zone=zone, language=str(asked.get("lang") or "en"))
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        return empty | {"error": "not-a-question"}
    try:
        return empty | answer_or_refusal(text, context)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        traceback.print_exc()  # the edge: a bug is told once, and the next line is answered all the same
        return empty | {"error": "bug"}


def _told(reading: Reading) -> Iterator[str]:
    def spoken(key: str, **values: object) -> str:
        return say(phrase(key, **values), reading.language)

    yield spoken("read-asked", act=phrase(f"read-act-{reading.act.value.replace('_', '-')}"))
    order = {slot: place for place, slot in enumerate(SLOTS)}
    slots = sorted({**reading.implied, **reading.said}, key=lambda slot: order.get(slot, len(order)))
    repeat = _repeat(reading)
    slots = [slot for slot in slots if repeat is None or slot not in ("exdates", "rdates")]
    labels = {slot: spoken(SLOTS[slot]) if slot in SLOTS else slot for slot in slots}
    width = max(map(len, labels.values()), default=0)
    for slot in slots:
        found = reading.said.get(slot)
        worded = repeat if slot == "rrule" else None
        value = say(worded or _value(found or reading.implied[slot]), reading.language)
        why = _words(reading, found) if found else f"({say(because(reading.implied[slot].rule), reading.language)})"
        yield f"  {labels[slot]:{width}}  {value}  {why}".rstrip()
    for missing in reading.missing:
        yield from (f"  {line}" for line in _missing(missing, spoken, reading.language))
    for other in reading.alternatives:
        if other.dtstart is not None:
            yield "  " + spoken("read-or", start=other.dtstart)
    if reading.unread:
        yield spoken("unread", text=reading.unread)


def _missing(missing: str, spoken: Callable[..., str], language: str) -> Iterator[str]:
    """Yield what to say about a *missing* slot; people are looked for on a roll, and there is none here."""
    key = {"dtstart-past": "time-past"}.get(missing, f"missing-{missing}")
    if key in keys(language):
        yield spoken(key)


def _repeat(reading: Reading) -> Phrase | None:
    """Return the rule with the days left out and added, in words; ``None`` where it has none, or nothing repeats."""
    rrule, start = reading.text_of("rrule"), reading.dtstart
    if rrule is None or start is None:
        return None
    exdates, rdates = (
        tuple(value) if isinstance(value, tuple) else () for value in map(reading.get, ("exdates", "rdates"))
    )
    return repeat_words(rrule, start, exdates, rdates)


def _words(reading: Reading, found: Found) -> str:
    return "" if found.span is None else f"← {reading.text[slice(*found.span)]}"


def _value(found: Found) -> Phrase:
    match found.value:
        case PartStat() as answer:
            return phrase(f"partstat-{answer.value.lower()}")
        case bool() as is_so:
            return phrase("word-yes" if is_so else "word-no")
        case Office() as office:
            return phrase(f"label-office-{office.value}")
        case StandingRule() as rule:
            return phrase(f"rule-{rule.value}")
        case Period(since=since, until=until):
            return phrase("read-period", since=since, until=until)
        case timedelta() as length if length < timedelta():
            return phrase("read-earlier", length=-length)
        case tuple() as several:
            return phrase("word-value", value=tuple(_item(one) for one in several))
        case one:
            return phrase("word-value", value=_item(one))


def _item(value: object) -> object:
    return value.said if isinstance(value, Party) else value


def _plain(reading: Reading) -> Mapping[str, object]:
    return {
        "text": reading.text,
        "act": reading.act.value,
        "language": reading.language,
        "said": {slot: _found(reading, found) for slot, found in reading.said.items()},
        "implied": {slot: _found(reading, found) for slot, found in reading.implied.items()},
        "missing": list(reading.missing),
        "alternatives": [_plain(other) for other in reading.alternatives],
        "unread": reading.unread,
    }


def _found(reading: Reading, found: Found) -> Mapping[str, object]:
    span = found.span
    words = None if span is None else reading.text[slice(*span)]
    return {"value": _json(found.value), "span": span, "words": words, "rule": found.rule}


def _json(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Party():
            return value.said
        case Period(since=since, until=until):
            return [since.isoformat(), until.isoformat()]
        case Enum():
            return value.value
        case tuple():
            return [_json(one) for one in value]
        case None | str() | int() | float():
            return value
        case _:
            return str(value)


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # the terminal is where it speaks
