"""What does it cost to keep and sign each answer, and nothing else? The echo, which does just that before it answers.

It is the least that a record costs with full durability: for each answer one transaction on SQLite FULL, that takes the
place of a signed head, adds an entry and changes a row, in as many files as there are organisations in the town.
"""

import hashlib
import itertools
import sqlite3
import uuid
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import discord
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from discord import app_commands

from tests.bench.echo import Echo, run
from tests.bench.town import GUILDS, INVITED

_TABLES = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE head (one INTEGER PRIMARY KEY, size INTEGER, note TEXT);
    CREATE TABLE entry (idx INTEGER PRIMARY KEY, id TEXT UNIQUE, n INTEGER UNIQUE, leaf BLOB, hash BLOB);
    CREATE TABLE answer (person INTEGER PRIMARY KEY, answer TEXT);
    INSERT INTO head VALUES (1, 0, '');
"""
_LEAF = b"x" * 300
"""As long as the entry of somebody who answers an invitation."""


def kept(folder: Path) -> Iterator[None]:
    """Keep and sign one more entry at each step, in one file of *folder* after the other."""
    key = Ed25519PrivateKey.generate()
    files = [sqlite3.connect(folder / f"{at}.db", isolation_level=None) for at in range(GUILDS)]
    for file in files:
        file.executescript(_TABLES)
    for at, file in enumerate(itertools.cycle(files)):
        file.execute("BEGIN IMMEDIATE")
        ((size,),) = file.execute("SELECT size FROM head WHERE one = 1").fetchall()
        root = hashlib.sha256(_LEAF).digest()
        note = f"keeping\n{size + 1}\n{b64encode(root).decode()}\n"
        signed = f"{note}\n{b64encode(key.sign(note.encode())).decode()}\n"
        file.execute("UPDATE head SET size = ?, note = ? WHERE one = 1", (size + 1, signed))
        file.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", (size, str(uuid.uuid4()), size, _LEAF, root))
        file.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (at // GUILDS % INVITED, str(size)))
        file.execute("COMMIT")
        yield


class Keeping(Echo):
    """The echo, which keeps each answer in the folder that it runs in."""

    def __init__(self) -> None:
        super().__init__()
        self.keep = kept(Path.cwd())
        self.said = echo


@app_commands.command(description="Keep it and say it back")
async def echo(ticket: discord.Interaction[Keeping], text: str) -> None:
    """Keep an entry, and say *text* back."""
    next(ticket.client.keep)
    await ticket.response.send_message(text)


if __name__ == "__main__":
    run(Keeping())
