"""What is to be done outside, and what became of it?

An effect is enqueued in the transaction of the act that causes it, and carried out afterwards by a durable engine
(``jobs``). Its id is deterministic, and is what makes a second attempt harmless.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from zlib import crc32

from dbos import DBOSClient, EnqueueOptions, Serializer
from sqlalchemy import Connection, Row, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from governor.store.database import Database
from governor.store.forms import instant, parse_instant
from governor.store.tables import effect

WORKFLOW = "run_effect"
"""The recorded name of the workflow that carries out one effect."""

QUEUE = "effects"
"""The recorded name of the queue it waits in."""

VERSION = "1"
"""The application version that the engine is pinned to, so that rows written by one release run under the next."""


class Json(Serializer):
    """Keeps what the engine stores readable, and safe to read, for as long as rows wait."""

    def serialize(self, data: object) -> str:
        """Return *data* as JSON; what has no JSON form, such as an exception, as its representation."""
        return json.dumps(data, default=repr)

    def deserialize(self, serialized_data: str) -> object:
        """Return what JSON *serialized_data* holds."""
        return json.loads(serialized_data)


_TURNS = 256
"""How many turns one process tells apart: two keys may share one, which costs a wait and nothing else."""


class State(StrEnum):
    """What became of an effect."""

    QUEUED = "queued"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing to be done outside.

    ``kind`` names what; ``subject`` and ``target`` whom it concerns (a meeting's number, a member); ``generation`` is
    the subject's revision: an effect of an older one is dropped. ``payload`` is JSON without secrets.
    """

    kind: str
    subject: str
    target: str
    generation: int
    payload: str | None = None

    @property
    def id(self) -> str:
        """Return the deterministic id, equal for equal acts."""
        return f"{self.kind}:{self.subject}:{self.target}:{self.generation}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """An effect with what became of it; ``due_at`` is when it is tried next, ``tries`` how often it has failed."""

    id: str
    effect: Effect
    state: State
    due_at: datetime
    tries: int
    external_id: str | None
    error: str | None


class Outbox:
    """The effects of one database. Writing methods take the connection of the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))

    @cached_property
    def _client(self) -> DBOSClient:
        return DBOSClient(system_database_engine=self._database.engine, serializer=Json())

    def enqueue(self, connection: Connection, wanted: Effect, *, at: datetime) -> None:
        """Have *wanted* done once the transaction commits; older generations for the same target are cancelled.

        Enqueuing the same effect again changes nothing.
        """
        older = (effect.c.kind == wanted.kind, effect.c.subject == wanted.subject, effect.c.target == wanted.target)
        queued = (effect.c.state == State.QUEUED, effect.c.generation < wanted.generation)
        connection.execute(update(effect).where(*older, *queued).values(state=State.CANCELLED.value))
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        row = insert(effect).values(
            id=wanted.id,
            kind=wanted.kind,
            subject=wanted.subject,
            target=wanted.target,
            generation=wanted.generation,
            payload=wanted.payload,
            due_at=instant(at),
            state=State.QUEUED.value,
            tries=0,
        )
        if connection.execute(row.on_conflict_do_nothing()).rowcount:
            self._hand_over(connection, wanted.id, wanted.id, None)

    def _hand_over(self, connection: Connection, effect_id: str, workflow_id: str, delay: float | None) -> None:
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": workflow_id,
            "app_version": VERSION,
        }
        if delay is not None:
            options["delay_seconds"] = delay
        self._client.enqueue_in_transaction(connection, options, effect_id)

    def find(self, connection: Connection, effect_id: str) -> Tracked | None:
        """Return the effect of that id."""
        rows = connection.execute(select(effect).where(effect.c.id == effect_id))
        return next(map(_tracked, rows), None)

    def done(self, connection: Connection, effect_id: str, external_id: str) -> None:
        """Mark the effect as done; *external_id* is what the outside calls it."""
        self._mark(connection, effect_id, state=State.DONE.value, external_id=external_id, error=None)

    def drop(self, connection: Connection, effect_id: str) -> None:
        """Mark the effect as cancelled: a newer one has taken its place."""
        self._mark(connection, effect_id, state=State.CANCELLED.value)

    def give_up(self, connection: Connection, effect_id: str, error: str) -> None:
        """Mark the effect as dead, for the reason *error*."""
        self._mark(connection, effect_id, state=State.DEAD.value, error=error)

    def postpone(self, connection: Connection, tracked: Tracked, *, due: datetime, delay: float, error: str) -> None:
        """Have the effect tried again at *due*, *delay* seconds from now, after a failure for the reason *error*."""
        tries = tracked.tries + 1
        self._mark(connection, tracked.id, due_at=instant(due), tries=tries, error=error)
        self._hand_over(connection, tracked.id, f"{tracked.id}#{tries}", delay)

    def revive(self, connection: Connection, tracked: Tracked, *, at: datetime) -> None:
        """Have a dead effect tried again now."""
        tries = tracked.tries + 1
        self._mark(connection, tracked.id, state=State.QUEUED.value, due_at=instant(at), tries=tries, error=None)
        self._hand_over(connection, tracked.id, f"{tracked.id}#{tries}", None)

    def _mark(self, connection: Connection, effect_id: str, **values: object) -> None:
        connection.execute(update(effect).where(effect.c.id == effect_id).values(**values))

    def of_subject(self, connection: Connection, subject: str) -> tuple[Tracked, ...]:
        """Return the effects of a *subject*, oldest generation first."""
        rows = connection.execute(select(effect).where(effect.c.subject == subject).order_by(effect.c.generation))
        return tuple(map(_tracked, rows))

    def in_state(self, connection: Connection, state: State | None, limit: int = 100) -> tuple[Tracked, ...]:
        """Return up to *limit* effects in *state* (``None``: in any), the one due first in front."""
        query = select(effect).order_by(effect.c.due_at, effect.c.id).limit(limit)
        rows = connection.execute(query if state is None else query.where(effect.c.state == state.value))
        return tuple(map(_tracked, rows))

    def counts(self, connection: Connection) -> Mapping[State, int]:
        """Return how many effects are in each state."""
        rows = connection.execute(select(effect.c.state, func.count()).group_by(effect.c.state))
        return Counter({State(state): count for state, count in rows})

    def due(self, connection: Connection, at: datetime) -> int:
        """Return how many queued effects are due by *at*."""
        waiting = (effect.c.state == State.QUEUED.value, effect.c.due_at <= instant(at))
        return connection.execute(select(func.count()).select_from(effect).where(*waiting)).scalar_one()

    @contextmanager
    def exclusive(self, key: str) -> Iterator[None]:
        """Hold the turn for *key*: no other worker, in this process or another, holds it at the same time.

        A worker that dies lets go at once: on PostgreSQL the turn belongs to its connection.
        """
        with self._turns[crc32(key.encode()) % _TURNS]:
            if self._database.is_sqlite:
                yield
                return
            with self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                values = {"key": key}
                connection.execute(text("SELECT pg_advisory_lock(hashtextextended(:key, 0))"), values)
                try:
                    yield
                finally:
                    connection.execute(text("SELECT pg_advisory_unlock(hashtextextended(:key, 0))"), values)


def _tracked(row: Row[tuple[object, ...]]) -> Tracked:
    kept = Effect(kind=row.kind, subject=row.subject, target=row.target, generation=row.generation, payload=row.payload)
    return Tracked(
        id=row.id,
        effect=kept,
        state=State(row.state),
        due_at=parse_instant(row.due_at),
        tries=row.tries,
        external_id=row.external_id,
        error=row.error,
    )
