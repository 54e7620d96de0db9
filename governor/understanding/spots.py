"""Where does what tells of one slot begin and end?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from governor.understanding.findings import Finding
from governor.understanding.language import NOUNS
from governor.understanding.people import People
from governor.understanding.reading import Party
from governor.understanding.sentences import Text
from governor.understanding.tokens import Shape

STOPS = frozenset(",.;!?()")
TOLD, TAKEN = -1, -2  # stand for a time and for a slot that was taken out of the words left over


@dataclass(slots=True)
class Slots:
    """What was found beside the time: values with their characters, and the tokens left for a title."""

    location: tuple[str, tuple[int, int]] | None = None
    conference: tuple[str, tuple[int, int]] | None = None
    agenda: tuple[str, tuple[int, int]] | None = None
    title: tuple[str, tuple[int, int]] | None = None
    attendees: list[Party] = field(default_factory=list)
    attendees_span: tuple[int, int] | None = None
    left: list[int] = field(default_factory=list)


Busy = list[Finding | None]


class Spot(NamedTuple):
    """A word that opens a slot, at tokens ``[start, end)``, in its *manner*; and what its reader needs."""

    text: Text
    people: People
    slots: Slots
    busy: "Busy"
    start: int
    end: int
    manner: str


def busy_of(text: Text, times: Sequence[Finding]) -> Busy:
    """Return for each token the time that it tells, or None."""
    busy: Busy = [None] * len(text.tokens)
    for finding in times:
        for i in range(finding.start, finding.end):
            busy[i] = finding
    return busy


def until(text: Text, busy: Busy, i: int, *, through_marks: bool = False, through_noun: bool = False) -> int:
    """Return where a slot's words end: at a time, at another slot, at a mark."""
    start = i
    while i < len(text.tokens):
        token = text.tokens[i]
        if busy[i] is not None or token.shape in {Shape.MENTION, Shape.LINK}:
            break
        if token.lower in STOPS and not (through_marks and token.lower == ",") and not _inside(text, i, start):
            break
        noun = i == text.noun and not through_noun
        if i > start and (noun or text.lowers[i] == "apa" or _opens(text, i)):
            break
        i += 1
    while i > start and is_loose(text, i - 1) and text.lowers[i - 1] not in OWNED:
        i -= 1
    return i


OWNED = frozenset({"saya", "gw", "gua", "gue", "aku", "my", "our", "me", "us", "kita", "kami", "semua", '"'})
ADDRESS = frozenset(
    {
        "jl",
        "jln",
        "jalan",
        "gg",
        "gang",
        "lantai",
        "lt",
        "no",
        "nomor",
        "rt",
        "rw",
        "kec",
        "kel",
        "kecamatan",
        "kelurahan",
        "blok",
        "gedung",
        "ruang",
        "street",
        "floor",
    }
)
SHORTENED = frozenset(
    {
        "jl",
        "jln",
        "no",
        "gg",
        "st",
        "dr",
        "h",
        "hj",
        "rt",
        "rw",
        "lt",
        "kec",
        "kel",
        "ds",
        "kav",
        "blok",
        "km",
        "prof",
        "ir",
        "mr",
        "mrs",
        "ms",
        "ave",
        "rd",
    }
)


def _inside(text: Text, i: int, start: int) -> bool:
    """Say whether a mark stands inside a word or number: *Jl. Sudirman*, *No.5*, *1.5*."""
    if text.lowers[i] not in {".", ","} or i + 1 >= len(text.tokens):
        return False
    if text.lowers[i] == "." and i > start and text.lowers[i - 1] in SHORTENED:
        return True
    if text.lowers[i] == "," and text.lowers[i + 1] in ADDRESS:
        return True
    return text.tokens[i].end == text.tokens[i + 1].start


def person_follows(text: Text, i: int) -> bool:
    """Say whether a person or a group may be named at token *i*."""
    if i >= len(text.tokens):
        return False
    token = text.tokens[i]
    return (
        token.shape in {Shape.MENTION, Shape.EMAIL}
        or token.text[:1].isupper()
        or text.grammar.groups.at(text.lowers, i) is not None
    )


def names_at(text: Text, i: int) -> bool:
    """Say whether a meeting or event is named at token *i*."""
    if i >= len(text.lowers):
        return False
    opener = text.grammar.openers.at(text.lowers, i)
    named = (opener is not None and opener[0] in NOUNS) or text.lowers[i] in text.grammar.meetings
    return named or text.grammar.events.at(text.lowers, i) is not None


def is_loose(text: Text, i: int) -> bool:
    """Say whether token *i* only leads to something else: a mark, or a small word that is not part of a name."""
    token = text.tokens[i]
    if token.shape is Shape.MARK:
        return True
    if token.lower == "an" and i > 0 and text.tokens[i - 1].end == token.start:
        return False  # 17an
    if is_tied(text, i) and token.lower not in {*text.lowers[max(i - 2, 0) : i], *text.lowers[i + 1 : i + 3]}:
        return False
    return token.lower in text.grammar.loose and (token.text[0].islower() or i == 0 or text.is_shouted)


def is_tied(text: Text, i: int) -> bool:
    """Say whether token *i* is part of a word of several: *check-in*, *one-on-one*."""
    tokens = text.tokens
    after = i > 1 and tokens[i - 1].lower == "-" and tokens[i - 2].end == tokens[i - 1].start == tokens[i].start - 1
    before = i + 2 < len(tokens) and tokens[i + 1].lower == "-" and tokens[i].end == tokens[i + 1].start
    return after or (before and tokens[i + 2].start == tokens[i + 1].end)


INNER = frozenset(
    {"location-noun", "attendees-for", "agenda-noun", "location-platform", "location-room", "attendees-w"}
)


def _opens(text: Text, i: int) -> bool:
    """Say whether a word opens another slot inside the words of one."""
    marker = text.grammar.markers.at(text.lowers, i)
    if marker is None or marker[0] in INNER:
        return False
    name = marker[0].partition("-")[0]
    if name in {"to", "title"} or name.endswith("?"):
        return False
    if name == "attendees":
        return person_follows(text, marker[1])
    return not (name == "location" and text.lowers[i] in {"in", "tempat", "place", "lokasi"})
