"""What may be chosen for an option, while somebody types into it? What they may do with it, in their own language."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from governor.domain.actions import Action
from governor.domain.agendas import standing
from governor.domain.decisions import Decision
from governor.domain.meetings import Meeting
from governor.domain.members import Member
from governor.domain.motions import Motion
from governor.domain.permissions import is_permitted
from governor.ports import Typing
from governor.ports.offers import Choice, Kind
from governor.services.commands import Command
from governor.services.fitting import MEANT, RECORDED
from governor.services.offers import MEETING, kind_of
from governor.store import actions, date_polls, decisions, meetings, motions, offices, proceedings
from governor.store.database import Connection
from governor.store.members import Roster
from governor.store.unit_of_work import Record
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

MOST = 25
"""How many suggestions are offered at once."""

_LOOKED_AT = 1_000
_DAYS = 60
_MOST_KEPT = 200
_BEFORE = "on"
"""The option that takes a day that was: offered are those on which somebody's office began or ended."""

_HELD_FIRST = RECORDED | {Act.MINUTES, Act.SAVE_MINUTES}
"""What is mostly done about a meeting that was held."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, as one state of the record has it."""

    connection: Connection
    command: Command
    member: Member
    roster: Roster
    typing: Typing
    at: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was *found* in one *state* of the record: each thing with the words by which it is found."""

    state: tuple[object, ...]
    roster: Roster
    found: list[tuple[str, Choice]]


class Suggestions:
    """Suggests from one record what the options of *commands* take.

    Each list is made once for each state of the record, and not for each letter that is typed.
    """

    def __init__(self, record: Record, commands: Mapping[str, Command]) -> None:
        self._record = record
        self._commands = commands
        self._kept: dict[tuple[object, ...], _Kept] = {}

    def __call__(self, typing: Typing, at: datetime) -> tuple[Choice, ...]:
        """Return at most ``MOST`` things that what is typed may be a part of; nothing to who may not, or is unknown."""
        command = self._commands.get(typing.command)
        kind = None if command is None else kind_of(command, typing.option)
        if command is None or kind is None:
            return ()
        with self._record.database.read() as connection:
            organisation, roster = self._record.standing(connection)
            member = roster.by_account(typing.account.platform, typing.account.id)
            if member is None or organisation is None or not is_permitted(member.offices, command.permission):
                return ()
            zone = ZoneInfo(organisation.zone)
            known = self._known(kind, _Asked(connection, command, member, roster, typing, at, zone))
        wanted = typing.typed.strip().lstrip("@").casefold()
        matching = (choice for words, choice in known if wanted in words)
        return tuple(choice for choice, _ in zip(matching, range(MOST), strict=False))

    def _known(self, kind: Kind, asked: _Asked) -> list[tuple[str, Choice]]:
        """Return everything of *kind* that may be chosen."""
        language = asked.typing.language if asked.typing.language in LANGUAGES else LANGUAGES[0]
        key: tuple[object, ...] = (kind, language)
        state: tuple[object, ...] = ()
        if kind is not Kind.PERSON:  # the roll is everybody's, and changes by itself alone
            key = (*key, asked.command.name, asked.member.id, _meeting_of(asked.typing))
            state = self._record.size(asked.connection), asked.at.replace(second=0, microsecond=0)
        kept = self._kept.get(key)
        if kept is None or kept.state != state or kept.roster is not asked.roster:
            found = [(f"{say(one.label, language)} {one.value}".casefold(), one) for one in _SOURCES[kind](asked)]
            kept = self._kept[key] = _Kept(state, asked.roster, found)
            for oldest in list(self._kept)[:-_MOST_KEPT]:
                self._kept.pop(oldest, None)
        return kept.found


def _people(asked: _Asked) -> Iterator[Choice]:
    for one in asked.roster:
        yield Choice(value=one.handle, label=phrase("choice-person", name=one.name, handle=one.handle))


def _meetings(asked: _Asked) -> Iterator[Choice]:
    found = {one.number: one for one in _about(asked)}
    for one in found.values():
        start = start_of(one, one.next_start(at=asked.at))
        label = phrase("word-meeting", number=one.number, summary=one.summary, start=start)
        yield Choice(value=one.number, label=label)


def _about(asked: _Asked) -> Iterable[Meeting]:
    """Return the meetings that the command may be about, the likeliest first."""
    act, connection, at = asked.command.act, asked.connection, asked.at
    if act is Act.REPLY:
        return meetings.invited_to(connection, asked.member.id, at)
    coming = meetings.coming(connection, at)
    if act is not None and MEANT.get(act):
        return coming
    begun = meetings.begun(connection, at)
    is_held_first = act in _HELD_FIRST or (act is None and asked.command.is_about_meeting)
    return (*begun, *coming) if is_held_first else (*coming, *begun)


def _items(asked: _Asked) -> Iterator[Choice]:
    number = _meeting_of(asked.typing)
    found = meetings.find(asked.connection, number) if number else meetings.meant(asked.connection, asked.at)
    agenda = () if found is None else standing(proceedings.agenda(asked.connection, found.number))
    for place, one in enumerate(agenda, 1):
        yield Choice(value=str(one.item), label=phrase("choice-item", place=place, text=one.text))


def _meeting_of(typing: Typing) -> str | None:
    """Return the number of the meeting that was filled in already."""
    return typing.given.get(MEETING) or typing.given.get("number") or None


def _days(asked: _Asked) -> Iterator[Choice]:
    days = _days_of_offices(asked) if asked.typing.option == _BEFORE else range(_DAYS)
    for later in days:
        day = asked.today + timedelta(days=later)
        yield Choice(value=day.isoformat(), label=_named_day(day, later))


def _days_of_offices(asked: _Asked) -> Sequence[int]:
    """Return how many days after today (0 or less) somebody's office began or ended, the newest first, after today."""
    zone, ever = asked.zone, offices.between(asked.connection, datetime.min.replace(tzinfo=UTC), asked.at)
    turns = [one for mandate in ever for one in (mandate.since, mandate.until) if one is not None]
    return sorted({0, *((turn.astimezone(zone).date() - asked.today).days for turn in turns)}, reverse=True)


def _named_day(day: date, later: int) -> Phrase:
    return phrase({0: "choice-today", 1: "choice-tomorrow"}.get(later, "choice-day"), day=day)


def _numbered(kind: Kind, things: Sequence[Decision | Motion | Action]) -> Iterator[Choice]:
    for one in things:
        yield Choice(value=one.number, label=phrase(f"choice-{kind.value}", number=one.number, text=one.text))


def _decisions(asked: _Asked) -> Iterator[Choice]:
    return _numbered(Kind.DECISION, decisions.newest(asked.connection, _LOOKED_AT))


def _motions(asked: _Asked) -> Iterator[Choice]:
    return _numbered(Kind.MOTION, motions.newest(asked.connection, _LOOKED_AT))


def _polls(asked: _Asked) -> Iterator[Choice]:
    for number, summary in date_polls.waiting(asked.connection):
        yield Choice(value=number, label=phrase("choice-poll", number=number, summary=summary))


def _actions(asked: _Asked) -> Iterator[Choice]:
    return _numbered(Kind.ACTION, actions.undone(asked.connection))


_SOURCES: Mapping[Kind, Callable[[_Asked], Iterable[Choice]]] = {
    Kind.PERSON: _people,
    Kind.MEETING: _meetings,
    Kind.ITEM: _items,
    Kind.DATE: _days,
    Kind.DECISION: _decisions,
    Kind.MOTION: _motions,
    Kind.POLL: _polls,
    Kind.ACTION: _actions,
}
