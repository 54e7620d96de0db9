"""Who, where and what about?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from governor.understanding.findings import Finding
from governor.understanding.language import NOUNS
from governor.understanding.people import People, is_guess, named
from governor.understanding.reading import Party
from governor.understanding.sentences import Text
from governor.understanding.tokens import Shape

MOST_READ = 400  # tokens in which slots are looked for
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


def read_slots(text: Text, people: People, start: int, times: Sequence[Finding], *, invites: bool = False) -> Slots:
    """Return the slots of the tokens from *start* on; the tokens of *times* are not words of any slot."""
    slots = Slots()
    busy = busy_of(text, times)
    i = start
    if invites and i < len(text.tokens):
        i = _people(text, people, slots, i) or i
    while i < min(len(text.tokens), start + MOST_READ):
        if busy[i] is not None:
            i = busy[i].end  # type: ignore[union-attr]  # just tested
            slots.left.append(TOLD)
            continue
        if (event := text.grammar.events.at(text.lowers, i)) is not None and event[1] > i + 1:
            slots.left += range(i, event[1])
            i = event[1]
            continue
        taken = _take(text, people, slots, busy, i)
        if taken is None:
            slots.left.append(i)
            i += 1
        else:
            slots.left.append(TAKEN)
            i = taken
    if slots.location is None:
        _take_bare_place(text, slots)
    return slots


LONGEST_PLACE = 5  # words of a place that nothing leads to


def _take_bare_place(text: Text, slots: Slots) -> None:
    """Take as the place what stands by itself after a time and ends in a word for one: *Monday 7pm, village hall*."""
    run: list[int] = []
    told = False
    for at, i in enumerate([*slots.left, TOLD]):
        if i >= 0 and text.lowers[i] not in STOPS:
            run.append(at)
            continue
        tokens = [slots.left[k] for k in run]
        if told and 0 < len(tokens) <= LONGEST_PLACE and _ends_in_place(text, tokens):
            first = tokens[1] if len(tokens) > 1 and text.lowers[tokens[0]] in LEADING else tokens[0]
            slots.location = (text.said(first, tokens[-1] + 1), text.span(first, tokens[-1] + 1))
            slots.left[run[0] : run[-1] + 1] = [TAKEN] * len(run)
            return
        told |= i == TOLD
        run = []


def _ends_in_place(text: Text, tokens: list[int]) -> bool:
    small = text.grammar.tells | text.grammar.meetings
    return text.lowers[tokens[-1]] in text.grammar.places and not any(text.lowers[i] in small for i in tokens)


class Spot(NamedTuple):
    """A word that opens a slot, at tokens ``[start, end)``, in its *manner*; and what its reader needs."""

    text: Text
    people: People
    slots: Slots
    busy: "Busy"
    start: int
    end: int
    manner: str


OWNED = frozenset({"saya", "gw", "gua", "gue", "aku", "my", "our", "me", "us", "kita", "kami", "semua", '"'})
Busy = list[Finding | None]


def busy_of(text: Text, times: Sequence[Finding]) -> Busy:
    """Return for each token the time that it tells, or None."""
    busy: Busy = [None] * len(text.tokens)
    for finding in times:
        for i in range(finding.start, finding.end):
            busy[i] = finding
    return busy


def _take(text: Text, people: People, slots: Slots, busy: Busy, i: int) -> int | None:
    """Fill the slot that opens at token *i*; return the place after it, or None when no slot opens there."""
    token = text.tokens[i]
    if token.shape is Shape.LINK:
        slots.conference = slots.conference or (token.text, (token.start, token.end))
        return i + 1
    if token.shape in {Shape.MENTION, Shape.EMAIL}:
        return _people(text, people, slots, i)
    marker = text.grammar.markers.at(text.lowers, i)
    if marker is None:
        return None
    name, end = marker
    if end < len(text.tokens) and text.lowers[end] in {":", "/"} and text.tokens[end - 1].end == text.tokens[end].start:
        end += 1
    slot, _, manner = name.partition("-")
    if slot == "noise":
        return end
    if (end >= len(text.tokens) and manner != "noun") or slot.endswith("?"):
        return None
    take = TAKERS.get(slot)
    return None if take is None else take(Spot(text, people, slots, busy, i, end, manner))


def _take_people(spot: Spot) -> int | None:
    text, end = spot.text, spot.end
    if any(finding.start == end for finding in text.times):
        return None
    if spot.manner == "w" and text.lowers[spot.start : end] != ["w", "/"] and not _person_follows(text, end):
        return None
    if spot.manner in {"for", "between"}:
        group = text.grammar.groups.at(text.lowers, end)
        if text.tokens[end].shape is not Shape.MENTION and (group is None or group[0].endswith("?")):
            return None
    return _people(text, spot.people, spot.slots, end)


def _people(text: Text, people: People, slots: Slots, i: int) -> int | None:
    parties, end = named(people, text.tokens, i)
    if not parties or (end == i + 1 and is_guess(parties, text.tokens[i]) and _goes_on(text, end)):
        return None
    known = {(party.member, party.email, party.said) for party in slots.attendees}
    slots.attendees += [party for party in parties if (party.member, party.email, party.said) not in known]
    span = text.span(i, end)
    slots.attendees_span = span if slots.attendees_span is None else (slots.attendees_span[0], span[1])
    return end


def _goes_on(text: Text, i: int) -> bool:
    """Say whether token *i* goes on describing what was taken for somebody's name: *sama vendor sound system*."""
    if i >= len(text.tokens) or any(finding.start <= i < finding.end for finding in text.times):
        return False
    grammar, word = text.grammar, text.tokens[i]
    small = word.lower in grammar.loose | grammar.polite | grammar.common
    return word.shape is Shape.WORD and word.text.islower() and not small and grammar.markers.at(text.lowers, i) is None


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


