"""What is told to the organisation in the chat, unasked? Each post is an effect, and shows the latest state."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from governor.domain.meetings import Meeting, PartStat
from governor.domain.members import MemberId
from governor.domain.reminders import takes_place
from governor.errors import LedgerBroken, NotFound
from governor.ports import Button, Card, Reply, Row, Topic
from governor.services.cards import meeting_card
from governor.services.motion_cards import card_of
from governor.services.occurrences import begins
from governor.services.reminders import REMINDER, is_overtaken
from governor.store import meetings, motions, received
from governor.store.database import Connection
from governor.store.forms import parse_instant
from governor.store.members import Roster
from governor.store.organisations import Organisation, organisation_of
from governor.store.outbox import Effect, Tracked
from governor.store.received import Matter
from governor.store.unit_of_work import Record
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

POST = "post"
"""The recorded kind of the effect that tells that an invitation cannot be delivered."""

ANSWERED = "answered"
"""The recorded kind of the effect that tells what an attendee's calendar answered."""

MATTER = "matter"
"""The recorded kind of the effect that shows something that a person has to decide."""


LINKED = "linked"
"""The recorded kind of the effect that tells the link by which a meeting is joined."""

COUNTED = "counted"
"""The recorded kind of the effect that tells what became of a motion whose ballot ended by the clock."""


SAVED = "saved"
"""The recorded kind of the effect that shows minutes which were saved."""

SHELF = "minutes"
"""Where on the shelf minutes lie."""


def saved(number: str, size: int, name: str) -> Effect:
    """Return the showing of the minutes of a meeting, saved under *name* when the record had *size* entries."""
    return Effect(kind=SAVED, subject=number, target=name, generation=size)


def counted(number: str, ballot: int) -> Effect:
    """Return the telling of what the *ballot*-th ballot on the motion of that *number* came to."""
    return Effect(kind=COUNTED, subject=number, target="", generation=ballot)


def undeliverable(failed: Tracked, reason: str) -> Effect:
    """Return the telling that *failed* is dead: one for each time that it dies, for it may have been revived."""
    payload = json.dumps({"reason": reason}, ensure_ascii=False)
    effect = failed.effect
    return Effect(
        kind=POST,
        subject=effect.subject,
        target=effect.target,
        generation=effect.generation,
        attempt=failed.tries,
        payload=payload,
    )


def answered(matter: Matter, generation: int) -> Effect:
    """Return the telling of the newest answer of one attendee, in the place of older tellings (*generation*)."""
    payload = json.dumps({"token": matter.token})
    return Effect(kind=ANSWERED, subject=matter.number, target=matter.member, generation=generation, payload=payload)


def shown(matter: Matter) -> Effect:
    """Return the showing of *matter* to those who may decide it."""
    return Effect(kind=MATTER, subject=matter.number, target=matter.token, generation=1)


def linked(number: str, generation: int) -> Effect:
    """Return the telling of the link by which the meeting of that *number* is joined."""
    return Effect(kind=LINKED, subject=number, target="", generation=generation)


def render(record: Record, connection: Connection, tracked: Tracked, at: datetime) -> Reply | None:
    """Return what the post *tracked* says at the instant *at*; ``None``: nothing any more.

    Raises:
        NotFound: what it is about is not in the record.
    """
    organisation = organisation_of(connection)
    if tracked.effect.kind == COUNTED:
        return _counted(record, connection, tracked.effect.subject, organisation)
    meeting = meetings.find(connection, tracked.effect.subject)
    if organisation is None or meeting is None:
        raise NotFound("meeting-unknown", number=tracked.effect.subject)
    return _POSTS[tracked.effect.kind](tracked, _Around(record, connection, organisation, meeting, at))


def _counted(record: Record, connection: Connection, number: str, organisation: Organisation | None) -> Reply:
    motion = motions.find(connection, number)
    if motion is None or organisation is None:
        raise NotFound("motion-unknown", number=number)
    card = card_of(motion, connection, record.roster(connection), organisation.zone)
    line = phrase(f"motion-told-{motion.state.value}", number=number)
    return Reply(language=organisation.language, lines=(line,), cards=(card,), is_update=True)


