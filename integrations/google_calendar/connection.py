"""Which account of Google is connected? Kept in one file that only its owner may read."""

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from governor.errors import Refused, Unavailable
from governor.values import dataclass

SCOPES = (
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.freebusy",
    "https://www.googleapis.com/auth/calendar.calendars.readonly",
)
"""What Governor asks to be allowed: the events, who is busy, and what the calendar is called."""


class Kind(StrEnum):
    """How Governor signs in. A recorded name."""

    OAUTH = "oauth"
    SERVICE_ACCOUNT = "service_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """An account that is connected.

    ``calendar`` is Google's id of the calendar, ``summary`` what it is called there. ``secrets`` is what the library
    of Google keeps of the account (tokens or a private key); it does not show in ``repr``. A service account acts for
    the user ``subject``.
    """

    kind: Kind
    calendar: str
    summary: str
    connected_at: datetime
    subject: str | None
    secrets: "Secrets"


class Secrets(dict[str, Any]):
    """Values that are never shown."""

    def __repr__(self) -> str:
        return "Secrets(…)"


def path_in(data: Path) -> Path:
    """Return where the connection lies in the *data* folder."""
    return data / "google" / "connection.json"


def load(path: Path) -> Connection | None:
    """Return the connection kept at *path*, or ``None`` when no account is connected.

    Raises:
        Refused: the file is not one of ours (``google-connection-damaged``).
        Unavailable: it cannot be read.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Connection(
            kind=Kind(kept["kind"]),
            calendar=str(kept["calendar"]),
            summary=str(kept["summary"]),
            connected_at=datetime.fromisoformat(kept["connected_at"]),
            subject=kept["subject"],
            secrets=Secrets(kept["secrets"]),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unavailable("file-unreadable", path=str(path), reason=error.strerror) from error
    except (ValueError, KeyError, TypeError):
        raise Refused("google-connection-damaged", path=str(path)) from None  # its text holds secrets


def save(path: Path, connection: Connection) -> None:
    """Keep *connection* at *path*, mode 0600, in one step.

    Raises:
        Unavailable: it cannot be written.
    """
    kept = {
        "kind": connection.kind.value,
        "calendar": connection.calendar,
        "summary": connection.summary,
        "connected_at": connection.connected_at.isoformat(),
        "subject": connection.subject,
        "secrets": connection.secrets,
    }
    write(path, kept)


def write(path: Path, kept: Mapping[str, object]) -> None:
    """Write *kept* as JSON to *path*, mode 0600, in one step that survives a loss of power.

    Raises:
        Unavailable: it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Unavailable("google-file-unwritable", path=str(path), reason=error.strerror) from error
