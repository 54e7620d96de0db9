"""How are members told something alone, unasked? By each account that they have there, where it takes such messages."""

from collections.abc import Collection, Iterable
from contextlib import suppress

from governor.domain.members import MemberId
from governor.errors import Refused
from governor.ports import Reply, Voices
from governor.ports.places import marked
from governor.store.members import Roster


def accounts_of(members: Collection[MemberId], roster: Roster, platform: str) -> tuple[str, ...]:
    """Return the accounts that *members* have on *platform*."""
    return tuple(one for (where, one), whose in roster.accounts.items() if where == platform and whose in members)


async def whispered(reply: Reply, accounts: Iterable[str], voices: Voices, *, key: str, place: str | None) -> bool:
    """Show *reply* to each of *accounts* alone, under *key*; return whether one of them takes such messages.

    Raises:
        Unavailable: it may be tried again.
    """
    is_heard = False
    for account in accounts:
        with suppress(Refused):  # who takes no messages asks by themselves
            await voices.whisper(account, marked(reply, place), key=f"{key}:{account}")
            is_heard = True
    return is_heard