class _Around:
    """What a post is about."""

    def __init__(
        self, record: Record, connection: Connection, organisation: Organisation, meeting: Meeting, at: datetime
    ) -> None:
        self.record = record
        self.connection = connection
        self.language = organisation.language
        self.meeting = meeting
        self.at = at

    def name(self, member: MemberId) -> str:
        """Return what to call *member*: a roll that cannot be read must not keep its own damage from being told."""
        try:
            person = self.record.roster(self.connection, {member}).get(member)
        except LedgerBroken:
            return "?"
        return "?" if person is None else person.name

    @property
    def people(self) -> Roster:
        """Return who is invited."""
        return self.record.roster(self.connection, {one.member for one in self.meeting.attendees})

    def deliveries(self, number: str) -> tuple[Tracked, ...]:
        """Return the effects of the meeting of that *number*."""
        return self.record.outbox.of_subject(self.connection, number)

    def partstat(self, member: MemberId) -> PartStat:
        """Return what *member* answers now."""
        known = {one.member: one.partstat for one in self.meeting.attendees}
        return known.get(member, PartStat.NEEDS_ACTION)


def _undeliverable(tracked: Tracked, around: _Around) -> Reply:
    payload = json.loads(tracked.effect.payload or "{}")
    name = around.name(MemberId(tracked.effect.target))
    line = phrase("undeliverable-told", name=name, summary=around.meeting.summary, reason=payload["reason"])
    return Reply(language=around.language, lines=(line,))


def _answered(tracked: Tracked, around: _Around) -> Reply:
    member, meeting = MemberId(tracked.effect.target), around.meeting
    name = around.name(member)
    said = around.partstat(member).value.lower()
    lines = [phrase(f"answered-{said}", name=name, summary=meeting.summary)]
    matter = received.find(around.connection, json.loads(tracked.effect.payload or "{}")["token"])
    for key, told in (("comment", "answer-comment"), ("delegated_to", "answer-delegated")):
        if matter is not None and matter.what.get(key):
            lines.append(phrase(told, name=name, said=matter.what[key]))
    roster = around.people
    card = meeting_card(meeting, roster, around.deliveries, at=around.at)
    return Reply(language=around.language, lines=tuple(lines), cards=(card,), is_update=True)


def _linked(_: Tracked, around: _Around) -> Reply | None:
    meeting = around.meeting
    if meeting.conference is None:
        return None
    line = phrase("meeting-linked", summary=meeting.summary, link=meeting.conference)
    return Reply(
        language=around.language,
        lines=(line,),
        cards=(meeting_card(meeting, around.people, around.deliveries, at=around.at),),
    )


def _reminder(tracked: Tracked, around: _Around) -> Reply | None:
    meeting, start = around.meeting, parse_instant(tracked.effect.target)
    if (
        around.at >= start
        or not takes_place(meeting, start)
        or is_overtaken(tracked, around.deliveries(meeting.number))
    ):
        return None
    begins = start.astimezone(meeting.dtstart.tzinfo)
    lines = [phrase("reminder", number=meeting.number, summary=meeting.summary, start=start_of(meeting, begins))]
    for partstat, key in ((PartStat.ACCEPTED, "reminder-coming"), (PartStat.NEEDS_ACTION, "reminder-unanswered")):
        people = tuple(around.name(one.member) for one in meeting.attendees if one.partstat is partstat)
        if people:
            lines.append(phrase(key, people=people))
    card = meeting_card(meeting, around.people, around.deliveries, at=around.at)
    return Reply(language=around.language, lines=tuple(lines), cards=(card,))


def _saved(tracked: Tracked, around: _Around) -> Reply:
    line = phrase("minutes-told", number=around.meeting.number, summary=around.meeting.summary)
    text = around.record.shelf.read(SHELF, tracked.effect.target).decode()
    return Reply(language=around.language, lines=(line,), document=text, topic=Topic.MINUTES)


