"""Which words were written together? *besokjam 3*, *rapatbesok*, *meetingtomorrow*"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from governor.understanding.languages import languages
from governor.understanding.lexicon import Sort
from governor.understanding.tokens import Shape, Token

SORTS: Final = (
    Sort.RELATIVE, Sort.WEEKDAY, Sort.PART, Sort.CLOCK, Sort.DATE, Sort.DAY, Sort.EVERY, Sort.NEXT, Sort.MONTH,
    Sort.NOW,
)  # fmt: skip
SHORT: Final = frozenset({"jam", "pkl", "tgl", "ini", "at", "on", "bsk", "mlm", "hari"})
SHORTEST, LONGEST = 6, 24  # letters of what may be two words
NAME: Final = 6  # letters of a word that goes on a name: rapatpengurus
FULL: Final = 4  # letters of a word that is one without being in SHORT
MOST_KEPT: Final = 4096


def is_any_glued(lowers: Sequence[str]) -> bool:
    """Say whether one of the words is none but is two words of ours, one of them of time."""
    return any(map(_parting, lowers))


def parted(tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens*, those that are two words of ours written together as these two."""
    return [piece for token in tokens for piece in _pieces(token)]


def is_glued(one: Token, other: Token) -> bool:
    """Say whether two words stand together that nothing parts."""
    return one.end == other.start and one.shape is other.shape is Shape.WORD


def _pieces(token: Token) -> Iterable[Token]:
    at = _parting(token.lower)
    if not at:
        return (token,)
    said, place = token.text, token.start + at
    return (
        Token(said[:at], token.lower[:at], token.start, place, Shape.WORD),
        Token(said[at:], token.lower[at:], place, token.end, Shape.WORD),
    )


@lru_cache(maxsize=MOST_KEPT)
def _parting(word: str) -> int:
    if not SHORTEST <= len(word) <= LONGEST:
        return 0
    known, times, meetings, names = _words()
    if word in known:
        return 0
    for at in range(len(word) - 2, 2, -1):
        one, other = word[:at], word[at:]
        if (one in times and other in times | meetings) or (one in meetings and other in times | names):
            return at
    return 0


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], ...]:
    """Return all words that are known as one; of what may be glued the words of time, those for a meeting, and long
    ones that may follow these.
    """
    read = languages()
    said = {word for language in read for words in language.words.values() for word in words}
    times = {word for language in read for sort in SORTS for word in language.words.get(sort, ())}
    common = {word for language in read for word in language.common}
    meetings = {word for language in read for word in language.meetings}
    known = said.union(common, meetings, *(language.not_typos for language in read))
    glued = {word for word in times if word.isalpha() and len(word) >= FULL} | SHORT
    full = {word for word in meetings if len(word) >= FULL}
    return frozenset(known), frozenset(glued), frozenset(full), frozenset(word for word in common if len(word) >= NAME)
