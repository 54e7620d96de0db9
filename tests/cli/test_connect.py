"""Can an account of Google be connected at the terminal? The command as it is typed, against a server on loopback."""

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from urllib.request import urlopen

import pytest

from integrations.google_calendar.connection import SCOPES, Connection, Kind, load, path_in
from tests.integrations.google_accounts import client_file, service_account_file
from tests.integrations.google_server import OWNER, Google, serving
from tests.journeys.rooms import clean, found, governor


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as running:
        yield running


def start(google: Google, data: Path, *options: str) -> subprocess.Popen[str]:
    settings = clean(GOVERNOR_GOOGLE_ENDPOINT=google.endpoint, OAUTHLIB_INSECURE_TRANSPORT="1")
    command = [governor(), "google", "connect", "--data", str(data), *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, env=settings, cwd=data
    )


def url_in(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http\S+/auth\?\S+", line):
            return found[0]
    raise AssertionError("no URL was told")


def kept(data: Path) -> Connection:
    found = load(path_in(data))
    assert found is not None
    assert path_in(data).stat().st_mode & 0o777 == 0o600
    return found


def test_person_signs_in_and_the_browser_brings_the_code(google: Google, tmp_path: Path) -> None:
    process = start(google, tmp_path, "--client", str(client_file(google, tmp_path)))
    with urlopen(url_in(process)) as page:  # noqa: S310
        assert page.read().decode() == "Hasilnya tertulis di terminal. Halaman ini boleh ditutup."
    told, _ = process.communicate(timeout=30)

    assert process.returncode == 0, told
    assert kept(tmp_path).calendar == OWNER
    assert kept(tmp_path).secrets["refresh_token"] == "refresh-1"  # noqa: S105
    assert OWNER in told


def test_person_at_another_machine_pastes_the_address(google: Google, tmp_path: Path) -> None:
    process = start(google, tmp_path, "--client", str(client_file(google, tmp_path)), "--paste")
    asked = dict(parse_qsl(urlsplit(url_in(process)).query))
    told, _ = process.communicate(f"{google.consents.agree(asked)}\n", timeout=30)

    assert process.returncode == 0, told
    assert kept(tmp_path).kind is Kind.OAUTH


@pytest.mark.parametrize(
    "pasted", ["http://127.0.0.1:1/?state=stolen&code=4/abc", "http://127.0.0.1:1/?error=access_denied", ""]
)
def test_what_is_not_the_answer_to_our_question_connects_nothing(google: Google, tmp_path: Path, pasted: str) -> None:
    process = start(google, tmp_path, "--client", str(client_file(google, tmp_path)), "--paste")
    url_in(process)
    told, _ = process.communicate(f"{pasted}\n", timeout=30)

    assert process.returncode == 2, told
    assert load(path_in(tmp_path)) is None
    assert google.grants == []


def test_service_account_acts_for_its_user(google: Google, tmp_path: Path) -> None:
    file = service_account_file(google, tmp_path)
    process = start(google, tmp_path, "--service-account", str(file), "--subject", "sekretaris@karangtaruna.example")
    told, _ = process.communicate(timeout=30)

    assert process.returncode == 0, told
    assert (kept(tmp_path).calendar, kept(tmp_path).subject) == ("sekretaris@karangtaruna.example",) * 2
    assert google.grants[0]["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"type": "service_account"}', "\x00"])
def test_file_that_is_none_of_googles_is_told_in_a_line(google: Google, tmp_path: Path, content: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content)
    for option in ("--client", "--service-account"):
        process = start(google, tmp_path, option, str(file))
        told, _ = process.communicate(timeout=30)
        assert (process.returncode, "Traceback" in told) == (2, False), told


def test_connected_account_is_named_at_the_start(google: Google, tmp_path: Path) -> None:
    process = start(google, tmp_path, "--service-account", str(service_account_file(google, tmp_path)))
    process.communicate(timeout=30)
    settings = clean(GOVERNOR_GOOGLE_ENDPOINT=google.endpoint, GOVERNOR_DATA=str(tmp_path), GOVERNOR_SECRETARY="Dewi")
    began = time.monotonic()
    told = subprocess.run(
        [governor(), "run"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=settings,
        cwd=tmp_path,
        check=True,
    )
    assert "Google Kalender: undangan lewat kalender Rapat" in told.stdout, told
    assert time.monotonic() - began < 20


def test_person_is_spoken_to_in_the_language_of_the_organisation(google: Google, tmp_path: Path) -> None:
    found(tmp_path / "data", "en")
    process = start(google, tmp_path / "data", "--service-account", str(service_account_file(google, tmp_path)))
    told, _ = process.communicate(timeout=30)
    assert "Connected: invitations are put into the calendar" in told


def test_service_account_that_lacks_a_scope_of_the_delegation_is_not_connected(google: Google, tmp_path: Path) -> None:
    file = service_account_file(google, tmp_path)
    google.consents.delegated = {"100200300400500600700": {SCOPES[0]}}
    process = start(google, tmp_path, "--service-account", str(file), "--subject", "sekretaris@karangtaruna.example")
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "aktifkan delegasi" in told
    assert load(path_in(tmp_path)) is None
