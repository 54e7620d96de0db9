"""A mail server hands over answers by LMTP or SMTP; 250 is answered only when they are taken for good."""

import asyncio
import smtplib
from collections.abc import Callable
from pathlib import Path

import pytest

from governor.errors import Unavailable
from integrations.mail.listener import Listener, Place
from integrations.mail.settings import Protocol
from tests.integrations.incoming import NOW, OURS, TOO_LARGE, Desk, many, reply

SECRETARIAT = "sekretariat@karangtaruna.example"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def at_the_door(desk: Desk, talk: Callable[[smtplib.SMTP], object], protocol: Protocol = Protocol.LMTP) -> object:
    """Return what *talk* returns, which speaks to a listener that hands over to *desk*."""
    place = Place(host="127.0.0.1", port=0, protocol=protocol, addresses=(OURS, SECRETARIAT))
    listener = Listener(place, desk.mailroom, lambda: NOW)

    def connect() -> object:
        kind = smtplib.LMTP if protocol is Protocol.LMTP else smtplib.SMTP
        with kind("127.0.0.1", listener.port or 0, timeout=10) as client:
            return talk(client)

    async def story() -> object:
        listening = asyncio.create_task(listener.listen(desk.receive))
        try:
            while listener.port is None:
                await asyncio.sleep(0)
            return await asyncio.to_thread(connect)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    return asyncio.run(story())


def send(*messages: bytes, to: str = OURS) -> Callable[[smtplib.SMTP], list[int]]:
    def talk(client: smtplib.SMTP) -> list[int]:
        codes = []
        for raw in messages:
            try:
                client.sendmail("budi@example.org", [to], raw)
                codes.append(250)
            except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
                codes.append(error.smtp_code)
            except smtplib.SMTPRecipientsRefused as error:
                codes.append(error.recipients[to][0])
        return codes

    return talk


@pytest.mark.parametrize("protocol", list(Protocol))
def test_answers_are_taken_in_order(desk: Desk, protocol: Protocol) -> None:
    assert at_the_door(desk, send(*map(reply, range(20))), protocol) == [250] * 20

    assert desk.uids == [f"uid-{number}" for number in range(20)]
    assert len(desk.taken) == 20


def test_what_cannot_be_taken_now_is_asked_for_again(desk: Desk) -> None:
    desk.failures = [Unavailable("database-busy"), ZeroDivisionError()]

    assert at_the_door(desk, send(reply(0), reply(0), reply(0))) == [451, 451, 250]

    assert len(desk.taken) == 1


def test_answers_to_the_organizer_are_taken_too(desk: Desk) -> None:
    assert at_the_door(desk, send(reply(0), to=SECRETARIAT)) == [250]

    assert desk.uids == ["uid-0"]


def test_mail_for_others_is_refused(desk: Desk) -> None:
    assert at_the_door(desk, send(reply(), to="somebody@else.example")) == [550]

    assert desk.taken == []


def test_traps_are_refused_or_set_aside_and_the_rest_is_taken(desk: Desk) -> None:
    large = b"From: a@b.example\r\n\r\n" + b"x\r\n" * TOO_LARGE

    assert at_the_door(desk, send(many(10_000), large, reply())) == [250, 552, 250]

    assert desk.uids == ["uid-0"]
    assert desk.aside["too many parts"] == 1


def test_line_that_breaks_in_the_middle_of_a_message_leaves_nothing(desk: Desk) -> None:
    def talk(client: smtplib.SMTP) -> None:
        client.ehlo_or_helo_if_needed()
        client.mail("budi@example.org")
        client.rcpt(OURS)
        client.docmd("DATA")
        client.send(reply()[:200])
        client.close()

    at_the_door(desk, talk)

    assert desk.taken == []


def test_place_that_is_taken_is_told(desk: Desk) -> None:
    async def story() -> None:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        place = Place(host="127.0.0.1", port=port, protocol=Protocol.LMTP, addresses=(OURS,))
        async with server:
            with pytest.raises(Unavailable, match="mail-port-taken"):
                await Listener(place, desk.mailroom, lambda: NOW).listen(desk.receive)

    asyncio.run(story())
