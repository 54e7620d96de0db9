"""What do the minutes say? A projection of the record: the same record gives the same bytes."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

from governor.domain.actions import Action
from governor.domain.decisions import Decision
from governor.domain.meetings import Meeting, PartStat
from governor.domain.sources import Source
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import Link, Phrase, phrase
from governor.wording.times import length_of, start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A motion: its ``number`` and ``text``, the names of who moved and who seconded it, and what became of it."""

    number: str
    text: str
    mover: str
    seconder: str | None
    state: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A note: the moment (in the meeting's zone) it was taken, its text, the message that it was made from."""

    at: datetime
    text: str
    source: Source | None = None


Kept = TypeVar("Kept", Decision, Action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Generic[Kept]):
    """A decision or an action, with the name of its owner and the message that it was made from."""

    what: Kept
    owner: str | None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """All that the minutes of one meeting are made from.

    ``answers`` are names with what each answered; ``notes`` are in order. ``size`` and ``root`` (32 bytes) are the
    record's head. ``present`` are the names of those whose presence was noted.
    """

    organisation: str
    meeting: Meeting
    chair: str
    answers: tuple[tuple[str, PartStat], ...]
    notes: tuple[Noted, ...]
    decisions: tuple[Entered[Decision], ...]
    size: int
    root: bytes
    actions: tuple[Entered[Action], ...] = ()
    present: tuple[str, ...] = ()
    motions: tuple[Moved, ...] = ()


def markdown(minutes: Minutes, language: str) -> str:
    """Return the minutes as Markdown (CommonMark) in *language* (ISO 639-1)."""
    return "\n".join(line if isinstance(line, str) else say(line, language) for line in _lines(minutes)) + "\n"


def _lines(minutes: Minutes) -> Iterator[Phrase | str]:
    meeting = minutes.meeting
    yield phrase("minutes-title", summary=_plain(meeting.summary), organisation=_plain(minutes.organisation))
    yield ""
    yield phrase("minutes-draft")
    yield ""
    yield phrase("minutes-number", number=meeting.number)
    yield phrase("minutes-when", start=start_of(meeting), length=length_of(meeting))
    if meeting.location:
        yield phrase("minutes-place", place=_plain(meeting.location))
    yield phrase("minutes-chair", name=_plain(minutes.chair))
    if meeting.agenda:
        yield from _agenda(meeting.agenda)
    yield from _section("minutes-people", [_answer(name, partstat) for name, partstat in minutes.answers])
    if minutes.present:
        yield from _section("minutes-present", [phrase("minutes-one", name=_plain(name)) for name in minutes.present])
    yield from _section("minutes-notes", [line for note in minutes.notes for line in _note(note, meeting)])
    if minutes.motions:
        yield from _section("minutes-motions", [_motion(motion) for motion in minutes.motions])
    yield from _section("minutes-decisions", [line for one in minutes.decisions for line in _decision(one)])
    if minutes.actions:
        actions = [line for one in minutes.actions for line in _action(one)]
        yield from _section("minutes-actions", actions)
    yield ""
    yield phrase("minutes-fingerprint", size=minutes.size, root=minutes.root.hex())


def _section(title: str, items: list[Phrase]) -> Iterator[Phrase | str]:
    yield ""
    yield phrase(title)
    yield ""
    yield from items or [phrase("minutes-none")]


def _answer(name: str, partstat: PartStat) -> Phrase:
    return phrase("minutes-person", name=_plain(name), partstat=phrase(f"partstat-{partstat.value.lower()}"))


def _agenda(agenda: str) -> Iterator[Phrase | str]:
    items = [line.partition(". ") for line in agenda.splitlines()]
    if len(items) < 2 or [number for number, _, _ in items] != [str(at) for at in range(1, len(items) + 1)]:
        yield phrase("minutes-agenda", agenda=_plain(agenda))
        return
    yield phrase("minutes-agenda-items")
    yield from (f"  {number}. {_plain(text)}" for number, _, text in items)


def _note(note: Noted, meeting: Meeting) -> Iterator[Phrase]:
    is_of_the_day = note.at.date() == meeting.dtstart.date()
    yield phrase("minutes-note" if is_of_the_day else "minutes-note-day", at=note.at, text=_plain(note.text))
    yield from _source(note.source)


def _source(source: Source | None) -> Iterator[Phrase]:
    if source is not None:
        link = Link(f"<{source.link}>" if _LINK.fullmatch(source.link) else _plain(source.link))
        yield phrase("minutes-source", author=_plain(source.author), at=source.at, link=link)


def _motion(motion: Moved) -> Phrase:
    told = {"number": motion.number, "text": _plain(motion.text), "mover": _plain(motion.mover), "state": motion.state}
    if motion.seconder is None:
        return phrase("minutes-motion", **told)
    return phrase("minutes-motion-seconded", **told, seconder=_plain(motion.seconder))


def _decision(one: Entered[Decision]) -> Iterator[Phrase]:
    yield phrase("minutes-decision", **_entered(one))
    yield from _source(one.source)


def _action(one: Entered[Action]) -> Iterator[Phrase]:
    # Whether it is overdue depends on the day: the same record would give other bytes.
    state = phrase("action-state-done" if one.what.done_at else "action-state-open")
    yield phrase("minutes-action", **_entered(one), state=state)
    yield from _source(one.source)


def _entered(one: Entered[Decision] | Entered[Action]) -> dict[str, object]:
    none = phrase("word-none")
    return {
        "number": one.what.number,
        "text": _plain(one.what.text),
        "owner": none if one.owner is None else _plain(one.owner),
        "due": none if one.what.due is None else one.what.due,
    }


_LINK = re.compile(r"https://[\w.-]+(?:/[\w@.-]*)*")
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)|^[-+=]")
_NUMBER = re.compile(r"^(\d+)([.)])")
"""What CommonMark, or its dialects with tables and strikethrough, would act on: anywhere, and where a line begins."""

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that turn the direction of a line."""


def _plain(text: str) -> str:
    """Return *text* on one line, without unseen characters, so that Markdown shows it as it stands."""
    line = " ".join(_UNSEEN.sub("", text).split())
    return _NUMBER.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", line))
