"""Which times belong to what is to be talked about, and not to the meeting?"""

from datetime import timedelta

from governor.understanding.findings import (
    Clock,
    Day,
    Finding,
    Instant,
    Interval,
    Length,
    OpenEnd,
    Prayer,
    Repeat,
    Stretch,
)
from governor.understanding.lexicon import Sort
from governor.understanding.sentences import Text, with_findings

DAYS, HOURS = (Day, Repeat, Instant, Stretch), (Clock, Interval, Prayer, Stretch)
LEADING = (Sort.FOR, Sort.UNTIL)
MARKS = frozenset(",.;!?")


LONGEST = timedelta(days=28)


def shielded(text: Text, *, is_call: bool = False) -> Text:
    """Return *text* without the times of its agenda, where the meeting's own day and hour stand before it: *besok jam 8
    malam soal ronda tiap malam*; and without those between quotation marks: *"Malam Minggu Ceria"*.

    No meeting that is called lasts months: *evaluasi semester*, *reuni 5 tahun*.
    """
    hidden = _quoted(text) | _talked_about(text)
    if is_call:
        hidden |= {k for k, finding in enumerate(text.found) if _is_too_long(finding)}
    return text if not hidden else with_findings(text, [f for k, f in enumerate(text.found) if k not in hidden])


def _is_too_long(finding: Finding) -> bool:
    length = finding.value
    return isinstance(length, Length) and not length.said_for and (length.months > 0 or length.delta >= LONGEST)


def _talked_about(text: Text) -> set[int]:
    """Return which findings stand in the agenda, up to the next mark."""
    if not text.grammar.markers.may_be_in(text.words):
        return set()
    hidden, day, hour, place = set[int](), False, False, 0
    for k, finding in enumerate(text.times):
        marker = next((i for i in range(place, finding.start) if _opens_agenda(text, i)), None)
        if marker is not None and day and hour and not _is_parted(text, marker, finding):
            hidden.add(k)
            continue
        place = finding.end
        day |= isinstance(finding.value, DAYS)
        hour |= isinstance(finding.value, HOURS)
    return hidden


def _opens_agenda(text: Text, i: int) -> bool:
    marker = text.grammar.markers.at(text.lowers, i)
    return marker is not None and marker[0] == "agenda"


def _is_parted(text: Text, marker: int, finding: Finding) -> bool:
    """Say whether a mark, or a word such as *selama* or *until*, parts *finding* from the agenda that opens before."""
    if isinstance(finding.value, OpenEnd) or any(word in MARKS for word in text.lowers[marker : finding.start]):
        return True
    terms = [term for term in text.line.terms if term.place in (finding.start - 1, finding.start)]
    return any(sort in term.senses for term in terms for sort in LEADING)


def _quoted(text: Text) -> set[int]:
    if '"' not in text.words:
        return set()
    marks = [i for i, word in enumerate(text.lowers) if word == '"']
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return {k for k, finding in enumerate(text.times) if any(a < finding.start and finding.end <= b for a, b in pairs)}
