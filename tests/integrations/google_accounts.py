"""Accounts of Google that are connected to a server on loopback."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from governor.ports.rations import Ration, unrationed
from integrations.google_calendar import events
from integrations.google_calendar.calendar import GoogleCalendar
from integrations.google_calendar.connection import SCOPES, Connection, Kind, Secrets, path_in, save
from integrations.google_calendar.service import Service
from integrations.google_calendar.settings import Settings
from tests.integrations.google_server import OWNER, Google
from tests.itip.invitations import BOARD


def settings(google: Google, **more: object) -> Settings:
    values = {
        "google_endpoint": google.endpoint,
        "google_retries": 0,
        "google_timeout": 5.0,
        "google_poll_seconds": 0.05,
    }
    return Settings(**(values | more))  # type: ignore[arg-type]


def connection(google: Google, *, expires_in: int = 3600) -> Connection:
    google.valid.add("access-0")
    expiry = datetime.now(UTC) + timedelta(seconds=expires_in)
    return Connection(
        kind=Kind.OAUTH,
        calendar=OWNER,
        summary="Rapat",
        connected_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        subject=None,
        secrets=Secrets(
            token="access-0",  # noqa: S106
            refresh_token="refresh-0",  # noqa: S106
            token_uri=f"http://127.0.0.1:{google.port}/token",
            client_id="client",
            client_secret="hush",  # noqa: S106
            scopes=[*SCOPES],
            expiry=expiry.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ),
    )


def opened(
    google: Google, data: Path, *, expires_in: int = 3600, ration: Ration = unrationed, **more: object
) -> GoogleCalendar:
    """Return the calendar of an account that is connected to *google*, and keep the connection in *data*."""
    chosen, found, path = settings(google, **more), connection(google, expires_in=expires_in), path_in(data)
    save(path, found)
    return GoogleCalendar(Service(found, chosen, path), found, chosen, path.with_name("seen.json"), ration)


def client_file(google: Google, folder: Path) -> Path:
    """Return the file of an OAuth client, as Google's console gives it."""
    path = folder / "client.json"
    uris = {"auth_uri": f"http://127.0.0.1:{google.port}/auth", "token_uri": f"http://127.0.0.1:{google.port}/token"}
    installed = {"client_id": "client", "client_secret": "hush", "redirect_uris": ["http://localhost"], **uris}
    path.write_text(json.dumps({"installed": installed}), encoding="utf-8")
    return path


def service_account_file(google: Google, folder: Path) -> Path:
    """Return the file of a service account, with a key of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    email, number = "governor@governor.iam.gserviceaccount.com", "100200300400500600700"
    google.consents.keys[email], google.consents.clients[email] = public.decode(), number
    path = folder / "service.json"
    info = {
        "type": "service_account",
        "project_id": "governor",
        "private_key_id": "1",
        "private_key": pem,
        "client_email": email,
        "client_id": number,
        "token_uri": f"http://127.0.0.1:{google.port}/token",
    }
    path.write_text(json.dumps(info), encoding="utf-8")
    return path


def event_of(uid: str, organization: str = "Karang Taruna Melati") -> str:
    """Return the id of the event of the meeting *uid*."""
    return events.event_id(replace(BOARD, uid=uid, organization=organization))
