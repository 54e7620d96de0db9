"""What do the minutes say? A projection of the record: the same record gives the same bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from governor.domain.decisions import Decision
from governor.domain.meetings import Meeting, PartStat
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A motion: its ``number`` and ``text``, the names of who moved and who seconded it, and what became of it."""

    number: str
    text: str
    mover: str
    seconder: str | None
    state: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """All that the minutes of one meeting are made from.

    ``answers`` are names with what each answered; ``notes`` are in order, their moments in the meeting's zone;
    ``decisions`` come with the name of their owner. ``size`` and ``root`` (32 bytes) are the record's head. ``present``
    are the names of those whose presence was noted.
    """

    organisation: str
    meeting: Meeting
    chair: str
    answers: tuple[tuple[str, PartStat], ...]
    notes: tuple[tuple[datetime, str], ...]
    decisions: tuple[tuple[Decision, str | None], ...]
    size: int
    root: bytes
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
    yield phrase("minutes-when", start=meeting.dtstart, length=meeting.duration, until=meeting.dtend)
    if meeting.location:
        yield phrase("minutes-place", place=_plain(meeting.location))
    yield phrase("minutes-chair", name=_plain(minutes.chair))
    if meeting.agenda:
        yield phrase("minutes-agenda", agenda=_plain(meeting.agenda))
    yield from _section("minutes-people", [_answer(name, partstat) for name, partstat in minutes.answers])
    if minutes.present:
        yield from _section("minutes-present", [phrase("minutes-one", name=_plain(name)) for name in minutes.present])
    yield from _section("minutes-notes", [_note(at, text) for at, text in minutes.notes])
    if minutes.motions:
        yield from _section("minutes-motions", [_motion(motion) for motion in minutes.motions])
    yield from _section("minutes-decisions", [_decision(decision, owner) for decision, owner in minutes.decisions])
    yield ""
    yield phrase("minutes-fingerprint", size=minutes.size, root=minutes.root.hex())


def _section(title: str, items: list[Phrase]) -> Iterator[Phrase | str]:
    yield ""
    yield phrase(title)
    yield ""
    yield from items or [phrase("minutes-none")]


def _answer(name: str, partstat: PartStat) -> Phrase:
    return phrase("minutes-person", name=_plain(name), partstat=phrase(f"partstat-{partstat.value.lower()}"))


def _note(at: datetime, text: str) -> Phrase:
    return phrase("minutes-note", at=at, text=_plain(text))


def _motion(motion: Moved) -> Phrase:
    names = (motion.mover,) if motion.seconder is None else (motion.mover, motion.seconder)
    people = tuple(_plain(name) for name in names)
    return phrase("minutes-motion", number=motion.number, people=people, text=_plain(motion.text), state=motion.state)


def _decision(decision: Decision, owner: str | None) -> Phrase:
    none = phrase("word-none")
    return phrase(
        "minutes-decision",
        number=decision.number,
        text=_plain(decision.text),
        owner=none if owner is None else _plain(owner),
        due=none if decision.due is None else decision.due,
    )


_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)|^[-+=]")
_NUMBER = re.compile(r"^(\d+)([.)])")
"""What CommonMark, or its dialects with tables and strikethrough, would act on: anywhere, and where a line begins."""

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that turn the direction of a line."""


def _plain(text: str) -> str:
    """Return *text* on one line, without unseen characters, so that Markdown shows it as it stands."""
    line = " ".join(_UNSEEN.sub("", text).split())
    return _NUMBER.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", line))
