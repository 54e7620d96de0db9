"""Who may be subscribed to at which secret address, and is what they were shown still right?"""

from sqlalchemy import Connection, delete, insert, select

from governor.domain.members import MemberId
from governor.store.tables import feed, log_head
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The address of a *member* is open; ``salt`` is what its secret is made from, besides the member's key."""

    member: MemberId
    salt: str


def of_member(connection: Connection, member: MemberId) -> Opened | None:
    """Return the address of *member*, if one is open."""
    row = connection.execute(select(feed).where(feed.c.member == member)).first()
    return None if row is None else Opened(member=MemberId(row.member), salt=row.salt)


def open_for(connection: Connection, opened: Opened, digest: str) -> None:
    """Open an address whose secret has that SHA-256 *digest*, for a member who has none."""
    connection.execute(insert(feed).values(member=opened.member, salt=opened.salt, digest=digest))


def revoke(connection: Connection, member: MemberId) -> bool:
    """Close the address of *member*; return whether one was open."""
    return bool(connection.execute(delete(feed).where(feed.c.member == member)).rowcount)


def whose(connection: Connection, digest: str) -> MemberId | None:
    """Return whose address has a secret of that SHA-256 *digest*."""
    found = connection.execute(select(feed.c.member).where(feed.c.digest == digest)).scalar()
    return None if found is None else MemberId(found)


def size(connection: Connection) -> int:
    """Return the size of the log: while it is the same, so is everything folded from it."""
    return connection.execute(select(log_head.c.size)).scalar() or 0
