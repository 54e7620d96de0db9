"""What is new in the calendar since it was noted last: answers, and what people changed or deleted there?"""

import json
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict

from icalendar import Calendar

from governor.domain.meetings import PartStat
from governor.errors import Refused, Unavailable
from governor.itip.answer import Answer
from governor.ports import Edit, Rsvp, SetAside
from integrations.caldav import objects, traces
from integrations.caldav.server import Server

New = Rsvp | Edit | SetAside
"""What is handed over."""


class _Known(TypedDict):
    """A ``calendar`` as it was seen: its sync token, and the ETag and the UID of each object in it."""

    calendar: str
    token: str
    objects: dict[str, list[str]]


class Watch:
    """Tells what is new since it was noted last: each address's PARTSTAT for an occurrence, each event's state.

    What was told lies in the file *path*, what the calendar had in it beside that: what is deleted while nobody looks
    is missed at the next look.
    """

    def __init__(self, server: Server, path: Path) -> None:
        self._server = server
        self._path = path
        self._pending: dict[str, tuple[str, str]] = {}
        self._told: dict[str, list[str | int]] = _read(path) or {}
        nothing = _Known(calendar=server.calendar, token="", objects={})
        known: _Known = _read(_beside(path)) or nothing
        self._known = known if known["calendar"] == server.calendar else nothing
        self._seen = self._known

    def look(self) -> Iterator[New]:
        """Yield what is new, each with an id of its own for good."""
        token, known = self._server.token(), self._known["objects"]
        if token and token == self._known["token"]:
            return
        states = self._server.states()
        for name, (_, uid) in known.items():
            if uid and name not in states:
                yield from self._news(f"{name}:", "gone", traces.gone(uid, at=datetime.now(UTC)))
        seen: dict[str, list[str]] = {}
        for name, etag in states.items():
            if name not in known or known[name][0] != etag:
                uid = yield from self._read_anew(name, etag)
                seen[name] = [etag, uid or known.get(name, ["", ""])[1]]
            else:
                seen[name] = known[name]
        self._seen = _Known(calendar=self._server.calendar, token=token, objects=seen)

    def keep(self) -> None:
        """Keep that all was handed over that the last look told.

        Raises:
            Unavailable: the disk cannot be written.
        """
        if self._seen != self._known:
            _write(_beside(self._path), self._seen)
            self._known = self._seen

    def _read_anew(self, name: str, etag: str) -> Generator[New, None, str]:
        """Yield what is new in one object; return its UID, or nothing where it has none or is gone."""
        found = self._server.get(name)
        if found is None:
            return ""
        try:
            whole = objects.parsed(found.content)
        except Refused as error:
            yield SetAside(id=f"caldav:{name}:{etag}", at=datetime.now(UTC), reason=error.key)
            return ""
        yield from self._answers(whole)
        yield from self._changes(name, whole)
        return str(whole.events[0]["UID"]) if whole.events else ""

    def _changes(self, name: str, whole: Calendar) -> Iterator[Edit]:
        """Yield what people made of the events of the object *name* since that was handed over last."""
        found = {
            f"{name}:{edit.recurrence_id or ''}": (state, edit)
            for state, edit in traces.edits(whole, at=datetime.now(UTC))
        }
        for key, (last, turn) in list(self._told.items()):
            if key.startswith(f"{name}:") and key not in found and last:
                self.note_as(key, "", int(turn))  # it is as we wrote it again
        for key, (state, edit) in found.items():
            yield from self._news(key, state, edit)

    def _news(self, key: str, state: str, edit: Edit) -> Iterator[Edit]:
        last, turn = self._told.get(key, ["", 0])
        if state != last:
            told = replace(edit, id=f"caldav:{key}:{int(turn) + 1}")
            self._pending[told.id] = (key, state)
            yield told

    def _answers(self, whole: Calendar) -> Iterator[Rsvp]:
        now = datetime.now(UTC).replace(microsecond=0)
        for event, who, said in objects.answers(whole):
            recurrence = objects.recurrence_of(event)
            key = sha256(f"{event['UID']}\0{recurrence}\0{who}".encode()).hexdigest()[:24]
            last, turn = self._told.get(key, ["NEEDS-ACTION", 0])
            if said == last or said not in set(PartStat):
                continue
            rsvp_id = f"caldav:{key}:{int(turn) + 1}"
            self._pending[rsvp_id] = (key, said)
            if said == PartStat.NEEDS_ACTION:  # asked again, by us
                self.note_as(key, said, int(turn))
                continue
            answer = Answer(
                uid=str(event["UID"]),
                attendee=who,
                partstat=PartStat(said),
                sequence=int(event.get("SEQUENCE", 0)),
                dtstamp=now,
                recurrence_id=recurrence,
            )
            yield Rsvp(id=rsvp_id, at=now, answer=answer, is_verified=True)

    def note(self, incoming: New) -> None:
        """Keep that *incoming* was handed over.

        Raises:
            Unavailable: the disk cannot be written.
        """
        if incoming.id in self._pending:
            key, said = self._pending.pop(incoming.id)
            self.note_as(key, said, int(incoming.id.rpartition(":")[2]))

    def note_as(self, key: str, said: str, turn: int) -> None:
        """Keep that somebody's newest answer, or the state of an event, is *said*, the *turn*-th."""
        self._told[key] = [said, turn]
        _write(self._path, self._told)


def _beside(path: Path) -> Path:
    return path.with_suffix(".known.json")


def _read(path: Path) -> Any:  # noqa: ANN401  (whatever we wrote)
    """Return what was kept in *path*, or ``None``.

    Raises:
        Unavailable: it cannot be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unavailable("file-unreadable", path=str(path), reason=str(error)) from error


def _write(path: Path, value: object) -> None:
    """Keep *value* in *path*.

    Raises:
        Unavailable: the disk cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(value), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise Unavailable("file-unwritable", path=str(path), reason=error.strerror) from error
