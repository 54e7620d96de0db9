"""Does one call tell more than one time?"""

from collections.abc import Iterator
from dataclasses import replace

from governor.understanding.findings import Clock, Day, Finding, Interval, Length, Part, Prayer, Repeat
from governor.understanding.inquiries import Inquiry
from governor.understanding.reading import Act
from governor.understanding.requests import Request

AND = frozenset({"dan", "and", "serta", "&"})
OR = frozenset({"atau", "ato", "or"})
TIMED = (Clock, Interval, Prayer)
TOLD = (*TIMED, Day, Part, Length, Repeat)
Cut = tuple[int, int]


def told_apart(request: Request, inquiry: Inquiry) -> Iterator[Request]:
    """Yield one request for each of the times that one call tells: *Senin jam 8 malam dan Rabu jam 9 pagi*."""
    while True:
        cuts = _two_times(request) if request.asked.act is Act.CALL else None
        if cuts is None:
            break
        left, right = (inquiry.piece(_without(request, *cut)) for cut in cuts[:2])
        if left is None or right is None or {left.asked.act, right.asked.act} != {Act.CALL}:
            break
        if cuts[2]:
            request = _either(left, right)
            break
        yield left
        request = right
    yield request


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
