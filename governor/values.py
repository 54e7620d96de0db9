"""How is a value made? As a dataclass of the library, but what is the same in all of them is there once.

The library writes five methods anew for each class, and two of them keep the class alive that it was before it had
slots: 9 KiB of the 14 that a class then takes, of which there are hundreds in every process.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, Literal, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(field_specifiers=(dataclasses.field,))
def dataclass(*, frozen: Literal[True], slots: Literal[True], kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """Return what makes a class a dataclass whose values never change, as ``dataclasses.dataclass`` does."""

    def make(plain: type[T]) -> type[T]:
        shared = {name: method for name, method in _SHARED.items() if name not in vars(plain)}
        made = dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, repr=False, eq=False)(plain)
        for name, method in shared.items():
            setattr(made, name, method)
        return made

    return make


@cache
def _compared(kind: Any) -> Callable[[object], object]:  # noqa: ANN401  # a dataclass
    """Return what gives what counts of a value of *kind* when it is compared."""
    names = [one.name for one in fields(kind) if one.compare]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _content(value: Any) -> object:  # noqa: ANN401  # of a dataclass
    return _compared(value.__class__)(value)


def _equal(self: object, other: object) -> object:
    return _content(self) == _content(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: object) -> int:
    return hash(_content(self))


@recursive_repr()
def _shown(self: Any) -> str:  # noqa: ANN401  # of a dataclass
    told = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(told)})"


def _set(_: object, name: str, value: object) -> None:  # noqa: ARG001  # Python gives it
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {"__eq__": _equal, "__hash__": _hash, "__repr__": _shown, "__setattr__": _set, "__delattr__": _delete}
