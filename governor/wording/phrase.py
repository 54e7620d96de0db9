"""What is a sentence before it has a language?"""

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from governor.values import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """The address of something on the web, to be followed where a platform can."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A message *key* of the catalogues and the *values* that fill it.

    A value may be text, a ``Link``, a number, a ``date``, an aware ``datetime``, a ``timedelta``, a ``Phrase``, or a
    tuple of those, which is said as a list ("Budi dan Sari").
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def phrase(key: str, **values: object) -> Phrase:
    """Return the phrase *key* filled by *values*."""
    return Phrase(key=key, values=values) if values else _unfilled(key)


@lru_cache(maxsize=2_000)
def _unfilled(key: str) -> Phrase:
    """Return the phrase *key*, the same one each time: most of a card's are such."""
    return Phrase(key=key)
