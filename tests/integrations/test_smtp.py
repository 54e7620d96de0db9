"""Does mail get through a real SMTP server, and what is said when it does not?"""

import asyncio
import socket
import traceback
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from governor.errors import GovernorError, Refused, Unavailable
from governor.ports.choices import chosen
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.composition import compose
from integrations.mail.settings import Security, Settings, at_odds
from integrations.mail.smtp import Server, Smtp
from tests.integrations.calendar_contract import CalendarContract, Desk
from tests.integrations.inbox import shown
from tests.integrations.mail_contract import SENDER, MailContract, Post
from tests.integrations.smtp_servers import (
    PASSWORD,
    USER,
    Dropping,
    Hanging,
    Inbox,
    authenticate,
    certificate,
    serving,
)
from tests.itip.invitations import BOARD, BUDI, NOTICE, ORGANIZER

MESSAGE = compose(BOARD, BUDI)
ADDRESS = "budi@example.org"


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


class TestSmtpKeepsTheMailContract(MailContract):
    @pytest.fixture
    def post(self, runner: asyncio.Runner) -> Iterator[Post]:
        inbox = Inbox()
        with serving(inbox) as server:
            mail = Smtp(server)
            yield Post(mail=mail, run=runner.run, arrived=lambda: inbox.messages)
            runner.run(mail.close())


class TestSmtpKeepsTheCalendarContract(CalendarContract):
    @pytest.fixture
    def desk(self, runner: asyncio.Runner) -> Iterator[Desk]:
        inbox = Inbox()
        with serving(inbox) as server:
            mail = Smtp(server)
            yield Desk(
                calendar=MailCalendar(mail, ORGANIZER, NOTICE),
                run=runner.run,
                shows=lambda address: shown(content for name, content in inbox.messages if name == address),
            )
            runner.run(mail.close())


def send(server: Server, *, times: int = 1, recipient: str = ADDRESS) -> list[GovernorError | None]:
    """Send the message over one Smtp some times; return what was raised each time."""

    async def run() -> list[GovernorError | None]:
        mail, raised = Smtp(server), list[GovernorError | None]()
        for _ in range(times):
            try:
                await mail.send(MESSAGE, sender=SENDER, recipient=recipient)
                raised.append(None)
            except GovernorError as error:
                raised.append(error)
        await mail.close()
        return raised

    return asyncio.run(run())


def test_one_connection_carries_a_batch() -> None:
    inbox = Inbox()
    with serving(inbox) as server:
        assert send(server, times=20) == [None] * 20

    assert (len(inbox.peers), len(inbox.messages)) == (1, 20)


@pytest.mark.parametrize("answer", ["450 4.2.1 greylisted, try again", "452 4.2.2 mailbox full", "421 4.3.2 closing"])
def test_recipient_deferred_may_be_tried_again(answer: str) -> None:
    inbox = Inbox(refusals={ADDRESS: [answer]})
    with serving(inbox) as server:
        first, second = send(server, times=2)

    assert isinstance(first, Unavailable)
    assert (first.key, first.values["code"]) == ("mail-deferred", int(answer[:3]))
    assert first.values["answer"] == answer[4:]
    assert second is None
    assert inbox.messages == [(ADDRESS, MESSAGE)]


def test_message_deferred_may_be_tried_again() -> None:
    inbox = Inbox(verdicts=["451 4.3.0 later"])
    with serving(inbox) as server:
        first, second = send(server, times=2)

    assert isinstance(first, Unavailable)
    assert (first.key, first.values["code"]) == ("mail-deferred", 451)
    assert second is None
    assert inbox.messages == [(ADDRESS, MESSAGE)]


@pytest.mark.parametrize(
    "inbox",
    [Inbox(refusals={ADDRESS: ["550 5.1.1 no such user"]}), Inbox(verdicts=["550 5.1.1 no such user"])],
    ids=["at RCPT", "at DATA"],
)
def test_refused_recipient_is_undeliverable_and_the_next_goes_through_on_the_same_connection(inbox: Inbox) -> None:
    with serving(inbox) as server:
        first, second = send(server, times=2)

    assert isinstance(first, Refused)
    assert first.key == "mail-undeliverable"
    assert dict(first.values) == {"address": ADDRESS, "code": 550, "answer": "5.1.1 no such user"}
    assert second is None
    assert (len(inbox.peers), len(inbox.messages)) == (1, 1)


def test_refused_sender_is_no_fault_of_the_recipient() -> None:
    with serving(Inbox(sender_answer="530 5.7.0 authentication required")) as server:
        (error,) = send(server)

    assert isinstance(error, Unavailable)
    assert (error.key, error.values["code"]) == ("mail-deferred", 530)


def test_connection_lost_in_the_middle_of_data_is_opened_again() -> None:
    inbox = Dropping()
    with serving(inbox) as server:
        first, second = send(server, times=2)

    assert isinstance(first, Unavailable)
    assert first.key == "mail-server-unreachable"
    assert second is None
    assert set(inbox.messages) == {(ADDRESS, MESSAGE)}


def test_connection_that_the_server_closed_while_idle_is_opened_again() -> None:
    inbox = Inbox()

    async def run(server: Server) -> None:
        mail = Smtp(server)
        await mail.send(MESSAGE, sender=SENDER, recipient=ADDRESS)
        await asyncio.sleep(0.4)
        await mail.send(MESSAGE, sender=SENDER, recipient=ADDRESS)
        await mail.close()

    with serving(inbox, timeout=0.2) as server:
        asyncio.run(run(server))

    assert (len(inbox.peers), len(inbox.messages)) == (2, 2)


def test_server_that_never_answers_is_given_up_after_the_timeout() -> None:
    with serving(Hanging()) as server:
        (error,) = send(replace(server, timeout=0.3))

    assert isinstance(error, Unavailable)
    assert error.key == "mail-server-unreachable"


