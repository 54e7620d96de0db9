"""How is text written for Discord? So that nothing in it is obeyed: no ping, no link in disguise, no turned line."""

import re
import unicodedata
from datetime import datetime
from functools import lru_cache

from governor.wording.catalogue import Markup

_MARKS = re.compile(r"([\\*_~`|>#\[\]()<@:-])")
_OURS = re.compile(r"https://discord\.com/channels/[\d/@a-z]+")
_STACKED = 4
"""How many marks may stand on one letter."""


def clean(text: str) -> str:
    """Return *text* without control characters, marks of direction, and all but a few of the marks on one letter."""
    if text.isascii() and text.isprintable():  # as most of it is
        return text
    kept, stacked = [], 0
    for one in text.replace("\t", " "):
        kind = unicodedata.category(one)
        if one != "\n" and (kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and one != "\u200d")):
            continue
        stacked = stacked + 1 if kind in ("Mn", "Me") else 0
        if stacked <= _STACKED:
            kept.append(one)
    return "".join(kept)


@lru_cache(maxsize=10_000)
def escaped(text: str) -> str:
    """Return the *text* of a person, to be shown as it was written."""
    return _MARKS.sub(r"\\\1", clean(text))


_FORMS = {"clock": "t", "date": "D"}


def moment(at: datetime, form: str, words: str) -> str:
    """Return the instant *at* in each reader's own zone, and its *words* in the zone it was said in, which they name.

    *form* says how much of it: the clock, the date, or both.
    """
    return f"<t:{int(at.timestamp())}:{_FORMS.get(form, 'F')}> ({words})"


def linked(url: str) -> str:
    """Return *url*, to be followed where it is an address on Discord itself, else as text."""
    return url if _OURS.fullmatch(url) else escaped(url)


DISCORD = Markup(text=escaped, link=linked, moment=moment)
"""The markup of Discord."""


def cut(text: str, limit: int) -> str:
    """Return *text* in at most *limit* characters, ``…`` for what was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip("\\") + "…"
