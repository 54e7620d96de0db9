"""How is an account of Google connected? At the terminal, once: by signing in, or with a service account's file."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from governor.errors import Refused, Unavailable
from governor.ports.choices import chosen
from governor.ports.connecting import Connecting
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.google_calendar.connection import SCOPES, Connection, Kind, Secrets, path_in, save
from integrations.google_calendar.settings import Settings

if TYPE_CHECKING:  # heavy
    from google_auth_oauthlib.flow import Flow

_WAIT_SECONDS = 600.0
_PASTED_PORT = 1
"""Nothing listens there: the browser shows the address that it was sent to, and the person pastes it."""


def connect(wanted: Connecting) -> None:
    """Connect the account as *wanted*, try it, and keep it for ``governor run``; the person is told which calendar.

    Raises:
        Refused: a file is none of Google's (``google-file-wrong``), the person said no or pasted something else
            (``google-code-wrong``), or neither file is given (``google-file-missing``).
        Unavailable: Google cannot be used so: nothing is kept.
    """
    if wanted.service_account is not None:
        connection = _service_account(wanted, wanted.service_account)
    elif wanted.client is not None:
        connection = _signed_in(wanted, wanted.client)
    else:
        raise Refused("google-file-missing")
    path = path_in(wanted.data)
    connection = _tried(connection, path)
    save(path, connection)
    path.with_name("seen.json").unlink(missing_ok=True)  # of another calendar, perhaps
    wanted.terminal.tell(phrase("google-connected", summary=connection.summary, calendar=connection.calendar))


def _tried(connection: Connection, path: Path) -> Connection:
    """Return *connection* with what Google calls the calendar, which proves that it can be used."""
    from integrations.google_calendar.service import Service

    try:
        service = Service(connection, chosen(Settings), path)
    except ValueError:
        raise Refused("google-file-wrong", path=str(connection.kind)) from None
    try:
        found = service.calendar()
        return replace(connection, calendar=str(found["id"]), summary=str(found.get("summary") or found["id"]))
    except KeyError:
        raise Unavailable("google-failed", code=200, reason="", answer="") from None
    finally:
        service.close()


def _service_account(wanted: Connecting, path: Path) -> Connection:
    info = _read(path)
    if info.get("type") != "service_account":
        raise Refused("google-file-wrong", path=str(path))
    return Connection(
        kind=Kind.SERVICE_ACCOUNT,
        calendar=wanted.calendar or wanted.subject or "primary",
        summary="",
        connected_at=datetime.now(UTC),
        subject=wanted.subject,
        secrets=Secrets(info),
    )


def _signed_in(wanted: Connecting, path: Path) -> Connection:
    from google_auth_oauthlib.flow import InstalledAppFlow

    from integrations.google_calendar.service import kept

    try:
        flow = InstalledAppFlow.from_client_config(_read(path), scopes=SCOPES)
    except ValueError:
        raise Refused("google-file-wrong", path=str(path)) from None
    _exchange(flow, _pasted(wanted, flow) if wanted.is_pasted else _redirected(wanted, flow))
    return Connection(
        kind=Kind.OAUTH,
        calendar=wanted.calendar or "primary",
        summary="",
        connected_at=datetime.now(UTC),
        subject=None,
        secrets=kept(flow.credentials),
    )


def _exchange(flow: "Flow", code: str) -> None:
    """Exchange *code* for tokens."""
    from oauthlib.oauth2 import OAuth2Error

    try:
        flow.fetch_token(code=code)
    except OAuth2Error as error:
        raise Refused("google-code-wrong", reason=str(error.error)) from error
    except Warning as error:  # oauthlib's way of saying that another scope was granted
        raise Refused("google-code-wrong", reason="scope") from error
    except OSError as error:
        raise Unavailable("google-unreachable", reason=type(error).__name__) from error


def _asked(wanted: Connecting, flow: "Flow", port: int) -> str:
    """Show the person where to say yes; return the state that has to come back with the code."""
    state = secrets.token_urlsafe(24)
    flow.redirect_uri = f"http://127.0.0.1:{port}/"
    url, _ = flow.authorization_url(access_type="offline", prompt="consent", state=state)
    wanted.terminal.tell(phrase("google-open", url=url))
    return state


def _pasted(wanted: Connecting, flow: "Flow") -> str:
    state = _asked(wanted, flow, _PASTED_PORT)
    return _code(wanted.terminal.ask(phrase("google-paste")), state)


def _redirected(wanted: Connecting, flow: "Flow") -> str:
    """Return the code that the browser brings to this very machine."""
    came: list[str] = []
    page = say(phrase("google-page"), wanted.terminal.language).encode()

    class _Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing: the line holds the code."""

    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        server.timeout = _WAIT_SECONDS
        state = _asked(wanted, flow, server.server_port)
        server.handle_request()
    if not came:
        raise Refused("google-code-wrong", reason="timeout")
    return _code(came[0], state)


def _code(address: str, state: str) -> str:
    """Return the code in the *address* that the browser was sent to.

    Raises:
        Refused: there is none, or the *state* in it is not ours (RFC 6749 §10.12).
    """
    found = parse_qs(urlsplit(address.strip()).query)
    if found.get("state") != [state] or "code" not in found:
        raise Refused("google-code-wrong", reason=", ".join(found.get("error", ["state"])))
    return found["code"][0]


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unavailable("file-unreadable", path=str(path), reason=error.strerror) from error
    except ValueError:
        raise Refused("google-file-wrong", path=str(path)) from None
    if not isinstance(found, dict):
        raise Refused("google-file-wrong", path=str(path))
    return found
