"""What do the pieces of one message ask for, at what cost?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from governor.understanding.requests import Request
from governor.understanding.sentences import Text

Ask = Callable[[str], Request | None]
Look = Callable[[str], Text]
"""Finds the times of a text; looks at no text twice."""

MOST_PIECES = 2000  # characters of pieces of lines that are asked about, beside the lines themselves


@dataclass(slots=True)
class Inquiry:
    """Asks what a text asks for, of each text once; pieces of it have ``left`` characters together at most."""

    ask: Ask
    look: Look
    left: int = MOST_PIECES
    known: dict[str, Request | None] = field(default_factory=dict)

    def __call__(self, text: str) -> Request | None:
        """Return the request that *text* is, None where it asks for nothing."""
        if text not in self.known:
            self.known[text] = self.ask(text)
        return self.known[text]

    def piece(self, text: str) -> Request | None:
        """Return the request that a piece of a line is, None where it asks for nothing or is too much."""
        if text not in self.known:
            if len(text) > self.left:
                return None
            self.left -= len(text)
        return self(text)
