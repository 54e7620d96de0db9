"""Which settings of mail are refused at the start, before an invitation dies of them?"""

import pytest

from governor.errors import Refused
from governor.ports.choices import settled, variable
from integrations.mail.settings import Settings, at_odds

SECRET = "correct horse"  # noqa: S105
AWAY = {"smtp_host": "mail.example.org", "smtp_security": "none"}


def settle(**given: str) -> Settings:
    return settled(Settings, {variable(name): text for name, text in given.items()}, at_odds)


def refusal(**given: str) -> Refused:
    with pytest.raises(Refused) as told:
        settle(**given)
    assert not any(value in repr(told.value) for value in (SECRET, "nope", "governor-login"))
    assert told.value.key == "setting-invalid"
    return told.value


@pytest.mark.parametrize("text", ["nope", "nope@", "nope@localhost", "nope nope@example.org", "nope@-a.example"])
def test_sender_that_is_no_address_is_refused(text: str) -> None:
    assert refusal(mail_from=text).values == {"setting": "GOVERNOR_MAIL_FROM"}


def test_sender_is_kept_as_mail_servers_write_it() -> None:
    assert settle(mail_from=" Rapat@Bücher.Example ").mail_from == "Rapat@xn--bcher-kva.example"


def test_login_in_the_clear_is_refused() -> None:
    found = refusal(**AWAY, smtp_user="governor-login", smtp_password=SECRET)
    assert found.values == {"setting": "GOVERNOR_SMTP_USER"}


@pytest.mark.parametrize("user", [{"imap_user": "u"}, {}])
def test_mailbox_read_in_the_clear_is_refused(user: dict[str, str]) -> None:
    found = refusal(imap_host="mail.example.org", imap_security="none", **user)
    assert found.values == {"setting": "GOVERNOR_IMAP_USER"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_login_in_the_clear_may_stay_on_this_machine(host: str) -> None:
    assert settle(smtp_host=host, smtp_security="none", smtp_user="u", smtp_password=SECRET).smtp_user == "u"


def test_server_without_a_login_may_be_in_the_clear() -> None:
    assert settle(**AWAY).smtp_host == "mail.example.org"


def test_password_of_nobody_is_refused() -> None:
    assert refusal(smtp_password=SECRET).values == {"setting": "GOVERNOR_SMTP_PASSWORD"}


def test_key_without_its_domain_or_its_file_is_refused() -> None:
    for given in ({"dkim_domain": "example.org"}, {"dkim_key": __file__}):
        assert refusal(**given).values == {"setting": "GOVERNOR_DKIM_KEY"}
    found = refusal(dkim_domain="example.org", dkim_key="nowhere.pem")
    assert found.values == {"setting": "GOVERNOR_DKIM_KEY"}


@pytest.mark.parametrize("place", ["localhost", ":25", "localhost:", "localhost:smtp", "localhost:70000"])
def test_place_to_listen_at_that_is_none_is_refused(place: str) -> None:
    assert refusal(mail_listen=place).values == {"setting": "GOVERNOR_MAIL_LISTEN"}


def test_every_wrong_setting_is_named() -> None:
    found = refusal(smtp_port="70000", imap_poll="0.5", mail_largest="ten", smtp_password=SECRET)
    names = ("IMAP_POLL", "MAIL_LARGEST", "SMTP_PASSWORD", "SMTP_PORT")
    assert found.values == {"setting": ", ".join(f"GOVERNOR_{name}" for name in names)}


def test_organizer_that_is_no_address_is_refused() -> None:
    assert refusal(mail_organizer="nope").values == {"setting": "GOVERNOR_MAIL_ORGANIZER"}
    assert settle().mail_organizer is None
