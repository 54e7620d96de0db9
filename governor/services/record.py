"""What may anybody see? Meetings, decisions, the checkpoint; never a person's name, answer or address."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from zoneinfo import ZoneInfo

from governor.domain.decisions import Decision
from governor.domain.meetings import Meeting
from governor.domain.motions import Motion
from governor.services.motion_cards import outcome_of
from governor.store import decisions, meetings, motions
from governor.store.database import Connection
from governor.store.organisations import Organisation, organisation_of
from governor.store.unit_of_work import Record
from governor.values import dataclass
from governor.wording.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """The open part of the record as of one read: ``coming`` by start, ``decided`` newest first, at most ``LIMIT``.

    ``moved`` are the motions that they came from, by number. What was lost or withdrawn is not for everybody, nor are
    meetings that are closed, and the texts of what these decided: ``closed`` are their numbers.
    """

    organisation: Organisation | None
    coming: tuple[Meeting, ...]
    decided: tuple[Decision, ...]
    decisions: int
    checkpoint: str
    vkey: str
    size: int
    moved: Mapping[str, Motion] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()

    def how(self, decision: Decision) -> Phrase | None:
        """Return how *decision* came about, in numbers and without a name; ``None``: it was recorded as it stood."""
        motion = None if decision.motion is None else self.moved.get(decision.motion)
        return None if motion is None else outcome_of(motion)

    @property
    def zone(self) -> ZoneInfo:
        """Return the organisation's zone, in which moments are shown."""
        return ZoneInfo("UTC" if self.organisation is None else self.organisation.zone)


LIMIT = 50
"""How many decisions a page shows."""


def public_record(record: Record, clock: Callable[[], datetime]) -> PublicRecord:
    """Return what the public page shows now, under the newest checkpoint that was published."""
    size, note = _published(record)
    with record.database.read() as connection:
        newest = decisions.newest(connection, LIMIT)
        return PublicRecord(
            organisation=organisation_of(connection),
            coming=_coming(connection, clock()),
            decided=newest,
            closed=meetings.closed(connection, {one.meeting for one in newest if one.meeting is not None}),
            decisions=decisions.counts(connection, None, None).looked_at,
            checkpoint=note,
            vkey=record.ledger.vkey,
            size=size,
            moved=motions.numbered(connection, [one.motion for one in newest if one.motion is not None]),
        )


def _coming(connection: Connection, at: datetime) -> tuple[Meeting, ...]:
    """Return the meetings to come, each as it next takes place: a series too."""
    coming = meetings.coming(connection, at, is_public=True)
    return tuple(one.as_next(at=at) for one in coming)


def checkpoint(record: Record) -> str:
    """Return the newest checkpoint that was published: what is shown can be held against us."""
    return _published(record)[1]


def _published(record: Record) -> tuple[int, str]:
    with record.database.read() as connection:
        found = record.ledger.published(connection, record.published)
    if found is not None:
        return found
    with record.publishing() as connection:
        head = record.ledger.head(connection)
        return head.size, head.note
