"""A Governor that runs in a terminal: it stops when told to, and the next start carries on."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.delivery.test_kill import wait_until
from tests.integrations.smtp_servers import Hanging, Inbox, serving

CALL = ("anggota tambah Budi budi@example.org", "rapat Kamis depan jam 7 malam dengan @budi", "1")


class Room:
    """One data folder, in which Governor is run; its input stays open until it ends."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GOVERNOR_")}
        self.environment |= {"GOVERNOR_HTTP_PORT": "0", "GOVERNOR_MAIL_FROM": "rapat@karangtaruna.example"}
        self.environment |= {"GOVERNOR_DATA": str(data), "GOVERNOR_SMTP_SECURITY": "none"}
        self._running: list[subprocess.Popen[str]] = []

    def send_to(self, port: int | None) -> None:
        self.environment |= {"GOVERNOR_SMTP_HOST": "127.0.0.1", "GOVERNOR_SMTP_PORT": str(port)}

    def run(self, *said: str) -> "subprocess.Popen[str]":
        """Return a running Governor that has read all that was said."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        command = [sys.executable, "-m", "governor", "run"]
        process = subprocess.Popen(command, env=self.environment, cwd=self.data.parent, text=True, **pipes)  # type: ignore[call-overload]
        self._running.append(process)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.writelines(f"{line}\n" for line in said)
        process.stdin.flush()
        for line in said:
            while not process.stdout.readline().startswith(f"» {line}"):
                assert process.poll() is None
        return process

    def clear(self) -> None:
        for process in self._running:
            process.kill()
            process.communicate()

    def effects(self) -> list[tuple[str, str]]:
        """Return target and state of each invitation, as another program sees them."""
        connection = sqlite3.connect(self.data / "governor.db")
        try:
            return list(connection.execute("SELECT kind, state FROM effect ORDER BY id"))
        finally:
            connection.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "data")
    yield opened
    opened.clear()


def told(process: "subprocess.Popen[str]", *signals: signal.Signals) -> tuple[int, str]:
    """Return the exit status, and what was said last; the process must end by itself."""
    for number in signals:
        process.send_signal(number)
    process.wait(60)
    assert process.stdout is not None
    return process.returncode, process.stdout.read()


@pytest.mark.parametrize("signals", [(signal.SIGTERM,), (signal.SIGINT,), (signal.SIGINT, signal.SIGINT)])
def test_signal_ends_it_in_order_though_nobody_types(room: Room, signals: tuple[signal.Signals, ...]) -> None:
    status, said = told(room.run("bantuan"), *signals)

    assert status == 0
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("said", [("bantuan",), ()])
def test_signals_that_go_on_until_it_has_ended_change_nothing(
    room: Room, number: signal.Signals, said: tuple[str, ...]
) -> None:
    process = room.run(*said)
    wait_until((room.data / "governor.lock").exists)
    while process.poll() is None:
        process.send_signal(number)
        time.sleep(0.01)

    assert told(process) == (0, "")


def test_more_organisations_are_open_than_the_thousand_files_that_a_system_gives_at_first(room: Room) -> None:
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
    try:
        running = room.run("bantuan")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))
    assert resource.prlimit(running.pid, resource.RLIMIT_NOFILE) == (most, most)


def test_signal_at_the_start_ends_it_in_order(room: Room) -> None:
    process = room.run()
    wait_until((room.data / "governor.lock").exists)

    assert told(process, signal.SIGTERM)[0] == 0


def test_invitation_in_hand_at_a_signal_is_sent_at_the_next_start(room: Room) -> None:
    hanging, inbox = Hanging(), Inbox()
    with serving(hanging) as server:
        room.send_to(server.port)
        process = room.run(*CALL)
        wait_until(lambda: bool(hanging.peers))
        stopped = told(process, signal.SIGTERM)
    waiting = room.effects()
    with serving(inbox) as server:
        room.send_to(server.port)
        process = room.run("bantuan")
        wait_until(lambda: len(inbox.messages) == 1)
        assert told(process, signal.SIGTERM)[0] == 0

    assert stopped[0] == 0
    assert waiting == [("invitation", "queued")]
    assert room.effects() == [("invitation", "done")]


def test_signal_ends_it_though_another_process_holds_the_database(room: Room) -> None:
    process = room.run("anggota tambah Budi budi@example.org", "bantuan")
    other = sqlite3.connect(room.data / "governor.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    status, _ = told(process, signal.SIGTERM)
    other.close()

    assert status == 0


def test_altered_record_is_told_in_the_room_and_no_more_is_written(room: Room) -> None:
    room.run("anggota tambah Budi budi@example.org").communicate()
    with closing(sqlite3.connect(room.data / "governor.db")) as connection, connection:
        connection.execute("UPDATE organisation SET name = 'Lain'")

    process = room.run("bantuan")
    said = alarm(process)
    rest, _ = process.communicate("anggota tambah Sari sari@example.org\n")

    assert "BERUBAH: " in said
    assert "CATATAN BERUBAH" in rest
    assert "Sari terdaftar" not in rest


def alarm(process: "subprocess.Popen[str]") -> str:
    """Return what is said up to the alarm."""
    assert process.stdout is not None
    said = ""
    while "governor verify" not in said:
        line = process.stdout.readline()
        assert line
        said += line
    return said
