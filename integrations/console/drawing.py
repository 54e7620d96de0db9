"""How does a reply look in a terminal? As text of so many columns, with nothing in it that a terminal would obey."""

import unicodedata
from collections.abc import Iterator

from governor.ports import Button, Card, Reply, Row
from governor.wording.catalogue import say

WIDEST = 100
"""The longest line, in columns; what must be copied as it stands is never broken."""

NARROWEST = 40
"""The least width that is drawn for, however small the window."""

_WIDEST_LABEL = 24
_SHORTEST_RULE = 2
_TITLE = 76


def drawn_reply(reply: Reply, width: int = WIDEST) -> Iterator[str]:
    """Yield the lines of *reply* and its document, as blocks of text of at most *width* columns."""
    first = "! " if reply.refused else "  "
    for line in (*reply.lines, *reply.aside):
        yield wrapped(clean(say(line, reply.language)), first, "  ", width=width)
    if reply.document is not None:
        yield "\n" + clean(reply.document)


def drawn_card(
    card: Card, language: str, buttons_before: int = 0, place: int | None = None, width: int = WIDEST
) -> str:
    """Return *card*, the *place*-th of the session, drawn in *language*; its buttons are numbered on from before."""
    labels = [clean(say(row.label, language)) for row in card.rows]
    column = max((columns(label) for label in labels if columns(label) <= _WIDEST_LABEL), default=0)
    lines = [_headline(clean(say(card.title, language)), place, width)]
    for label, row in zip(labels, card.rows, strict=True):
        first, rest = f"│ {label}{' ' * (column - columns(label))}  ", f"│ {' ' * column}  "
        if columns(label) > _WIDEST_LABEL:
            lines.append(wrapped(label, "│ ", width=width))
            first = rest
        lines.append(wrapped(_value(row, language), first, rest, width=width))
    buttons = [f"[{buttons_before + at}] {_button(one, language)}" for at, one in enumerate(card.buttons, 1)]
    return "\n".join([*lines, *_footline(buttons, width)])


def clean(text: str) -> str:
    """Return *text* without what a terminal would obey: control characters but line ends, and marks of direction."""
    shown = text.replace("\t", " ")
    return "".join(
        one for one in shown if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )


def columns(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(map(_width, text))


def wrapped(text: str, first: str, rest: str | None = None, *, width: int = WIDEST) -> str:
    """Return *text* broken between words, *first* before its first line and *rest* before the others.

    A word that is too long for a line is kept whole, so that a path or an address can be copied; only wide characters
    (Chinese, Japanese, Korean), which are written without spaces, are parted.
    """
    other = first if rest is None else rest
    room = max(width - columns(first), NARROWEST // 2)
    lines = [line for part in text.split("\n") for line in _broken(part, room)]
    return "\n".join((first if at == 0 else other) + line for at, line in enumerate(lines))


def _broken(text: str, room: int) -> list[str]:
    lines, used = [""], 0
    for word in _words(text):
        wide = columns(word.rstrip())
        if used and used + wide > room:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            used = 0
        lines[-1] += word
        used += columns(word)
    lines[-1] = lines[-1].rstrip()
    return lines


def _words(text: str) -> Iterator[str]:
    """Yield the pieces after which a line may end: words with the spaces after them, and single wide characters."""
    word = ""
    for one in text:
        if word and (one != " " and (word[-1] == " " or _width(one) == 2 or _width(word[-1]) == 2)) and _width(one):
            yield word
            word = ""
        word += one
    if word:
        yield word


def _width(one: str) -> int:
    if unicodedata.category(one) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1


def _button(button: Button, language: str) -> str:
    label = clean(say(button.label, language))
    return f"{label} ({button.count})" if button.count else label


def _headline(title: str, place: int | None, width: int) -> str:
    number = "" if place is None else f" #{place}"
    head = wrapped(title, "┌─ ", "│  ", width=min(width, _TITLE) - columns(number) - _SHORTEST_RULE - 1)
    first, *more = head.split("\n")
    rule = max(_SHORTEST_RULE, min(width, _TITLE) - columns(first) - 1 - columns(number))
    return "\n".join([f"{first} {'─' * rule}{number}", *more])


def _footline(buttons: list[str], width: int) -> Iterator[str]:
    line = "└─"
    for button in buttons:
        if columns(line) > len("└─") and columns(line) + columns(button) + 2 > width:
            yield line.rstrip()
            line = "  "
        line += f" {button} "
    yield line.rstrip()


def _value(row: Row, language: str) -> str:
    value = clean(say(row.value, language))
    return value if row.assumed is None else f"{value}  ({clean(say(row.assumed, language))})"
