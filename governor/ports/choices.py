"""How is read what the operator chose? Environment variables and ``.env``; what is chosen, each class of settings says.

Such a class is a dataclass whose fields are ``choice``.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from dotenv import dotenv_values

from governor.errors import Refused
from governor.values import dataclass

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
D = TypeVar("D")
N = TypeVar("N", int, float)

_PREFIX = "GOVERNOR_"
_YES, _NO = ("1", "true", "t", "yes", "y", "on"), ("0", "false", "f", "no", "n", "off")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is shown nowhere unless it is asked for by ``get_secret_value``."""

    _text: str = field(repr=False)

    def __str__(self) -> str:
        return "**********" if self._text else ""

    def get_secret_value(self) -> str:
        """Return the text."""
        return self._text


def choice(default: D, text: str, parse: Callable[[str], D] | type[str] = str) -> D:
    """Return the field of a setting that is *default* where nothing is chosen; the others are as in ``about``."""
    return field(default=default, metadata=about(text, parse))


def about(text: str, parse: Callable[[str], object] = str) -> Mapping[str, Any]:
    """Return the metadata of a setting: the *text* that tells the operator of it, and what makes a value of another.

    *parse* raises ``ValueError`` or ``Refused`` where it cannot.
    """
    return {"about": text, "parse": parse}


def chosen(kind: type[T], at_odds: Callable[[T], Iterable[str]] = lambda _: ()) -> T:
    """Return the settings of *kind* as the environment and ``.env`` have them; what is empty there is not set.

    *at_odds* gives the names of those that do not go with the others.

    Raises:
        Refused: some are wrong. They are named; their values are not shown, for they may be secrets.
    """
    texts = {
        name.upper(): text
        for source in (dotenv_values(".env", encoding="utf-8"), os.environ)  # the environment wins
        for name, text in source.items()
        if text
    }
    return settled(kind, texts, at_odds)


def settled(kind: type[T], texts: Mapping[str, str], at_odds: Callable[[T], Iterable[str]] = lambda _: ()) -> T:
    """Return the settings of *kind* that *texts* give by the names of environment variables.

    Raises:
        Refused: as ``chosen`` does.
    """
    values: dict[str, Any] = {}
    wrong: set[str] = set()
    for name in (one.name for one in fields(kind)):
        try:
            if variable(name) in texts:
                values[name] = parsed(kind, name, texts[variable(name)])
        except Refused:
            wrong.add(name)
    settings = kind(**values)
    wrong.update(at_odds(settings))
    if wrong:
        raise _refusal(*wrong)
    return settings


def parsed(kind: "type[DataclassInstance]", name: str, text: str) -> Any:  # noqa: ANN401  # as its field says
    """Return what *text* is as the setting *name* of *kind*.

    Raises:
        Refused: it cannot be that.
    """
    (parse,) = (one.metadata["parse"] for one in fields(kind) if one.name == name)
    try:
        return parse(text)
    except (ValueError, Refused):
        raise _refusal(name) from None


def variable(name: str) -> str:
    """Return the environment variable of the setting *name*."""
    return _PREFIX + name.upper()


def whole(least: int, most: float = inf) -> Callable[[str], int]:
    """Return what reads a whole number from *least* to *most*."""
    return _number(int, lambda number: least <= number <= most)


def between(least: float, most: float) -> Callable[[str], float]:
    """Return what reads a number from *least* to *most*."""
    return _number(float, lambda number: least <= number <= most)


def above(bound: float, most: float = inf) -> Callable[[str], float]:
    """Return what reads a number that is greater than *bound*, and *most* at most."""
    return _number(float, lambda number: bound < number <= most and number < inf)


def matching(pattern: str) -> Callable[[str], str]:
    """Return what takes a text that *pattern* matches as a whole."""

    def parse(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError("does not match")
        return text

    return parse


def truth(text: str) -> bool:
    """Return whether *text* says yes: 1, true, yes or on; no: 0, false, no or off.

    Raises:
        ValueError: it says neither.
    """
    said = text.strip().lower()
    if said not in _YES + _NO:
        raise ValueError("neither yes nor no")
    return said in _YES


def _number(read: Callable[[str], N], is_good: Callable[[N], bool]) -> Callable[[str], N]:
    def parse(text: str) -> N:
        number = read(text)
        if not is_good(number):
            raise ValueError("out of bounds")
        return number

    return parse


def _refusal(*names: str) -> Refused:
    return Refused("setting-invalid", setting=", ".join(sorted(map(variable, names))))
