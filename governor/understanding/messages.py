"""Into which requests does a message fall?"""

from collections.abc import Iterator

from governor.understanding.language import labels
from governor.understanding.reading import Act
from governor.understanding.requests import Request
from governor.understanding.splitting import Ask, split_line

MOST_LINES = 30  # of one message that are asked each by itself
CONTINUES = frozenset({Act.AGENDA})
LABELLED = frozenset({"change-title", "change-place"})


def split_requests(text: str, ask: Ask) -> list[Request]:
    """Return the requests of *text*: lines that tell one meeting together are one, a line that asks anew begins
    another.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return [request for request in split_line(lines[0], ask) if request is not None]
    found: list[Request] = []
    for group in _groups(lines, ask):
        found += [request for request in split_line(group, ask) if request is not None]
    return found


def _groups(lines: list[str], ask: Ask) -> Iterator[str]:
    """Yield the lines that belong together, joined."""
    group: list[str] = []
    open_act: Act | None = None
    for number, line in enumerate(lines):
        plain = unlabelled(line)
        asked = ask(line) if plain == line and number < MOST_LINES else None
        act = None if asked is None else asked.asked.act
        if asked is not None and open_act is Act.CALL and (act in CONTINUES or asked.asked.manner in LABELLED):
            act = None
        if group and act is not None and open_act is not None:
            yield _joined(group)
            group, open_act = [], None
        group.append(plain)
        open_act = open_act or act
    yield _joined(group)


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
