"""Which bytes are a component's content lines? (RFC 5545 §3.1)"""

import re
from typing import Final

from icalendar import Component
from icalendar.parser import Contentline

_OCTETS: Final = 74
_SIMPLE: Final = re.compile(
    r"[ -\[\]_-~]*"
)  # neither the signs that begin an escape, nor anything that takes two octets
_PIECE: Final = re.compile(f".{{1,{_OCTETS}}}")


def written(component: Component) -> bytes:
    """Return what ``component.to_ical()`` does: UTF-8, CRLF, folded at 75 octets.

    Most lines are plain ASCII, of which every piece is as long; the library looks at each of their characters, which is
    half of what writing an invitation costs.
    """
    return b"\r\n".join(_folded(line) for line in component.content_lines() if line) + b"\r\n"


def _folded(line: Contentline) -> bytes:
    if _SIMPLE.fullmatch(line) is None:
        return bytes(line.to_ical())  # type: ignore[no-untyped-call]  # it has no types
    return "\r\n ".join(_PIECE.findall(line)).encode("ascii")
