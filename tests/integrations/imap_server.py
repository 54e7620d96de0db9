"""A real IMAP server (Debian's dovecot) on loopback, and a line to it that can be cut."""

import grp
import os
import pwd
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from integrations.mail.imap import Mailbox
from integrations.mail.settings import Security
from tests.integrations.smtp_servers import certificate

USER, PASSWORD = "rapat", "s3cret-imap-password"

_CONFIGURATION = """
base_dir = {run}
state_dir = {run}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{folder}/mail/%u
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
imap_capability = {capability}
service imap {{
  executable = {programs}/imap
}}
service imap-urlauth {{
  executable = {programs}/imap-urlauth
}}
service imap-urlauth-login {{
  executable = {programs}/imap-urlauth-login
  chroot =
}}
service imap-urlauth-worker {{
  executable = {programs}/imap-urlauth-worker
}}
service imap-hibernate {{
  executable = {programs}/imap-hibernate
}}
service imap-login {{
  executable = {programs}/imap-login
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer:
    """Where it listens in the clear (``port``) and by TLS (``tls``), and whose mailbox is meant.

    The certificate that is to be trusted is in ``trust``, and in the file ``authority``.
    """

    port: int
    tls: int
    trust: ssl.SSLContext
    authority: Path
    user: str = USER
    password: str = PASSWORD

    def mailbox(self, **more: object) -> Mailbox:
        given = {
            "host": "127.0.0.1",
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "poll": 5.0,
            "timeout": 10.0,
        }
        return Mailbox(**{"security": Security.NONE, **given, **more})  # type: ignore[arg-type]

    @contextmanager
    def client(self) -> Iterator[IMAPClient]:
        client = IMAPClient("127.0.0.1", self.port, ssl=False)
        client.login(self.user, self.password)
        try:
            yield client
        finally:
            with suppress(OSError, IMAPClient.Error):
                client.logout()

    def put(self, *messages: bytes, at: datetime | None = None, folder: str = "INBOX") -> None:
        with self.client() as client:
            for message in messages:
                client.append(folder, message, msg_time=at)

    def anew(self) -> None:
        """Empty the mailbox, and give it another UIDVALIDITY."""
        with self.client() as client:
            client.create_folder("other")
            client.delete_folder("other")
            client.select_folder("INBOX")
            found = client.search()
            if found:
                client.delete_messages(found)
                client.expunge()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dovecot(*, capability: str = "", user: str = USER, password: str = PASSWORD) -> Iterator[ImapServer]:
    """Yield a server on which the mailbox of *user* is empty; *capability* replaces what it says that it can."""
    program, programs = Path("/usr/sbin/dovecot"), Path(__file__).parents[1] / "peers/.dovecot/usr/lib/dovecot"
    if not program.exists() or not programs.exists():
        pytest.skip("dovecot is not installed: make peers (as root, on Debian) installs it")
    runs_as = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    with tempfile.TemporaryDirectory(prefix="imap") as name:
        folder, port, tls = Path(name), free_port(), free_port()
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        if os.geteuid() == 0:
            os.chown(folder / "mail", runs_as.pw_uid, runs_as.pw_gid)
        _, trust = certificate(folder)
        group = grp.getgrgid(runs_as.pw_gid).gr_name
        configuration = _CONFIGURATION.format(
            folder=folder,
            programs=programs,
            run=folder / "run",
            user=runs_as.pw_name,
            group=group,
            password=password,
            port=port,
            tls=tls,
            capability=capability,
        )
        (folder / "dovecot.conf").write_text(configuration.replace("imap_capability = \n", ""))
        with subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")]) as process:
            try:
                _await(port, folder / "log")
                yield ImapServer(
                    port=port, tls=tls, trust=trust, authority=folder / "server.pem", user=user, password=password
                )
            finally:
                process.terminate()
                process.wait(10)


def _await(port: int, log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(log.read_text() if log.exists() else "no log")


class Line:
    """A line to a server on this machine, which can be ``cut``, or hold its breath while ``frozen``.

    ``octets`` is how many went over it, either way.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.frozen = threading.Event()
        self.calls = 0
        self.octets = 0
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.calls += 1
                far = self._call()
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _call(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._target))

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while octets := one.recv(4096):
                while self.frozen.is_set():
                    time.sleep(0.01)
                other.sendall(octets)
                self.octets += len(octets)
        self._end(one, other)

    def cut(self) -> None:
        """Cut every connection that is open."""
        self._end(*self._open)
        self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _end(self, *ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
