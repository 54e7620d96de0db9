"""How does an event become an entry of the ledger, and how is it read back from one?

The field types of ``domain.events`` decide: a member becomes a pseudonym that holds for one subject only, personal
values become commitments under the member's key (the value itself is encrypted beside the log), free text becomes its
SHA-256. Reading back gives the event as the ledger shows it: the same dataclass, with those stand-ins as its values.
"""

import secrets
import types
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from governor.domain.events import EVENTS, Event, Personal, Text, person_of, subject_of
from governor.domain.members import MemberId
from governor.errors import LedgerBroken
from governor.ledger import seal
from governor.ledger.canonical import JSON
from governor.ledger.entry import Entry
from governor.store.forms import parse_instant, written
from governor.store.row_changes import Recorded
from governor.values import dataclass

SYSTEM = "system"
"""The actor of what no person did."""

PersonKey = Callable[[MemberId], bytes]
"""Gives the 32-byte key K_s of a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedValue:
    """A personal value as kept beside the log: the entry's ``id``, the ``field``, whose it is, the ciphertext."""

    id: str
    field: str
    person: MemberId
    ciphertext: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry, and the values that it commits to."""

    entry: Entry
    values: tuple[SealedValue, ...]


def composed(event: Event) -> Event:
    """Return *event* with its free texts in Unicode's form NFC: so they are digested, and so they are kept."""
    texts = {name: getattr(event, name) for name in _fields_of(event.type, Text)}
    given = {name: unicodedata.normalize("NFC", text) for name, text in texts.items() if text is not None}
    return cast("Event", replace(cast("Any", event), **given)) if given else event


def entry_of(recorded: Recorded, *, n: int, actor: MemberId | None, key: PersonKey) -> Sealed:
    """Return the entry for an event, the *n*-th of its subject, done by *actor* (``None``: by no person)."""
    event, subject = recorded.event, subject_of(recorded.event)
    acting = SYSTEM if actor is None else seal.pseudonym(key(actor), subject)

    def pseudonym(member: MemberId) -> str:
        return acting if member == actor else seal.pseudonym(key(member), subject)

    body: dict[str, JSON] = {}
    pii: dict[str, str] = {}
    values: list[SealedValue] = []
    personal = _fields_of(event.type, Personal)
    for name, base in _bases(event.type).items():
        value = getattr(event, name)
        if name in personal:
            if value is not None:
                owner = person_of(event)
                if owner is None:
                    raise ValueError(f"nobody's {name}")
                pii[name] = seal.commit(key(owner), recorded.id, name, value)
                nonce = secrets.token_bytes(12)
                text = seal.seal(key(owner), recorded.id, value.encode(), nonce)
                values.append(SealedValue(id=recorded.id, field=name, person=owner, ciphertext=text))
        else:
            body[name] = _shown(base, value, pseudonym)
    entry = Entry(
        id=recorded.id,
        ts=parse_instant(recorded.at),
        type=event.type,
        v=1,
        subject=subject,
        n=n,
        actor=acting,
        body=body,
        pii=pii,
    )
    return Sealed(entry=entry, values=tuple(values))


def _shown(base: object, value: object, pseudonym: Callable[[MemberId], str]) -> JSON:
    """Return *value* of a field of *base*, or of several such, as an entry's body shows it."""
    if isinstance(value, tuple):
        return [_shown(base, item, pseudonym) for item in value]
    if value is None:
        return None
    if base is MemberId:
        return pseudonym(MemberId(str(value)))
    return seal.digest(str(value)) if base is Text else written(value)


def event_of(entry: Entry) -> Event:
    """Return the event as *entry* shows it: pseudonyms, digests, and for a personal value the entry's id.

    Raises:
        LedgerBroken: the entry's type is unknown here, or its body or personal values do not fit the type.
    """
    kind = _types().get(entry.type)
    if kind is None:
        raise LedgerBroken("entry-unknown-type", type=entry.type, subject=entry.subject)
    personal = _fields_of(entry.type, Personal)
    values: dict[str, object] = {name: entry.id if name in entry.pii else None for name in personal}
    try:
        for name, hint in _hints(entry.type).items():
            if name not in personal and name in entry.body:  # what was added later is not in older entries
                values[name] = _read(hint, entry.body[name])
        event = cast("Callable[..., Event]", kind)(**values)
        fits = entry.body.keys() | entry.pii.keys() <= values.keys() and subject_of(event) == entry.subject
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise LedgerBroken("entry-misshapen", type=entry.type, subject=entry.subject) from error
    if not fits:
        raise LedgerBroken("entry-misshapen", type=entry.type, subject=entry.subject)
    return event


def _read(hint: object, value: Any) -> object:  # noqa: ANN401  # JSON comes in here
    base = _base(hint)
    if value is None and base is not hint:
        return None
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], item) for item in _typed(value, list))
    if base is timedelta:
        return timedelta(seconds=_typed(value, int))
    if base in (int, bool):
        return _typed(value, cast("type", base))
    text = _typed(value, str)
    if base in (datetime, date):
        return datetime.fromisoformat(text) if base is datetime else date.fromisoformat(text)
    return base(text) if isinstance(base, type) and issubclass(base, StrEnum) else text


def _typed(value: Any, kind: type) -> Any:  # noqa: ANN401  # likewise
    if type(value) is not kind:
        raise TypeError(f"not a {kind.__name__}")
    return value


def _base(hint: object) -> object:
    """Return *hint* without ``| None``."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


@cache
def _hints(name: str) -> Mapping[str, object]:
    kind = _types()[name]
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _bases(name: str) -> Mapping[str, object]:
    """Return of what each field in the events of that type's *name* is, one or several, or none."""
    hints = {field: _base(hint) for field, hint in _hints(name).items()}
    return {field: get_args(hint)[0] if get_origin(hint) is tuple else hint for field, hint in hints.items()}


@cache
def _fields_of(name: str, base: object) -> frozenset[str]:
    """Return the fields of *base* in the events of that type's *name*."""
    return frozenset(field for field, hint in _hints(name).items() if _base(hint) is base)


@cache
def _types() -> Mapping[str, type[Event]]:
    return {kind.type: kind for kind in EVENTS}
