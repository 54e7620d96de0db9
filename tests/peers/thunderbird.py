"""A Thunderbird on a screen of its own (Xvfb): it opens our mail as a person would, and is spoken to by Marionette, the
remote protocol of Mozilla's programs. Debian's ``thunderbird`` and ``xvfb``.
"""

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.peers.cyrus import free_ports

PATIENCE = 60.0
INBOX = Path("Mail/Local Folders/Inbox")

OPEN = """
const [row, told] = args;
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const inbox = MailServices.accounts.localFoldersServer.rootFolder.getChildNamed("Inbox");
const tabs = window.document.getElementById("tabmail");
const pane = await until(() => tabs.currentAbout3Pane);
if (pane.gFolder !== inbox) pane.displayFolder(inbox.URI);
await until(() => pane.gDBView && pane.gDBView.rowCount > row);
const subject = (r) => pane.gDBView.getMsgHdrAt(r).mime2DecodedSubject;
pane.threadTree.selectedIndex = row;
const shown = () => tabs.currentAboutMessage?.document.getElementById("expandedsubjectBox")?.textContent || "";
await until(() => shown().includes(subject(row)));
const doc = tabs.currentAboutMessage.document;
const bar = doc.getElementById("imip-bar");
await until(() => bar && !bar.collapsed && bar.textContent.includes(told));
const shownButtons = () => [...doc.querySelectorAll("#imip-view-toolbar toolbarbutton[id]")]
  .filter((one) => one.id && !one.hidden).map((one) => one.id);
await until(() => shownButtons().length);
return {subject: subject(row), bar: bar.textContent, buttons: shownButtons()};
"""
PRESS = """
const [button] = args;
window.document.getElementById("tabmail").currentAboutMessage.document.getElementById(button).doCommand();
return true;
"""
EVENTS = """
const {cal} = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const found = [];
for (const calendar of cal.manager.getCalendars()) {
  for (const item of await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null)) {
    found.push({uid: item.id, start: item.startDate.icalString, status: item.status || ""});
  }
}
return found;
"""
OCCURRENCES = """
const {cal} = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const wanted = Ci.calICalendar.ITEM_FILTER_ALL_ITEMS | Ci.calICalendar.ITEM_FILTER_CLASS_OCCURRENCES;
const [since, until] = args.map((moment) => cal.createDateTime(moment));
const found = [];
for (const calendar of cal.manager.getCalendars()) {
  for (const item of await calendar.getItemsAsArray(wanted, 0, since, until)) found.push(item.startDate.icalString);
}
return found.sort();
"""
FRAME = """
const done = arguments[arguments.length - 1];
const args = [...arguments].slice(0, -1);
const until = async (what) => {
  for (let tries = 0; tries < 150; tries++) {
    const found = what();
    if (found) return found;
    await new Promise((go) => window.setTimeout(go, 100));
  }
  throw new Error("waited in vain for " + what);
};
(async () => { %s })().then((value) => done({value}), (error) => done({error: String(error)}));
"""


def missing() -> str | None:
    """Return why there can be no Thunderbird here, or ``None``."""
    absent = [program for program in ("thunderbird", "Xvfb") if shutil.which(program) is None]
    return f"not installed: {', '.join(absent)} (make test-peers)" if absent else None


class Thunderbird:
    """A running Thunderbird, as it is spoken to."""

    def __init__(self, port: int) -> None:
        self._socket = _connect(port)
        self._answers = self._socket.makefile("rb")
        self._asked = 0
        self._read()
        self._ask("WebDriver:NewSession", capabilities={})
        self._ask("Marionette:SetContext", value="chrome")

    def open(self, row: int, told: str) -> dict[str, Any]:
        """Show the message in that row of the inbox, and wait until the bar above it has the words *told*; return its
        subject, and the bar with its buttons.
        """
        shown = self._run(OPEN, row, told)
        assert isinstance(shown, dict)
        return shown

    def press(self, button: str) -> None:
        """Press a button of the bar, by its id."""
        self._run(PRESS, button)

    def events(self) -> list[dict[str, str]]:
        """Return the events in the calendars."""
        found = self._run(EVENTS)
        assert isinstance(found, list)
        return found

    def occurrences(self, since: str, until: str) -> list[str]:
        """Return when what is in the calendars begins between two moments of iCalendar, series and all, in order."""
        found = self._run(OCCURRENCES, since, until)
        assert isinstance(found, list)
        return found

    def picture(self) -> bytes:
        """Return the window as PNG."""
        return base64.b64decode(self._ask("WebDriver:TakeScreenshot", full=False, hash=False)["value"])

    def close(self) -> None:
        """Hang up."""
        self._answers.close()
        self._socket.close()

    def _run(self, script: str, *args: object) -> object:
        limit = int(PATIENCE * 1000)
        self._ask("WebDriver:SetTimeouts", script=limit)
        told = self._ask("WebDriver:ExecuteAsyncScript", script=FRAME % script, args=list(args), sandbox="system")[
            "value"
        ]
        assert "error" not in told, told["error"]
        return told.get("value")

    def _ask(self, command: str, **values: object) -> dict[str, Any]:
        self._asked += 1
        asked = json.dumps([0, self._asked, command, values]).encode()
        self._socket.sendall(str(len(asked)).encode() + b":" + asked)
        _, _, error, result = self._read()
        assert error is None, error
        return result if isinstance(result, dict) else {}

    def _read(self) -> Any:  # noqa: ANN401  # what JSON holds
        length = b""
        while (sign := self._answers.read(1)) != b":":
            assert sign, "Thunderbird is gone"
            length += sign
        return json.loads(self._answers.read(int(length)))


