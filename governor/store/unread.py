"""Which forms could not be read in whole, and wait to be opened again as they were? Rows ⇄ values."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from governor.domain.members import MemberId
from governor.store.forms import instant
from governor.store.tables import draft
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """The ``values`` that ``member`` filled in at the instant ``at``, by the names of their fields.

    They lie among the drafts, and as long.
    """

    token: str
    member: MemberId
    at: datetime
    language: str
    values: Mapping[str, str]


def keep(connection: Connection, kept: Unread) -> None:
    """Keep a form; one of its token that was kept before stays."""
    if values(connection, kept.token) is None:
        connection.execute(
            insert(draft).values(
                token=kept.token,
                member=kept.member,
                at=instant(kept.at),
                language=kept.language,
                plan=json.dumps({"values": dict(kept.values)}, ensure_ascii=False),
                used=None,
            )
        )


def values(connection: Connection, token: str) -> Mapping[str, str] | None:
    """Return what was filled into the form of that *token*; ``None``: it is not kept, or no more."""
    row = connection.execute(select(draft.c.plan).where(draft.c.token == token)).first()
    kept = {} if row is None else json.loads(row.plan)
    return dict(kept["values"]) if "values" in kept else None
