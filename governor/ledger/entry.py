"""What is one line of the record? A value with canonical bytes."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import NoReturn, Self, cast

from governor.ledger.canonical import JSON, canonical
from governor.values import dataclass

MAX_BYTES = 16 * 1024
"""The most canonical bytes that an entry may have."""

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z", re.ASCII)
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "id": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    "type": re.compile(r"[a-z0-9._-]{1,64}"),
    # No quote, backslash or space: a subject looks the same inside a string of JSON, in a path and in a query.
    "subject": re.compile(r"[!#-\[\]-~]{1,128}"),
    "actor": re.compile(r"p:[0-9a-f]{32}|system"),
}
_FIELD = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")
_COMMITMENT = re.compile(r"hs256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act in the record. What cannot be recorded cannot be made: every bound is checked here.

    ``id`` is a lower-case UUID; ``ts`` is kept in UTC, cut to milliseconds; ``n`` counts the entries of ``subject``
    from 1; ``actor`` is a pseudonym (``p:`` and 32 hex digits) or ``system``; ``pii`` maps the name of a personal
    field to its commitment (``hs256:`` and 64 hex digits).

    Raises:
        ValueError: a field has another shape, the body cannot be written as canonical JSON, or the whole is longer
            than ``MAX_BYTES``.
    """

    id: str
    ts: datetime
    type: str
    v: int
    subject: str
    n: int
    actor: str
    body: Mapping[str, JSON]
    pii: Mapping[str, str]
    _leaf: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.ts.tzinfo is None:
            raise ValueError("ts: an instant has a zone")
        instant = self.ts.astimezone(UTC)
        object.__setattr__(self, "ts", instant.replace(microsecond=instant.microsecond // 1000 * 1000))
        self._check()
        leaf = canonical(self._fields())
        if len(leaf) > MAX_BYTES:
            raise ValueError(f"an entry has at most {MAX_BYTES} bytes, not {len(leaf)}")
        object.__setattr__(self, "_leaf", leaf)

    def leaf(self) -> bytes:
        """Return the canonical bytes of this entry (RFC 8785), at most ``MAX_BYTES``."""
        return self._leaf

    @classmethod
    def parse(cls, leaf: bytes) -> Self:
        """Return the entry whose canonical bytes are *leaf*.

        Raises:
            ValueError: *leaf* is not an entry, or not in its canonical form.
        """
        try:
            found: object = json.loads(leaf, parse_float=_refuse, parse_constant=_refuse)
        except RecursionError as fault:
            raise ValueError("nested too deeply") from fault
        if not isinstance(found, dict) or found.keys() != _KINDS.keys():
            raise ValueError("an entry has exactly the fields " + ", ".join(_KINDS))
        for name, kind in _KINDS.items():
            if type(found[name]) is not kind:
                raise ValueError(f"{name}: not a {kind.__name__}")
        if not all(isinstance(commitment, str) for commitment in found["pii"].values()):
            raise ValueError("pii: a commitment is text")
        # Every field has just been shown to have its type.
        entry = cast("Callable[..., Self]", cls)(**{**found, "ts": _instant(found["ts"])})
        if entry.leaf() != leaf:
            raise ValueError("not in canonical form")
        return entry

    def _check(self) -> None:
        for name, shape in _SHAPES.items():
            if not shape.fullmatch(getattr(self, name)):
                raise ValueError(f"{name}: not of the shape {shape.pattern}")
        if type(self.n) is not int or type(self.v) is not int or self.n < 1 or self.v < 1:
            raise ValueError("n and v count from 1")
        for name, commitment in self.pii.items():
            if not _FIELD.fullmatch(name) or not _COMMITMENT.fullmatch(commitment):
                raise ValueError(f"pii: {name!r} is no field name, or its value no commitment")

    def _fields(self) -> dict[str, JSON]:
        return {
            "actor": self.actor,
            "body": self.body,
            "id": self.id,
            "n": self.n,
            "pii": self.pii,
            "subject": self.subject,
            "ts": self.ts.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z",
            "type": self.type,
            "v": self.v,
        }


_KINDS: Mapping[str, type] = {
    "actor": str,
    "body": dict,
    "id": str,
    "n": int,
    "pii": dict,
    "subject": str,
    "ts": str,
    "type": str,
    "v": int,
}


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"not an integer: {number}")


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise ValueError("ts: not an instant in UTC with milliseconds")
    return datetime.fromisoformat(text)