def _person_follows(text: Text, i: int) -> bool:
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
        return _person_follows(text, marker[1])
    return not (name == "location" and text.lowers[i] in {"in", "tempat", "place", "lokasi"})


ASKED_FOR = frozenset({"mana", "where", "manakah"})


HOMES = frozenset({"rumah", "tempat", "tempatnya", "rumahnya", "kos", "kosan", "kontrakan", "kantor", "kediaman"})


def _take_location(spot: Spot) -> int | None:
    text, slots = spot.text, spot.slots
    begin = _place_begins(spot)
    if begin is None or slots.location is not None or text.tokens[begin].shape is Shape.LINK:
        return None
    if any(finding.start <= begin < finding.end for finding in text.times):
        return None
    stop = until(text, spot.busy, begin)
    if stop < len(text.tokens) and text.tokens[stop].shape is Shape.MENTION and text.lowers[stop - 1] in HOMES:
        stop += 1  # di rumah @andi
    if stop == begin or text.lowers[begin] in ASKED_FOR:
        return None
    slots.location = (text.said(begin, stop), text.span(begin, stop))
    return stop


LEADING = frozenset({"the", "to", "ke", "jadi", "menjadi", ":", "di", "at", "in"})
PLATFORMS = frozenset(
    {"zoom", "meet", "google", "teams", "skype", "jitsi", "whatsapp", "wa", "discord", "telegram", "webex"}
)


def _place_begins(spot: Spot) -> int | None:
    """Return where the words of a place begin, or None when the word opens none here."""
    text, i = spot.text, spot.start
    if i and text.lowers[i - 1] == "-":
        return None
    if spot.manner == "noun":
        loose = i == 0 or spot.busy[i - 1] is not None or text.tokens[i - 1].shape is Shape.MARK
        return i if loose and any(spot.busy[:i]) else None
    if spot.manner == "room":
        return i if _is_code(text, spot.end) else None
    if spot.manner == "label" and not _is_label(spot):
        return None
    if spot.manner == "platform" and text.lowers[spot.end] not in PLATFORMS:
        return None
    begin = spot.end
    while begin < min(spot.end + 4, len(text.tokens) - 1) and text.lowers[begin] in LEADING:
        begin += 1
    return begin


def _is_code(text: Text, i: int) -> bool:
    """Say whether a room is told by what it is numbered with: *room 4B*, *ruang 302*."""
    return text.tokens[i].shape is Shape.NUMBER or (len(text.tokens[i].text) == 1 and text.tokens[i].text.isupper())


def _is_label(spot: Spot) -> bool:
    """Say whether *tempat* labels a place: before a colon or *di*, or at the beginning of a clause."""
    text, i = spot.text, spot.start
    if text.lowers[spot.end - 1] == ":" or text.lowers[spot.end] == "di":
        return True
    return i > 0 and (spot.busy[i - 1] is not None or text.tokens[i - 1].shape is Shape.MARK)


def _take_agenda(spot: Spot) -> int | None:
    text, slots = spot.text, spot.slots
    if spot.manner == "noun" or spot.busy[spot.end] is not None or slots.agenda is not None:
        return None
    begin = spot.start + 1 if spot.manner == "verb" else spot.end
    stop = until(text, spot.busy, begin, through_marks=True)
    if stop == begin:
        return None
    slots.agenda = (text.said(begin, stop), text.span(begin, stop))
    return stop


def _take_title(spot: Spot) -> int | None:
    text, end = spot.text, spot.end
    if spot.manner == "event" and (0 <= text.noun < spot.start or not names_at(text, end)):
        return _take_agenda(spot)  # acara: pembahasan iuran
    while end < min(spot.end + 4, len(text.tokens)) and text.lowers[end] in {'"', "jadi", "menjadi", "to", ":"}:
        end += 1
    stop = until(text, spot.busy, end, through_noun=True)
    if stop <= end:
        return None
    last = stop - 1 if text.lowers[stop - 1] == '"' and '"' not in text.lowers[end : stop - 1] else stop
    if last <= end:
        return None
    spot.slots.title = (text.said(end, last), text.span(end, last))
    return stop


TAKERS = {"attendees": _take_people, "location": _take_location, "agenda": _take_agenda, "title": _take_title}
