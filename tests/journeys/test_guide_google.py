"""Do the guides lead a person with an account of Google, or a service account, to an accepted invitation?"""

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from integrations.google_calendar.connection import load, path_in
from tests.integrations.google_accounts import client_file, service_account_file
from tests.integrations.google_server import Google, serving
from tests.journeys.newcomers import COMING, Newcomer, Section
from tests.journeys.talk import Talk

ORDINARY = {
    "en": ("calendars.md", "An ordinary account (Gmail)"),
    "id": ("calendars.id.md", "Akun biasa (Gmail)"),
}
WORKSPACE = {
    "en": ("calendars.md", "Google Workspace (service account)"),
    "id": ("calendars.id.md", "Google Workspace (akun layanan)"),
}


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as running:
        yield running


def to(google: Google, reader: Newcomer) -> None:
    """Have the reader's Google be *google*."""
    reader.elsewhere = {
        "GOVERNOR_GOOGLE_ENDPOINT": google.endpoint,
        "GOVERNOR_GOOGLE_POLL_SECONDS": "0.2",
        "OAUTHLIB_INSECURE_TRANSPORT": "1",
    }


def asked(talk: Talk) -> str:
    """Return the address that is to be opened in a browser."""
    talk.hear("/auth?")
    talk.hear("\n", 5)
    return re.findall(r"http\S+/auth\?\S+", talk.shown)[0]


def ended(url: str) -> str:
    """Return the address on which a browser ends that cannot load the last page."""
    at = urlsplit(url)
    with closing(HTTPConnection(at.netloc, timeout=10)) as line:
        line.request("GET", f"{at.path}?{at.query}")
        return str(line.getresponse().headers["Location"])


def accepted(google: Google, reader: Newcomer, guide: Section, language: str) -> None:
    """Start, call the meeting that *guide* says, have Budi accept it in his calendar, and see it."""
    with reader.runs() as talk:
        talk.hear(f"{guide.told('^Google .*: ')} Rapat")
        *before, last = guide.said
        for line in before:
            talk.say(line)
        talk.until(lambda: google.told)
        assert [(one.email, one.news) for one in google.told] == [("budi@example.org", "invited")]
        google.answer(google.told[0].event, "budi@example.org", "accepted")
        talk.hear(guide.told("^Budi "))
        talk.say(last)
        talk.hear(COMING[language])


@pytest.mark.parametrize("is_pasted", [False, True], ids=["redirected", "pasted"])
@pytest.mark.parametrize("language", ORDINARY)
def test_guide_leads_an_ordinary_account_to_an_accepted_invitation(
    newcomer: Callable[[str], Newcomer], google: Google, language: str, is_pasted: bool
) -> None:
    guide, reader = Section.of(*ORDINARY[language]), newcomer(language)
    to(google, reader)
    client_file(google, reader.folder).rename(reader.folder / guide.told(r"^\S+\.json$"))
    command = next(one for one in guide.commands if one.endswith("--paste") is is_pasted)
    with reader.types(command) as talk:
        if is_pasted:
            talk.say(ended(asked(talk)))
        else:
            urlopen(asked(talk)).close()  # noqa: S310
        assert guide.told("^(Connected|Terhubung): ") in talk.heard()
    accepted(google, reader, guide, language)


@pytest.mark.parametrize("language", WORKSPACE)
def test_guide_leads_a_service_account_to_an_accepted_invitation(
    newcomer: Callable[[str], Newcomer], google: Google, language: str
) -> None:
    guide, reader = Section.of(*WORKSPACE[language]), newcomer(language)
    to(google, reader)
    service_account_file(google, reader.folder).rename(reader.folder / guide.told(r"^\S+\.json$"))
    (scopes,) = re.findall(r"^ {4,}(https://\S+)$", guide.text, re.MULTILINE)
    google.consents.delegated = {number: set(scopes.split(",")) for number in google.consents.clients.values()}
    (command,) = guide.commands
    with reader.types(command) as talk:
        assert guide.told("^(Connected|Terhubung): ") in talk.heard()
    kept = load(path_in(reader.folder / "data"))
    assert kept is not None
    assert kept.subject == shlex.split(command)[-1]
    accepted(google, reader, Section.of(*ORDINARY[language]), language)
