"""What does one request look like to the readers of its slots?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from governor.understanding.findings import Finding, Line
from governor.understanding.glued import is_any_glued, is_glued, parted
from governor.understanding.language import Grammar, detect, grammar, language_of, lexicon
from governor.understanding.lexicon import Language, Term
from governor.understanding.readers import scan
from governor.understanding.refiners import refine
from governor.understanding.tokens import Token, tokenise


class Text(NamedTuple):  # as Token
    """One request: its tokens, its times (counted in tokens), and the words of its language.

    ``lowers`` are the tokens in lower case, ``words`` the same as a set; ``noun`` is the place of the first word for a
    meeting, -1 where there is none; ``is_glued``: words were written together.
    """

    text: str
    tokens: Sequence[Token]
    lowers: list[str]
    words: frozenset[str]
    line: Line
    found: Sequence[Finding]
    times: Sequence[Finding]
    language: Language
    grammar: Grammar
    noun: int = -1
    is_glued: bool = False

    @property
    def is_shouted(self) -> bool:
        """Say whether it is written in capitals throughout."""
        return self.text.isupper()

    def said(self, start: int, end: int) -> str:
        """Return the characters of the tokens ``[start, end)``, words that were written together apart."""
        if not self.is_glued:
            return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""
        glued = [i for i in range(start + 1, end) if is_glued(self.tokens[i - 1], self.tokens[i])]
        places = [start, *glued, end]
        pieces = (self.tokens[a:b] for a, b in pairwise(places) if a < b)
        return " ".join(self.text[piece[0].start : piece[-1].end] for piece in pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters that the tokens ``[start, end)`` cover."""
        return (self.tokens[start].start, self.tokens[end - 1].end)

    def chars(self, finding: Finding) -> tuple[int, int]:
        """Return the characters that *finding* (counted in terms) covers."""
        return (self.line.terms[finding.start].start, self.line.terms[finding.end - 1].end)


def prepare(text: str, at: datetime, fallback: str, after: datetime | None = None) -> Text:
    """Return *text* with everything that can be read from it before an act is known."""
    tokens = tokenise(text)
    lowers = [token.lower for token in tokens]
    if is_apart := is_any_glued(lowers):
        tokens = parted(tokens)
        lowers = [token.lower for token in tokens]
    code = detect(tokens, fallback)
    language = language_of(code)
    line = Line(lexicon(code).terms(tokens, lowers), at, is_month_first(at), code, after)
    found = refine(line, scan(line))
    words = grammar(code)
    said = frozenset(lowers)
    named = not said.isdisjoint(words.meetings)
    noun = next(i for i, word in enumerate(lowers) if word in words.meetings) if named else -1
    times = _in_tokens(tokens, line.terms, found)
    return Text(text, tokens, lowers, said, line, found, times, language, words, noun, is_apart)


def with_findings(text: Text, found: Sequence[Finding]) -> Text:
    """Return *text* with other findings, in the order of their places."""
    ordered = sorted(found, key=lambda finding: finding.start)
    return text._replace(found=ordered, times=_in_tokens(text.tokens, text.line.terms, ordered))


def is_month_first(at: datetime) -> bool:
    """Say whether 3/12 is the twelfth of March where *at* is told: in the Americas."""
    zone = at.tzinfo
    if isinstance(zone, ZoneInfo):
        return zone.key.startswith(("America/", "US/"))
    away = at.utcoffset()
    return away is not None and away < timedelta(0)


def _in_tokens(tokens: Sequence[Token], terms: Sequence[Term], found: Sequence[Finding]) -> list[Finding]:
    """Return the findings with their places counted in tokens."""
    place = [term.place for term in terms]
    place.append(len(tokens))
    return [Finding(value, place[start], place[end], rule) for value, start, end, rule in found]
