"""The corpus: sentences with their full readings, one line each, grouped by class.

A line says what was said and what must be read:
``{ say = "rapat besok jam 8 malam", act = "call", start = "2026-11-25T20:00", title = "Rapat" }``. Everything that a
reading says must stand in the line, and nothing else; what is always implied (zone, usual length) is left out.
``assumed`` names the rule by which the start was assumed, ``or`` other starts that are offered, ``then`` holds the
readings after the first where more than one thing is asked.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from governor.understanding.reading import Found, Party, Period, Reading

HERE = Path(__file__).parent.parent / "corpus"
NAMES = {
    "dtstart": "start", "duration": "minutes", "exdates": "except", "summary": "title", "location": "place",
    "conference": "link",
    "attendees": "who",
}  # fmt: skip
ALWAYS = frozenset({"usual-zone", "usual-length", "usual-title"})
MOST_EXCEPTIONS = 2  # of holidays only the first few: when feasts are is not what this corpus tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the corpus: its class, what was said, and the readings expected, in order."""

    kind: str
    say: str
    expect: tuple[dict[str, object], ...]


def load(name: str) -> Iterator[Line]:
    """Yield the lines of the corpus file *name*."""
    for kind, lines in tomllib.loads((HERE / f"{name}.toml").read_text("utf-8")).items():
        for line in lines:
            said = {"say": line} if isinstance(line, str) else dict(line)
            say, more = str(said.pop("say")), said.pop("then", [])
            yield Line(kind=kind, say=say, expect=(said, *more))


def plain(reading: Reading, language: str) -> dict[str, object]:
    """Return *reading* as the corpus writes it, for a file in *language*."""
    told: dict[str, object] = {"act": reading.act.value}
    if reading.language != language:
        told["lang"] = reading.language
    for name, found in reading.said.items():
        told[NAMES.get(name, name)] = value_of(found)
    for name, found in reading.implied.items():
        if found.rule not in ALWAYS:
            told[NAMES.get(name, name)] = value_of(found)
            told["assumed"] = found.rule
    if reading.missing:
        told["missing"] = list(reading.missing)
    others = [written(other.dtstart) for other in reading.alternatives if other.dtstart is not None]
    if others and "dtstart-past" not in reading.missing:
        told["or"] = others
    return told


def value_of(found: Found) -> object:
    """Return the value of a slot as the corpus writes it."""
    value = found.value
    match value:
        case datetime():
            return written(value)
        case date():
            return value.isoformat()
        case timedelta():
            return int(value.total_seconds() // 60)
        case Party():
            return named(value)
        case Decimal():
            return float(value)
        case Period():
            return f"{value.since.date()}/{value.until.date()}"
        case tuple():
            return [value_of(Found(value=item, span=None, rule="")) for item in value][: _most(value)]
        case int():
            return value
    return str(value)


def _most(values: tuple[object, ...]) -> int:
    return MOST_EXCEPTIONS if values and isinstance(values[0], datetime) else len(values)


def named(party: Party) -> str:
    """Return whom a party is: the member's id, else the address, else what was said with a question mark."""
    return party.member or party.email or f"{party.said}?"


def written(moment: datetime) -> str:
    """Return a moment by the minute; with its offset where that is not the one of Jakarta."""
    text = moment.isoformat(timespec="minutes")
    return text.removesuffix("+07:00")
