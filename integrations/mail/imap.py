"""How is mail that came in read from an IMAP server? (RFC 9051)

IMAPClient waits, so each session lives in a thread of its own. Nothing in the mailbox is changed: how far it was read
is noted in a file, and what is read twice, because a process died in between, counts once all the same.
"""

import asyncio
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

from imapclient import IMAPClient  # type: ignore[import-untyped]  # it has no types
from imapclient.exceptions import IMAPClientError, LoginError  # type: ignore[import-untyped]  # likewise

from governor.errors import Unavailable
from governor.itip.texts import line
from governor.ports import Receive
from governor.values import dataclass
from integrations.mail.folder import write_file
from integrations.mail.mailroom import Mailroom
from integrations.mail.settings import Security, Settings

FIRST: Final = timedelta(days=30)
"""How old the mail may be that is read when nothing is known of the mailbox."""

_AT_A_TIME = 100
_SLICE = 1.0  # seconds; how soon a thread that waits sees that it is to stop
_LONGEST_REASON = 300

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Which folder of whose account, on which server; ``poll`` and ``timeout`` are in seconds.

    ``trust`` replaces the system's certificates. Neither it nor the password shows in ``repr``.
    """

    host: str
    port: int | None = None
    security: Security = Security.TLS
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    poll: float = 60.0
    timeout: float = 30.0
    trust: ssl.SSLContext | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Return what tells this mailbox from another."""
        return f"{self.user}@{self.host}/{self.folder}"


class Imap:
    """Reads one mailbox; ``notes`` is the file that says how far."""

    def __init__(self, mailbox: Mailbox, mailroom: Mailroom, notes: Path) -> None:
        self.mailbox = mailbox
        self._mailroom = mailroom
        self._notes = notes

    @classmethod
    def from_settings(cls, settings: Settings, mailroom: Mailroom, *, data: Path) -> "Imap":
        """Return the mailbox that *settings* name; user and password are those of sending where it has none.

        Raises:
            ValueError: they name no server.
        """
        if settings.imap_host is None:
            raise ValueError("GOVERNOR_IMAP_HOST is not set")
        secret = settings.imap_password or settings.smtp_password
        mailbox = Mailbox(
            host=settings.imap_host,
            port=settings.imap_port,
            security=settings.imap_security,
            user=settings.imap_user or settings.smtp_user or "",
            password="" if secret is None else secret.get_secret_value(),
            folder=settings.imap_folder,
            poll=settings.imap_poll,
            timeout=settings.smtp_timeout,
        )
        return cls(mailbox, mailroom, data / "imap.json")

    async def listen(self, receive: Receive) -> None:
        """Hand over what is in the mailbox and what comes into it, in order, until cancelled.

        Raises:
            Unavailable: the server cannot be reached (``imap-unreachable``), refuses the login
                (``imap-login-refused``), or what *receive* raises.
        """
        session = _Session(self.mailbox)
        with _Hands(session) as hands:
            try:
                validity = await hands.run(session.open)
                last = self._read_notes(validity)
                while True:
                    last = await self._catch_up(session, hands, (validity, last), receive)
                    await hands.run(session.wait)
            except (IMAPClientError, IMAPClient.Error, OSError, EOFError) as error:
                raise self._failure(error) from error

    def _failure(self, error: Exception) -> Unavailable:
        """Return what *error* means; a line that is lost during the login is no refusal of it."""
        told = self._told(error)
        if isinstance(error, LoginError) and not isinstance(error.__context__, IMAPClient.AbortError):
            setting = "GOVERNOR_IMAP_USER, GOVERNOR_IMAP_PASSWORD"
            return Unavailable("imap-login-refused", is_lasting=True, setting=setting, answer=told)
        return Unavailable("imap-unreachable", host=self.mailbox.host, reason=told)

    async def _catch_up(self, session: "_Session", hands: "_Hands", noted: tuple[int, int], receive: Receive) -> int:
        """Hand over what is new since *noted* (UIDVALIDITY, UID); return the UID of the last."""
        validity, last = noted
        for uid in await hands.run(partial(session.new, last)):
            size, received = await hands.run(partial(session.look, uid))
            if size is not None and size > self._mailroom.largest:
                head = await hands.run(partial(session.fetch, uid, header_only=True))
                await self._mailroom.set_aside("too large", head, received, receive)
            elif size is not None:
                raw = await hands.run(partial(session.fetch, uid))
                await self._mailroom.take(raw, received, receive)
            last = uid
            note = json.dumps({"mailbox": self.mailbox.name, "validity": validity, "uid": last})
            await asyncio.to_thread(write_file, self._notes.parent, self._notes.name, note.encode())
        return last

    def _read_notes(self, validity: int) -> int:
        """Return the UID of the last message that was handed over; 0 where the mailbox is another than it was."""
        try:
            noted = json.loads(self._notes.read_bytes())
            is_same = (noted["mailbox"], noted["validity"]) == (self.mailbox.name, validity)
            return int(noted["uid"]) if is_same else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def _told(self, error: Exception) -> str:
        """Return what a server said as one short line, without the password, should it have said that."""
        text = str(error)
        if self.mailbox.password:
            text = text.replace(self.mailbox.password, "…")
        return line(text)[:_LONGEST_REASON]


