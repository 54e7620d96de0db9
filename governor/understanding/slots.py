"""Who, where and what about?"""

from collections.abc import Sequence

from governor.understanding.findings import Finding
from governor.understanding.people import People, is_guess, named
from governor.understanding.places import take_bare_place, take_booked_place, take_location
from governor.understanding.sentences import Text
from governor.understanding.spots import TAKEN, TOLD, Busy, Slots, Spot, busy_of, names_at, person_follows, until
from governor.understanding.tokens import Shape

MOST_READ = 400  # tokens in which slots are looked for


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
        books = i and text.lowers[i - 1] in text.grammar.books
        taken = (books and take_booked_place(text, slots, busy, i)) or _take(text, people, slots, busy, i)
        if taken is None:
            slots.left.append(i)
            i += 1
        else:
            slots.left.append(TAKEN)
            i = taken
    if slots.location is None:
        take_bare_place(text, slots)
    return slots


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
    if spot.manner == "w" and text.lowers[spot.start : end] != ["w", "/"] and not person_follows(text, end):
        return None
    if spot.manner in {"for", "between"}:
        group = text.grammar.groups.at(text.lowers, end)
        if text.tokens[end].shape is not Shape.MENTION and (group is None or group[0].endswith("?")):
            return None
    return _people(text, spot.people, spot.slots, end)


def _people(text: Text, people: People, slots: Slots, i: int) -> int | None:
    told = min((finding.start for finding in text.times if finding.start > i), default=len(text.tokens))
    parties, end = named(people, text.tokens[:told], i)
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


TAKERS = {"attendees": _take_people, "location": take_location, "agenda": _take_agenda, "title": _take_title}
