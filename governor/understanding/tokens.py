"""Of which words, numbers and marks is the text made?"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

CHUNK = re.compile(r"\S+")
PIECE = re.compile(r"(\d+)|([^\W\d_]+(?:'[^\W\d_]+)*)|.", re.DOTALL)
MENTION = re.compile(r"<@!?\d+>|@[^\W_][\w-]*(?:\.[\w-]+)*")
LINKS = (
    "http://", "https://", "meet.google.com/", "zoom.us/", "us02web.zoom.us/", "us04web.zoom.us/", "us05web.zoom.us/",
    "us06web.zoom.us/", "meet.jit.si/", "teams.microsoft.com/", "teams.live.com/", "whereby.com/", "webex.com/",
)  # fmt: skip
STOPS = ".,;:!?"
OPENING, CLOSING = "([{<\"'", ")]}>\"'.,;:!?"

SAME_LENGTH = {
    **dict.fromkeys(map(ord, "’‘ʼ`´ʹ"), "'"),
    **dict.fromkeys(map(ord, "“”„«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys([0x00A0, 0x2007, 0x202F, 0x3000, *range(0x2000, 0x200B)], " "),
}
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


class Shape(StrEnum):
    """What a token looks like, before any language is asked."""

    NUMBER = "number"
    WORD = "word"
    MARK = "mark"
    EMAIL = "email"
    LINK = "link"
    MENTION = "mention"


SHAPES = (Shape.MARK, Shape.NUMBER, Shape.WORD)  # by the group of PIECE


class Token(NamedTuple):  # made by the thousand: a frozen dataclass takes three times as long
    """One word, number or mark: as written, in lower case, and the characters it covers."""

    text: str
    lower: str
    start: int
    end: int
    shape: Shape


def clean(text: str) -> str:
    """Return *text* without control characters, bidi marks and other invisible signs; line ends become ``\\n``."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


MOST_TOKENS = 1000  # of a text: whoever writes more of them in a message writes no words


def tokenise(text: str) -> list[Token]:
    """Return the first ``MOST_TOKENS`` tokens of *text*, in order; the cost is linear in its length."""
    text = text if text.isascii() else text.translate(SAME_LENGTH)
    found: list[Token] = []
    for chunk in CHUNK.finditer(text):
        said = chunk.group()
        start = chunk.start()
        if said.isalpha():
            found.append(Token(said, said.lower(), start, chunk.end(), Shape.WORD))
        elif said.isdecimal():
            found.append(Token(said, said, start, chunk.end(), Shape.NUMBER))
        elif said[:-1].isalpha() and said[-1] in STOPS:
            end = chunk.end()
            found.append(Token(said[:-1], said[:-1].lower(), start, end - 1, Shape.WORD))
            found.append(Token(said[-1], said[-1], end - 1, end, Shape.MARK))
        elif "@" in said or "/" in said:
            found.extend(islice(_addresses(said, start), MOST_TOKENS))
        else:
            found.extend(islice(_pieces(said, start), MOST_TOKENS))
        if len(found) >= MOST_TOKENS:
            break
    return found[:MOST_TOKENS]


def _pieces(said: str, at: int) -> Iterator[Token]:
    for piece in PIECE.finditer(said):
        word, (start, end) = piece.group(), piece.span()
        yield Token(word, word.lower(), at + start, at + end, SHAPES[piece.lastindex or 0])


def _addresses(said: str, at: int) -> Iterator[Token]:
    """Yield the tokens of a chunk that may hold an e-mail address, a link or a mention."""
    left = len(said) - len(said.lstrip(OPENING))
    core = said[left:].rstrip(CLOSING)
    lower = core.lower()
    shape = None
    if lower.startswith(LINKS):
        shape = Shape.LINK
    elif is_email(core):
        shape = Shape.EMAIL
    if shape is not None:
        right = left + len(core)
        yield from _pieces(said[:left], at)
        yield Token(core, lower, at + left, at + right, shape)
        yield from _pieces(said[right:], at + right)
        return
    done = 0
    for mention in MENTION.finditer(said):
        name = mention.group()
        if (mention.start() and said[mention.start() - 1].isalnum()) or (name[0] == "@" and not _has_name(name)):
            continue  # a@b, @16.00, @3pm
        yield from _pieces(said[done : mention.start()], at + done)
        yield Token(name, name.lower(), at + mention.start(), at + mention.end(), Shape.MENTION)
        done = mention.end()
    yield from _pieces(said[done:], at + done)


def _has_name(mention: str) -> bool:
    """Say whether a mention has letters that are no half of the day: not *@16.00*, *@3pm*."""
    name = mention[1:].lower()
    return any(map(str.isalpha, name[:-2] if name[:1].isdecimal() and name.endswith(("am", "pm")) else name))


def is_email(said: str) -> bool:
    """Say whether *said* has the form of an e-mail address that can be written to."""
    name, at, host = said.partition("@")
    labels = host.split(".")
    return (
        bool(at)
        and 0 < len(name) <= 64
        and len(host) <= 253
        and len(labels) > 1
        and name.isascii()
        and not name.startswith(".")
        and not name.endswith(".")
        and ".." not in name
        and all(c.isalnum() or c in "._%+-'" for c in name)
        and all(_is_label(label) for label in labels)
        and labels[-1].isalpha()
        and len(labels[-1]) > 1
    )


def _is_label(label: str) -> bool:
    return (
        0 < len(label) <= 63
        and label.isascii()
        and label[0] != "-"
        and label[-1] != "-"
        and all(c.isalnum() or c == "-" for c in label)
    )
