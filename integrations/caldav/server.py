"""What is asked of a CalDAV server? (RFC 4791) Objects are read, written and deleted by their ETag."""

import threading
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
from caldav.response import DAVResponse

from governor.errors import Refused, Unavailable
from governor.values import dataclass
from integrations.caldav.settings import Settings

_CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_GONE = (404, 410)
_XML = {"Content-Type": "application/xml; charset=utf-8"}


class Overtaken(Exception):
    """Somebody was faster: the object is no longer as it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An object as it is on the server: its bytes (RFC 5545) and the ETag of this state."""

    content: bytes
    etag: str


class Server:
    """One calendar on a server, by way of one connection: whoever asks waits for its turn. Sync."""

    def __init__(self, settings: Settings) -> None:
        self.calendar = (settings.caldav_calendar or "").rstrip("/") + "/"
        self.host = urlsplit(self.calendar).netloc
        self._turn = threading.Lock()
        self._outbox: str | None = None
        self._client = DAVClient(
            url=self.calendar,
            username=settings.caldav_user or None,
            password=settings.caldav_password.get_secret_value() or None,
            auth_type="basic" if settings.caldav_user else None,
            timeout=max(1, int(settings.caldav_timeout)),
            enable_rfc6764=False,
        )

    def get(self, name: str) -> Found | None:
        """Return the object of that *name*, or ``None`` where there is none.

        Raises:
            Unavailable: the server cannot be used now.
            Refused: it does not give it.
        """
        answer = self._ask("GET", name)
        if answer.status in _GONE:
            return None
        self._check(answer)
        content = answer.raw.encode() if isinstance(answer.raw, str) else bytes(answer.raw)
        return Found(content=content, etag=str(answer.headers.get("ETag", "")))

    def put(self, name: str, content: bytes, *, over: Found | None) -> None:
        """Write the object in the place of *over*, or as a new one.

        Raises:
            Overtaken: what is there is another.
            Unavailable, Refused: as ``get``.
        """
        condition = {"If-None-Match": "*"} if over is None else {"If-Match": over.etag} if over.etag else {}
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        self._check(self._ask("PUT", name, content.decode(), kind | condition))

    def delete(self, name: str, *, over: Found) -> None:
        """Delete the object, where it is still *over*; where it is gone, that is well.

        Raises:
            Overtaken, Unavailable, Refused: as ``put``.
        """
        answer = self._ask("DELETE", name, "", {"If-Match": over.etag} if over.etag else {})
        if answer.status not in _GONE:
            self._check(answer)

    def token(self) -> str:
        """Return what changes whenever anything in the calendar does (RFC 6578 §4); nothing where there is no such.

        Raises:
            Unavailable, Refused: as ``get``.
        """
        answer = self._ask("PROPFIND", "", _asking("<sync-token/>"), _XML | {"Depth": "0"})
        self._check(answer)
        return "" if answer.tree is None else answer.tree.findtext(".//{DAV:}sync-token") or ""

    def states(self) -> dict[str, str]:
        """Return name → ETag of every object in the calendar.

        Raises:
            Unavailable, Refused: as ``get``.
        """
        answer = self._ask("PROPFIND", "", _asking("<getetag/><getcontenttype/>"), _XML | {"Depth": "1"})
        self._check(answer)
        listed = () if answer.tree is None else answer.tree
        found = ((each.findtext("{DAV:}href"), each.findtext(".//{DAV:}getetag")) for each in listed)
        return {href.rpartition("/")[2]: etag for href, etag in found if href and etag and href.endswith(".ics")}

    def report(self, query: str) -> list[bytes]:
        """Return the calendar data that answer the *query* (RFC 4791 §7.8).

        Raises:
            Unavailable, Refused: as ``get``.
        """
        answer = self._ask("REPORT", "", query, _XML | {"Depth": "1"})
        self._check(answer)
        found = () if answer.tree is None else answer.tree.iter(f"{_CALDAV}calendar-data")
        return [each.text.encode() for each in found if each.text]

    def ask_others(self, request: bytes) -> dict[str, bytes]:
        """Return address (in lower case) → what the server tells of them, at a VFREEBUSY *request* (RFC 6638 §5).

        Of those whom it does not know, or by a server that tells of nobody, there is nothing.

        Raises:
            Unavailable, Refused: as ``get``.
        """
        outbox = self._found_outbox()
        if not outbox:
            return {}
        answer = self._ask("POST", outbox, request.decode(), {"Content-Type": "text/calendar; charset=utf-8"})
        self._check(answer)
        found = {}
        for each in () if answer.tree is None else answer.tree.iter(f"{_CALDAV}response"):
            who = each.findtext(f"{_CALDAV}recipient/{{DAV:}}href") or ""
            said = each.findtext(f"{_CALDAV}calendar-data")
            if (each.findtext(f"{_CALDAV}request-status") or "").startswith("2.") and said:
                found[who.casefold().removeprefix("mailto:")] = said.encode()
        return found

    def _found_outbox(self) -> str:
        """Return where others are asked for, looked for once; nothing where nowhere (RFC 6638 §2.1)."""
        if self._outbox is None:
            principal = self._href("", "current-user-principal", "{DAV:}")
            self._outbox = principal and self._href(principal, "c:schedule-outbox-URL", _CALDAV)
        return self._outbox

    def _href(self, name: str, prop: str, space: str) -> str:
        """Return the address that a property names, where it is on the same server: it is given the password too."""
        answer = self._ask("PROPFIND", name, _asking(f"<{prop}/>"), _XML | {"Depth": "0"})
        if answer.status >= 500:
            self._check(answer)
        path = f".//{space}{prop.removeprefix('c:')}/{{DAV:}}href"
        href = None if answer.tree is None else answer.tree.findtext(path)
        found = urljoin(self.calendar, href or "")
        return found if href and urlsplit(found)[:2] == urlsplit(self.calendar)[:2] else ""

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _ask(self, method: str, name: str, body: str = "", headers: Mapping[str, str] | None = None) -> DAVResponse:
        """Ask for the object of that *name*, for what a whole address names, or for the calendar itself."""
        url = name if "://" in name else self.calendar + name
        try:
            with self._turn:
                return self._client.request(url, method, body, dict(headers or {}))
        except AuthorizationError:
            raise Unavailable("caldav-signed-out", host=self.host) from None
        except RateLimitError:
            raise Unavailable("caldav-busy", host=self.host, code=429) from None
        except (DAVError, OSError) as error:  # the library's own errors of the network are OSErrors
            raise Unavailable("caldav-unreachable", host=self.host, reason=type(error).__name__) from None

    def _check(self, answer: DAVResponse) -> None:
        if answer.status == 412:
            raise Overtaken
        if answer.status >= 500 or answer.status in (408, 423, 425, 429):
            raise Unavailable("caldav-busy", host=self.host, code=answer.status)
        if answer.status in (404, 405, 409):  # what is wrong is the calendar, and not what is written there
            raise Unavailable("caldav-missing", host=self.host)
        if answer.status >= 300:
            raise Refused("caldav-refused", host=self.host, code=answer.status)


def _asking(props: str) -> str:
    """Return the body of a PROPFIND for *props*."""
    spaces = 'xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
    return f'<?xml version="1.0" encoding="utf-8"?><propfind {spaces}><prop>{props}</prop></propfind>'
