import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from governor.errors import LedgerBroken, NotFound, Refused
from governor.ledger.note import Note, Verifier
from governor.store.keys import KeyStore
from tests.store.conftest import ORIGIN


def mode(path: Path) -> int:
    """Return the permission bits of *path*."""
    return stat.S_IMODE(path.stat().st_mode)


def test_directories_are_closed_to_others_even_when_they_were_open(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o755)
    KeyStore(tmp_path / "keys")

    assert mode(tmp_path / "keys") == mode(tmp_path / "keys" / "persons") == 0o700


def test_signing_key_is_made_once_and_kept_unwritable(tmp_path: Path) -> None:
    first = KeyStore(tmp_path / "keys").signer(ORIGIN)
    again = KeyStore(tmp_path / "keys").signer(ORIGIN)

    assert first.verifier == again.verifier
    assert mode(tmp_path / "keys" / "log.key") == 0o400
    assert KeyStore(tmp_path / "keys").vkey(ORIGIN) == first.verifier.vkey()
    assert Note.parse(again.sign("text\n")).verify([Verifier.parse(first.verifier.vkey())])


def test_key_of_another_origin_is_refused(tmp_path: Path) -> None:
    KeyStore(tmp_path / "keys").signer(ORIGIN)

    with pytest.raises(LedgerBroken, match="key-origin"):
        KeyStore(tmp_path / "keys").signer("governor.example.org/log/2027")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"PRIVATE+KEY+name+00000000+", b"PUBLIC+KEY+{}", b"PRIVATE+KEY+name+00000000+AQAB\n"],
)
def test_malformed_signing_key_is_refused_without_a_byte_of_it(tmp_path: Path, data: bytes) -> None:
    keys = KeyStore(tmp_path / "keys")
    (tmp_path / "keys" / "log.key").write_bytes(data)

    with pytest.raises(LedgerBroken, match="key-malformed") as refused:
        keys.signer(ORIGIN)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_key_with_another_key_id_is_refused(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    digits = keys.signer(ORIGIN).verifier.key_id.hex()
    path = tmp_path / "keys" / "log.key"
    data = path.read_text()
    path.chmod(0o600)
    path.write_text(data.replace(digits, "00000000"))

    with pytest.raises(LedgerBroken, match="key-malformed"):
        keys.signer(ORIGIN)


def test_key_of_a_person_is_made_kept_and_destroyed(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    key = keys.new("person-1")
    path = tmp_path / "keys" / "persons" / "person-1"

    assert len(key) == 32
    assert key != keys.new("person-2")
    assert keys.get("person-1") == KeyStore(tmp_path / "keys").get("person-1") == key
    assert mode(path) == 0o400
    assert sorted(each.name for each in path.parent.iterdir()) == ["person-1", "person-2"]

    keys.destroy("person-1")
    keys.destroy("person-1")
    assert [each.name for each in path.parent.iterdir()] == ["person-2"]
    with pytest.raises(NotFound, match="key-erased"):
        keys.get("person-1")


def test_destroying_overwrites_the_bytes_before_the_name_goes(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    keys.new("person-1")
    path = tmp_path / "keys" / "persons" / "person-1"
    os.link(path, tmp_path / "other-name")

    keys.destroy("person-1")

    assert (tmp_path / "other-name").read_bytes() == bytes(32)


def test_key_that_was_being_destroyed_when_the_power_went_is_erased(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    (tmp_path / "keys" / "persons" / "person-1").write_bytes(bytes(32))

    with pytest.raises(NotFound, match="key-erased"):
        keys.get("person-1")


@pytest.fixture
def settled(tmp_path: Path) -> tuple[KeyStore, Path]:
    """A store in which the key of person-1 was made long ago: only so it is remembered. And the file of that."""
    keys, path = KeyStore(tmp_path / "keys"), tmp_path / "keys" / "persons" / "person-1"
    keys.new("person-1")
    os.utime(path, (0, 0))
    return keys, path


def test_key_is_read_once_for_as_long_as_its_file_is_the_same(settled: tuple[KeyStore, Path]) -> None:
    keys, path = settled
    first = keys.get("person-1")
    assert keys.get("person-1") is first

    path.chmod(0o600)
    path.write_bytes(b"k" * 32)
    assert keys.get("person-1") == b"k" * 32
    path.unlink()
    path.write_bytes(b"l" * 32)
    os.utime(path, (0, 0))
    assert keys.get("person-1") == b"l" * 32


def test_key_that_another_process_destroys_is_remembered_no_more(settled: tuple[KeyStore, Path]) -> None:
    keys, path = settled
    keys.get("person-1")
    KeyStore(path.parents[1]).destroy("person-1")
    with pytest.raises(NotFound, match="key-erased"):
        keys.get("person-1")


def test_second_key_for_a_person_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    key = keys.new("person-1")

    with pytest.raises(Refused, match="key-exists"):
        keys.new("person-1")
    assert keys.get("person-1") == key


def test_key_of_another_length_is_refused(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    (tmp_path / "keys" / "persons" / "person-1").write_bytes(b"short")

    with pytest.raises(LedgerBroken, match="key-malformed"):
        keys.get("person-1")


@pytest.mark.parametrize("person", ["", ".", "..", "../log.key", "a/b", "a\0b", ".hidden", "a" * 65])
def test_person_that_is_no_file_name_is_refused(tmp_path: Path, person: str) -> None:
    for act in (KeyStore(tmp_path / "keys").new, KeyStore(tmp_path / "keys").get, KeyStore(tmp_path / "keys").destroy):
        with pytest.raises(ValueError, match="identifier"):
            act(person)


def test_no_message_or_repr_shows_a_key(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    key, signer = keys.new("person-1"), keys.signer(ORIGIN)
    seed = signer.private.private_bytes_raw()
    with pytest.raises(Refused) as refused:
        keys.new("person-1")

    for shown in (repr(keys), repr(signer), str(refused.value), repr(refused.value), str(vars(keys))):
        assert key.hex() not in shown
        assert repr(key) not in shown
        assert seed.hex() not in shown


LIMITED = """
import os, resource, signal, sys
from pathlib import Path
from governor.errors import Unavailable
from governor.store.keys import KeyStore
path, what = Path(sys.argv[1]), sys.argv[2]
if os.getuid() == 0:
    os.chown(path, 65534, 65534)
    for each in path.rglob("*"):
        os.chown(each, 65534, 65534)
    os.setgid(65534)
    os.setuid(65534)
if what == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    keys = KeyStore(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    act = lambda: keys.new("person-2")
elif what == "read-only":
    keys = KeyStore(path)
    os.chmod(path / "persons", 0o500)
    act = lambda: keys.new("person-2")
elif what == "keep":
    keys = KeyStore(path)
    os.chmod(path / "persons", 0o500)
    act = lambda: keys.destroy("person-1")
elif what == "unreadable":
    keys = KeyStore(path)
    os.chmod(path / "persons" / "person-1", 0o000)
    act = lambda: keys.get("person-1")
elif what == "shut":
    os.chmod(path, 0o000)
    act = lambda: KeyStore(path, is_read_only=True).first_signer("example.org/log/2026")
else:
    os.chmod(path, 0o500)
    act = lambda: KeyStore(path / "inner")
try:
    act()
except Unavailable as fault:
    os.chmod(path, 0o700)
    print(fault, sorted(each.name for each in (path / "persons").iterdir()))
"""


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("full", "keys-unwritable reason='File too large' ['person-1']"),
        ("read-only", "keys-unwritable reason='Permission denied' ['person-1']"),
        ("keep", "keys-unwritable reason='Permission denied' ['person-1']"),
        ("unreadable", "keys-unreadable reason='Permission denied' ['person-1']"),
        ("shut", "keys-unreadable reason='Permission denied' ['person-1']"),
        ("closed", "keys-unwritable reason='Permission denied' ['person-1']"),
    ],
)
def test_full_or_closed_disk_is_unavailable_and_leaves_nothing_half_done(what: str, expected: str) -> None:
    # Not below the directory of pytest, which is closed to the other user that the superuser becomes.
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o711)  # noqa: S103 - only to be passed through
        path = Path(name) / "keys"
        KeyStore(path).new("person-1")
        told = subprocess.run(
            [sys.executable, "-c", LIMITED, str(path), what], capture_output=True, text=True, check=False
        )
        if path.exists():
            path.chmod(0o700)

    assert (told.stdout.strip(), told.stderr) == (expected, "")