def test_send_that_is_cancelled_leaves_no_half_message_behind() -> None:
    async def run(server: Server) -> None:
        mail = Smtp(server)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(mail.send(MESSAGE, sender=SENDER, recipient=ADDRESS), 0.2)
        assert mail._client is None
        await mail.close()

    with serving(Hanging()) as server:
        asyncio.run(run(server))


def test_closing_is_no_trouble_when_the_server_has_gone_or_nothing_was_sent() -> None:
    async def run(server: Server) -> None:
        mail = Smtp(server)
        await mail.close()
        await mail.send(MESSAGE, sender=SENDER, recipient=ADDRESS)
        await mail.close()
        await mail.close()
        await mail.send(MESSAGE, sender=SENDER, recipient=ADDRESS)
        inbox.quit_answer = "500 what?"
        await mail.close()

    inbox = Inbox()
    with serving(inbox) as server:
        asyncio.run(run(server))

    assert len(inbox.messages) == 2


def test_no_server_is_unavailable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (error,) = send(Server(host="127.0.0.1", port=port, security=Security.NONE, timeout=2))

    assert isinstance(error, Unavailable)
    assert error.key == "mail-server-unreachable"


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_connection_is_encrypted(security: Security, tmp_path: Path) -> None:
    ours, trust = certificate(tmp_path)
    inbox = Inbox()
    with serving(inbox, ours, implicit=security is Security.TLS) as server:
        assert send(replace(server, security=security, trust=trust)) == [None]

    assert inbox.was_secure == [True]


def test_certificate_of_a_stranger_is_not_trusted(tmp_path: Path) -> None:
    ours, _ = certificate(tmp_path)
    inbox = Inbox()
    with serving(inbox, ours) as server:
        (error,) = send(replace(server, security=Security.STARTTLS))

    assert isinstance(error, Unavailable)
    assert "certificate" in str(error.values["reason"])
    assert inbox.messages == []


def test_nothing_is_sent_in_the_clear_where_encryption_was_asked_for() -> None:
    inbox = Inbox()
    with serving(inbox) as server:
        (error,) = send(replace(server, security=Security.STARTTLS))

    assert isinstance(error, Unavailable)
    assert inbox.messages == []


def test_login_with_the_right_password(tmp_path: Path) -> None:
    ours, trust = certificate(tmp_path)
    inbox = Inbox()
    with serving(inbox, ours, authenticator=authenticate, auth_required=True) as server:
        known = replace(server, security=Security.STARTTLS, trust=trust, user=USER, password=PASSWORD)
        assert send(known) == [None]

    assert len(inbox.messages) == 1


def test_wrong_password_names_the_settings_and_never_the_password(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    ours, trust = certificate(tmp_path)
    wrong = "wr0ng-pass"
    with serving(Inbox(), ours, authenticator=authenticate, auth_required=True) as server:
        known = replace(server, security=Security.STARTTLS, trust=trust, user=USER, password=wrong)
        (error,) = send(known)

    assert isinstance(error, Unavailable)
    assert (error.key, error.values["code"]) == ("mail-login-refused", 535)
    assert "GOVERNOR_SMTP_PASSWORD" in str(error.values["setting"])
    ours_only = "".join(
        f"{record.getMessage()} {vars(record)}" for record in caplog.records if not record.name.startswith("mail.")
    )
    seen = "".join(traceback.format_exception(error)) + repr(error) + repr(known) + repr(Smtp(known)) + ours_only
    assert wrong not in seen
    assert b64encode(wrong.encode()).decode() not in seen


def test_password_that_a_server_repeats_is_masked(tmp_path: Path) -> None:
    told = b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    inbox = Inbox(sender_answer=f"550 you said {told} {b64encode(PASSWORD.encode()).decode()} s3cret")
    with serving(inbox) as server:
        (error,) = send(replace(server, user=None, password=PASSWORD))
        assert error is not None
        assert told not in str(replace(server, user=USER, password=PASSWORD))
    assert b64encode(PASSWORD.encode()).decode() not in str(error)


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_failure_can_be_said(language: str) -> None:
    inbox = Inbox(refusals={ADDRESS: ["550 5.1.1 no", "450 4.2.1 later"]})
    with serving(inbox) as server:
        for error in send(server, times=2):
            assert error is not None
            assert ADDRESS in say(Phrase(key=error.key, values=error.values), language) or "127.0.0.1" in say(
                Phrase(key=error.key, values=error.values), language
            )


def test_answer_of_a_server_is_one_clean_short_line() -> None:
    answer = "550-5.7.1 \x1b[31mred\u202e\r\n550 5.7.1 " + "x" * 400
    with serving(Inbox(verdicts=[answer])) as server:
        (error,) = send(server)

    assert error is not None
    said = str(error.values["answer"])
    assert said.isprintable()
    assert len(said) == 300


def test_settings_name_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVERNOR_SMTP_HOST", "smtp.example.org")
    monkeypatch.setenv("GOVERNOR_SMTP_SECURITY", "tls")
    monkeypatch.setenv("GOVERNOR_SMTP_USER", "governor")
    monkeypatch.setenv("GOVERNOR_SMTP_PASSWORD", PASSWORD)
    settings = chosen(Settings, at_odds)

    server = Smtp.from_settings(settings).server

    assert (server.host, server.port or server.security.port, server.password) == ("smtp.example.org", 465, PASSWORD)
    assert PASSWORD not in repr(settings) + repr(server)


def test_settings_without_a_server_are_refused() -> None:
    with pytest.raises(ValueError, match="GOVERNOR_SMTP_HOST"):
        Smtp.from_settings(Settings())