class _Hands:
    """The thread of a session; leaving it ends both, though the server hangs."""

    def __init__(self, session: "_Session") -> None:
        self._session = session
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="imap")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what *work* returns, which is done in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


class _Session:
    """One connection to a mailbox; sync, from one thread, but for ``stop``."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._client: IMAPClient | None = None
        self._stopping = threading.Event()
        self._has_idle = False

    def open(self) -> int:
        """Connect, log in, select the folder for reading only; return its UIDVALIDITY."""
        box = self._mailbox
        trust = box.trust or ssl.create_default_context()
        is_tls = box.security is Security.TLS
        port = box.port or (993 if is_tls else 143)
        client = IMAPClient(box.host, port, ssl=is_tls, ssl_context=trust if is_tls else None, timeout=box.timeout)
        self._client = client
        if box.security is Security.STARTTLS:
            client.starttls(trust)
        client.login(box.user, box.password)
        self._has_idle = client.has_capability("IDLE")
        return int(client.select_folder(box.folder, readonly=True)[b"UIDVALIDITY"])

    def new(self, last: int) -> list[int]:
        """Return the UIDs above *last*, in order; where nothing is known, those of the last ``FIRST``."""
        client = self._connected()
        since = (datetime.now(UTC) - FIRST).date()
        # A range that ends in * has the last message in it, however low its UID is (RFC 9051 §9).
        found = client.search(["UID", f"{last + 1}:*"] if last else ["SINCE", since])
        return sorted(uid for uid in found if uid > last)

    def look(self, uid: int) -> tuple[int | None, datetime]:
        """Return the size in octets (``None``: it is gone) and the arrival of a message."""
        found = self._connected().fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        if found is None:
            return None, datetime.now(UTC)
        arrived = found.get(b"INTERNALDATE")
        return int(found[b"RFC822.SIZE"]), arrived.astimezone(UTC) if arrived is not None else datetime.now(UTC)

    def fetch(self, uid: int, *, header_only: bool = False) -> bytes:
        """Return the message, or its header, without marking it as read; empty when it is gone."""
        wanted = "BODY.PEEK[HEADER]" if header_only else "BODY.PEEK[]"
        found = self._connected().fetch([uid], [wanted]).get(uid, {})
        return bytes(found.get(wanted.replace(".PEEK", "").encode(), b""))

    def wait(self) -> None:
        """Return when something may have come in, or after the time of a poll; at once when it is to stop."""
        until = time.monotonic() + self._mailbox.poll
        if not self._has_idle:
            self._stopping.wait(self._mailbox.poll)
            return
        client = self._connected()
        client.idle()
        while not self._stopping.is_set() and time.monotonic() < until:
            began = time.monotonic()
            told = client.idle_check(timeout=min(_SLICE, self._mailbox.poll))
            # Woken up for nothing: the connection may be lost, which the next command finds out.
            if told or time.monotonic() - began < _SLICE / 2:
                break
        client.idle_done()

    def stop(self) -> None:
        """End the connection, whatever its thread is waiting for. Call it from any thread."""
        self._stopping.set()
        client, self._client = self._client, None
        if client is not None:
            # The line first: closing what is read from waits for the thread that reads.
            with suppress(OSError):
                client.socket().shutdown(socket.SHUT_RDWR)
            with suppress(OSError, IMAPClient.Error):
                client.shutdown()

    def _connected(self) -> IMAPClient:
        if self._client is None:
            raise OSError("stopped")
        return self._client
