"""Is a value what a dataclass of the library is?"""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from governor import values


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    name: str
    hidden: str = dataclasses.field(default="x", repr=False)
    note: object = dataclasses.field(default=None, compare=False)
    places: tuple[object, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    name: str
    hidden: str = dataclasses.field(default="x", repr=False)
    note: object = dataclasses.field(default=None, compare=False)
    places: tuple[object, ...] = ()


@values.dataclass(frozen=True, slots=True)
class Short:
    text: str


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    pass


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    text: str

    def __repr__(self) -> str:
        return "told"


BOTH = pytest.mark.parametrize("make", [Ours, Theirs])


@BOTH
def test_values_are_equal_and_found_by_what_is_compared(make: Callable[..., Any]) -> None:
    one, same, other = make(name="a", note=1), make(name="a", note=[2]), make(name="a", hidden="y")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert {one: 1}[same] == 1
    assert make(name="a", places=(make(name="b"),)) == make(name="a", places=(make(name="b"),))


def test_values_of_two_kinds_are_never_equal() -> None:
    assert Ours(name="a") != Theirs(name="a")
    assert Short("a") != Told(text="a")
    assert Short("a") != "a"
    assert Short("a") == Short("a")
    assert len({Empty(), Empty()}) == 1


@BOTH
def test_value_is_shown_without_what_is_not_to_be_shown(make: Callable[..., Any]) -> None:
    listed: list[object] = []
    value = make(name="a", hidden="unseen", note=listed)
    listed.append(value)
    assert repr(value) == f"{make.__name__}(name='a', note=[...], places=())"
    assert "unseen" not in repr(value)


def test_class_may_say_itself_how_it_is_shown() -> None:
    assert repr(Told(text="a")) == "told"


@BOTH
def test_nothing_of_a_value_can_be_changed(make: Callable[..., Any]) -> None:
    value = make(name="a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.name
    assert value.name == "a"


@BOTH
def test_value_is_copied_and_carried_as_it_is(make: Callable[..., Any]) -> None:
    value = make(name="a", places=(1, 2))
    assert dataclasses.replace(value, name="b") == make(name="b", places=(1, 2))
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  # our own
    assert dataclasses.asdict(value) == {"name": "a", "hidden": "x", "note": None, "places": (1, 2)}
    assert dataclasses.is_dataclass(value)
