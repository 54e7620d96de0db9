"""What is told when posts do not arrive, or not where people chose? Once, to whom it concerns.

What could not be posted waits in the outbox, and is tried again; once something has arrived, it may be told anew.
"""

import json
from collections.abc import Mapping

from governor.domain.members import Office
from governor.ports import Detour, Reply, Topic, Voices
from governor.services import posts
from governor.services.ways import WAY_LOST
from governor.services.whispers import accounts_of, whispered
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect
from governor.store.unit_of_work import Record
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase

UNPOSTED = "unposted"
"""The recorded kind of the effect that tells that posts about a topic (its subject) do not arrive."""

DETOUR = "detour"
"""The recorded kind of the effect that tells that posts about a topic (its subject) go elsewhere than people chose."""

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
            if await whispered(self.reply, people, voices, key=key, place=place):
                break
        return key


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
    reason = json.loads(effect.payload or "{}")["reason"]
    line = phrase(f"unposted-{effect.subject}", organisation=organisation.name, reason=reason)
    return _alarm(record, connection, line, platform, organisation.language)


def detoured(topic: Topic, detour: Detour) -> Effect:
    """Return the telling of *detour*: one for each place that is gone."""
    return Effect(kind=DETOUR, subject=topic.value, target=detour.gone, generation=1)


def detour_alarm(record: Record, connection: Connection, detour: Detour, platform: str) -> Alarm | None:
    """Return what is told of *detour*, and whom on *platform*; ``None``: nothing is founded."""
    organisation = organisation_of(connection)
    return None if organisation is None else _alarm(record, connection, detour.told, platform, organisation.language)


def _alarm(record: Record, connection: Connection, line: Phrase, platform: str, language: str) -> Alarm:
    roster = record.roster(connection)
    secretaries = {one.id for one in roster.holding(Office.SECRETARY)}
    accounts = accounts_of(secretaries, roster, platform)
    return Alarm(reply=Reply(language=language, lines=(line,)), recipients=accounts)
