"""What is said when Governor cannot start: a sentence in each language, exit 2, no trace, no secret."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from governor.bootstrap import open_house
from tests.cli.conftest import Govern, Ran
from tests.journeys.rooms import clean, found, governor, settings_at

SECRET = "s3cret-w0rd"  # noqa: S105  # the point of the tests is that it never shows


def told(ran: Ran) -> str:
    """Return the Indonesian sentence of a start that failed, after checking the shape of all that was said."""
    assert ran.status == 2
    assert ran.out == ""
    first, second = ran.err.rstrip("\n").split("\n")
    assert first.startswith("governor: ")
    assert second.startswith(" " * 10)
    assert SECRET not in ran.err
    return first.removeprefix("governor: ")


WRONG = [
    {"GOVERNOR_HTTP_PORT": "abc"},
    {"GOVERNOR_HTTP_PORT": "70000"},
    {"GOVERNOR_ZONE": "Mars/Olympus"},
    {"GOVERNOR_LANGUAGE": "fr"},
    {"GOVERNOR_SECRETARY_EMAIL": "nobody"},
    {"GOVERNOR_ORGANISATION": "\u202e\x07"},
    {"GOVERNOR_RETRY_SECONDS": "-1"},
    {"GOVERNOR_LOG_LEVEL": "loud"},
    {"GOVERNOR_CALENDAR_ALARMS": "29d"},
    {"GOVERNOR_CALENDAR_ALARMS": "1h,2h,3h,4h,5h,6h"},
    {"GOVERNOR_DATABASE_URL": f"nonsense-{SECRET}"},
    {"GOVERNOR_DATABASE_URL": f"mysql://u:{SECRET}@127.0.0.1/x"},
    {"GOVERNOR_DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:port/x"},
    {"GOVERNOR_SMTP_PORT": "abc"},
    {"GOVERNOR_SMTP_SECURITY": SECRET, "GOVERNOR_SMTP_HOST": "localhost", "GOVERNOR_SMTP_USER": "u"},
]


@pytest.mark.parametrize("settings", WRONG, ids=lambda settings: next(iter(settings)))
def test_wrong_setting_is_named_and_its_value_never_shown(govern: Govern, settings: dict[str, str]) -> None:
    said = told(govern("run", **settings))
    assert said == f"Pengaturan salah: {next(iter(settings))}. Lihat .env.example."


def test_unreachable_database_is_told_without_its_password(govern: Govern) -> None:
    url = f"postgresql://u:{SECRET}@127.0.0.1:1/x"
    assert told(govern("run", GOVERNOR_DATABASE_URL=url)).startswith("Basis data tidak dapat dihubungi.")
    assert govern("verify", GOVERNOR_DATABASE_URL=url).status == 2


@pytest.mark.parametrize("data", ["file", "file/below"])
def test_folder_that_cannot_be_one_is_told(govern: Govern, tmp_path: Path, data: str) -> None:
    (tmp_path / "file").touch()
    assert told(govern("run", "--data", data)).startswith(f"Folder {data} tidak dapat ditulis: ")


def test_port_that_is_taken_is_told(govern: Govern) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = told(govern("run", GOVERNOR_HTTP_PORT=str(port)))
    assert said.startswith(f"Alamat 127.0.0.1:{port} tidak dapat dipakai (")
    assert "GOVERNOR_HTTP_PORT" in said


def test_second_governor_on_a_folder_is_refused(govern: Govern, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (data / "governor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert told(govern("run")).startswith("Governor lain sedang memakai data.")


def test_database_of_a_newer_governor_is_refused(govern: Govern, tmp_path: Path) -> None:
    with open_house(settings_at(tmp_path / "data")):
        pass
    newer = sqlite3.connect(tmp_path / "data" / "governor.db")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    assert "lebih baru (revisi 9999)" in told(govern("run"))


def test_file_that_is_no_database_is_told(govern: Govern, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "governor.db").write_text("not a database at all" * 200)
    assert told(govern("run")) == "Berkas basis data rusak. Pulihkan dari cadangan."


@pytest.mark.parametrize("words", [("verify",), ("export", "--checkpoint"), ("effects",)])
def test_record_that_is_not_there_is_told_and_not_made(govern: Govern, tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = govern(*words, "--data", "nowhere")
    assert ran.status == 2
    assert "Tidak ada catatan di nowhere." in ran.out + ran.err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "nothing.tlog-proof", "--key", "k"), "tidak dapat dibaca"),
        (("verify", "text", "--key", "k"), "text bukan berkas bukti."),
        (("verify", "text"), "Beri kunci log dengan --key"),
    ],
)
def test_proof_that_cannot_be_judged_exits_2(govern: Govern, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "text").write_text("hello")
    ran = govern(*words)
    assert ran.status == 2
    assert said in ran.out


@pytest.mark.parametrize("words", [(), ("google",), ("discord",)])
def test_help_tells_whole_sentences_of_each_command(govern: Govern, words: tuple[str, ...]) -> None:
    ran = govern(*words, "--help")
    assert ran.status == 0
    assert [line for line in ran.out.splitlines()[1:] if line.endswith("...")] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room; only root may have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", disk], check=False, capture_output=True
    )
    if os.getuid() != 0 or mounted.returncode != 0:
        pytest.skip("a full or read-only disk needs root and mount(8)")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_full_disk_loses_nothing_and_a_read_only_one_is_told(small_disk: Path, govern: Govern) -> None:
    data = small_disk / "data"
    lines = "".join(f"keputusan: nomor {number} {'x' * 3000}\n" for number in range(40))
    ran = subprocess.run(
        [governor(), "run", "--strict", "--data", str(data)],
        check=False,
        input=lines,
        capture_output=True,
        text=True,
        env=clean(),
        cwd=small_disk.parent,
        timeout=120,
    )
    assert ran.returncode == 1
    assert "Penyimpanan penuh. Tidak ada yang dicatat; kosongkan ruang lalu ulangi." in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    assert govern("verify", "--data", str(data)).status == 0
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert "Read-only file system" in told(govern("run", "--data", str(data)))
    assert govern("verify", "--data", str(data)).status == 0
    shutil.disk_usage(small_disk)


@pytest.mark.parametrize("left", [0, 100, 200, 300, 400])
def test_start_on_a_full_disk_is_told_in_a_sentence(small_disk: Path, left: int) -> None:
    (small_disk / "ballast").write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - left * 1024)))
    command = [governor(), "run", "--data", str(small_disk / "data")]
    ran = subprocess.run(command, check=False, input="", capture_output=True, text=True, env=clean(), timeout=60)
    assert ran.returncode == 2
    assert ran.stderr.startswith("governor: Penyimpanan penuh.")
    assert len(ran.stderr.splitlines()) == 2


def test_damaged_key_of_a_member_is_named(govern: Govern, tmp_path: Path) -> None:
    found(tmp_path / "data", "id")
    (key,) = (tmp_path / "data" / "keys" / "persons").iterdir()
    key.chmod(0o600)
    key.write_bytes(b"short")
    said = told(govern("run"))
    assert "#0001" in said
    assert f"keys/persons/{key.name}" in said


def test_strict_run_exits_1_when_a_line_was_refused(tmp_path: Path) -> None:
    command = [governor(), "run", "--strict", "--data", "data"]
    lines = b"anggota tambah Budi budi@example.org\n\xff\xfe rapat\n"
    ran = subprocess.run(command, check=False, input=lines, capture_output=True, env=clean(), cwd=tmp_path, timeout=60)
    assert ran.returncode == 1
    assert b"Budi terdaftar" in ran.stdout
    assert ran.stderr == b""


def test_run_without_an_input_ends_well(tmp_path: Path) -> None:
    command = ["sh", "-c", f"exec {governor()} run <&-"]
    ran = subprocess.run(command, check=False, capture_output=True, env=clean(), cwd=tmp_path, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert (tmp_path / "data" / "governor.db").exists()


def test_record_whose_key_is_lost_gets_no_other(govern: Govern, tmp_path: Path) -> None:
    data = tmp_path / "data"
    found(data, "id")
    (data / "keys" / "log.key").unlink()

    assert told(govern("run", "--data", str(data))).startswith("Kunci log tidak ada di ")
    assert not (data / "keys" / "log.key").exists()
