"""Which meetings were proposed on a card and wait for a person to press? Rows ⇄ drafts."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from governor.domain.convening import Plan
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.store.forms import instant, parse_instant, written
from governor.store.row_changes import Value
from governor.store.statements import Statement
from governor.store.tables import draft
from governor.values import dataclass

DISCARDED = "discarded"
"""What ``used`` says of a draft that was put aside."""

REPLACED = "replaced"
"""What ``used`` says of a draft in whose place another was put."""

KEPT = timedelta(days=30)
"""How long an unused draft is kept: older buttons say that they are too old."""


_FIND = Statement(select(draft).where(draft.c.token == bindparam("token")))
_SAME = select(draft.c.token).where(draft.c.token == bindparam("token"))
_KEPT = select(*(bindparam(column.name, type_=column.type) for column in draft.c)).where(~_SAME.exists())
_KEEP = Statement(insert(draft).from_select(list(draft.c), _KEPT).returning(draft.c.token))
_FORGET = Statement(delete(draft).where(draft.c.at < bindparam("until")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A meeting proposed by ``member`` at the instant ``at``.

    ``token`` is ``proposal.reading`` or, once changed, ``proposal.reading.version``. ``assumed`` maps a field of the
    plan to the rule that implied it. ``used`` is the number of the meeting it became, or ``DISCARDED``, or
    ``REPLACED``, or ``None`` while it waits.
    """

    token: str
    member: MemberId
    at: datetime
    language: str
    plan: Plan
    assumed: dict[str, str]
    used: str | None = None

    @property
    def proposal(self) -> str:
        """Return what all readings and versions of one proposal have in common."""
        return self.token.partition(".")[0]

    @property
    def reading(self) -> str:
        """Return what all versions of one reading have in common."""
        return ".".join(self.token.split(".")[:2])


def keep(connection: Connection, kept: Draft) -> Draft:
    """Keep a new draft and return it, or the one of its token that was kept before; forget those that are too old."""
    row: dict[str, Value] = {
        "token": kept.token,
        "member": kept.member,
        "at": instant(kept.at),
        "language": kept.language,
        "plan": json.dumps({"plan": _shown(kept.plan), "assumed": kept.assumed}, ensure_ascii=False),
        "used": kept.used,
    }
    if not _KEEP.rows(connection, row):
        return find(connection, kept.token) or kept
    _FORGET(connection, {"until": instant(kept.at - KEPT)})
    return kept


def find(connection: Connection, token: str) -> Draft | None:
    """Return the draft of that *token*."""
    rows = _FIND.rows(connection, {"token": token})
    if not rows:
        return None
    row = rows[0]
    kept = json.loads(row.plan)
    if "plan" not in kept:
        return None
    return Draft(
        token=row.token,
        member=MemberId(row.member),
        at=parse_instant(row.at),
        language=row.language,
        plan=_plan(kept["plan"]),
        assumed=kept["assumed"],
        used=row.used,
    )


def others(connection: Connection, shown: Draft) -> tuple[Draft, ...]:
    """Return the other readings that are offered beside *shown*: those of the first reading, until it is changed."""
    if shown.token != f"{shown.proposal}.0":
        return ()
    query = select(draft.c.token).where(draft.c.token.startswith(f"{shown.proposal}.", autoescape=True))
    tokens = sorted(connection.execute(query).scalars())
    found = (find(connection, token) for token in tokens if token != shown.token and token.count(".") == 1)
    return tuple(one for one in found if one is not None)


def use(connection: Connection, proposal: str, used: str) -> None:
    """Mark every reading and version of a *proposal* as *used*."""
    same = (draft.c.token == proposal) | draft.c.token.startswith(f"{proposal}.", autoescape=True)
    connection.execute(update(draft).where(same).values(used=used))


def _shown(plan: Plan) -> dict[str, object]:
    return {
        "summary": plan.summary,
        "dtstart": written(plan.dtstart),
        "zone": plan.zone,
        "duration": written(plan.duration),
        "location": plan.location,
        "agenda": plan.agenda,
        "invited": list(plan.invited),
        "conference": plan.conference,
        "is_all_day": plan.is_all_day,
        "is_open_ended": plan.is_open_ended,
        "is_closed": plan.is_closed,
        "recurrence": None if plan.recurrence is None else _repeat_shown(plan.recurrence),
    }


def _repeat_shown(recurrence: Recurrence) -> dict[str, object]:
    return {"rrule": recurrence.rrule, "exdates": written(recurrence.exdates), "rdates": written(recurrence.rdates)}


def _plan(kept: dict[str, object]) -> Plan:
    zone = str(kept["zone"])
    values = {**kept, "invited": tuple(kept["invited"])}  # type: ignore[arg-type]  # JSON, written by _shown
    values["dtstart"] = datetime.fromisoformat(str(kept["dtstart"])).astimezone(ZoneInfo(zone))
    values["duration"] = timedelta(seconds=int(str(kept["duration"])))
    repeat = kept.get("recurrence")
    if isinstance(repeat, dict):
        dates = {name: _moments(repeat[name], zone) for name in ("exdates", "rdates")}
        values["recurrence"] = Recurrence(rrule=repeat["rrule"], **dates)
    return Plan(**values)  # type: ignore[arg-type]  # likewise


def _moments(kept: str | None, zone: str) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)) for moment in (kept or "").split())
