"""Mail is read from a real IMAP server, each message once, in order, whatever happens to the line."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from governor.errors import Unavailable
from governor.ports import Incoming
from integrations.mail.imap import FIRST, Imap
from integrations.mail.settings import Security
from tests.integrations.imap_server import PASSWORD, ImapServer, Line, dovecot
from tests.integrations.incoming import NOW, TOO_LARGE, Desk, bounce, letter, many, nested, reply

TEN = [f"uid-{number}" for number in range(10)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with dovecot() as server:
        yield server


@pytest.fixture
def line(server: ImapServer) -> Iterator[Line]:
    line = Line(server.port)
    yield line
    line.close()


def imap(server: ImapServer, desk: Desk, **more: object) -> Imap:
    return Imap(server.mailbox(**more), desk.mailroom, desk.folder / "imap.json")


def test_what_is_there_and_what_comes_later_is_handed_over_in_order(server: ImapServer, desk: Desk) -> None:
    server.put(*map(reply, range(5)))

    async def story() -> None:
        put = asyncio.create_task(put_when(lambda: len(desk.taken) == 5, server, *map(reply, range(5, 10))))
        await desk.listening(imap(server, desk), lambda: len(desk.taken) >= 10)
        await put

    asyncio.run(story())

    assert desk.uids == TEN
    assert len(desk.taken) == 10


async def put_when(happened: object, server: ImapServer, *messages: bytes) -> None:
    while not happened():  # type: ignore[operator]
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)  # by now it waits
    await asyncio.to_thread(server.put, *messages)


def test_new_mail_is_told_at_once_where_the_server_can(server: ImapServer, desk: Desk) -> None:
    server.put(reply(0))

    async def story() -> float:
        put = asyncio.create_task(put_when(lambda: desk.taken, server, reply(1)))
        listening = asyncio.create_task(desk.listening(imap(server, desk, poll=300.0), lambda: len(desk.taken) >= 2))
        await put
        began = time.monotonic()
        await listening
        return time.monotonic() - began

    assert asyncio.run(story()) < 100  # it would be asked after 300


def test_server_that_cannot_tell_is_asked_again_and_again(desk: Desk) -> None:
    with dovecot(capability="IMAP4rev1") as server:
        server.put(reply(0))

        async def story() -> None:
            put = asyncio.create_task(put_when(lambda: desk.taken, server, reply(1)))
            await desk.listening(imap(server, desk, poll=1.0), lambda: len(desk.taken) >= 2)
            await put

        asyncio.run(story())

    assert desk.uids == TEN[:2]


def test_next_start_begins_where_the_last_one_ended(server: ImapServer, desk: Desk) -> None:
    server.put(reply(0), reply(1))
    asyncio.run(desk.listening(imap(server, desk), lambda: noted(desk) == 2))

    server.put(reply(2))
    asyncio.run(desk.listening(imap(server, desk), lambda: noted(desk) == 3))

    assert [one.id for one in desk.taken] == list(dict.fromkeys(one.id for one in desk.taken))
    assert desk.uids == TEN[:3]


def noted(desk: Desk) -> int:
    notes = desk.folder / "imap.json"
    return int(json.loads(notes.read_bytes())["uid"]) if notes.exists() else 0


def test_message_that_cannot_be_taken_now_is_handed_over_again_before_the_next(server: ImapServer, desk: Desk) -> None:
    server.put(*map(reply, range(3)))
    desk.failures = [Unavailable("database-busy"), Unavailable("database-busy")]

    asyncio.run(desk.listening(imap(server, desk), lambda: len(desk.taken) >= 3))

    assert desk.uids == TEN[:3]
    assert [error.key for error in desk.errors] == ["database-busy", "database-busy"]


def test_mailbox_that_was_made_anew_is_read_anew_and_gives_the_same_ids(server: ImapServer, desk: Desk) -> None:
    server.put(reply(0), reply(1))
    asyncio.run(desk.listening(imap(server, desk), lambda: noted(desk) == 2))
    notes = json.loads((desk.folder / "imap.json").read_bytes())
    (desk.folder / "imap.json").write_text(json.dumps(notes | {"validity": notes["validity"] - 1}))

    asyncio.run(desk.listening(imap(server, desk), lambda: len(desk.taken) >= 4))

    assert [one.id for one in desk.taken[:2]] == [one.id for one in desk.taken[2:]]


@pytest.mark.parametrize("notes", ["", "{", "[]", '{"mailbox": 1}', '{"uid": "x"}'])
def test_notes_that_cannot_be_read_are_begun_anew(server: ImapServer, desk: Desk, notes: str) -> None:
    (desk.folder / "imap.json").write_text(notes)
    server.put(reply(0))

    asyncio.run(desk.listening(imap(server, desk), lambda: noted_safely(desk) == 1))

    assert desk.uids == TEN[:1]


def noted_safely(desk: Desk) -> int:
    try:
        return noted(desk)
    except (ValueError, KeyError, TypeError):
        return 0


def test_old_mail_of_an_unknown_mailbox_is_left_alone(server: ImapServer, desk: Desk) -> None:
    server.put(reply(0), at=NOW - FIRST - timedelta(days=2_000))
    server.put(reply(1))

    asyncio.run(desk.listening(imap(server, desk), lambda: noted(desk) == 2))

    assert desk.uids == ["uid-1"]


def test_mailbox_is_left_as_it_was(server: ImapServer, desk: Desk) -> None:
    server.put(reply(0))

    asyncio.run(desk.listening(imap(server, desk), lambda: noted(desk) == 1))

    with server.client() as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search(["UNSEEN"]) == [1]


def test_traps_are_set_aside_and_the_rest_is_read(server: ImapServer, desk: Desk) -> None:
    traps = [nested(2_000), many(10_000), b"From: a@b.example\r\n\r\n" + b"x" * TOO_LARGE, b"\r\n\r\nno header"]
    server.put(*(message for number, trap in enumerate(traps) for message in (trap, reply(number))))

    asyncio.run(desk.listening(imap(server, desk), lambda: noted(desk) == 8))

    assert desk.uids == TEN[:4]
    assert dict(desk.aside) == {"too many parts": 2, "too large": 1, "no header": 1}
    kept = list((desk.folder / "aside").iterdir())
    assert len(kept) == 4
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert max(path.stat().st_size for path in kept) <= 64 * 1024


def test_message_above_the_largest_setting_is_never_fetched(server: ImapServer, line: Line, desk: Desk) -> None:
    largest = 50_000_000
    desk.mailroom = replace(desk.mailroom, largest=largest)
    head, padding = b"From: a@b.example\r\nSubject: large\r\n\r\n", b"x" * 998 + b"\r\n"
    bomb = head + padding * (largest // len(padding) + 1)
    server.put(bomb, reply(0))

    asyncio.run(desk.listening(imap(server, desk, port=line.port), lambda: noted(desk) == 2, 60))

    assert (desk.uids, dict(desk.aside)) == (["uid-0"], {"too large": 1})
    assert line.octets < 50_000
    (kept,) = (desk.folder / "aside").iterdir()
    assert kept.read_bytes() == head


def test_line_that_is_cut_again_and_again_loses_nothing_and_doubles_nothing(
    server: ImapServer, line: Line, desk: Desk
) -> None:
    desk.pause = 0.02
    numbers = range(60)
    server.put(*map(reply, numbers))

    async def cutting() -> None:
        while len(desk.uids) < len(numbers):
            await asyncio.sleep(0.25)
            line.cut()

    async def story() -> None:
        cutter = asyncio.create_task(cutting())
        await desk.listening(imap(server, desk, port=line.port), lambda: len(desk.uids) == len(numbers), 60)
        await cutter

    asyncio.run(story())

    assert desk.uids == [f"uid-{number}" for number in numbers]
    assert len({one.id for one in desk.taken}) == len(numbers)
    assert line.calls > 2
    assert {error.key for error in desk.errors} == {"imap-unreachable"}


def test_line_that_is_cut_while_it_waits_is_called_again(server: ImapServer, line: Line, desk: Desk) -> None:
    server.put(reply(0))

    async def story() -> None:
        listening = asyncio.create_task(
            desk.listening(imap(server, desk, port=line.port, poll=300.0), lambda: len(desk.taken) >= 2)
        )
        while not desk.taken:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        line.cut()
        await asyncio.to_thread(server.put, reply(1))
        await listening

    asyncio.run(story())

    assert desk.uids == TEN[:2]


def test_server_that_hangs_is_given_up_on(server: ImapServer, line: Line, desk: Desk) -> None:
    server.put(reply(0))
    line.frozen.set()
    began = time.monotonic()

    with pytest.raises(Unavailable, match="imap-unreachable"):
        asyncio.run(imap(server, desk, port=line.port, timeout=1.0).listen(desk.receive))

    assert time.monotonic() - began < 100  # it would wait for good


@pytest.mark.parametrize("security", [Security.NONE, Security.TLS])
def test_stopping_does_not_wait_for_a_server_that_hangs(server: ImapServer, desk: Desk, security: Security) -> None:
    server.put(reply(0))
    line = Line(server.tls if security is Security.TLS else server.port)
    source = imap(server, desk, port=line.port, security=security, trust=server.trust, timeout=300.0)

    async def receive(incoming: Incoming) -> None:
        await desk.receive(incoming)
        line.frozen.set()  # what is said next is not answered: the thread waits within a reading

    async def story() -> float:
        listening = asyncio.create_task(source.listen(receive))
        while not noted(desk):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        began = time.monotonic()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        return time.monotonic() - began

    assert asyncio.run(story()) < 100  # it would wait for 300
    line.close()


def test_nobody_who_listens_is_told(server: ImapServer, desk: Desk) -> None:
    with pytest.raises(Unavailable, match="imap-unreachable"):
        asyncio.run(imap(server, desk, port=1).listen(desk.receive))


def test_wrong_password_is_told_without_it(server: ImapServer, desk: Desk) -> None:
    with pytest.raises(Unavailable, match="imap-login-refused") as caught:
        asyncio.run(imap(server, desk, password="another-secret").listen(desk.receive))  # noqa: S106

    assert "another-secret" not in f"{caught.value!r} {caught.value}"


def test_missing_folder_is_told(server: ImapServer, desk: Desk) -> None:
    with pytest.raises(Unavailable, match="imap-unreachable"):
        asyncio.run(imap(server, desk, folder="Nowhere").listen(desk.receive))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_line_is_encrypted(server: ImapServer, desk: Desk, security: Security) -> None:
    server.put(reply(0))
    port = server.tls if security is Security.TLS else server.port

    source = imap(server, desk, port=port, security=security, trust=server.trust)
    asyncio.run(desk.listening(source, lambda: len(desk.taken) == 1))

    assert desk.uids == TEN[:1]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_server_that_nobody_vouches_for_is_not_told_the_password(
    server: ImapServer, desk: Desk, security: Security
) -> None:
    port = server.tls if security is Security.TLS else server.port

    with pytest.raises(Unavailable, match="imap-unreachable"):
        asyncio.run(imap(server, desk, port=port, security=security).listen(desk.receive))


def test_letters_and_failures_come_too(server: ImapServer, desk: Desk) -> None:
    server.put(letter("saya hadir"), bounce(), reply(0))

    asyncio.run(desk.listening(imap(server, desk), lambda: len(desk.taken) == 3))

    assert [type(one).__name__ for one in desk.taken] == ["Letter", "Bounce", "Rsvp"]


def test_password_is_nowhere_in_what_is_shown(server: ImapServer) -> None:
    assert PASSWORD not in repr(replace(server.mailbox(), folder="x"))
