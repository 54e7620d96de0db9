"""The independent corpus: sentences and full readings by people who had not seen the reader.

One table per class of sentences and one inline table per line. On a line, ``text`` is the sentence, ``at`` when it is
said (Tuesday 2026-11-24, 10:00), ``zone`` the speaker's zone (Asia/Jakarta), ``lang`` the language the reading must
report, ``spoken`` the start of the meeting being spoken of, of an hour unless ``spoken_duration`` says otherwise. All
other keys are what must be read, and what must not be read has no key; ``requests`` holds several requests, or one
whose own ``text`` or ``zone`` would be taken for the line's. ``options`` and ``assumed`` are checked where they stand.

``hard.toml`` lists the lines that are not yet read so. ``python -m tests.understanding.independent`` shows them with
what differs; with ``--write`` it writes the list anew.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from governor.domain.members import Member, MemberId, Office
from governor.errors import NotUnderstood
from governor.understanding.read import Context, read
from governor.understanding.reading import Party, Reading
from tests.understanding.people import member

HERE = Path(__file__).parent.parent / "corpus" / "independent"
FILES = {"id": "id", "en": "en", "mixed": "id", "negative": "id"}
AT, ZONE = "2026-11-24T10:00", "Asia/Jakarta"
TEXTS = ("summary", "location", "conference", "agenda", "text", "number", "name", "email", "amount")
OCCURRENCES = 60


def person(handle: str, name: str, *offices: Office) -> Member:
    return member(MemberId(handle), name, handle, *offices)


ROSTER = (
    person("budi", "Budi Santoso", Office.TREASURER, Office.BOARD),
    person("sari", "Sari Dewi", Office.SECRETARY, Office.BOARD),
    person("agus", "Agus Wibowo", Office.CHAIR, Office.BOARD),
    person("tono", "Tono"),
    person("dewi.lestari", "Dewi Lestari"),
    person("ratna", "Ratna"),
)
HANDLES = {name.casefold(): one.handle for one in ROSTER for name in (one.name, one.name.split()[0], one.handle)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its file, its class, the sentence, in which context it is said, and the requests expected."""

    file: str
    kind: str
    text: str
    context: Context
    expected: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one line: the keys compared, and those that differ with what was wanted and what was read."""

    line: Line
    keys: tuple[str, ...]
    differs: Mapping[str, tuple[object, object]]


def load(file: str) -> Iterator[Line]:
    """Yield the lines of *file*, in order."""
    for kind, table in tomllib.loads((HERE / f"{file}.toml").read_text("utf-8")).items():
        for line in table["lines"]:
            yield _line(file, kind, line)


def _line(file: str, kind: str, line: Mapping[str, object]) -> Line:
    zone = ZoneInfo(str(line.get("zone", ZONE)))
    spoken = line.get("spoken")
    seconds = int(str(line.get("spoken_duration", 3600)))
    context = Context(
        at=datetime.fromisoformat(str(line.get("at", AT))).replace(tzinfo=zone),
        zone=zone.key,
        language=FILES[file],
        roster=ROSTER,
        dtstart=None if spoken is None else datetime.fromisoformat(str(spoken)).replace(tzinfo=zone),
        duration=None if spoken is None else timedelta(seconds=seconds),
    )
    own = {key: value for key, value in line.items() if key not in CONTEXT}
    requests = line.get("requests", [own] if "act" in own else [])
    assert isinstance(requests, list)
    language = line.get("lang", FILES[file])
    expected = tuple({"lang": language, **request} for request in requests)
    return Line(file=file, kind=kind, text=str(line["text"]), context=context, expected=expected)


CONTEXT = ("text", "at", "zone", "lang", "spoken", "spoken_duration", "requests")


def judge(line: Line) -> Result:
    """Return how *line* is read now."""
    try:
        readings = read(line.text, line.context)
    except NotUnderstood:
        readings = ()
    keys: list[str] = ["requests"]
    differs: dict[str, tuple[object, object]] = {}
    if len(readings) != len(line.expected):
        differs["requests"] = (len(line.expected), [reading.act.value for reading in readings])
    for place, wanted in enumerate(line.expected):
        found = _plain(readings[place], wanted, line.context.zone) if place < len(readings) else {}
        for key in sorted(set(wanted) | set(found)):
            keys.append(key)
            if not _agree(key, wanted, found):
                differs[key] = (wanted.get(key), found.get(key))
    return Result(line=line, keys=tuple(keys), differs=differs)


def _plain(reading: Reading, wanted: Mapping[str, object], zone: str) -> dict[str, object]:
    told: dict[str, object] = {"act": reading.act.value, "lang": reading.language}
    told |= {name: value for name in TEXTS if (value := reading.get(name)) is not None}
    if reading.dtstart is not None:
        told["start"] = reading.dtstart.isoformat()[:16]
    for name in ("duration", "shift"):
        length = reading.get(name) if name == "shift" or name in reading.said else None
        if isinstance(length, timedelta):
            told[name] = int(length.total_seconds())
    if "zone" in reading.said and reading.get("zone") != zone:
        told["zone"] = reading.get("zone")
    told |= _repeats(reading) | _people(reading) | _days(reading)
    if reading.partstat is not None:
        told["partstat"] = reading.partstat.value
    if reading.missing:
        told["missing"] = list(reading.missing)
    if "options" in wanted:
        told["options"] = [other.dtstart.isoformat()[:16] for other in reading.alternatives if other.dtstart]
    if "assumed" in wanted:
        told["assumed"] = [slot for slot in _list(wanted["assumed"]) if slot in reading.implied]
    return told


def _repeats(reading: Reading) -> dict[str, object]:
    told: dict[str, object] = {}
    if reading.get("rrule"):
        told["rrule"] = reading.get("rrule")
    if reading.get("exdates"):
        told["exdates"] = [
            moment.date() if isinstance(moment, datetime) else moment for moment in _list(reading.get("exdates"))
        ]
    return told


def _people(reading: Reading) -> dict[str, object]:
    told: dict[str, object] = {}
    if reading.get("attendees"):
        told["attendees"] = [_party(party) for party in _list(reading.get("attendees"))]
    owner = reading.get("owner")
    if owner is not None:
        told["owner"] = _party(owner)
    return told


def _days(reading: Reading) -> dict[str, object]:
    told: dict[str, object] = {}
    if reading.due is not None:
        told["due"] = reading.due.date() if isinstance(reading.due, datetime) else reading.due
    if reading.period is not None:
        told |= {"since": reading.period.since.date(), "until": reading.period.until.date()}
    return told


def _party(party: object) -> str:
    assert isinstance(party, Party)
    return party.email or party.member or party.said


def _handle(said: object) -> str:
    return HANDLES.get(str(said).removeprefix("@").casefold(), str(said))


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _agree(key: str, wanted: Mapping[str, object], found: Mapping[str, object]) -> bool:
    want, have = wanted.get(key), found.get(key)
    match key:
        case "start" if want is None:
            return have is None or "dtstart" in _list(wanted.get("assumed"))
        case "attendees" if want is not None:
            return [_handle(one) for one in _list(want)] == _list(have)
        case "owner" if want is not None:
            return _handle(want) == have
        case "exdates" if want is not None and have is not None:
            return set(_list(want)) <= set(_list(have))
        case "rrule" if want is not None and have is not None:
            start = datetime.fromisoformat(str(wanted["start"])).replace(tzinfo=ZoneInfo(ZONE))
            return _expanded(str(want), start) == _expanded(str(have), start)
    return want == have


def _expanded(rule: str, start: datetime) -> list[datetime]:
    return [moment for moment, _ in zip(rrulestr(rule, dtstart=start), range(OCCURRENCES), strict=False)]


def hard() -> dict[str, list[str]]:
    """Return file → the sentences that are known not to be read in full."""
    path = HERE / "hard.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def main() -> None:
    """Show what differs, and with ``--write`` write the list of what does."""
    lines = ["# Lines of this corpus that are not yet read in full. The list may only shrink.", ""]
    for file in FILES:
        results = [judge(line) for line in load(file)]
        wrong = [result for result in results if result.differs]
        for result in wrong:
            print(f"{file}/{result.line.kind}: {result.line.text!r} {dict(result.differs)}")  # noqa: T201  # run by hand
        print(f"== {file}: {len(results) - len(wrong)} of {len(results)} in full")  # noqa: T201  # likewise
        texts = "".join(f"  {_toml(result.line.text)},\n" for result in wrong)
        lines.append(f"{file} = [\n{texts}]\n")
    if "--write" in sys.argv:
        (HERE / "hard.toml").write_text("\n".join(lines), "utf-8")


def _toml(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(one, one if one.isprintable() else f"\\U{ord(one):08X}") for one in text) + '"'


if __name__ == "__main__":
    main()
