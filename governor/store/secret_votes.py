"""What lies in the box of a secret ballot, and how is it kept from being known whose it is?

A vote lies under HMAC(key of the ballot, voter): so it can be changed, and no row names anybody. The key is a file
outside the database, and is destroyed once the ballot is closed; the box is emptied with the count, which alone enters
the ledger. Whoever reads both the database and the keys *while* the ballot is open can see how each voted; so can,
without a key, who watches the database from one vote to the next, or keeps its write-ahead log.
"""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from hmac import digest

from sqlalchemy import Connection, delete, func, insert, select

from governor.domain.members import MemberId
from governor.errors import NotFound, Unavailable
from governor.store.keys import KeyStore
from governor.store.proceeding_tables import ballot, secret_vote
from governor.voting.counting import Choice, Tally


class BallotBox:
    """The box of the *nth* ballot on the motion of that *number*; *keys* are those of the ballots."""

    def __init__(self, connection: Connection, keys: KeyStore, number: str, nth: int) -> None:
        self._connection = connection
        self._keys = keys
        self._named = {"number": number, "ballot": nth}
        self._here = (secret_vote.c.number == number) & (secret_vote.c.ballot == nth)
        self._name = f"{number}.{nth}"

    def open(self) -> None:
        """Make the key of the box, where there is none: an act that failed may have left one."""
        if not self._keys.has(self._name):
            self._keys.new(self._name)

    def choice(self, voter: MemberId) -> Choice | None:
        """Return what *voter* said last.

        Raises:
            NotFound: the key is gone (``ballot-key-lost``): what was cast counts, and nothing can be changed.
        """
        query = select(secret_vote.c.choice).where(self._here, secret_vote.c.box == self._box(voter))
        found = self._connection.execute(query).scalar()
        return None if found is None else Choice(found)

    def cast(self, voter: MemberId, choice: Choice) -> None:
        """Put what *voter* says in, in the place of what they said before.

        Raises:
            NotFound: as ``choice``.
        """
        box = self._box(voter)
        self._connection.execute(delete(secret_vote).where(self._here, secret_vote.c.box == box))
        row = {**self._named, "box": box, "choice": choice.value}
        self._connection.execute(insert(secret_vote).values(row))

    def count(self) -> Tally:
        """Return how many said what."""
        query = select(secret_vote.c.choice, func.count()).where(self._here).group_by(secret_vote.c.choice)
        return tally_of((row[0], row[1]) for row in self._connection.execute(query))

    def empty(self) -> None:
        """Take everything out."""
        self._connection.execute(delete(secret_vote).where(self._here))

    def forget(self) -> None:
        """Destroy the key; where that fails now, ``forget_closed`` does it later."""
        with suppress(Unavailable):
            self._keys.destroy(self._name)

    def _box(self, voter: MemberId) -> str:
        try:
            return digest(self._keys.get(self._name), voter.encode(), sha256).hex()
        except NotFound as error:
            raise NotFound("ballot-key-lost", number=self._named["number"]) from error


def forget_closed(connection: Connection, keys: KeyStore) -> None:
    """Destroy the keys of ballots that are closed: a process may have died between the close and that.

    Raises:
        Unavailable: a key cannot be destroyed.
    """
    for name in keys.persons():
        number, _, nth = name.rpartition(".")
        if not nth.isdecimal():  # somebody else's file
            continue
        closed = select(ballot.c.outcome).where(ballot.c.number == number, ballot.c.ballot == int(nth))
        if connection.execute(closed).scalar() is not None:
            keys.destroy(name)


def tally_of(counts: Iterable[tuple[str, int]]) -> Tally:
    """Return the tally of *counts*: how many said each choice; others count for nothing."""
    found = dict(counts)
    return Tally(
        votes_for=found.get(Choice.FOR, 0),
        votes_against=found.get(Choice.AGAINST, 0),
        abstained=found.get(Choice.ABSTAIN, 0),
    )
