"""What is told when posts do not arrive? Once, to whom it concerns, until one of them has arrived again.

What could not be posted waits in the outbox, and is tried again.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from governor.domain.members import Office
from governor.errors import Refused
from governor.ports import Reply, Topic, Voices
from governor.services import posts
from governor.services.places import marked
from governor.services.ways import WAY_LOST
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect
from governor.store.unit_of_work import Record
from governor.wording.phrase import phrase

UNPOSTED = "unposted"
"""The recorded kind of the effect that tells that posts about a topic (its subject) do not arrive."""

TOPICS: Mapping[str, Topic] = {
    **dict.fromkeys((*posts.KINDS, WAY_LOST), Topic.ANNOUNCEMENTS),
    posts.SAVED: Topic.MINUTES,
}
"""What each kind of post is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What is told, and the accounts of those who are told it first."""

    reply: Reply
    recipients: tuple[str, ...]

    async def told(self, voices: Voices, key: str, place: str | None) -> str:
        """Tell the secretaries alone; where none of them hears it, who set the place up. Return *key*.

        Raises:
            Unavailable: it may be tried again.
        """
        keeper = await voices.keeper(place=place)
        others = () if keeper is None or keeper in self.recipients else (keeper,)
        for people in (self.recipients, others):
            heard = [account for account in people if await self._heard(voices, account, key, place)]
            if heard:
                break
        return key

    async def _heard(self, voices: Voices, account: str, key: str, place: str | None) -> bool:
        with suppress(Refused):  # they take no such messages
            await voices.whisper(account, marked(self.reply, place), key=f"{key}:{account}")
            return True
        return False


def unposted(record: Record, connection: Connection, kind: str, reason: str) -> Effect:
    """Return the telling that a post of that *kind* does not arrive: the same for all, until one has arrived."""
    alike = [one for one, topic in TOPICS.items() if topic is TOPICS[kind]]
    arrived = record.outbox.arrived(connection, alike)
    payload = json.dumps({"reason": reason}, ensure_ascii=False)
    return Effect(kind=UNPOSTED, subject=TOPICS[kind].value, target="", generation=arrived + 1, payload=payload)


def alarm(record: Record, connection: Connection, effect: Effect, platform: str) -> Alarm | None:
    """Return what *effect* tells, and whom on *platform*; ``None``: nothing is founded."""
    organisation = organisation_of(connection)
    if organisation is None:
        return None
    roster = record.roster(connection)
    secretaries = {one.id for one in roster.holding(Office.SECRETARY)}
    accounts = (one for (where, one), whose in roster.accounts.items() if where == platform and whose in secretaries)
    reason = json.loads(effect.payload or "{}")["reason"]
    line = phrase(f"unposted-{effect.subject}", organisation=organisation.name, reason=reason)
    return Alarm(reply=Reply(language=organisation.language, lines=(line,)), recipients=tuple(accounts))
