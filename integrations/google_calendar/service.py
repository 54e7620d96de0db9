"""How is Google Calendar called? From threads, each with a connection of its own, which the library does not share."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

import httplib2
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials, service_account
from google_auth_httplib2 import AuthorizedHttp, Request
from googleapiclient.discovery import build

from governor.errors import GovernorError, Unavailable
from integrations.google_calendar import failures
from integrations.google_calendar.connection import SCOPES, Connection, Kind, Secrets, save
from integrations.google_calendar.events import Delete, Insert, Patch, Step
from integrations.google_calendar.settings import Settings
from integrations.google_calendar.traces import Resource


class Call(Protocol):
    """A request of Google's library, ready to be made."""

    headers: dict[str, str]

    def execute(self, *, http: AuthorizedHttp, num_retries: int) -> Resource:
        """Make it; return the answer."""


class Overtaken(Exception):
    """The event is not as it was when it was read: somebody was faster, or it is there already. It is read again."""


class Service:
    """The calendar of one *connection*, which is kept at *path* when its tokens are renewed. Any thread may call."""

    def __init__(self, connection: Connection, settings: Settings, path: Path) -> None:
        self._connection = connection
        self._settings = settings
        self._path = path
        self._credentials = _credentials(connection)
        self._signing_in = threading.Lock()
        self._own = threading.local()
        self._open: list[httplib2.Http] = []
        self._api: Any = build(
            "calendar",
            "v3",
            http=httplib2.Http(),  # never used: each call is given that of its thread
            static_discovery=True,
            client_options={"api_endpoint": settings.google_endpoint},
        )

    def get(self, event: str) -> Resource | None:
        """Return the event of that id, deleted ones too; ``None``: there never was one.

        Raises:
            Unavailable, Refused: as ``failures.failure`` tells.
        """
        call = self._api.events().get(calendarId=self._connection.calendar, eventId=event)
        found = self._made(call, none=(HTTPStatus.NOT_FOUND,))
        if found is not None and not {"id", "etag", "status"} <= found.keys():
            raise _misshapen()
        return found

    def take(self, step: Step, event: str) -> None:
        """Take a *step* with the event of that id.

        Raises:
            Overtaken: it is not as it was when it was read.
            Unavailable, Refused: as ``failures.failure`` tells.
        """
        events, where = self._api.events(), {"calendarId": self._connection.calendar}
        match step:
            case Insert(body=body):
                call = events.insert(**where, body=body, sendUpdates="all", conferenceDataVersion=1)
            case Patch(body=body, updates=updates):
                call = events.patch(**where, eventId=event, body=body, sendUpdates=updates, conferenceDataVersion=1)
            case Delete():
                call = events.delete(**where, eventId=event, sendUpdates="all")
        if not isinstance(step, Insert):
            call.headers["If-Match"] = step.etag
        gone = (HTTPStatus.GONE, HTTPStatus.NOT_FOUND) if isinstance(step, Delete) else ()
        self._made(call, none=gone, overtaken=(HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED))

    def changes(self, token: str | None, page: str | None) -> Resource | None:
        """Return a page of the events that changed since *token* (``None``: of all); ``None``: the token is too old.

        Raises:
            Unavailable, Refused: as ``failures.failure`` tells.
        """
        since = {"showDeleted": True} if token is None else {"syncToken": token, "showDeleted": True}
        call = self._api.events().list(calendarId=self._connection.calendar, pageToken=page, maxResults=250, **since)
        return self._made(call, none=(HTTPStatus.GONE,))

    def marked(self, name: str, value: str) -> list[Resource]:
        """Return the events that have that private property, a few at most.

        Raises:
            Unavailable, Refused: as ``failures.failure`` tells.
        """
        wanted = {"calendarId": self._connection.calendar, "privateExtendedProperty": f"{name}={value}"}
        found: list[Resource] = (self._made(self._api.events().list(**wanted, maxResults=250)) or {}).get("items", [])
        return found

    def busy(self, query: Resource) -> Resource:
        """Return the answer to the free/busy *query*.

        Raises:
            Unavailable, Refused: as ``failures.failure`` tells.
        """
        return self._made(self._api.freebusy().query(body=query)) or {}

    def calendar(self) -> Resource:
        """Return what Google knows of the calendar itself.

        Raises:
            Unavailable, Refused: as ``failures.failure`` tells.
        """
        return self._made(self._api.calendars().get(calendarId=self._connection.calendar)) or {}

    def close(self) -> None:
        """Hang up."""
        for http in self._open:
            http.close()
        self._api.close()

    def _made(self, call: Call, *, none: tuple[int, ...] = (), overtaken: tuple[int, ...] = ()) -> Resource | None:
        try:
            answer = call.execute(http=self._signed_in(), num_retries=self._settings.google_retries)
        except failures.OUTSIDE as error:
            code = failures.status(error)
            if code in overtaken:
                raise Overtaken from error
            if code in none:
                return None
            raise self._failure(error) from error
        except ValueError as error:  # no JSON: somebody between us and Google answers
            raise _misshapen() from error
        if not isinstance(answer or {}, dict):  # a deletion is answered by nothing
            raise _misshapen()
        return answer or {}

    def _failure(self, error: Exception) -> GovernorError:
        quota = timedelta(hours=self._settings.google_quota_hours)
        return failures.failure(error, quota=quota, connected=self._connection.connected_at.isoformat())

    def _signed_in(self) -> AuthorizedHttp:
        """Return the connection of this thread, with a token that is valid; a new token is kept."""
        if not hasattr(self._own, "http"):
            self._own.http = httplib2.Http(timeout=self._settings.google_timeout)
            self._open.append(self._own.http)
        with self._signing_in:
            if not self._credentials.valid:
                self._credentials.refresh(Request(self._own.http))
                self._keep()
        return AuthorizedHttp(self._credentials, http=self._own.http)

    def _keep(self) -> None:
        if isinstance(self._credentials, credentials.Credentials):
            secrets = kept(self._credentials)
            self._connection = replace(self._connection, secrets=secrets)
            save(self._path, self._connection)


