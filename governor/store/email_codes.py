"""Which codes were sent to confirm which addresses, and how many others were tried in their place? Rows ⇄ values."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from governor.domain.confirming import MEMORY, SentCode
from governor.domain.members import Member, MemberId
from governor.store.forms import instant, parse_instant
from governor.store.tables import email_code, unconfirmed
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A code was sent at the instant ``at`` to the address that ``member`` gave by the entry ``given`` (its id)."""

    given: str
    member: MemberId
    at: datetime


def given_by(connection: Connection, member: Member) -> str | None:
    """Return the id of the entry by which *member* gave the address that is not confirmed; ``None``: there is none."""
    return connection.execute(select(unconfirmed.c.email).where(unconfirmed.c.number == member.number)).scalar()


def keep(connection: Connection, sending: Sending) -> None:
    """Note that a code is sent; forget those that do not matter any more."""
    connection.execute(delete(email_code).where(email_code.c.at <= instant(sending.at - MEMORY)))
    row = {"given": sending.given, "member": sending.member, "at": instant(sending.at), "wrong": 0}
    connection.execute(insert(email_code).values(row))


def find(connection: Connection, given: str) -> SentCode | None:
    """Return the code that was sent for the address *given*."""
    row = connection.execute(select(email_code).where(email_code.c.given == given)).first()
    return None if row is None else SentCode(at=parse_instant(row.at), wrong=row.wrong)


def put(connection: Connection, given: str, sent: SentCode) -> None:
    """Have what was tried in the place of the code for the address *given* be as *sent* says."""
    connection.execute(update(email_code).where(email_code.c.given == given).values(wrong=sent.wrong))


def recent(connection: Connection, at: datetime) -> tuple[Sending, ...]:
    """Return what was sent so lately that it matters; what a clock sent that was ahead was sent now."""
    rows = connection.execute(select(email_code).where(email_code.c.at > instant(at - MEMORY))).all()
    return tuple(
        Sending(given=row.given, member=MemberId(row.member), at=min(parse_instant(row.at), at)) for row in rows
    )
