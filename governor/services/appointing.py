"""Where is it shown on the platform who holds which office? As the record says, never the other way."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from governor.domain.members import Member, MemberId
from governor.errors import Unavailable
from governor.ports import Chat, Holder, Reply, Topic
from governor.store import offices
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect
from governor.store.unit_of_work import Record, UnitOfWork
from governor.wording.catalogue import LANGUAGES, say

APPOINTMENT = "appointment"
"""The recorded kind of the effect that shows on the platform which offices a member holds."""

EVERY = timedelta(seconds=30)
"""How often the platform is put right, whatever people did there."""

OTHERS_AT_ONCE = 10
"""How many of those who never held an office are looked at each time, in turn."""

log = logging.getLogger(__name__)


def appoint(member: Member, work: UnitOfWork) -> None:
    """Have the platform show which offices *member* holds, once this act is committed."""
    subject = f"member/{member.number}"
    generation = work.entries_about(subject)
    work.enqueue(Effect(kind=APPOINTMENT, subject=subject, target=member.id, generation=generation))


def holders(
    record: Record, connection: Connection, platform: str, only: Collection[MemberId] | None = None
) -> tuple[Holder, ...]:
    """Return who of the roll, or of *only* these, has an account on *platform*, with the offices they hold now."""
    roster = record.roster(connection, only)
    accounts = (
        (account, roster.get(member)) for (where, account), member in roster.accounts.items() if where == platform
    )
    return tuple(Holder(account=account, offices=one.offices) for account, one in accounts if one is not None)


def due(record: Record, platform: str, at: datetime) -> tuple[tuple[Holder, ...], str]:
    """Return whose offices are to be put right at the instant *at*, and the organisation's language.

    They are those who ever held an office, and the next few of the others, in turn.
    """
    with record.database.read() as connection:
        organisation = organisation_of(connection)
        if organisation is None:
            return (), LANGUAGES[0]
        ever, roster = offices.ever(connection), record.roster(connection)
        others = [one.id for one in roster if one.number not in ever]
        first = int(at.timestamp() // EVERY.total_seconds()) * OTHERS_AT_ONCE % max(len(others), 1)
        wanted = {one.id for one in roster if one.number in ever}.union((others * 2)[first : first + OTHERS_AT_ONCE])
        return holders(record, connection, platform, wanted), organisation.language


async def showing(found: Sequence[Holder], chat: Chat, language: str, place: str | None) -> str:
    """Have *chat* show the offices of those *found*, and tell once what it lacks for that; return what was told.

    Raises:
        Unavailable: it may be tried again.
    """
    lacking = tuple(await chat.appoint(found, language=language, place=place))
    told = "\n".join(say(line, language) for line in lacking)
    if lacking:
        reply = Reply(language=language, lines=lacking, topic=Topic.AUDIT)
        await chat.post(reply, key=f"{APPOINTMENT}:{told}", place=place)
    return told


async def put_right(found: Sequence[Holder], chat: Chat, language: str, place: str | None) -> None:
    """Do the same, of what is due; what fails now is due again soon."""
    try:
        async with asyncio.timeout(EVERY.total_seconds()):
            await showing(found, chat, language, place)
    except (Unavailable, TimeoutError) as error:
        log.warning("offices could not be shown", extra={"place": place, "reason": str(error)})
