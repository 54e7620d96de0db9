"""Which changes of a series wait for a person to say which occurrences they are for? Rows ⇄ questions."""

import json
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from governor.domain.members import MemberId
from governor.store.forms import instant, parse_instant
from governor.store.tables import draft
from governor.values import dataclass

ANSWERED = "answered"
"""What ``used`` says of a question that was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The words ``text`` of ``member``, said at the instant ``at`` of the occurrence at ``start`` of a series.

    ``number`` is that of the series. They lie among the drafts, and as long.
    """

    token: str
    member: MemberId
    at: datetime
    language: str
    number: str
    start: datetime
    text: str
    used: str | None = None


def keep(connection: Connection, kept: Question) -> None:
    """Keep a new question; one of its token that was kept before stays."""
    if find(connection, kept.token) is None:
        words = {"number": kept.number, "start": instant(kept.start), "text": kept.text}
        connection.execute(
            insert(draft).values(
                token=kept.token,
                member=kept.member,
                at=instant(kept.at),
                language=kept.language,
                plan=json.dumps(words, ensure_ascii=False),
                used=kept.used,
            )
        )


def find(connection: Connection, token: str) -> Question | None:
    """Return the question of that *token*."""
    row = connection.execute(select(draft).where(draft.c.token == token)).first()
    kept = {} if row is None else json.loads(row.plan)
    if row is None or "text" not in kept:
        return None
    return Question(
        token=row.token,
        member=MemberId(row.member),
        at=parse_instant(row.at),
        language=row.language,
        number=kept["number"],
        start=parse_instant(kept["start"]),
        text=kept["text"],
        used=row.used,
    )


def answered(connection: Connection, token: str) -> None:
    """Mark the question of that *token* as answered."""
    connection.execute(update(draft).where(draft.c.token == token).values(used=ANSWERED))
