"""Google Calendar on loopback, over real HTTP: as far as it is documented, and as unreliable as it is told to be.

Every request is held against Google's discovery document; ``violations`` holds what Google would not take.
"""

import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.integrations.discovery import Json, violations
from tests.integrations.google_consents import Consents

ROOT = "/calendar/v3/"
OWNER = "rapat@karangtaruna.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with one request whose method is ``method`` (``None``: any).

    ``after`` it was carried out, or instead of that. With a ``status`` of 0 nothing is answered for ``hang`` seconds,
    and then the connection is broken.
    """

    status: int
    reason: str = ""
    method: str | None = None
    after: bool = False
    hang: float = 0.0
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mail of Google's to a guest: ``invited``, ``updated`` or ``cancelled``."""

    email: str
    event: str
    news: str
    sequence: int = 0


MEET = "https://meet.google.com/abc-defg-hij"


class Refusal(Exception):
    def __init__(self, status: int, reason: str, message: str = "no") -> None:
        super().__init__(reason)
        self.status, self.reason, self.message = status, reason, message


@dataclass
class Google:
    """What the server knows. ``choose`` gives the fault of each request; by default those of ``faults``, in order."""

    port: int = 0
    events: dict[str, Json] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    oldest: int = 0
    clock: itertools.count = field(default_factory=lambda: itertools.count(1))  # type: ignore[type-arg]
    version: int = 0
    requests: list[Request] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    choose: Callable[[str], Fault | None] | None = None
    token_faults: list[tuple[int, Json]] = field(default_factory=list)
    grants: list[dict[str, str]] = field(default_factory=list)
    consents: Consents = field(default_factory=Consents)
    valid: set[str] = field(default_factory=set)
    busy: dict[str, list[Json]] = field(default_factory=dict)
    page: int = 100
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}{ROOT}"

    # What people do in Google.

    def edit(self, event: str, **fields: object) -> None:
        with self.lock:
            self._keep(event, self.events[event] | fields)

    def edit_once(self, event: str, original: str, **fields: object) -> None:
        """Change one occurrence, which so becomes an event of its own."""
        with self.lock:
            occurrence = f"{event}_{original}"
            self._keep(occurrence, self._found(occurrence) | fields)

    def copy(self, event: str, name: str, **fields: object) -> None:
        """Duplicate an event, with all that is hidden in it."""
        with self.lock:
            self._keep(name, deepcopy(self.events[event]) | {"id": name} | fields)

    def remove_once(self, event: str, original: str) -> None:
        """Take one occurrence off: of it Google tells no more than which it was."""
        with self.lock:
            gone = self._found(f"{event}_{original}") | {"status": "cancelled"}
            told = ("kind", "id", "status", "recurringEventId", "originalStartTime")
            self._keep(gone["id"], {name: gone[name] for name in told})

    def answer_once(self, event: str, original: str, email: str, status: str) -> None:
        """Answer for one occurrence."""
        with self.lock:
            occurrence = f"{event}_{original}"
            self._keep(occurrence, self._found(occurrence))
            self.answer(occurrence, email, status)

    def answer(self, event: str, email: str, status: str, comment: str | None = None) -> None:
        with self.lock:
            attendees = deepcopy(self.events[event]["attendees"])
            for one in attendees:
                if one["email"] == email:
                    one["responseStatus"] = status
                    if comment:
                        one["comment"] = comment
            self._keep(event, self.events[event] | {"attendees": attendees})

    def remove(self, event: str) -> None:
        with self.lock:
            self._keep(event, self.events[event] | {"status": "cancelled"})

    def forget(self) -> None:
        """Let every syncToken that was given out be too old."""
        self.oldest = self.version + 1
        self.version += 1

    def shows(self, email: str) -> list[Json]:
        """Return the events in the calendar of *email*."""
        with self.lock:
            return [
                deepcopy(one)
                for one in self.events.values()
                if one["status"] != "cancelled" and email in [each["email"] for each in one.get("attendees", ())]
            ]

    # What Google does.

    def _keep(self, event: str, resource: Json) -> Json:
        self.version = next(self.clock) + self.version
        updated = datetime(2026, 11, 24, 12, tzinfo=UTC) + timedelta(seconds=self.version)
        kept = {**resource, "etag": f'"{self.version}"', "updated": updated.isoformat().replace("+00:00", "Z")}
        self.events[event], self.changed[event] = kept, self.version
        return deepcopy(kept)

    def token(self, form: dict[str, str]) -> tuple[int, Json]:
        with self.lock:
            self.grants.append(form)
            if self.token_faults:
                return self.token_faults.pop(0)
            refusal = self.consents.refusal(form)
            if refusal is not None:
                return refusal
            access = f"access-{len(self.grants)}"
            self.valid.add(access)
            answer = {"access_token": access, "expires_in": 3600, "token_type": "Bearer"}
            return 200, answer | ({"refresh_token": "refresh-1"} if "code" in form else {})

    def serve(self, request: Request) -> tuple[int, Json | None]:
        with self.lock:
            self.requests.append(request)
            found = violations(request.method, request.path, request.query, request.body)
            self.violations += [f"{request.method} {request.path}: {one}" for one in found]
            if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.valid:
                raise Refusal(401, "authError", "Invalid Credentials")
            parts = [unquote(each) for each in request.path.split("/")]
            match request.method, parts:
                case "POST", ["freeBusy"]:
                    return 200, self._free_busy(request)
                case "GET", ["calendars", name]:
                    return 200, {
                        "kind": "calendar#calendar",
                        "id": OWNER if name == "primary" else name,
                        "summary": "Rapat",
                    }
                case "GET", ["calendars", _, "events"]:
                    return 200, self._list(request)
                case "POST", ["calendars", _, "events"]:
                    return 200, self._insert(request)
                case "GET", ["calendars", _, "events", event]:
                    return 200, self._found(event)
                case "PATCH", ["calendars", _, "events", event]:
                    return 200, self._patch(event, request)
                case "DELETE", ["calendars", _, "events", event]:
                    return 204, self._delete(event, request)
        raise Refusal(404, "notFound")

    def _found(self, event: str) -> Json:
        whole, _, original = event.partition("_")
        if original and event not in self.events and whole in self.events:
            return self._occurrence(event, self.events[whole], original)
        if event not in self.events:
            raise Refusal(404, "notFound", "Not Found")
        return deepcopy(self.events[event])

    def _occurrence(self, event: str, whole: Json, original: str) -> Json:
        """Return an occurrence of which nothing of its own was said."""
        is_day = len(original) == len("20261207")
        start = datetime.strptime(original, "%Y%m%d" if is_day else "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        kind = "date" if is_day else "dateTime"
        moments = [datetime.fromisoformat(whole[name][kind]) for name in ("start", "end")]
        times = {"start": start, "end": start + (moments[1] - moments[0]), "originalStartTime": start}
        shown = {
            name: {kind: moment.date().isoformat() if is_day else moment.isoformat()} for name, moment in times.items()
        }
        kept = {name: value for name, value in whole.items() if name != "recurrence"}
        return deepcopy(kept) | shown | {"id": event, "recurringEventId": whole["id"]}

    def _insert(self, request: Request) -> Json:
        assert request.body is not None
        event = request.body["id"]
        if not re.fullmatch("[a-v0-9]{5,1024}", event):
            raise Refusal(400, "invalid", "Invalid resource id value.")
        if event in self.events:
            raise Refusal(409, "duplicate", "The requested identifier already exists.")
        made = {"kind": "calendar#event", "status": "confirmed", "iCalUID": f"{event}@google.com", "sequence": 0}
        made |= deepcopy(request.body) | {"organizer": {"email": OWNER, "self": True}}
        if "conferenceData" in made and request.query.get("conferenceDataVersion") == "1":
            made["hangoutLink"] = MEET
        for one in made.get("attendees", ()):
            self._tell(request, one["email"], event, "invited", made)
        return self._keep(event, made)

    def _patch(self, event: str, request: Request) -> Json:
        before = self._found(event)
        self._match(before, request)
        assert request.body is not None
        after = before | deepcopy(request.body)
        was, now = ([one["email"] for one in each.get("attendees", ())] for each in (before, after))
        for email in now:
            self._tell(request, email, event, "updated" if email in was else "invited", after)
        for email in was:
            if email not in now:
                self._tell(request, email, event, "cancelled", after)
        return self._keep(event, after)

    def _delete(self, event: str, request: Request) -> None:
        before = self._found(event)
        if before["status"] == "cancelled":
            raise Refusal(410, "deleted", "Resource has been deleted")
        self._match(before, request)
        for one in before.get("attendees", ()):
            self._tell(request, one["email"], event, "cancelled", before)
        self._keep(event, before | {"status": "cancelled"})

    def _match(self, before: Json, request: Request) -> None:
        wanted = request.headers.get("if-match")
        if wanted is not None and wanted not in ("*", before["etag"]):
            raise Refusal(412, "conditionNotMet", "Precondition Failed")

    def _tell(self, request: Request, email: str, event: str, news: str, shown: Json) -> None:
        if request.query.get("sendUpdates") == "all":
            self.told.append(Told(email=email, event=event, news=news, sequence=shown.get("sequence", 0)))

    def _list(self, request: Request) -> Json:
        query = request.query
        since = int(query.get("syncToken", "0"))
        if "syncToken" in query and since < self.oldest:
            raise Refusal(410, "fullSyncRequired", "Sync token is no longer valid")
        first = int(query.get("pageToken", "0"))
        items = sorted(
            (name for name, version in self.changed.items() if version > since), key=self.changed.__getitem__
        )
        wanted = query.get("privateExtendedProperty")
        if wanted:
            name, _, value = wanted.partition("=")
            private = {each: self.events[each].get("extendedProperties", {}).get("private", {}) for each in items}
            items = [each for each in items if private[each].get(name) == value]
        shown = [deepcopy(self.events[each]) for each in items[first : first + self.page]]
        answer: Json = {"kind": "calendar#events", "items": shown}
        if first + self.page < len(items):
            return answer | {"nextPageToken": str(first + self.page)}
        return answer | {"nextSyncToken": str(self.version)}

    def _free_busy(self, request: Request) -> Json:
        assert request.body is not None
        asked = [one["id"] for one in request.body["items"]]
        hidden = {"errors": [{"domain": "global", "reason": "notFound"}]}
        return {"calendars": {one: {"busy": self.busy[one]} if one in self.busy else hidden for one in asked}}

    def fault(self, method: str) -> Fault | None:
        with self.lock:
            if self.choose is not None:
                return self.choose(method)
            for fault in self.faults:
                if fault.method in (None, method):
                    self.faults.remove(fault)
                    return fault
        return None


def _error(status: int, reason: str, message: str) -> Json:
    return {
        "error": {
            "code": status,
            "message": message,
            "errors": [{"domain": "global", "reason": reason, "message": message}],
        }
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    google: Google

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that were killed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        google, url = self.server.google, urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:  # its sender died: no server does what it never was told to the end
            self.close_connection = True
            return
        if url.path == "/auth":
            self.send_response(302)
            self.send_header("Location", google.consents.agree(dict(parse_qsl(url.query))))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if url.path == "/token":
            self._say(*google.token(dict(parse_qsl(raw.decode()))))
            return
        request = Request(
            method=self.command,
            path=url.path.removeprefix(ROOT),
            query=dict(parse_qsl(url.query)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=json.loads(raw) if raw else None,
        )
        fault = google.fault(self.command)
        if fault is None or fault.after:
            try:
                status, answer = google.serve(request)
            except Refusal as refusal:
                status, answer = refusal.status, _error(refusal.status, refusal.reason, refusal.message)
        if fault is None:
            self._say(status, answer)
        elif fault.status == 0:
            time.sleep(fault.hang)
            self.close_connection = True
            self.connection.close()
        else:
            self._say(fault.status, _error(fault.status, fault.reason, "as told"), fault.body)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _serve

    def _say(self, status: int, answer: Json | None, text: str | None = None) -> None:
        content = b"" if answer is None else json.dumps(answer).encode() if text is None else text.encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", "application/json" if text is None else "text/html")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status != 204:
            self.wfile.write(content)


@contextmanager
def serving() -> Iterator[Google]:
    """Run Google on a free port; what Google would not have taken fails the test."""
    google = Google()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.google = google
        google.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield google
        finally:
            server.shutdown()
            thread.join()
    assert not google.violations, google.violations
