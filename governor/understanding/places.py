"""Where is it held?"""

from governor.understanding.sentences import Text
from governor.understanding.spots import STOPS, TAKEN, TOLD, Busy, Slots, Spot, until
from governor.understanding.tokens import Shape

LONGEST_PLACE = 5  # words of a place that nothing leads to


def take_bare_place(text: Text, slots: Slots) -> None:
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


ASKED_FOR = frozenset({"mana", "where", "manakah"})
HOMES = frozenset({"rumah", "tempat", "tempatnya", "rumahnya", "kos", "kosan", "kontrakan", "kantor", "kediaman"})


MOST_BOOKED = 6  # words of a place that is booked
FOR = frozenset({"for", "untuk", "utk", "buat", "bwt"})


def take_booked_place(text: Text, slots: Slots, busy: Busy, i: int) -> int | None:
    """Take the place that is booked for what is held there, *the gym for* in *book the gym for tryouts*; return the
    place after it, or None when none begins at token *i*, behind such a verb.
    """
    end = next((k for k in range(i + 1, min(i + MOST_BOOKED, len(text.tokens) - 1)) if text.lowers[k] in FOR), i)
    is_named = any(text.lowers[k] in text.grammar.places for k in range(i, end))
    if not is_named or any(busy[i : end + 2]) or text.tokens[end + 1].shape is not Shape.WORD:
        return None
    first = i + 1 if text.lowers[i] in LEADING | {"our", "a"} else i
    slots.location, slots.left = (text.said(first, end), text.span(first, end)), [TAKEN]
    return end + 1


def take_location(spot: Spot) -> int | None:
    """Take the place that a word like *di* or *at* opens; return the place after it, or None when it opens none."""
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
