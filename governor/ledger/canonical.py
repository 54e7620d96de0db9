"""Which bytes stand for a value? RFC 8785, without floats."""

from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import TypeAlias

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What can be recorded: JSON without floats."""

_LARGEST = 2**53 - 1
_WORDS = {None: "null", True: "true", False: "false"}


def canonical(value: JSON) -> bytes:
    """Return the canonical UTF-8 bytes of *value* (RFC 8785).

    Raises:
        ValueError: a float, an integer beyond 2**53 - 1, a key that is no string, a lone surrogate, another type, or a
            nesting too deep to follow.
    """
    try:
        return _text(value).encode()
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault


def _text(value: JSON) -> str:
    if isinstance(value, str):
        return quoted(value)  # Python escapes just what RFC 8785 escapes, in the same form (section 3.2.2.2)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int):
        if not -_LARGEST <= value <= _LARGEST:
            raise ValueError(f"beyond 2**53 - 1: {value}")
        return str(int(value))
    if isinstance(value, Mapping):
        return f"{{{','.join([f'{quoted(key)}:{_text(value[key])}' for key in _sorted(value)])}}}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return f"[{','.join([_text(item) for item in value])}]"
    raise ValueError(f"not recordable: {type(value).__name__}")


def _sorted(keys: Iterable[str]) -> list[str]:
    """Return *keys* by the units of their UTF-16 (section 3.2.3)."""
    try:
        found = sorted(keys)
        return found if "".join(found).isascii() else sorted(found, key=lambda key: key.encode("utf-16be"))
    except TypeError as fault:
        raise ValueError("a key that is no string") from fault
