"""What is to be done outside, and what became of it?

An effect is enqueued in the transaction of the act that causes it, and carried out afterwards (``jobs``). Its id is
deterministic, and is what makes a second attempt harmless.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, bindparam, func, select, text, update

from governor.store.database import Database
from governor.store.forms import instant, parse_instant
from governor.store.tables import effect
from governor.values import dataclass

if TYPE_CHECKING:
    from governor.store.queue import Queue

_OF_SUBJECT = select(effect).where(effect.c.subject == bindparam("subject")).order_by(effect.c.generation)

Listener = Callable[[str, int, float], None]
"""Is told the id of an effect, how often it has failed, and in how many seconds it is due."""

_PAUSES = (0.01, 0.02, 0.04, 0.08, *(0.1,) * 20)
"""How long, in seconds, a turn that another process holds is waited for, attempt by attempt."""


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
    the subject's revision, or what else only rises: an effect of an older one is dropped. ``attempt`` tells apart what
    is done again for the same generation on purpose. ``payload`` is JSON without secrets. ``way`` names the calendar
    that it goes through; ``None`` is the one that all others give way to.
    """

    kind: str
    subject: str
    target: str
    generation: int
    attempt: int = 0
    payload: str | None = None
    way: str | None = None

    @property
    def id(self) -> str:
        """Return the deterministic id, equal for equal acts."""
        first = f"{self.kind}:{self.subject}:{self.target}:{self.generation}"
        return f"{first}:{self.attempt}" if self.attempt else first


def kind_of(effect_id: str) -> str:
    """Return the kind of the effect of that id."""
    return effect_id.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """An effect with what became of it; ``due_at`` is when it is tried next, ``tries`` how often it has failed.

    ``failing_since`` is when its way began to fail, if it has done nothing but that since.
    """

    id: str
    effect: Effect
    state: State
    due_at: datetime
    tries: int
    external_id: str | None
    error: str | None
    failing_since: datetime | None = None


