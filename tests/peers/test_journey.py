"""Are the files that the first meeting leaves read alike by programs that nobody here wrote?"""

import subprocess
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.itip.lint import lint
from tests.journeys.rooms import clean, governor
from tests.peers.readers import READERS, Reading

JOURNEYS = Path(__file__).parent.parent / "journeys"


@pytest.fixture(scope="module", params=["id", "en"])
def calendars(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The calendar part of every message of the journey, in the order of their names."""
    data = tmp_path_factory.mktemp("journey") / "data"
    with (JOURNEYS / f"first_meeting.{request.param}.txt").open(encoding="utf-8") as lines:
        command = [governor(), "run", "--data", str(data)]
        subprocess.run(command, stdin=lines, env=clean(), check=True, capture_output=True)
    found = []
    for path in sorted((data / "mail").glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        found.append(payload)
    return found


def test_journey_leaves_a_request_an_update_and_a_cancel_for_each_of_two(calendars: list[bytes]) -> None:
    methods = [b"CANCEL" if b"METHOD:CANCEL" in one else b"REQUEST" for one in calendars]

    assert (methods.count(b"REQUEST"), methods.count(b"CANCEL")) == (4, 2)
    for calendar, method in zip(calendars, methods, strict=True):
        lint(calendar, method=method.decode())


def test_every_reader_finds_the_same_in_what_the_journey_leaves(calendars: list[bytes]) -> None:
    found: list[list[Reading]] = [reader(calendars) for reader in READERS]

    assert found == [found[0]] * len(READERS)
    events = [event for reading in found[0] for event in reading["events"]]
    assert {event["uid"] for event in events} == {events[0]["uid"]}
    assert sorted(event["sequence"] for event in events) == [0, 0, 1, 1, 2, 2]
