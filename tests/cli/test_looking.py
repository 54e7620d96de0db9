"""Do commands that only look leave everything as it was?"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from governor.ledger.note import Signer
from tests.cli.conftest import Govern
from tests.journeys.rooms import clean, governor

WORDS = [("verify",), ("effects",), ("status",), ("export", "--checkpoint"), ("export", "--proof", "2026-001")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a record with one decision, which nobody has open."""
    home = tmp_path_factory.mktemp("made")
    said = "keputusan: setuju\n"
    subprocess.run([governor(), "run"], check=True, input=said, text=True, env=clean(), cwd=home, capture_output=True)
    return home / "data"


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "data", copy_function=shutil.copy2)


def seen(folder: Path) -> list[tuple[str, int, int, bytes]]:
    """Return every name, mode, instant of change and content below *folder*."""
    return [
        (str(path), path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted((folder, *folder.rglob("*")))
    ]


def number_of(data: Path, words: tuple[str, ...]) -> tuple[str, ...]:
    year = re.search(r"/log/(\d+)", (data / "keys" / "log.key").read_text())
    assert year is not None
    return tuple(word.replace("2026", year[1]) for word in words)


@pytest.mark.parametrize("words", WORDS)
def test_looking_changes_nothing(govern: Govern, data: Path, words: tuple[str, ...]) -> None:
    data.chmod(0o750)
    before = seen(data)
    ran = govern(*number_of(data, words))
    assert (ran.status, ran.err) == (0, "")
    assert seen(data) == before


@pytest.mark.parametrize("words", WORDS)
def test_looking_without_the_logs_key_makes_none(govern: Govern, data: Path, words: tuple[str, ...]) -> None:
    (data / "keys" / "log.key").unlink()
    before = seen(data)
    ran = govern(*words)
    assert ran.status == 2
    assert "Kunci log tidak ada" in ran.out + ran.err
    assert seen(data) == before


OTHER = Signer(name="governor.example.org/log/2026", private=Ed25519PrivateKey.generate()).verifier.vkey()


def test_record_is_checked_against_the_key_that_was_got_elsewhere(govern: Govern, data: Path) -> None:
    proof = govern(*number_of(data, ("export", "--proof", "2026-001"))).out
    data.with_name("one.tlog-proof").write_text(proof)
    other = govern("verify", "--key", OTHER)
    own = other.out.rpartition(" ")[2].strip()
    assert "UTUH" not in other.out
    assert (other.status, govern("verify", "--key", own).status) == (1, 0)
    assert govern("verify", "one.tlog-proof", "--key", own).status == 0
    found = json.loads(govern("verify", "--key", OTHER, "--json").out)
    assert (found["sound"], [one["what"] for one in found["findings"]]) == (False, ["key-other"])


@pytest.mark.parametrize("words", [("verify",), ("verify", "one.tlog-proof")])
def test_key_that_is_none_is_told_and_nothing_is_sound(govern: Govern, data: Path, words: tuple[str, ...]) -> None:
    data.with_name("one.tlog-proof").write_text(govern(*number_of(data, ("export", "--proof", "2026-001"))).out)
    ran = govern(*words, "--key", OTHER[:-4])
    assert (ran.status, ran.out.startswith(f"Itu bukan kunci log: {OTHER[:-4]}.")) == (2, True)


@pytest.fixture
def frozen(data: Path) -> Iterator[Path]:
    """The folder on a disk that cannot be written; only root may have one."""
    mounted = subprocess.run(["mount", "--bind", data, data], check=False, capture_output=True)
    if os.getuid() != 0 or mounted.returncode != 0:
        pytest.skip("a read-only disk needs root and mount(8)")
    subprocess.run(["mount", "-o", "remount,bind,ro", data], check=True)
    yield data
    subprocess.run(["umount", "--lazy", data], check=True)


@pytest.mark.parametrize("words", WORDS)
def test_record_on_a_read_only_disk_is_looked_at(govern: Govern, frozen: Path, words: tuple[str, ...]) -> None:
    assert govern(*number_of(frozen, words)).status == 0


def test_checkpoint_is_published_before_it_is_given_away(govern: Govern, data: Path) -> None:
    shutil.rmtree(data / "published")
    note = govern("export", "--checkpoint").out
    (kept,) = (data / "published").iterdir()
    assert kept.read_text() == note
    assert [path.stat().st_mode & 0o777 for path in (kept, kept.parent)] == [0o600, 0o700]


def test_start_that_was_cut_off_in_the_first_migration_left_no_record(govern: Govern, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "governor.db").touch()
    ran = govern("verify")
    assert (ran.status, ran.out) == (2, "Tidak ada catatan di data.\n")