def _misshapen() -> Unavailable:
    return Unavailable("google-failed", code=int(HTTPStatus.OK), reason="parseError", answer="")


def kept(signed_in: credentials.Credentials) -> Secrets:
    """Return what is kept of an ordinary account that is *signed_in*."""
    expiry = None if signed_in.expiry is None else signed_in.expiry.isoformat() + "Z"
    return Secrets(
        token=signed_in.token,
        refresh_token=signed_in.refresh_token,
        token_uri=signed_in.token_uri,
        client_id=signed_in.client_id,
        client_secret=signed_in.client_secret,
        scopes=[*SCOPES],
        expiry=expiry,
    )


def _credentials(connection: Connection) -> Credentials:
    """Return the credentials of *connection*.

    Raises:
        ValueError: what it keeps is not what Google's library keeps.
    """
    try:
        return _MAKERS[connection.kind](connection)
    except (KeyError, TypeError, GoogleAuthError) as error:
        raise ValueError(type(error).__name__) from None  # their texts hold secrets


def _of_person(connection: Connection) -> Credentials:
    secrets = dict(connection.secrets)
    expiry = secrets.pop("expiry")
    naive = None if expiry is None else datetime.fromisoformat(expiry).astimezone(UTC).replace(tzinfo=None)
    return credentials.Credentials(**secrets, expiry=naive)


def _of_service(connection: Connection) -> Credentials:
    made: Credentials = service_account.Credentials.from_service_account_info(
        connection.secrets, scopes=SCOPES, subject=connection.subject
    )
    return made


_MAKERS: dict[Kind, Callable[[Connection], Credentials]] = {
    Kind.OAUTH: _of_person,
    Kind.SERVICE_ACCOUNT: _of_service,
}