@contextlib.contextmanager
def running(home: Path, address: str, messages: Sequence[bytes], smtp: int) -> Iterator[Thunderbird]:
    """Start a Thunderbird whose user has *address*, finds *messages* in the inbox, and sends to the *smtp* port."""
    profile, display = home / "profile", f":{200 + os.getpid() % 700}"
    (profile / INBOX).parent.mkdir(parents=True)
    start = b"From - Tue Nov 24 10:00:00 2026\r\nX-Mozilla-Status: 0000\r\nX-Mozilla-Status2: 00000000\r\n"
    (profile / INBOX).write_bytes(b"".join(start + message + b"\r\n" for message in messages))
    (port,) = free_ports(1)
    settings = {**_account(address, smtp), "marionette.port": port}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = ["thunderbird", "--marionette", "--remote-allow-system-access", "-no-remote", "-profile", str(profile)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with contextlib.ExitStack() as stack:
        screen = ["Xvfb", display, "-screen", "0", "1280x960x24", "-nolisten", "tcp"]
        stack.callback(_stop, subprocess.Popen(screen, **quiet))  # type: ignore[call-overload]
        environment = {**os.environ, "HOME": str(home), "DISPLAY": display}
        stack.callback(_stop, subprocess.Popen(command, env=environment, **quiet))  # type: ignore[call-overload]
        program = Thunderbird(port)
        stack.callback(program.close)
        yield program


def _account(address: str, smtp: int) -> dict[str, str | int | bool]:
    """Return the settings of an account that fetches nothing, a calendar of one's own, and no first-run questions."""
    account, identity, server, local, out = (
        "mail.account.account1", "mail.identity.id1", "mail.server.server1", "mail.server.server2",
        "mail.smtpserver.smtp1",
    )  # fmt: skip
    calendar = "calendar.registry.own"
    return {
        "mail.accountmanager.accounts": "account1,account2",
        "mail.accountmanager.defaultaccount": "account1",
        "mail.accountmanager.localfoldersserver": "server2",
        f"{account}.identities": "id1",
        f"{account}.server": "server1",
        "mail.account.account2.server": "server2",
        f"{identity}.useremail": address,
        f"{identity}.fullName": "Ratna",
        f"{identity}.smtpServer": "smtp1",
        f"{identity}.valid": True,
        f"{server}.type": "pop3",
        f"{server}.hostname": "127.0.0.1",
        f"{server}.userName": "ratna",
        f"{server}.name": "Ratna",
        f"{server}.login_at_startup": False,
        f"{server}.check_new_mail": False,
        f"{local}.type": "none",
        f"{local}.hostname": "Local Folders",
        f"{local}.userName": "nobody",
        f"{local}.name": "Local Folders",
        f"{local}.directory-rel": "[ProfD]Mail/Local Folders",
        "mail.smtpservers": "smtp1",
        "mail.smtp.defaultserver": "smtp1",
        f"{out}.hostname": "127.0.0.1",
        f"{out}.port": smtp,
        f"{out}.authMethod": 1,
        f"{out}.try_ssl": 0,
        f"{calendar}.type": "storage",
        f"{calendar}.uri": "moz-storage-calendar://",
        f"{calendar}.name": "Ratna",
        f"{calendar}.imip.identity.key": "id1",
        f"{calendar}.calendar-main-default": True,
        f"{calendar}.calendar-main-in-composite": True,
        "calendar.list.sortOrder": "own",
        "calendar.timezone.local": "Asia/Jakarta",
        "calendar.timezone.useSystemTimezone": False,
        "mail.pane_config.dynamic": 0,
        "mail.provider.enabled": False,
        "mail.rights.version": 1,
        "mail.shell.checkDefaultClient": False,
        "mail.spotlight.firstRunDone": True,
        "mail.inappnotifications.enabled": False,
        "mailnews.start_page.enabled": False,
        "mailnews.default_view_flags": 0,  # no threads, by date, the oldest first
        "mailnews.default_sort_type": 18,
        "mailnews.default_sort_order": 1,
        "app.donation.eoy.version.viewed": 999,
        "app.update.enabled": False,
        "extensions.update.enabled": False,
        "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
        "datareporting.healthreport.uploadEnabled": False,
        "toolkit.telemetry.enabled": False,
    }


def _connect(port: int) -> socket.socket:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            assert time.monotonic() < until, "Thunderbird does not start"
            time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
