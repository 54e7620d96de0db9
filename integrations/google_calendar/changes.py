"""What did people answer and edit in Google since the last look?

A note of what was seen lies beside the connection: how far the list was read (``syncToken``), and for each event of
ours what was handed over. Only what differs from it is handed over again, so that an answer given elsewhere since is
not overruled by one that Google repeats. People's addresses are not in it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from governor.domain.meetings import PartStat
from governor.errors import Unavailable
from governor.itip.answer import Answer
from governor.itip.texts import line, lines
from governor.ports import Edit, Incoming, Linked, Part, Rsvp
from integrations.google_calendar import events, traces
from integrations.google_calendar.connection import write
from integrations.google_calendar.service import Service
from integrations.google_calendar.traces import Resource

PARTSTATS: Final = {
    "needsAction": PartStat.NEEDS_ACTION,
    "accepted": PartStat.ACCEPTED,
    "declined": PartStat.DECLINED,
    "tentative": PartStat.TENTATIVE,
}
"""What Google calls an answer, and what RFC 5545 does."""

_LONGEST_COMMENT = 1_000

_MOST_PAGES = 1_000
"""A list that goes on for longer than this many pages has no end."""

Note = Callable[[], None]
"""Keeps that something was handed over."""


@dataclass(slots=True)
class Seen:
    """What was handed over of one event: its ``uid``, the ``answers`` by whose they are, which ``content``.

    ``parts`` is the state of what was changed of it besides, ``link`` where Google has it held.
    """

    uid: str
    content: str
    parts: str = ""
    link: str = ""
    answers: dict[str, str] = field(default_factory=dict)


class Watch:
    """Looks at the calendar of *service*, and keeps at *path* what it saw."""

    def __init__(self, service: Service, path: Path) -> None:
        self._service = service
        self._path = path
        self._token: str | None = None
        self._next: str | None = None
        self._events: dict[str, Seen] = {}
        self._load()

    def look(self) -> list[tuple[Incoming, Note]]:
        """Return what is new, in order, each with what keeps that it was handed over; call ``done`` after the last.

        Raises:
            Unavailable: Google cannot be asked now.
        """
        found: list[tuple[Incoming, Note]] = []
        for item in sorted(self._pages(), key=lambda item: "recurringEventId" in item):  # by its series it is known
            found.extend(self._news(item))
        return found

    def done(self) -> None:
        """Keep that everything so far was handed over.

        Raises:
            Unavailable: the disk cannot be written.
        """
        if self._next != self._token:
            self._token = self._next
            self._save()

    def _pages(self) -> list[Resource]:
        """Return the events that changed; all of them when the token is too old (RFC 9110's 410)."""
        token, page, items = self._token, None, list[Resource]()
        for _ in range(_MOST_PAGES):
            answer = self._service.changes(token, page)
            if answer is None:
                token, page, items = None, None, []
                continue
            items.extend(answer.get("items", ()))
            page = answer.get("nextPageToken")
            if page is None:
                self._next = answer.get("nextSyncToken")
                return items
        raise Unavailable("google-failed", code=410, reason="fullSyncRequired", answer="")

    def _news(self, item: Resource) -> Iterator[tuple[Incoming, Note]]:
        """Yield what is new about the event *item*, if it is one of ours, or an occurrence of one."""
        identity, private = str(item.get("id", "")), events.properties(item)
        ours = private.get(traces.DIGEST, "") if events.is_written(item) else None
        uid = self._uid_of(str(item.get("recurringEventId", ""))) if ours is None else private.get(events.UID)
        seen = self._events.get(identity)
        if uid is not None and (seen is None or seen.uid != uid):
            # Whether an occurrence that we never wrote was edited is for the record to say.
            seen = self._events[identity] = Seen(uid=uid, content=ours or "")
        if seen is not None:
            yield from self._edit(item, seen, ours)
            yield from self._link(item, seen, ours)
            for attendee in item.get("attendees", ()):
                yield from self._answer(item, seen, attendee)

    def _uid_of(self, identity: str) -> str | None:
        """Return the UID of the series whose event is *identity*, if it is one of ours."""
        series = self._events.get(identity)
        return None if series is None else series.uid

    def _edit(self, item: Resource, seen: Seen, ours: str | None) -> Iterator[tuple[Incoming, Note]]:
        is_cancelled = item.get("status") == events.CANCELLED
        content = events.CANCELLED if is_cancelled else traces.digest(item)
        parts = frozenset[Part]() if is_cancelled else traces.changed(item, events.properties(item))
        state = traces.state(item, parts)
        if content == ours:
            seen.content = content
        is_new = content != seen.content or (parts and state != seen.parts)
        if not parts:
            seen.parts = state
        if is_new:
            start, end = (traces.instant(item.get(name) or {}) for name in ("start", "end"))
            edit = Edit(
                id=f"google:{item['id']}:{_stamp(item)}",
                at=_updated(item),
                uid=seen.uid,
                is_cancelled=is_cancelled,
                summary=line(item.get("summary") or ""),
                dtstart=start,
                duration=max(end - start, timedelta()),
                location=line(item.get("location") or "") or None,
                recurrence_id=_recurrence_id(item),
                parts=parts,
                guests=traces.guests(item) if Part.GUESTS in parts else None,
            )
            yield edit, lambda: self._edit_noted(seen, content, state)

    def _link(self, item: Resource, seen: Seen, ours: str | None) -> Iterator[tuple[Incoming, Note]]:
        link = None if ours is None else events.link_of(item)
        if link is None or link == seen.link:
            return

        def noted() -> None:
            seen.link = link
            self._save()

        yield Linked(id=f"google:{item['id']}:{link}", at=_updated(item), uid=seen.uid, conference=link), noted

    def _answer(self, item: Resource, seen: Seen, attendee: Resource) -> Iterator[tuple[Incoming, Note]]:
        email = str(attendee.get("email", "")).casefold()
        status = str(attendee.get("responseStatus", "needsAction"))
        whose = sha256(f"{item['id']}\0{email}".encode()).hexdigest()[:16]
        if status == seen.answers.get(whose, "needsAction") or status not in PARTSTATS:
            return
        if status == "needsAction":  # asked again, by us: nothing that anybody said
            seen.answers.pop(whose)
            return
        answer = Answer(
            uid=seen.uid,
            attendee=email,
            partstat=PARTSTATS[status],
            sequence=int(events.properties(item).get(events.SEQUENCE, 0)),
            dtstamp=_updated(item).replace(microsecond=0),
            recurrence_id=_recurrence_id(item),
            comment=lines(str(attendee.get("comment") or ""))[:_LONGEST_COMMENT] or None,
        )
        told = Rsvp(
            id=f"google:{item['id']}:{_stamp(item)}:{whose}", at=_updated(item), answer=answer, is_verified=True
        )
        yield told, lambda: self._noted(seen, whose, status)

    def _noted(self, seen: Seen, whose: str, value: str) -> None:
        seen.answers[whose] = value
        self._save()

    def _edit_noted(self, seen: Seen, content: str, state: str) -> None:
        seen.content, seen.parts = content, state
        self._save()

    def _load(self) -> None:
        try:
            kept: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            self._events = {name: Seen(**one) for name, one in kept["events"].items()}
            self._token = self._next = kept["token"]
        except FileNotFoundError:
            return
        except OSError as error:
            raise Unavailable("file-unreadable", path=str(self._path), reason=error.strerror) from error
        except (ValueError, KeyError, TypeError, AttributeError):  # all is looked at again, and nothing is done twice
            self._events, self._token, self._next = {}, None, None

    def _save(self) -> None:
        kept = {name: asdict(one) for name, one in self._events.items()}
        write(self._path, {"token": self._token, "events": kept})


def _recurrence_id(item: Resource) -> datetime | date | None:
    """Return when, or on which day, the occurrence *item* would begin by its rule; ``None``: it is the whole."""
    original = item.get("originalStartTime")
    if original is None or "recurringEventId" not in item:
        return None
    return traces.instant(original) if "dateTime" in original else date.fromisoformat(original["date"])


def _updated(item: Resource) -> datetime:
    """Return when *item* was last changed, as Google says; of a deleted event it may not say."""
    try:
        return datetime.fromisoformat(str(item["updated"])).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def _stamp(item: Resource) -> str:
    """Return what names this state of *item*."""
    return sha256(str(item.get("etag", item.get("updated", ""))).encode()).hexdigest()[:16]
