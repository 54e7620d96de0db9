"""What did people answer and edit in Google since the last look?

A note of what was seen lies beside the connection: how far the list was read (``syncToken``), and for each event of
ours what was handed over. Only what differs from it is handed over again, so that an answer given elsewhere since is
not overruled by one that Google repeats. People's addresses are not in it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from governor.domain.meetings import PartStat
from governor.errors import Unavailable
from governor.itip.answer import Answer
from governor.itip.texts import line, lines
from governor.ports import Edit, Incoming, Rsvp
from integrations.google_calendar import events
from integrations.google_calendar.connection import write
from integrations.google_calendar.events import Resource
from integrations.google_calendar.service import Service

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
    """What was handed over of one event: its ``uid``, the ``answers`` by whose they are, and which ``content``."""

    uid: str
    content: str
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
        for item in self._pages():
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
        """Yield what is new about the event *item*, if it is one of ours."""
        identity, private = str(item.get("id", "")), events.properties(item)
        if events.UID in private:
            known = self._events.get(identity)
            content = private.get(events.DIGEST, "")
            if known is None or known.uid != private[events.UID]:
                known = self._events[identity] = Seen(uid=private[events.UID], content=content)
        elif identity not in self._events:
            return
        seen = self._events[identity]
        # Of an occurrence that only Google knows there is no telling what was edited: it has its series' properties.
        if events.is_written(item) or item.get("recurringEventId") is None:
            yield from self._edit(item, seen, private)
        for attendee in item.get("attendees", ()):
            yield from self._answer(item, seen, attendee)

    def _edit(self, item: Resource, seen: Seen, private: dict[str, str]) -> Iterator[tuple[Incoming, Note]]:
        is_cancelled = item.get("status") == events.CANCELLED
        content = events.CANCELLED if is_cancelled else events.digest(item)
        ours = private.get(events.DIGEST)
        if content == ours:
            seen.content = content
        elif content != seen.content:
            start, end = (events.instant(item.get(name) or {}) for name in ("start", "end"))
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
            )
            yield edit, lambda: self._noted(seen, None, content)

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

    def _noted(self, seen: Seen, whose: str | None, value: str) -> None:
        if whose is None:
            seen.content = value
        else:
            seen.answers[whose] = value
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
        kept = {
            name: {"uid": one.uid, "content": one.content, "answers": one.answers} for name, one in self._events.items()
        }
        write(self._path, {"token": self._token, "events": kept})


def _recurrence_id(item: Resource) -> datetime | None:
    """Return when the occurrence *item* would begin by the rule of its series; ``None``: it is the whole."""
    original = item.get("originalStartTime")
    return None if original is None or "recurringEventId" not in item else events.instant(original)


def _updated(item: Resource) -> datetime:
    """Return when *item* was last changed, as Google says; of a deleted event it may not say."""
    try:
        return datetime.fromisoformat(str(item["updated"])).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def _stamp(item: Resource) -> str:
    """Return what names this state of *item*."""
    return sha256(str(item.get("etag", item.get("updated", ""))).encode()).hexdigest()[:16]
