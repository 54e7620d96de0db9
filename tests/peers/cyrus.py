"""A Cyrus IMAP with its calendars on loopback: it takes in invitations by LMTP, as a mail server does (Sieve's
``processimip``), shows them by CalDAV, and answers by SMTP. Debian's ``cyrus-imapd``, ``cyrus-caldav`` and
``sasl2-bin``, started by root, for it works as the user ``cyrus``.
"""

import contextlib
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from imaplib import IMAP4
from pathlib import Path

PROGRAMS = Path("/usr/lib/cyrus/bin")
MASTER = "/usr/sbin/cyrmaster"
PASSWORD = "not-a-secret"  # noqa: S105  # of accounts that live as long as a test
PATIENCE = 20.0

CONFIGURATION = """\
configdirectory: {home}/conf
partition-default: {home}/spool
defaultpartition: default
sievedir: {home}/sieve
proc_path: {home}/proc
mboxname_lockpath: {home}/lock
lmtpsocket: {home}/lmtp
idlesocket: {home}/idle
notifysocket: {home}/notify
servername: localhost
virtdomains: userid
unixhierarchysep: yes
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {home}/passwords
sasl_mech_list: PLAIN
httpmodules: caldav
caldav_allowscheduling: on
autocreate_users: anyone
autocreate_quota: 0
autocreate_sieve_script: {home}/invitations.sieve
smtp_backend: host
smtp_host: 127.0.0.1:{smtp}
calendar_user_address_set: {local}
"""
SERVICES = """\
START {{
  recover cmd="{programs}/ctl_cyrusdb -C {home}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{programs}/imapd -C {home}/imapd.conf" listen="127.0.0.1:{imap}" prefork=0
  http cmd="{programs}/httpd -C {home}/imapd.conf" listen="127.0.0.1:{http}" prefork=0
  lmtp cmd="{programs}/lmtpd -C {home}/imapd.conf -a" listen="127.0.0.1:{lmtp}" prefork=0
}}
EVENTS {{
}}
"""


def missing() -> str | None:
    """Return why there can be no Cyrus here, or ``None``."""
    if os.geteuid() != 0:
        return "Cyrus is started by root"
    needed = (MASTER, str(PROGRAMS / "httpd"), "saslpasswd2")
    absent = [program for program in needed if shutil.which(program) is None]
    return f"not installed: {', '.join(absent)} (make test-peers)" if absent else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cyrus:
    """A running server: its home, and the ports of its services."""

    home: Path
    imap: int
    http: int
    lmtp: int

    def enrol(self, address: str) -> None:
        """Give *address* a mailbox and a calendar."""
        name, _, domain = address.partition("@")
        command = ["saslpasswd2", "-p", "-c", "-f", str(self.home / "passwords"), "-u", domain, name]
        subprocess.run(command, input=PASSWORD.encode(), check=True)
        shutil.chown(self.home / "passwords", "cyrus", "mail")
        with IMAP4("127.0.0.1", self.imap) as mailbox:
            mailbox.login(address, PASSWORD)
        self.events(address)

    def deliver(self, message: bytes, sender: str, address: str) -> None:
        """Hand *message* over, as the mail server before it would."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            assert lmtp.sendmail(sender, [address], message) == {}

    def events(self, address: str, calendar: str | None = None) -> dict[str, str]:
        """Return the iCalendar texts in the *calendar* (a path) of *address*, unfolded, by their paths."""
        listed = self.ask(address, "PROPFIND", calendar or f"/dav/calendars/user/{address}/Default/", {"Depth": "1"})
        paths = re.findall(r"<D:href>([^<]*\.ics)</D:href>", listed)
        return {path: re.sub(r"\r\n[ \t]", "", self.ask(address, "GET", path)) for path in paths}

    def answer(self, address: str, partstat: str) -> None:
        """Let the person of *address* answer the one invitation in their calendar."""
        ((path, calendar),) = self.events(address).items()
        answered, count = re.subn(
            rf"(ATTENDEE[^\r\n]*PARTSTAT=)[A-Z-]+([^\r\n]*mailto:{re.escape(address)})", rf"\g<1>{partstat}\2", calendar
        )
        assert count == 1
        self.ask(address, "PUT", path, {"Content-Type": "text/calendar; charset=utf-8"}, answered)

    def ask(
        self, address: str, method: str, path: str, headers: dict[str, str] | None = None, body: str | None = None
    ) -> str:
        """Return the answer to a request of *address*, which must go well."""
        connection = HTTPConnection("127.0.0.1", self.http, timeout=PATIENCE)
        login = b64encode(f"{address}:{PASSWORD}".encode()).decode()
        data = None if body is None else body.encode()
        with contextlib.closing(connection):
            connection.request(method, path, data, {"Authorization": f"Basic {login}", **(headers or {})})
            reply = connection.getresponse()
            text = reply.read().decode()
        assert reply.status < 300, f"{method} {path}: {reply.status} {text}"
        return text


@contextlib.contextmanager
def running(smtp: int, local: str = "localhost") -> Iterator[Cyrus]:
    """Start a server that tells people of the domains *local* itself, others by the *smtp* port; stop it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="cyrus-"))  # not below a folder of root's alone
    imap, http, lmtp = free_ports(3)
    server = Cyrus(home=home, imap=imap, http=http, lmtp=lmtp)
    for folder in ("conf/socket", "conf/db", "conf/proc", "conf/log", "spool", "sieve", "proc", "lock"):
        (home / folder).mkdir(parents=True)
    (home / "invitations.sieve").write_text('require ["vnd.cyrus.imip"];\nprocessimip;\n', encoding="ascii")
    (home / "imapd.conf").write_text(CONFIGURATION.format(home=home, smtp=smtp, local=local), encoding="ascii")
    services = SERVICES.format(home=home, programs=PROGRAMS, imap=imap, http=http, lmtp=lmtp)
    (home / "cyrus.conf").write_text(services, encoding="ascii")
    subprocess.run(["chown", "-R", "cyrus:mail", str(home)], check=True)
    command = [MASTER, "-C", f"{home}/imapd.conf", "-M", f"{home}/cyrus.conf", "-p", f"{home}/pid", "-D"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for port in (imap, http, lmtp):
            _await(port)
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)
        shutil.rmtree(home, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    """Return *count* ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in sockets]


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, f"nobody listens on {port}"
            time.sleep(0.05)
        else:
            return
