"""Into which requests does a message fall?"""

from collections.abc import Iterator
from dataclasses import replace

from governor.understanding.inquiries import Inquiry
from governor.understanding.language import labels
from governor.understanding.reading import Act
from governor.understanding.requests import Request
from governor.understanding.splitting import split_line

MOST_LINES = 30  # of one message that are asked each by itself
MOST_REQUESTS = 10
CONTINUES = frozenset({Act.AGENDA})
LABELLED = frozenset({"change-title", "change-place"})


def split_requests(text: str, inquiry: Inquiry) -> tuple[list[Request], str]:
    """Return the requests of *text*, at most ``MOST_REQUESTS``, and what stands behind them and was not read: lines
    that tell one meeting together are one, a line that asks anew begins another.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found: list[Request] = []
    left: list[str] = []
    for group in [lines] if len(lines) == 1 else _groups(lines, inquiry):
        joined = _joined(group)
        if left or len(found) == MOST_REQUESTS:
            left += group
            continue
        requests, unread = split_line(joined, inquiry, MOST_REQUESTS - len(found))
        found += requests
        left += [unread] if unread else []
    return _with_agenda(found), "\n".join(left)


def _with_agenda(requests: list[Request]) -> list[Request]:
    """Return *requests* with what is to be put on the agenda of a meeting in the request that calls it."""
    kept: list[Request] = []
    for request in requests:
        before = kept[-1] if kept else None
        if before is not None and before.asked.act is Act.CALL and request.asked.act is Act.AGENDA:
            kept[-1] = replace(before, agenda=request)
        else:
            kept.append(request)
    return kept


def _groups(lines: list[str], inquiry: Inquiry) -> Iterator[list[str]]:
    """Yield the lines that belong together."""
    group: list[str] = []
    open_act: Act | None = None
    for number, line in enumerate(lines):
        plain = unlabelled(line)
        asked = inquiry(line) if plain == line and number < MOST_LINES else None
        act = None if asked is None else asked.asked.act
        if asked is not None and open_act is Act.CALL and (act in CONTINUES or asked.asked.manner in LABELLED):
            act = None
        if group and act is not None and open_act is not None:
            yield group
            group, open_act = [], None
        group.append(plain)
        open_act = open_act or act
    yield group


def _joined(group: list[str]) -> str:
    """Return the lines of one request as one: with a comma where no mark ends the line."""
    joined = group[0]
    for line in group[1:]:
        joined += (" " if joined[-1:] in ",.;:!?" else ", ") + line
    return joined


def unlabelled(line: str) -> str:
    """Return *line* with the label before its colon as a sentence would say it: *Jam: 19.00* is *jam 19.00*."""
    label, colon, rest = line.partition(":")
    said = labels().get(" ".join(label.strip(" *•-–📌🗓⏰🕖🕗").lower().split()))
    return line if not colon or said is None or not rest.strip() else f"{said} {rest.strip()}".strip()
