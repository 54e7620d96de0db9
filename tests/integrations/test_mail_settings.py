"""Which settings of mail are refused at the start, before an invitation dies of them?"""

import pytest
from pydantic import ValidationError

from governor.errors import Refused
from governor.settings import wrong
from integrations.mail import Settings

SECRET = "correct horse"  # noqa: S105
AWAY = {"smtp_host": "mail.example.org", "smtp_security": "none"}


def settle(**given: str) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]


def refusal(**given: str) -> Refused:
    with pytest.raises(ValidationError) as told:
        settle(**given)
    assert not any(value in str(told.value) for value in (SECRET, "nope", "governor-login"))
    return wrong(told.value)


@pytest.mark.parametrize("text", ["nope", "nope@", "nope@localhost", "nope nope@example.org", "nope@-a.example"])
def test_sender_that_is_no_address_is_refused(text: str) -> None:
    assert refusal(mail_from=text).values == {"setting": "GOVERNOR_MAIL_FROM"}


def test_sender_is_kept_as_mail_servers_write_it() -> None:
    assert settle(mail_from=" Rapat@Bücher.Example ").mail_from == "Rapat@xn--bcher-kva.example"


def test_login_in_the_clear_is_refused() -> None:
    found = refusal(**AWAY, smtp_user="governor-login", smtp_password=SECRET)
    assert found.values == {"setting": "GOVERNOR_SMTP_USER"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_login_in_the_clear_may_stay_on_this_machine(host: str) -> None:
    assert settle(smtp_host=host, smtp_security="none", smtp_user="u", smtp_password=SECRET).smtp_user == "u"


def test_server_without_a_login_may_be_in_the_clear() -> None:
    assert settle(**AWAY).smtp_host == "mail.example.org"


def test_password_of_nobody_is_refused() -> None:
    assert refusal(smtp_password=SECRET).values == {"setting": "GOVERNOR_SMTP_PASSWORD"}


def test_organizer_that_is_no_address_is_refused() -> None:
    assert refusal(mail_organizer="nope").values == {"setting": "GOVERNOR_MAIL_ORGANIZER"}
    assert settle().mail_organizer is None
