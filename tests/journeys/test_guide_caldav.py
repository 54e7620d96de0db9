"""Does the guide lead a person with a Nextcloud to an accepted invitation? A Radicale stands where theirs would be."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.integrations.radicale_server import USER, serving
from tests.journeys.newcomers import COMING, Newcomer, Section

GUIDES = {
    "en": ("calendars.md", "Nextcloud, and other CalDAV servers"),
    "id": ("calendars.id.md", "Nextcloud, dan server CalDAV lain"),
}


@pytest.mark.parametrize("language", GUIDES)
def test_guide_leads_a_nextcloud_to_an_accepted_invitation(
    newcomer: Callable[[str], Newcomer], tmp_path: Path, language: str
) -> None:
    guide, reader = Section.of(*GUIDES[language]), newcomer(language)
    written = guide.settings
    address = urlsplit(written["GOVERNOR_CALDAV_CALENDAR"])
    user, calendar = address.path.strip("/").split("/")[-2:]
    assert user == written["GOVERNOR_CALDAV_USER"] == USER
    reader.write(written)
    with serving(tmp_path / "radicale", password=written["GOVERNOR_CALDAV_PASSWORD"]) as cloud:
        url = cloud.make(calendar)
        reader.elsewhere = {"GOVERNOR_CALDAV_CALENDAR": url, "GOVERNOR_CALDAV_POLL_SECONDS": "0.2"}
        with reader.runs() as talk:
            talk.hear(guide.told("^CalDAV: ").replace(address.netloc, urlsplit(url).netloc))
            *before, last = guide.said
            for line in before:
                talk.say(line)
            talk.until(lambda: cloud.shows(url, "budi@example.org"))
            (event,) = cloud.events(url)
            assert str(event["ORGANIZER"]).casefold() == f"mailto:{written['GOVERNOR_CALDAV_FROM']}"
            (name,) = re.findall(r"<href>[^<]*/([^<]+\.ics)</href>", cloud.ask("PROPFIND", url, Depth="1").decode())
            cloud.answer(url, name, "budi@example.org", "ACCEPTED")
            talk.hear(guide.told("^Budi "))
            talk.say(last)
            talk.hear(COMING[language])
