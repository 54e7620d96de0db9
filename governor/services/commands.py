"""What is a command? A row of a table: its name, its request, its permission, its handler."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, field, fields
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from governor.domain.meetings import Meeting
from governor.domain.members import Member, Route
from governor.domain.permissions import Permission
from governor.domain.standing_rules import StandingRule
from governor.errors import NotFound, NotUnderstood
from governor.ports import Call, Reply, Span, Topic
from governor.store.members import Roster
from governor.store.organisations import Organisation
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.pointing import Pointer
from governor.understanding.reading import Act, Reading
from governor.values import dataclass

Busy = Callable[[Sequence[str], datetime, datetime], Mapping[str, Sequence[Span]]]
"""Tells of those addresses of which it is known when they are busy between two instants; never fails."""


Wanted = Callable[[Topic, str | None], bool]
"""Tells whether what is about a topic is posted in the chat, for who asks in a place (as in ``Call``)."""


def nobody_busy(_: Sequence[str], __: datetime, ___: datetime) -> Mapping[str, Sequence[Span]]:
    """Return that nothing is known of anybody."""
    return {}


def nothing_wanted(_: Topic, __: str | None) -> bool:
    """Return that nothing is posted."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """What is around the record.

    ``page`` is the URL of the public page, without a slash at its end; ``None``: there is none. ``ways`` names the
    calendars that are open, the preferred first; ``busy`` asks them, and ``is_wanted`` the chat. ``rules`` are the
    standing rules that hold until the organisation adopts others. ``has_voices``: the chat hears who is together by
    voice. ``has_letters``: people can be written to, beside meetings. ``has_files``: the chat hands files to people.
    """

    page: str | None = None
    ways: Sequence[str] = (Route.MAIL,)
    busy: Busy = nobody_busy
    is_wanted: Wanted = nothing_wanted
    rules: Mapping[StandingRule, str] = field(default_factory=dict)
    has_voices: bool = False
    has_letters: bool = False
    has_files: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, and in which words they are answered: a ``member``, a moment, a zone, a ``language``.

    ``named`` is the number of the meeting that the words name, if they do; ``pointers`` are what they say of its time;
    ``heard`` is the meeting that they were read against. ``known`` are the numbers and names of the meetings that
    words may name, the likeliest first.
    """

    member: Member
    organisation: Organisation
    roster: Roster
    call: Call
    at: datetime
    zone: str
    language: str
    premises: Premises = field(default_factory=Premises)
    named: str | None = None
    heard: Meeting | None = None
    known: Sequence[tuple[str, str]] = ()
    pointers: Sequence[Pointer] = ()


Handler = Callable[[Any, Caller, UnitOfWork], Reply]
"""Carries out one request in the unit of work it is given; raises ``Refused`` when the rules say no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing Governor can be asked to do.

    ``name`` is a recorded name, in English. ``request`` is the dataclass whose fields are the options. ``act`` is the
    act of a sentence that asks for it, ``button`` the first word of the token of a button that does. ``writes`` says
    whether it may change anything. ``prepare`` asks the outside what the request needs, before the turn to write.
    ``is_offered``: it is asked for by name, though no sentence asks for it. ``is_about_meeting``: it is about the
    meeting spoken of, unless another is named. ``is_private``: it is answered to who asks alone. ``is_heard``: the
    platform makes a call of that very request, of what people did there beside the talk. ``is_brief``: it reads and
    writes so little that nobody notices who has to wait for it.
    """

    name: str
    request: type
    permission: Permission
    handle: Handler
    act: Act | None = None
    button: str | None = None
    writes: bool = True
    prepare: Callable[[Any, Caller, UnitOfWork], object] | None = None
    is_offered: bool = False
    is_about_meeting: bool = False
    is_private: bool = False
    is_heard: bool = False
    is_brief: bool = False


def from_reading(command: Command, reading: Reading) -> object:
    """Return the *command*'s request, its fields filled from the slots of the same names.

    Raises:
        NotUnderstood: the sentence does not say what the request cannot do without.
        NotFound: it names a person whom nobody here knows.
    """
    refuse_unknown(reading)
    values: dict[str, object] = {}
    hints = _hints(command.request)
    for option in fields(command.request):
        value = reading if option.name == "reading" else reading.get(option.name)
        kinds = get_args(hints[option.name]) or (hints[option.name],)
        if value is not None and isinstance(value, kinds):
            values[option.name] = value
        elif option.default is MISSING:
            raise NotUnderstood(f"missing-{option.name}")
    return command.request(**values)


def from_token(commands: Mapping[str, Command], token: str) -> tuple[Command, object]:
    """Return the command and the request that a button's *token* (``word:value:value``) stands for.

    Raises:
        NotFound: there is no such button (any more).
    """
    word, *values = token.split(":")
    command = commands.get(word)
    kinds = {} if command is None else _kinds(command.request)
    if command is None or len(values) > len(kinds):
        raise NotFound("button-unknown")
    try:
        options = {name: kind(value) for (name, kind), value in zip(kinds.items(), values, strict=False)}
        return command, command.request(**options)
    except (TypeError, ValueError):
        raise NotFound("button-unknown") from None


@cache
def _hints(request: type) -> Mapping[str, Any]:
    return get_type_hints(request)


@cache
def _kinds(request: type) -> Mapping[str, Callable[[str], object]]:
    """Return what makes the value of each field of *request* from a text, in order."""
    hints = _hints(request)
    return {one.name: (get_args(hints[one.name]) or (hints[one.name],))[0] for one in fields(request)}


def refuse_unknown(reading: Reading) -> None:
    """Refuse a sentence that names somebody whom nobody here knows.

    Raises:
        NotFound: with what was said.
    """
    for missing in reading.missing:
        slot, _, said = missing.partition(":")
        if said and slot in ("attendees", "owner", "person"):
            raise NotFound("person-unknown", said=said)
        if said and slot == "email":
            raise NotUnderstood("email-invalid", address=said)
