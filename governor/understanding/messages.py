"""Into which requests does a message fall?"""

from collections.abc import Callable, Iterator

from governor.understanding.language import labels
from governor.understanding.reading import Act
from governor.understanding.requests import Request

Ask = Callable[[str], Request | None]
MOST_SPLITS = 4
MOST_LINES = 30  # of one message that are asked each by itself
NEAR = 3  # words before the meeting that a request begins with
JOINTS = frozenset({";", ".", "dan", "and", "lalu", "then", "terus", "serta"})
CONTINUES = frozenset({Act.AGENDA})
LABELLED = frozenset({"change-title", "change-place"})
STRONG = frozenset({Act.NOTE, Act.DECIDE, Act.ACTION, Act.ENROL})
OF_ANOTHER = frozenset({Act.CHANGE, Act.CANCEL})


def split_requests(text: str, ask: Ask) -> list[Request]:
    """Return the requests of *text*: lines that tell one meeting together are one, a line that asks anew begins
    another.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return [request for request in _split_line(lines[0], ask) if request is not None]
    found: list[Request] = []
    for group in _groups(lines, ask):
        found += [request for request in _split_line(group, ask) if request is not None]
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


def _split_line(line: str, ask: Ask) -> Iterator[Request | None]:
    """Yield the requests of one line: another one begins after a mark or an *and* where what follows asks by itself."""
    whole = ask(line)
    if whole is None or whole.asked.act not in {Act.CALL, *OF_ANOTHER}:
        yield whole
        return
    begin = whole.text.tokens[0].start
    tries = 0
    for i in range(2, len(whole.text.tokens) - 2):
        if tries >= MOST_SPLITS:
            break
        token = whole.text.tokens[i]
        if token.lower not in JOINTS or not _opens(whole, i + 1):
            continue
        tries += 1
        left, right = ask(line[begin : token.start]), ask(line[token.end :])
        if left is not None and right is not None and _are_two(left, right):
            yield left
            yield from _split_line(line[token.end :].strip(), ask)
            return
    yield whole


def _opens(whole: Request, i: int) -> bool:
    """Say whether a request may begin at token *i*: a word that opens one, or a meeting named within three words."""
    text = whole.text
    if text.grammar.openers.at(text.lowers, i) is not None or text.grammar.colons.at(text.lowers, i) is not None:
        return True
    return any(word in text.grammar.meetings for word in text.lowers[i : i + 3])


def _are_two(left: Request, right: Request) -> bool:
    """Say whether two pieces are requests by themselves: *rapat besok jam 8 malam, lalu batalkan rapat M-3*."""
    if left.asked.act in OF_ANOTHER:
        return _begins_a_change(left) and _begins_a_change(right) and left.asked.act is not right.asked.act
    return _stands_alone(left) and (_stands_alone(right) or _begins_a_change(right))


def _begins_a_change(request: Request) -> bool:
    """Say whether a piece first says what becomes of a meeting, then which: *batalkan rapat M-3*."""
    words, meetings = request.text.lowers, request.text.grammar.meetings
    named = words[0] not in meetings and any(word in meetings for word in words[1:NEAR])
    return request.asked.act in OF_ANOTHER and request.asked.start == 0 and named


def _stands_alone(request: Request) -> bool:
    """Say whether a piece is a request by itself: a record, or a meeting with its own day or time."""
    if request.asked.act in STRONG:
        return True
    near = request.asked.manner != "somewhere" or 0 <= request.text.noun < NEAR
    return request.asked.act is Act.CALL and near and request.when.start is not None
