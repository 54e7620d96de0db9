"""Which bytes stand for a value? RFC 8785, without floats."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What can be recorded: JSON without floats."""

_Plain: TypeAlias = "bool | int | str | list[_Plain] | dict[str, _Plain] | None"


def canonical(value: JSON) -> bytes:
    """Return the canonical UTF-8 bytes of *value* (RFC 8785).

    Raises:
        ValueError: a float, an integer beyond 2**53 - 1, a key that is no string, a lone surrogate, another type, or a
            nesting too deep to follow.
    """
    try:
        return rfc8785.dumps(_plain(value))
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault


def _plain(value: JSON) -> _Plain:
    """Return *value* in the types that the encoder knows: mappings as dicts, sequences as lists; refuse the rest."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item) for item in value]
    raise ValueError(f"not recordable: {type(value).__name__}")
