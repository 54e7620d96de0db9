"""Which commands does a platform offer, and what may be chosen for their options? The table of commands, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from governor.domain.bylaws import Rule, Secrecy
from governor.domain.languages import Language
from governor.domain.meetings import PartStat
from governor.domain.members import Office, Route
from governor.domain.standing_rules import StandingRule
from governor.errors import NotFound, NotUnderstood, OutOfOrder
from governor.ports.offers import Choice, Kind, Offer, Option
from governor.services.cards import ANSWERS
from governor.services.commands import Command
from governor.store.members import Roster
from governor.understanding.reading import Party, Period, Reading
from governor.voting.counting import Choice as Vote
from governor.voting.counting import Majority
from governor.wording.phrase import phrase

MEETING = "meeting"
"""The option that names the meeting which a command without a number of its own is about."""

PERIOD = "period"
"""The option that names a time in words."""

_KINDS: Mapping[type, Kind] = {
    str: Kind.TEXT,
    Reading: Kind.SENTENCE,
    Party: Kind.PERSON,
    Period: Kind.PERIOD,
    date: Kind.DATE,
    PartStat: Kind.ANSWER,
    Language: Kind.LANGUAGE,
    Vote: Kind.VOTE,
    Majority: Kind.MAJORITY,
    Secrecy: Kind.SECRECY,
    Office: Kind.OFFICE,
    StandingRule: Kind.RULE,
    Route: Kind.WAY,
    Rule: Kind.BYLAW,
}
_CLOSED: Mapping[Kind, type[StrEnum]] = {
    Kind.VOTE: Vote,
    Kind.MAJORITY: Majority,
    Kind.SECRECY: Secrecy,
    Kind.OFFICE: Office,
    Kind.RULE: StandingRule,
    Kind.WAY: Route,
    Kind.BYLAW: Rule,
}
_CHOICES = {
    Kind.ANSWER: tuple(Choice(value=one.value, label=phrase(f"button-{one.value.lower()}")) for one in ANSWERS),
    Kind.LANGUAGE: tuple(Choice(value=one.value, label=phrase(f"language-{one.value}")) for one in Language),
    **{
        kind: tuple(Choice(value=one.value, label=phrase(f"{kind.value}-{one.value}")) for one in values)
        for kind, values in _CLOSED.items()
    },
    Kind.BYLAW: tuple(Choice(value=one.value, label=phrase(f"rule-{one.value}")) for one in Rule),
}
_NUMBERS = {
    "meeting": Kind.MEETING,
    "agenda": Kind.MEETING,
    "decision": Kind.DECISION,
    "motion": Kind.MOTION,
    "date-poll": Kind.POLL,
    "action": Kind.ACTION,
}
_NAMED = {"item": Kind.ITEM, "decision": Kind.DECISION}
"""Fields whose name says what they take."""


def offers(commands: Sequence[Command]) -> tuple[Offer, ...]:
    """Return those of *commands* that can be asked for by name, what must be filled in first."""
    return tuple(_offer(command) for command in commands if command.act or command.is_offered)


def filled(command: Command, options: Mapping[str, str], roster: Roster) -> dict[str, object]:
    """Return field → value for the *options* of *command* that are no sentence, as its request takes them.

    Raises:
        NotUnderstood: one that cannot be done without is missing, or one is no date or no answer.
        NotFound: a person is not on the roll.
    """
    values: dict[str, object] = {}
    for field, kind in _fields(command):
        said = options.get(field.name, "").strip()
        if said and kind is not Kind.SENTENCE:
            values[field.name] = _value(kind, said, roster)
        elif not said and field.default is MISSING:
            raise NotUnderstood(f"missing-{field.name}")
    return values


def sentence_field(command: Command) -> str | None:
    """Return the name of the field of *command* that is filled by a sentence, if one is."""
    return next((field.name for field, kind in _fields(command) if kind is Kind.SENTENCE), None)


def kind_of(command: Command, option: str) -> Kind | None:
    """Return what the *option* of *command* takes, where there is a list of it to choose from."""
    found = next((one for one in _offer(command).options if one.name == option), None)
    return None if found is None or not found.kind.is_suggested else found.kind


@cache
def _offer(command: Command) -> Offer:
    key = command.name.replace(" ", "-")
    options = [_option(field, kind) for field, kind in _fields(command)]
    if command.is_about_meeting:
        options.append(_named(MEETING, Kind.MEETING, is_required=False))
    options.sort(key=lambda option: not option.is_required)
    first, *rest = command.name.split()
    return Offer(
        name=command.name,
        label=phrase(f"offer-{key}"),
        about=phrase(f"offer-about-{key}"),
        options=tuple(options),
        group=phrase(f"offer-group-about-{first}") if rest else None,
        is_private=command.is_private,
    )


def _option(field: "Field[Any]", kind: Kind) -> Option:
    # A sentence fills whatever the words can: where it may be left out, the other options say it all.
    return _named(field.name, kind, is_required=field.default is MISSING)


def _named(name: str, kind: Kind, *, is_required: bool) -> Option:
    return Option(
        name=name,
        label=phrase(f"option-{name}"),
        about=phrase(f"option-about-{name}"),
        kind=kind,
        is_required=is_required,
        choices=_CHOICES.get(kind, ()),
    )


@cache
def _fields(command: Command) -> tuple[tuple["Field[Any]", Kind], ...]:
    """Return the fields of the *command*'s request that a person can fill in, each with what it takes."""
    return tuple(_taken(command))


def _taken(command: Command) -> Iterator[tuple["Field[Any]", Kind]]:
    hints = get_type_hints(command.request)
    for field in fields(command.request):
        hint = hints[field.name]
        types = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        kind = _NAMED.get(field.name) or next((_KINDS[one] for one in types if one in _KINDS), None)
        is_second = kind is Kind.SENTENCE and field.default is not MISSING
        if kind is None or is_second:
            continue
        yield field, _NUMBERS.get(command.name.split()[0], kind) if field.name == "number" else kind


def _value(kind: Kind, said: str, roster: Roster) -> object:
    match kind:
        case Kind.PERSON:
            known = next(
                (one for one in roster if said.lstrip("@").casefold() in (one.handle, one.name.casefold())), None
            )
            if known is None:
                raise NotFound("person-unknown", said=said)
            return Party(said=said, member=known.id, email=known.email)
        case Kind.DATE:
            try:
                return date.fromisoformat(said)
            except ValueError:
                raise NotUnderstood("date-not-understood", said=said) from None
        case Kind.ITEM:
            if not said.isdecimal():
                raise OutOfOrder("agenda-item-unknown", item=said)
            return int(said)
        case _:
            return _chosen(kind, said)


def _chosen(kind: Kind, said: str) -> object:
    """Return what was chosen of a closed list; of other kinds the words themselves."""
    match kind:
        case Kind.ANSWER:
            if said not in {answer.value for answer in ANSWERS}:
                raise NotUnderstood("missing-partstat")
            return PartStat(said)
        case Kind.LANGUAGE:
            if said not in set(Language):
                raise NotFound("language-unknown", language=said)
            return Language(said)
        case closed if closed in _CLOSED:
            if said not in set(_CLOSED[kind]):
                raise NotUnderstood(f"missing-{kind.value}")
            return _CLOSED[kind](said)
        case _:
            return said
