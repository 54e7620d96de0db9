"""Where in a line does another request begin?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from governor.understanding.findings import Clock, Day, Finding, Interval, Length, Part, Prayer, Repeat
from governor.understanding.reading import Act
from governor.understanding.requests import Request
from governor.understanding.tokens import Shape

Ask = Callable[[str], Request | None]
MOST_SPLITS = 4
NEAR = 5  # words before the meeting that a request begins with
STOPS = frozenset({";", "."})
AND = frozenset({"dan", "and", "serta", "&"})
OR = frozenset({"atau", "ato", "or"})
THEN = frozenset({"lalu", "then", "terus", "trus", "kemudian", "afterwards", "itu", "that"})
AFTER_THAT = frozenset({"setelah itu", "habis itu", "abis itu", "sesudah itu", "after that"})
RECORDS = frozenset({Act.NOTE, Act.DECIDE, Act.ACTION, Act.MOVE})
STRONG = RECORDS | {Act.ENROL}
OF_ANOTHER = frozenset({Act.CHANGE, Act.CANCEL})
STANDS_FOR = frozenset({"one", "yang", "yg"})  # for a meeting: move the one on Friday
LABELLED = frozenset({"change-title", "change-place"})
TELLING = frozenset({
    "is", "was", "will", "are", "has", "had", "must", "should", "next", "selesai", "mulai", "akan", "harus", "wajib",
    "perlu", "berikutnya", "selanjutnya", "sudah", "tetap", "jadi",
})  # fmt: skip
BESIDE = 3  # words before a meeting that is called
MOST_NAMING = 4  # words that name a meeting called behind a record


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins two requests: the tokens ``[start, end)``; a full stop, *then*, an *and*, or no more than a comma."""

    start: int
    end: int
    is_stop: bool
    is_then: bool
    is_comma: bool


def split_line(line: str, ask: Ask) -> Iterator[Request | None]:
    """Yield the requests of one line: another one begins after a mark or an *and* where what follows asks by itself."""
    whole = ask(line)
    if whole is None or whole.asked.act not in {Act.CALL, *OF_ANOTHER, *RECORDS}:
        yield whole
        return
    begin = whole.text.tokens[0].start
    tries, i = 0, 2
    while i < len(whole.text.tokens) - 2 and tries < MOST_SPLITS:
        joint = _joint(whole, i)
        i = i + 1 if joint is None else joint.end
        if joint is None or not _opens(whole, joint.end) or (whole.asked.act in RECORDS and not joint.is_stop):
            continue
        tries += 1
        rest = line[whole.text.tokens[joint.end].start :]
        left, right = ask(line[begin : whole.text.tokens[joint.start].start]), ask(rest)
        if left is not None and right is not None and _are_two(left, right, joint):
            yield from _told_apart(left, ask)
            yield from split_line(rest, ask)
            return
    yield from _told_apart(whole, ask)


def _joint(whole: Request, i: int) -> Joint | None:
    """Return what joins two requests from token *i* on: *, lalu*, *; setelah itu*, *and then*; None: nothing does."""
    lowers, tokens, end = whole.text.lowers, whole.text.tokens, i
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


def _opens(whole: Request, i: int) -> bool:
    """Say whether a request may begin at token *i*: a word that opens one, or a meeting named within three words."""
    text = whole.text
    if text.grammar.openers.at(text.lowers, i) is not None or text.grammar.colons.at(text.lowers, i) is not None:
        return True
    polite = text.lowers[i] in text.grammar.polite
    return polite or any(word in text.grammar.meetings for word in text.lowers[i : i + BESIDE])


def _are_two(left: Request, right: Request, joint: Joint) -> bool:
    """Say whether two pieces are requests by themselves: *rapat besok jam 8 malam, lalu batalkan rapat M-3*."""
    if left.asked.act in RECORDS and joint.is_stop:
        return _begins_a_change(right) or _is_labelled(right) or _calls_behind_a_record(right)
    if left.asked.act in OF_ANOTHER:
        other = right.asked.act is not left.asked.act or right.asked.act is Act.CANCEL
        return _begins_a_change(left) and (
            (_begins_a_change(right) and other) or _is_labelled(right) or _calls_anew(right, joint)
        )
    if joint.is_comma:
        return _stands_alone(left) and _begins_a_change(right) and right.asked.manner not in LABELLED
    return _stands_alone(left) and (_stands_alone(right) or _begins_a_change(right))


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
    near = request.asked.manner != "somewhere" or 0 <= request.text.noun < BESIDE
    return request.asked.act is Act.CALL and near and request.when.start is not None


