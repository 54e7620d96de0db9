"""Who is busy when a meeting is proposed? Told on its card, of those who share their calendar."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from governor.errors import GovernorError
from governor.ports import Calendar, Card, Reply, Row, Span
from governor.services.cards import draft_card
from governor.store import drafts
from governor.store.database import Connection
from governor.store.drafts import Draft
from governor.store.members import Roster
from governor.store.outbox import Effect
from governor.store.thinking import not_at_once, waiting
from governor.store.unit_of_work import Record
from governor.wording.phrase import phrase

CONFLICTS = "conflicts"
"""The recorded kind of the effect that shows on a draft's card who is busy then."""

_ANSWERS_WITHIN = timedelta(seconds=3)

log = logging.getLogger(__name__)


def effect_of(draft: Draft) -> Effect:
    """Return the effect that shows on the card of *draft* who is busy."""
    return Effect(kind=CONFLICTS, subject=draft.token, target="", generation=1)


def asked(record: Record, connection: Connection, effect: Effect) -> "Asked | None":
    """Return what is to be asked for *effect*, or ``None`` where its draft waits no longer."""
    draft = drafts.find(connection, effect.subject)
    if draft is None or draft.used is not None:
        return None
    return Asked(draft, drafts.others(connection, draft), record.roster(connection))


class Asked:
    """A draft, the other readings offered beside it, and the people it would invite."""

    def __init__(self, draft: Draft, others: tuple[Draft, ...], roster: Roster) -> None:
        self.draft = draft
        self._others = others
        self._roster = roster
        people = (roster.get(member) for member in draft.plan.invited)
        self._names = {one.email.casefold(): one.name for one in people if one is not None and one.email is not None}

    async def of(self, calendars: Sequence[Calendar]) -> Reply | None:
        """Return the draft's card with who is busy, as *calendars* know; ``None``: nobody is.

        Raises:
            Unavailable: one cannot be asked now.
        """
        plan, found = self.draft.plan, dict[str, list[Span]]()
        for calendar in calendars:
            for who, spans in (await calendar.busy(tuple(self._names), plan.dtstart, plan.dtend)).items():
                found.setdefault(who, []).extend(spans)
        rows = tuple(self._rows(found))
        if not rows:
            return None
        card: Card = draft_card(self.draft, self._roster, self._others)
        return Reply(language=self.draft.language, cards=(replace(card, rows=(*card.rows, *rows)),), is_update=True)

    def _rows(self, found: Mapping[str, Sequence[Span]]) -> list[Row]:
        zone = ZoneInfo(self.draft.plan.zone)
        return [
            Row(
                label=phrase("label-busy"),
                value=phrase(
                    "word-busy",
                    name=self._names[address],
                    start=min(spans)[0].astimezone(zone),
                    end=max(until for _, until in spans).astimezone(zone),
                ),
            )
            for address, spans in found.items()
            if spans
        ]


def known(
    calendars: Sequence[Calendar],
    loop: asyncio.AbstractEventLoop,
    addresses: Sequence[str],
    start: datetime,
    end: datetime,
) -> Mapping[str, Sequence[Span]]:
    """Return what *calendars*, asked in *loop* from another thread, know; one that does not answer knows nothing."""
    found: dict[str, list[Span]] = {}
    for calendar in calendars:
        not_at_once()
        asking = asyncio.run_coroutine_threadsafe(calendar.busy(addresses, start, end), loop)
        try:
            with waiting():
                told = asking.result(_ANSWERS_WITHIN.total_seconds())
            for address, spans in told.items():
                found.setdefault(address, []).extend(spans)
        except (GovernorError, TimeoutError) as error:
            asking.cancel()
            log.warning("a calendar does not tell who is busy", extra={"calendar": calendar.name, "reason": str(error)})
    return found
