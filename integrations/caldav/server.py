"""What is asked of a CalDAV server? (RFC 4791) Objects are read, written and deleted by their ETag."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
from caldav.response import DAVResponse

from governor.errors import Refused, Unavailable
from integrations.caldav.settings import Settings

_LISTING = (
    '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getetag/><getcontenttype/></prop></propfind>'
)
_GONE = (404, 410)


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
        self._base = (settings.caldav_calendar or "").rstrip("/") + "/"
        self.host = urlsplit(self._base).netloc
        self._turn = threading.Lock()
        self._client = DAVClient(
            url=self._base,
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

    def states(self) -> dict[str, str]:
        """Return name → ETag of every object in the calendar.

        Raises:
            Unavailable, Refused: as ``get``.
        """
        answer = self._ask("PROPFIND", "", _LISTING, {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"})
        self._check(answer)
        listed = () if answer.tree is None else answer.tree
        found = ((each.findtext("{DAV:}href"), each.findtext(".//{DAV:}getetag")) for each in listed)
        return {href.rpartition("/")[2]: etag for href, etag in found if href and etag and href.endswith(".ics")}

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _ask(self, method: str, name: str, body: str = "", headers: Mapping[str, str] | None = None) -> DAVResponse:
        try:
            with self._turn:
                return self._client.request(self._base + name, method, body, dict(headers or {}))
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
