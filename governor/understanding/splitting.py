"""Where in a line does another request begin?"""

from collections.abc import Iterator
from typing import NamedTuple

from governor.understanding.inquiries import Inquiry
from governor.understanding.occasions import AND, told_apart
from governor.understanding.reading import Act
from governor.understanding.requests import Request
from governor.understanding.sentences import Text
from governor.understanding.spots import names_at
from governor.understanding.tokens import Shape

NEAR = 5  # words before the meeting that a request begins with
STOPS = frozenset({";", ".", "!"})
THEN = frozenset({"lalu", "then", "terus", "trus", "kemudian", "afterwards", "itu", "that"})
JOINS = STOPS | AND | THEN | {",", "after", "setelah", "habis", "abis", "sesudah"}
AFTER_THAT = frozenset({"setelah itu", "habis itu", "abis itu", "sesudah itu", "after that"})
ME = frozenset({"saya", "sy", "aku", "aq", "gue", "gw", "gua", "i", "i'm", "i'll", "i've", "i'd", "im"})
RECORDS = frozenset({Act.NOTE, Act.DECIDE, Act.ACTION, Act.MOVE})
STRONG = RECORDS | {Act.ENROL}
TEXTS = RECORDS | {Act.AGENDA}
OF_ANOTHER = frozenset({Act.CHANGE, Act.CANCEL})
PARTED = frozenset({None, Act.CALL, Act.REPLY, *OF_ANOTHER, *TEXTS})
STANDS_FOR = frozenset({"one", "yang", "yg"})  # for a meeting: move the one on Friday
LABELLED = frozenset({"change-title", "change-place"})
TELLING = frozenset({
    "is", "was", "will", "are", "has", "had", "must", "should", "next", "selesai", "mulai", "akan", "harus", "wajib",
    "perlu", "berikutnya", "selanjutnya", "sudah", "tetap", "jadi",
})  # fmt: skip
BESIDE = 3  # words before a meeting that is called
MOST_NAMING = 4  # words that name a meeting called behind a record


class Joint(NamedTuple):
    """What joins two requests: the tokens ``[start, end)``; a full stop, *then*, an *and*, or no more than a comma."""

    start: int
    end: int
    is_stop: bool
    is_then: bool
    is_comma: bool


def split_line(line: str, inquiry: Inquiry, most: int) -> tuple[list[Request], str]:
    """Return the requests of one line, at most *most*, and what stands behind them: another one begins after a mark or
    an *and* where what follows asks by itself.
    """
    whole, text = inquiry(line), inquiry.look(line)
    act = None if whole is None else whole.asked.act
    if not text.tokens or (act is None and not text.grammar.replies.may_be_in(text.words)):
        return [], ""
    found: list[Request] = []
    begin, joints = text.tokens[0].start, list(_joints(text)) if act in PARTED else []
    for joint, end in zip(joints, _ends(text, joints), strict=True):
        start = text.tokens[joint.end].start
        right = inquiry.piece(line[start:end])
        left = None if right is None else inquiry.piece(line[begin : text.tokens[joint.start].start])
        if left is None or right is None or not _are_two(left, right, joint):
            continue
        found += told_apart(left, inquiry)
        begin = start
        if len(found) >= most:
            return found[:most], line[begin:]
    last = inquiry(line[begin:])
    found += [] if last is None else told_apart(last, inquiry)
    return found[:most], ""


def _joints(text: Text) -> Iterator["Joint"]:
    """Yield what may join two requests, in order."""
    if text.words.isdisjoint(JOINS):
        return
    i = 1
    while i < len(text.tokens) - 1:
        joint = _joint(text, i)
        if joint is not None and _opens(text, joint):
            yield joint
        i = i + 1 if joint is None else joint.end


def _ends(text: Text, joints: list["Joint"]) -> list[int]:
    """Return the place of the character at which what follows each of *joints* ends: the next of them."""
    return [*(text.tokens[joint.start].start for joint in joints[1:]), len(text.text)][: len(joints)]


def _joint(text: Text, i: int) -> Joint | None:
    """Return what joins two requests from token *i* on: *, lalu*, *; setelah itu*, *and then*; None: nothing does."""
    lowers, tokens, end = text.lowers, text.tokens, i
    stop = lowers[i] in STOPS and tokens[i].end < tokens[i + 1].start
    comma = lowers[i] == "," and tokens[i].end < tokens[i + 1].start
    end += stop or comma
    linked, then = end, False
    while linked < min(i + 4, len(lowers) - 1):
        if " ".join(lowers[linked : linked + 2]) in AFTER_THAT:
            linked, then = linked + 2, True
        elif lowers[linked] in AND or (lowers[linked] in THEN and lowers[linked] not in {"itu", "that"}):
            linked, then = linked + 1, then or lowers[linked] in THEN
        else:
            break
    if linked == i or linked >= len(tokens):
        return None
    return Joint(i, linked, stop, then, comma and linked == i + 1)