class _Turns:
    """A lock for each key that somebody holds or waits for."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._wanted: Counter[str] = Counter()

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        with self._changing:
            lock = self._locks.setdefault(key, threading.Lock())
            self._wanted[key] += 1
        try:
            with lock:
                yield
        finally:
            with self._changing:
                self._wanted[key] -= 1
                if not self._wanted[key]:
                    del self._wanted[key], self._locks[key]


class Outbox:
    """The effects of one database. Writing methods take the connection of the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = _Turns()
        self._listener: Listener | None = None

    def listen(self, listener: Listener | None) -> None:
        """Tell *listener* (``None``: nobody) of each effect that is committed.

        On PostgreSQL of those that are due at once: the durable queue keeps the time of the others.
        """
        self._listener = listener

    def _tell(self, effect_id: str, tries: int, delay: float) -> None:
        if self._listener is not None:
            self._listener(effect_id, tries, delay)

    @cached_property
    def _queue(self) -> "Queue":
        from governor.store.queue import Queue  # heavy, and needed with PostgreSQL alone

        return Queue(self._database)

    def enqueue(
        self, connection: Connection, wanted: Effect, *, at: datetime, failing_since: datetime | None = None
    ) -> None:
        """Have *wanted* done once the transaction commits; older generations for the same target are cancelled.

        Its way may be *failing_since* before. Enqueuing the same effect again changes nothing.
        """
        older = (effect.c.kind == wanted.kind, effect.c.subject == wanted.subject, effect.c.target == wanted.target)
        queued = (effect.c.state == State.QUEUED, effect.c.generation < wanted.generation)
        connection.execute(update(effect).where(*older, *queued).values(state=State.CANCELLED.value))
        row = self._database.insert(effect).values(
            id=wanted.id,
            kind=wanted.kind,
            subject=wanted.subject,
            target=wanted.target,
            generation=wanted.generation,
            payload=wanted.payload,
            due_at=instant(at),
            state=State.QUEUED.value,
            tries=0,
            way=wanted.way,
            failing_since=None if failing_since is None else instant(failing_since),
        )
        unless_there = row.on_conflict_do_nothing().returning(effect.c.id)
        if connection.execute(unless_there).first() is not None:
            self._hand_over(connection, wanted.id, 0, wanted.id, None)

    def _hand_over(
        self, connection: Connection, effect_id: str, tries: int, workflow_id: str, delay: float | None
    ) -> None:
        if not self._database.is_sqlite:
            self._queue.put(connection, effect_id, tries, workflow_id=workflow_id, delay=delay)
        if delay is None or self._database.is_sqlite:
            self._database.after_commit(connection, partial(self._tell, effect_id, tries, delay or 0.0))

    def find(self, connection: Connection, effect_id: str) -> Tracked | None:
        """Return the effect of that id."""
        rows = connection.execute(select(effect).where(effect.c.id == effect_id))
        return next(map(_tracked, rows), None)

    def known_as(self, connection: Connection, external_id: str) -> Tracked | None:
        """Return the effect that the outside calls *external_id*."""
        rows = connection.execute(select(effect).where(effect.c.external_id == external_id))
        return next(map(_tracked, rows), None)

    def done(self, connection: Connection, effect_id: str, external_id: str) -> None:
        """Mark the effect as done; *external_id* is what the outside calls it."""
        done = {"state": State.DONE.value, "external_id": external_id, "error": None, "failing_since": None}
        self._mark(connection, effect_id, **done)

    def drop(self, connection: Connection, effect_id: str) -> None:
        """Mark the effect as cancelled: a newer one has taken its place."""
        self._mark(connection, effect_id, state=State.CANCELLED.value)

    def give_up(self, connection: Connection, effect_id: str, error: str) -> None:
        """Mark the effect as dead, for the reason *error*."""
        self._mark(connection, effect_id, state=State.DEAD.value, error=error)

    def postpone(self, connection: Connection, tracked: Tracked, *, at: datetime, delay: timedelta, error: str) -> None:
        """Have the effect tried again *delay* after *at*, when it failed for the reason *error*."""
        tries, since = tracked.tries + 1, min(tracked.failing_since or at, at)  # a clock may have gone back
        values = {"due_at": instant(at + delay), "tries": tries, "error": error, "failing_since": instant(since)}
        self._mark(connection, tracked.id, **values)
        workflow_id = f"{tracked.id}#{_turn_name(tracked, tries)}"
        self._hand_over(connection, tracked.id, tries, workflow_id, delay.total_seconds())

    def reroute(self, connection: Connection, tracked: Tracked, way: str, payload: str, *, at: datetime) -> bool:
        """Have the effect done by another *way* now, even if it was done; return whether its state is as *tracked*."""
        same = (effect.c.id == tracked.id, effect.c.state == tracked.state.value)
        waiting = {"state": State.QUEUED.value, "due_at": instant(at), "tries": 0, "failing_since": None}
        values = waiting | {"way": way, "payload": payload, "external_id": None}
        if not connection.execute(update(effect).where(*same).values(**values)).rowcount:
            return False
        self._hand_over(connection, tracked.id, 0, f"{tracked.id}#{way}", None)
        return True

    def defer(self, connection: Connection, tracked: Tracked, *, due: datetime, delay: float) -> None:
        """Have the effect looked at again at *due*, *delay* seconds from now: it is in another worker's hands."""
        self._hand_over(connection, tracked.id, tracked.tries, f"{tracked.id}@{instant(due)}", delay)

    def revive(self, connection: Connection, tracked: Tracked, *, at: datetime) -> None:
        """Have a dead effect tried again now."""
        tries = tracked.tries + 1
        self._mark(connection, tracked.id, state=State.QUEUED.value, due_at=instant(at), tries=tries, error=None)
        self._hand_over(connection, tracked.id, tries, f"{tracked.id}#{_turn_name(tracked, tries)}", None)

    def _mark(self, connection: Connection, effect_id: str, **values: object) -> None:
        connection.execute(update(effect).where(effect.c.id == effect_id).values(**values))

    def of_subject(self, connection: Connection, subject: str) -> tuple[Tracked, ...]:
        """Return the effects of a *subject*, oldest generation first."""
        rows = connection.execute(_OF_SUBJECT, {"subject": subject})
        return tuple(map(_tracked, rows))

    def newest(self, connection: Connection, kind: str) -> tuple[Tracked, ...]:
        """Return of the effects of a *kind* the newest generation for each subject and target."""
        later = effect.alias()
        same = (later.c.kind == kind, later.c.subject == effect.c.subject, later.c.target == effect.c.target)
        is_old = select(later.c.id).where(*same, later.c.generation > effect.c.generation).exists()
        return tuple(map(_tracked, connection.execute(select(effect).where(effect.c.kind == kind, ~is_old))))

    def subject_of(self, connection: Connection, payload: str) -> str | None:
        """Return what the effects of that *payload* concern."""
        return connection.execute(select(effect.c.subject).where(effect.c.payload == payload)).scalar()

    def in_state(self, connection: Connection, state: State | None) -> tuple[Tracked, ...]:
        """Return all effects in *state* (``None``: in any), the one due first in front."""
        query = select(effect).order_by(effect.c.due_at, effect.c.id)
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

    def arrived(self, connection: Connection, kinds: Collection[str]) -> int:
        """Return how many effects of these *kinds* were done."""
        done = (effect.c.kind.in_(kinds), effect.c.state == State.DONE)
        return connection.execute(select(func.count()).select_from(effect).where(*done)).scalar_one()

    def is_ahead(self, connection: Connection, at: datetime) -> bool:
        """Return whether anything was enqueued after the instant *at*: by a clock that has gone back since."""
        later = (effect.c.tries == 0, effect.c.due_at > instant(at))
        return connection.execute(select(effect.c.id).where(*later).limit(1)).first() is not None

    @contextmanager
    def exclusive(self, key: str) -> Iterator[bool]:
        """Hold the turn for *key*, which no other worker, in this process or another, holds at the same time.

        Yields whether it was got. In this process whoever wants the same key waits for as long as it is held; other
        keys do not wait. Another process that is paused, or whose call hangs, keeps its turns: it is waited for about
        two seconds. One that dies lets go at once: on PostgreSQL the turns belong to its connection.
        """
        with self._turns.of(key):
            if self._database.is_sqlite:  # one process at a time
                yield True
                return
            is_mine = self._take(key)
            try:
                yield is_mine
            finally:
                if is_mine:
                    self._turn("SELECT pg_advisory_unlock(hashtextextended(:key, 0))", key)

    def _take(self, key: str) -> bool:
        for pause in _PAUSES:
            if self._turn("SELECT pg_try_advisory_lock(hashtextextended(:key, 0))", key):
                return True
            time.sleep(pause)
        return False

    def _turn(self, statement: str, key: str) -> bool:
        with self._database.holding_turns() as connection:
            return bool(connection.execute(text(statement), {"key": key}).scalar_one())


def _turn_name(tracked: Tracked, tries: int) -> str:
    """Return what names one attempt of the effect: what was rerouted counts from one again."""
    return f"{tries}" if tracked.effect.way is None else f"{tracked.effect.way}{tries}"


def _tracked(row: Row[tuple[object, ...]]) -> Tracked:
    kept = Effect(
        kind=row.kind,
        subject=row.subject,
        target=row.target,
        generation=row.generation,
        payload=row.payload,
        way=row.way,
    )
    attempt = row.id.removeprefix(kept.id)  # it is kept in the id alone
    return Tracked(
        id=row.id,
        effect=replace(kept, attempt=int(attempt[1:])) if attempt else kept,
        state=State(row.state),
        due_at=parse_instant(row.due_at),
        tries=row.tries,
        external_id=row.external_id,
        error=row.error,
        failing_since=None if row.failing_since is None else parse_instant(row.failing_since),
    )