def _told_apart(request: Request, ask: Ask) -> Iterator[Request]:
    """Yield one request for each of two times that one call tells: *Senin jam 8 malam dan Rabu jam 9 pagi*."""
    cuts = _two_times(request) if request.asked.act is Act.CALL else None
    if cuts is None:
        yield request
        return
    left, right = (ask(_without(request, *cut)) for cut in cuts[:2])
    if left is None or right is None or {left.asked.act, right.asked.act} != {Act.CALL}:
        yield request
        return
    if cuts[2]:
        yield _either(left, right)
        return
    yield left
    yield from _told_apart(right, ask)


def _either(left: Request, right: Request) -> Request:
    """Return the first of two times left open, the other offered: *besok jam 8 malam atau lusa jam 9 pagi*."""
    if right.when.start is None:
        return left
    when = left.when
    others, assumed = (right.when.start, *when.others), (*when.assumed, "either")
    return replace(left, when=when._replace(others=others, assumed=assumed))


def _without(request: Request, start: int, end: int) -> str:
    """Return the text without the tokens ``[start, end)``."""
    text, tokens = request.text.text, request.text.tokens
    after = text[tokens[end].start :] if end < len(tokens) else ""
    return f"{text[: tokens[start].start].rstrip()} {after}".strip()


TIMED = (Clock, Interval, Prayer)
TOLD = (*TIMED, Day, Part, Length, Repeat)
Cut = tuple[int, int]


def _two_times(request: Request) -> tuple[Cut, Cut, bool] | None:
    """Return the tokens to leave out for the first of two times and those for the second, and whether either is meant;
    None for one time.
    """
    times = [finding for finding in request.text.times if isinstance(finding.value, TOLD)]
    for k in range(1, len(times)):
        gap = request.text.lowers[times[k - 1].end : times[k].start]
        if not 1 <= len(gap) <= 2 or not set(gap) <= {",", "lalu", *AND, *OR}:
            continue
        left, right = _group(request, times, k - 1, -1), _group(request, times, k, 1)
        day, timed = _has(right, Day, Repeat), _has(right, *TIMED) and _has(left, *TIMED)
        parted = day and _has(right, *TIMED, Part) and _has(left, *TIMED, Part)
        between = request.text.lowers[left[0].start - 1] in BETWEEN if left[0].start else False
        if between or not (timed or parted) or (gap == [","] and not day):
            continue
        if day and _has(left, Day, Repeat):
            first = left[0].start + _keeps_every(request, left[0], right)
            return (left[-1].end, right[-1].end), (first, right[0].start), bool(OR & set(gap))
        clocks = [finding for finding in left if isinstance(finding.value, TIMED)]
        if not day and len(clocks) == 1 and clocks[0] is left[-1]:
            return (left[-1].end, right[-1].end), (clocks[0].start, right[0].start), bool(OR & set(gap))
    return None


def _keeps_every(request: Request, first: Finding, right: list[Finding]) -> int:
    """Return 1 where the word *tiap* before the first time holds for the second too, else 0."""
    shared = isinstance(first.value, Repeat) and not _has(right, Repeat)
    return int(shared and request.text.lowers[first.start] in EVERY)


BETWEEN = frozenset({"between", "antara"})
EVERY = frozenset({"tiap", "setiap", "saban", "every", "each"})


def _has(group: list[Finding], *kinds: type) -> bool:
    return any(isinstance(finding.value, kinds) for finding in group)


def _group(request: Request, times: list[Finding], k: int, step: int) -> list[Finding]:
    """Return the findings that stand together with the one at *k*, to the left (-1) or to the right (1) of it."""
    group, glue = [times[k]], request.text.grammar.loose | {",", "(", ")"}
    while 0 <= k + step < len(times):
        near, far = sorted((times[k], times[k + step]), key=lambda finding: finding.start)
        between = request.text.lowers[near.end : far.start]
        if len(between) > 2 or any(word in AND | OR or word not in glue for word in between):
            break
        k += step
        group.append(times[k])
    return group[::step]