def _opens(text: Text, joint: Joint) -> bool:
    """Say whether a request may begin behind *joint*: by a word that opens one, a meeting or event named within three
    words, or somebody who speaks of themselves.
    """
    i = joint.end
    if text.grammar.openers.at(text.lowers, i) is not None or text.grammar.colons.at(text.lowers, i) is not None:
        return True
    near = text.lowers[i : i + BESIDE]
    told = (joint.is_stop and not ME.isdisjoint(near)) or text.grammar.events.at(text.lowers, i) is not None
    return told or near[0] in text.grammar.polite or any(word in text.grammar.meetings for word in near)


def _are_two(left: Request, right: Request, joint: Joint) -> bool:
    """Say whether two pieces are requests by themselves: *rapat besok jam 8 malam, lalu batalkan rapat M-3*."""
    act = left.asked.act
    if act in TEXTS:
        return joint.is_stop and (_begins_a_change(right) or _is_labelled(right) or _calls_behind_a_record(right))
    if act is Act.REPLY:
        return _is_labelled(right) or _adds_to_agenda(right) or _begins_a_change(right) or _schedules(right, joint)
    if act in OF_ANOTHER:
        other = right.asked.act is not act or right.asked.act is Act.CANCEL
        return _begins_a_change(left) and (
            (_begins_a_change(right) and other) or _is_labelled(right) or _calls_anew(right, joint)
        )
    if not _stands_alone(left):
        return False
    if _adds_to_agenda(right) or (joint.is_stop and _answers(right)):
        return True
    if joint.is_comma:
        change = _begins_a_change(right) and right.asked.manner not in LABELLED
        return change or (_is_dated(left) and _calls_another(right))
    return _stands_alone(right) or _begins_a_change(right)


def _adds_to_agenda(request: Request) -> bool:
    """Say whether a piece asks by a verb that something be put on the agenda."""
    asked, text = request.asked, request.text
    polite = all(word in text.grammar.polite for word in text.lowers[: asked.start])
    return asked.act is Act.AGENDA and polite and ":" not in text.lowers[asked.start : asked.end]


def _answers(request: Request) -> bool:
    """Say whether a piece is an answer of whoever speaks: *mohon hadir tepat waktu* is none."""
    return request.asked.act is Act.REPLY and not ME.isdisjoint(request.text.words)


def _schedules(request: Request, joint: Joint) -> bool:
    """Say whether a sentence calls a meeting by a verb, with its day."""
    return joint.is_stop and request.asked.manner == "call" and request.when.days is not None


def _calls_another(request: Request) -> bool:
    """Say whether a piece behind a comma names a meeting at once, with its day and hour."""
    told = not TELLING.isdisjoint(request.text.words)
    return request.asked.act is Act.CALL and _names_early(request) and _is_dated(request) and not told


def _names_early(request: Request) -> bool:
    """Say whether what is called is named by the first words."""
    return request.asked.manner != "somewhere" or any(names_at(request.text, i) for i in range(BESIDE))


def _is_dated(request: Request) -> bool:
    when = request.when
    return when.has_clock and (when.days is not None or when.rrule is not None)


def _begins_a_change(request: Request) -> bool:
    """Say whether a piece first says what becomes of a meeting, then which: *batalkan rapat M-3*."""
    words, meetings = request.text.lowers, request.text.grammar.meetings
    start = request.asked.start
    near = words[start + 1 : start + NEAR]
    named = words[start] not in meetings and any(word in meetings or word in STANDS_FOR for word in near)
    polite = all(word in request.text.grammar.polite for word in words[:start])
    return request.asked.act in OF_ANOTHER and polite and named


def _is_labelled(request: Request) -> bool:
    """Say whether a piece is a record after its label: *catat: …*."""
    end = request.asked.end
    return request.asked.act in STRONG and 0 < end <= NEAR and request.text.lowers[end - 1] == ":"


def _calls_anew(request: Request, joint: Joint) -> bool:
    """Say whether a piece calls a meeting of its own behind a change: by a verb, or after *then* by its noun."""
    when = request.when
    timed = when.start is not None and (when.days is not None or when.clock is not None or when.rrule is not None)
    if request.asked.act is not Act.CALL or not timed:
        return False
    noun = request.asked.manner in {"meeting", "event"}
    return (joint.is_stop or joint.is_then) if noun else request.asked.manner == "call"


def _calls_behind_a_record(request: Request) -> bool:
    """Say whether a piece after the text of a record calls a meeting, and does not tell of one."""
    when = request.when
    if request.asked.act is not Act.CALL or when.clock is None or (when.days is None and when.rrule is None):
        return False
    if request.asked.manner == "call":
        return True
    text = request.text
    busy = {i for finding in text.times for i in range(finding.start, finding.end)}
    until = min(busy, default=len(text.tokens))
    named = [word for i, word in enumerate(text.lowers[:until]) if text.tokens[i].shape is Shape.WORD]
    telling = any(word in TELLING or (word.startswith("di") and len(word) > len("diri")) for word in text.lowers)
    return request.asked.manner in {"meeting", "event"} and len(named) <= MOST_NAMING and not telling


def _stands_alone(request: Request) -> bool:
    """Say whether a piece is a request by itself: a record, or a meeting with its own day or time."""
    if request.asked.act in STRONG:
        return True
    return request.asked.act is Act.CALL and _names_early(request) and request.when.start is not None
