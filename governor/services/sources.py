"""From which message was something recorded? It goes with the record, sealed, and is shown while it can be opened."""

from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from governor.domain.events import ActionRecorded, DecisionRecorded, NoteTaken, Personal
from governor.domain.sources import Sealed, Source
from governor.ports import Ask, Row
from governor.services.commands import Caller
from governor.store.unit_of_work import UnitOfWork
from governor.wording.phrase import Link, phrase

Quoting = TypeVar("Quoting", NoteTaken, DecisionRecorded, ActionRecorded)


def quoting(event: Quoting, caller: Caller) -> Quoting:
    """Return *event* with the message that the call was made on, if it was made on one.

    It is sealed under the key of its author, or of the caller where the author is no member.
    """
    request = caller.call.request
    if not isinstance(request, Ask) or request.source is None:
        return event
    author = caller.roster.by_account(caller.call.account.platform, request.source.account)
    keeper = caller.member if author is None else author
    return replace(event, source=Personal(request.source.written()), keeper=keeper.id)


def source_of(sealed: Sealed | None, caller: Caller, work: UnitOfWork) -> Source | None:
    """Return the message, its author by the name on the roll and its time in the organisation's zone.

    ``None``: there is none, or it is erased.
    """
    text = None if sealed is None else work.opened(sealed.keeper, "source", sealed.entry)
    if text is None:
        return None
    source = Source.read(text)
    author = caller.roster.by_account(caller.call.account.platform, source.account)
    name = source.author if author is None else author.name
    return replace(source, author=name, at=source.at.astimezone(ZoneInfo(caller.organisation.zone)))


def source_rows(sealed: Sealed | None, caller: Caller, work: UnitOfWork) -> tuple[Row, ...]:
    """Return the row of a card that tells which message it was made from, if that can be told."""
    source = source_of(sealed, caller, work)
    if source is None:
        return ()
    told = phrase("word-source", author=source.author, at=source.at, link=Link(source.link))
    return (Row(label=phrase("label-quoted"), value=told),)
