"""Does the guide lead a person with nothing but an app password of Gmail to an accepted invitation?"""

import ssl
from collections.abc import Callable

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.integrations.imap_server import dovecot
from tests.integrations.incoming import AUTHSERV
from tests.integrations.smtp_servers import Inbox, serving
from tests.journeys.newcomers import COMING, Newcomer, Section
from tests.journeys.test_by_mail import answer, invitation

GUIDES = {
    "en": ("calendars.md", "From nothing to an accepted invitation, with a Gmail account"),
    "id": ("calendars.id.md", "Dari nol sampai undangan diterima, dengan akun Gmail"),
}


@pytest.mark.parametrize("language", GUIDES)
def test_guide_leads_from_nothing_to_an_accepted_invitation(newcomer: Callable[[str], Newcomer], language: str) -> None:
    guide, reader, inbox = Section.of(*GUIDES[language]), newcomer(language), Inbox()
    written = guide.settings
    user, password = written["GOVERNOR_SMTP_USER"], written["GOVERNOR_SMTP_PASSWORD"]

    def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
        known = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=False)

    reader.write(written)
    with dovecot(user=user, password=password) as imap:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(imap.authority)
        with serving(inbox, tls, authenticator=knows, auth_required=True) as smtp:
            reader.elsewhere = {
                "GOVERNOR_SMTP_HOST": "127.0.0.1",
                "GOVERNOR_SMTP_PORT": str(smtp.port),
                "GOVERNOR_IMAP_HOST": "127.0.0.1",
                "GOVERNOR_IMAP_PORT": str(imap.tls),
                "GOVERNOR_MAIL_AUTHSERV": AUTHSERV,
                "SSL_CERT_FILE": str(imap.authority),
            }
            with reader.runs() as talk:
                talk.hear(guide.told(r"smtp\.gmail\.com$").replace("smtp.gmail.com", "127.0.0.1"))
                *before, last = guide.said
                for line in before:
                    talk.say(line)
                imap.put(answer(invitation(inbox)[1], "REPLY"))
                talk.hear(guide.told("^Budi "))
                talk.say(last)
                talk.hear(COMING[language])
    assert inbox.was_secure == [True]
