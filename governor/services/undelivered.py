"""What is told of mail that is given up? Of an invitation the organisation, of a code the member alone, and once."""

import json
from collections.abc import Iterator

from governor.domain.members import MemberId
from governor.ports import Button, Card, Reply, Row
from governor.services import posts
from governor.services.emails import CODE, LATE, RESEND
from governor.services.languages import spoken_to
from governor.services.ways import INVITING
from governor.services.whispers import accounts_of
from governor.store import email_codes
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect, Tracked
from governor.store.unit_of_work import Record
from governor.values import dataclass
from governor.wording.phrase import phrase

CODE_LOST = "email-code-lost"
"""The recorded kind of the effect that tells a member that the code for their address did not arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """What is told to the ``accounts`` of one member, to nobody else."""

    reply: Reply
    accounts: tuple[str, ...]


def tellings(failed: Tracked, reason: str, *, is_late: bool = False) -> Iterator[Effect]:
    """Yield what tells that *failed* is dead: one for each time that it dies, for it may have been revived.

    The *reason* is in the organisation's words; that a code *is_late* is told in the member's own.
    """
    effect = failed.effect
    if effect.kind in INVITING:
        yield posts.undeliverable(failed, reason)
    elif effect.kind == CODE:
        told = {"given": effect.payload, "reason": None if is_late else reason}
        payload = json.dumps(told, ensure_ascii=False)
        yield Effect(
            kind=CODE_LOST,
            subject=effect.subject,
            target=effect.target,
            generation=effect.generation,
            attempt=failed.tries,
            payload=payload,
        )


def code_lost(record: Record, connection: Connection, effect: Effect, platform: str) -> Whisper | None:
    """Return what *effect* of the kind ``CODE_LOST`` tells whom on *platform*.

    ``None``: nothing any more, for the address was confirmed, or another took its place.
    """
    roster, organisation = record.roster(connection), organisation_of(connection)
    person = roster.get(MemberId(effect.target))
    told = json.loads(effect.payload or "{}")
    if person is None or person.unconfirmed is None or organisation is None:
        return None
    if told["given"] != email_codes.given_by(connection, person):
        return None
    line = phrase("email-code-lost", email=person.unconfirmed, reason=told["reason"] or phrase(LATE))
    card = Card(
        id=f"email:{person.number}",
        title=phrase("card-email"),
        rows=(Row(label=phrase("label-unconfirmed"), value=phrase("word-value", value=person.unconfirmed)),),
        buttons=(Button(token=RESEND, label=phrase("button-email-resend")),),
    )
    reply = Reply(language=spoken_to(person, organisation), lines=(line,), cards=(card,), is_private=True)
    return Whisper(reply=reply, accounts=accounts_of({person.id}, roster, platform))
