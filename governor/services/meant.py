"""Which meeting is meant?"""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from governor.domain.meetings import Meeting, is_near, spoken_of
from governor.errors import NotFound, OutOfOrder
from governor.ports import Say
from governor.services.commands import Caller
from governor.services.fitting import MEANT, RECORDED, WRITTEN, fitted, start_meant
from governor.services.occurrences import noted
from governor.store import meetings
from governor.store.database import Connection
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.language import grammar
from governor.understanding.pointing import Pointer
from governor.understanding.reading import Act
from governor.wording.catalogue import LANGUAGES

NEAR = timedelta(days=30)
"""A note is for the meeting spoken of last only where that lies no further from now."""

_RECORD = re.compile(r":|\b(?:bahwa|that)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![\w-])\d{4}-\d{3,6}(?![\w-])")
_MINUTES = frozenset({"notulen", "minutes"})
_LEADING = frozenset(
    {"di", "dalam", "untuk", "pada", "dari", "nomor", "no", "no.", "of", "in", "at", "for", "the", "number"}
)


def meeting_for(act: Act, caller: Caller, work: UnitOfWork) -> Meeting:
    """Return the meeting that an *act* is about: the one named, else the one that is spoken of.

    Raises:
        NotFound: there is no such meeting, or none fits what is said of its time.
        OutOfOrder: a note is taken while no meeting is held or near.
    """
    found = meeting_found(act, caller, work)
    if found is None:
        raise NotFound("nothing-to-answer" if act is Act.REPLY else "no-meeting-meant")
    is_told = caller.named is not None or bool(caller.pointers)
    if act is Act.NOTE and not is_told and not is_near(found, at=caller.at, within=NEAR):
        raise OutOfOrder("note-which-meeting", number=found.number, summary=found.summary)
    return found


def hearing(
    caller: Caller, connection: Connection, pointers: Sequence[Pointer] = (), acts: Collection[Act] = ()
) -> Caller:
    """Return *caller* with the meeting that their words, which ask for *acts*, are read against: one that fits the
    *pointers*, if any does.
    """
    request, named, known = caller.call.request, caller.named, caller.known
    if isinstance(request, Say):
        is_to_come = all(MEANT.get(act, True) for act in acts)
        known = (meetings.names_to_come if is_to_come else meetings.names_around)(connection, caller.at)
        named = named or called(Act.CHANGE, request.text, known)
    heard = None if named is None else meetings.find(connection, named)
    heard = heard or meetings.meant(connection, caller.at, is_to_come=True)
    told = replace(caller, named=named, known=known, pointers=pointers)
    with suppress(NotFound, OutOfOrder):  # which is told where it is acted upon
        heard = fitted(heard, Act.CHANGE, told, connection)
    return replace(told, heard=heard)


def check_heard(meeting: Meeting, caller: Caller, *, is_timed: bool) -> None:
    """Refuse words that were read against another meeting, or where they tell a time, another state of *meeting*.

    Raises:
        OutOfOrder: the meeting changed between the reading and the act.
    """
    heard = None if caller.heard is None else (caller.heard.number, caller.heard.revision)
    is_same = heard == (meeting.number, meeting.revision)
    is_meant = caller.named is not None or (heard is not None and heard[0] == meeting.number)
    if not is_meant or (is_timed and not is_same):
        raise OutOfOrder("meeting-changed-meanwhile", meeting=meeting.summary)


def meeting_found(act: Act, caller: Caller, work: UnitOfWork) -> Meeting | None:
    """Return the meeting that an *act* is about, if there is one: where it is recorded, an occurrence by itself.

    Raises:
        NotFound: one is named that does not exist, or none fits what is said of its time.
        OutOfOrder: something is recorded of a series that was held at no time near now.
    """
    found = fitted(_found(act, caller, work), act, caller, work.connection)
    if found is not None and found.recurrence is not None and act in RECORDED:
        return noted(found, caller, work, start_meant(found, caller) if caller.pointers else None)
    return found


def _found(act: Act, caller: Caller, work: UnitOfWork) -> Meeting | None:
    if caller.named is not None:
        return numbered(caller.named, work)
    if act is Act.REPLY:
        return spoken_of(meetings.invited_to(work.connection, caller.member.id, caller.at), at=caller.at)
    return meetings.meant(work.connection, caller.at, is_to_come=MEANT[act])


def numbered(number: str, work: UnitOfWork) -> Meeting:
    """Return the meeting of that *number*.

    Raises:
        NotFound: there is none.
    """
    meeting = work.meeting(number)
    if meeting is None:
        raise NotFound("meeting-unknown", number=number)
    return meeting


def named_for(act: Act, text: str) -> str | None:
    """Return the number of the meeting that *text* names for an *act*."""
    return number_named(_head(text) if act in WRITTEN else text)


def called(act: Act, text: str, known: Sequence[tuple[str, str]]) -> str | None:
    """Return the number of the meeting *known* (numbers and names, the likeliest first) that *text* calls by its name
    for an *act*: the longest such name, of several meetings the first.

    A name that is nothing but a word for a meeting (*Rapat*) tells none from another.
    """
    head = _head(text) if act in WRITTEN else text
    if act in WRITTEN and head == text:
        return None
    said = f" {_plain(head)} "
    words = grammar(LANGUAGES[0]).meetings
    names = ((_plain(name), number) for number, name in known)
    found = [(name, number) for name, number in names if f" {name} " in said and not words.issuperset(name.split())]
    return max(found, key=lambda one: len(one[0]))[1] if found else None


def _head(text: str) -> str:
    """Return what stands before the text that is recorded: before a colon, *bahwa* or *that*; all, where none is."""
    return _RECORD.split(text, maxsplit=1)[0]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def number_named(text: str) -> str | None:
    """Return the number of the meeting that *text* names: one that stands behind a word for a meeting."""
    for found in _NUMBER.finditer(text):
        before = text[: found.start()].casefold().split()[-2:]
        if not (grammar(LANGUAGES[0]).meetings | _MINUTES).isdisjoint(before):
            return found[0]
    return None


def without_name(text: str, number: str) -> str:
    """Return *text* without the meeting that it names by *number*: ``notulen rapat 2026-001`` is ``notulen``."""
    before, _, after = text.partition(number)
    words, leading = before.split(), grammar(LANGUAGES[0]).meetings | _LEADING
    while words and words[-1].casefold() in leading:
        words.pop()
    return " ".join(words) + after


def text_for(text: str, number: str | None) -> str:
    """Return the *text* of a note without the meeting of that *number*, where it begins by naming it."""
    head, colon, rest = text.partition(":")
    is_name = number is not None and number_named(head) == number and not without_name(head, number).strip()
    return rest.strip() if colon and is_name else text
