"""Which phrase of a table stands here?"""

from collections.abc import Mapping

from governor.understanding.tokens import tokenise


class Phrases:
    """A table of phrases, found by their first two words; the longest that fits wins."""

    __slots__ = ("_by_first",)

    def __init__(self, table: Mapping[str, str]) -> None:
        self._by_first: dict[str, tuple[str | None, dict[str, list[tuple[list[str], str]]]]] = {}
        for said, value in table.items():
            first, *rest = (token.lower for token in tokenise(said))
            alone, seconds = self._by_first.get(first, (None, {}))
            if rest:
                seconds.setdefault(rest[0], []).append((rest[1:], value))
            self._by_first[first] = (alone if rest or alone is not None else value, seconds)
        for _, seconds in self._by_first.values():
            for phrases in seconds.values():
                phrases.sort(key=lambda phrase: -len(phrase[0]))

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Say whether one of *words* begins a phrase."""
        return not self._by_first.keys().isdisjoint(words)

    def at(self, lowers: list[str], i: int) -> tuple[str, int] | None:
        """Return the value of the longest phrase at place *i*, and the place after it."""
        if i >= len(lowers) or (found := self._by_first.get(lowers[i])) is None:
            return None
        alone, seconds = found
        for rest, value in seconds.get(lowers[i + 1], ()) if i + 1 < len(lowers) else ():
            end = i + 2 + len(rest)
            if lowers[i + 2 : end] == rest:
                return value, end
        return None if alone is None else (alone, i + 1)