def _matter(tracked: Tracked, around: _Around) -> Reply:
    matter = received.find(around.connection, tracked.effect.target)
    if matter is None:
        raise NotFound("matter-unknown")
    sent = matter.what.get("delegate")
    instead = None if sent is None else around.name(MemberId(str(sent)))
    card = matter_card(matter, around.meeting, around.name(matter.member), instead)
    return Reply(language=around.language, cards=(card,))


def matter_card(matter: Matter, meeting: Meeting, name: str, instead: str | None = None) -> Card:
    """Return the card on which a person decides *matter*, which came from *name* or from who says so.

    *instead* is the name of who is sent in their place, where that was said in the chat.
    """
    what = matter.what
    sender = phrase(f"way-{what['way']}") if what["kind"] == "edit" else phrase("word-value", value=name)
    way = {"way": sender} if what["kind"] == "edit" else {}
    rows = [("label-from", sender)]
    if instead is not None:
        rows.append(("label-delegate", phrase("word-value", value=instead)))
    if what.get("sender"):
        rows.append(("label-sender", phrase("word-value", value=what["sender"])))
    if what.get("sent_by"):
        rows.append(("label-sent-by", phrase("word-value", value=what["sent_by"])))
    if what["kind"] != "edit":
        rows.append(("label-proof", phrase("proof-verified" if what["is_verified"] else "proof-none")))
    if what.get("partstat"):
        rows.append(("label-answer", phrase(f"partstat-{str(what['partstat']).lower()}")))
    if what.get("recurrence_id"):
        begun = begins(str(what["recurrence_id"]), meeting).astimezone(meeting.dtstart.tzinfo)
        rows.append(("label-occurrence", phrase("word-value", value=begun)))
    rows.extend(_proposed(what, meeting))
    if what.get("parts"):
        named = tuple(phrase(f"part-{part}") for part in str(what["parts"]).split())
        rows.append(("label-put-back", phrase("word-value", value=named)))
    told = (key for key in ("added", "missing") if what.get(key))
    rows.extend((f"label-guests-{key}", phrase("word-value", value=what[key])) for key in told)
    if what.get("comment"):
        rows.append(("label-comment", phrase("word-value", value=what["comment"])))
    return Card(
        id=f"matter:{matter.token}",
        title=phrase(f"card-matter-{what['kind']}", number=meeting.number, summary=meeting.summary, **way),
        rows=tuple(Row(label=phrase(label), value=value) for label, value in rows),
        buttons=tuple(_buttons(matter)),
    )


def _proposed(what: Mapping[str, str | int | None], meeting: Meeting) -> list[tuple[str, Phrase]]:
    rows: list[tuple[str, Phrase]] = []
    if what.get("is_cancelled"):
        return [("label-when", phrase("word-removed"))]
    if what.get("summary"):
        rows.append(("label-title", phrase("word-value", value=what["summary"])))
    if what.get("dtstart"):
        start = datetime.fromisoformat(str(what["dtstart"])).astimezone(meeting.dtstart.tzinfo)
        rows.append(("label-when", phrase("word-value", value=start)))
    if what.get("duration"):
        rows.append(("label-duration", phrase("word-value", value=timedelta(seconds=int(str(what["duration"]))))))
    if what.get("location"):
        rows.append(("label-place", phrase("word-value", value=what["location"])))
    return rows


def _buttons(matter: Matter) -> list[Button]:
    kind = str(matter.what["kind"])
    # Words that could not be read, and an occurrence that is none, give nothing that could be entered.
    can_be_taken = kind in ("counter", "edit", "refresh", "delegate") or matter.what.get("partstat")
    can_be_taken = can_be_taken and not matter.what.get("is_beyond")
    take = [Button(token=f"take:{matter.token}", label=phrase(f"button-take-{kind}"))] if can_be_taken else []
    return [*take, Button(token=f"drop:{matter.token}", label=phrase(f"button-drop-{kind}"))]


_POSTS: Mapping[str, Callable[[Tracked, _Around], Reply | None]] = {
    POST: _undeliverable,
    ANSWERED: _answered,
    LINKED: _linked,
    MATTER: _matter,
    SAVED: _saved,
    REMINDER: _reminder,
}

KINDS = (*_POSTS, COUNTED)
"""The kinds of effects that are posts."""
