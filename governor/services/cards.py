"""How is a meeting, a draft or a decision shown? As cards, without a word of any language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from governor.domain.convening import Plan
from governor.domain.decisions import Decision
from governor.domain.meetings import Meeting, PartStat, Status
from governor.domain.members import MemberId, Route
from governor.ports import Button, Card, Row
from governor.store.drafts import Draft
from governor.store.members import Roster
from governor.store.outbox import State, Tracked
from governor.wording.assumptions import because
from governor.wording.phrase import Phrase, phrase
from governor.wording.repeats import repeat_said
from governor.wording.times import length_of, start_of

ANSWERS = (PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE)
"""What an attendee may answer, in the order of the buttons."""

MOST_ROWS = 20
"""Of how many people a meeting's card tells how each was invited; of more, it tells who answers what."""


Deliveries = Callable[[str], tuple[Tracked, ...]]
"""Tells how the invitations to the meeting of a number fare."""


def draft_card(draft: Draft, roster: Roster, alternatives: tuple[Draft, ...] = ()) -> Card:
    """Return the card that reads a proposal back: what was understood, what was assumed, and what may be pressed."""
    others = tuple(
        Button(token=f"option:{other.token}", label=phrase("button-instead", start=start_of(other.plan)))
        for other in alternatives
    )
    return Card(
        id=f"draft:{draft.reading}",
        title=phrase("card-draft", summary=draft.plan.summary),
        rows=_plan_rows(draft.plan, draft.assumed, names(roster, draft.plan.invited)),
        buttons=(
            Button(token=f"call:{draft.token}", label=phrase("button-call")),
            Button(
                token=f"change:{draft.token}", label=phrase("button-change"), asks=phrase("ask-change"), is_form=True
            ),
            Button(token=f"discard:{draft.token}", label=phrase("button-discard")),
            *others,
        ),
    )


def meeting_card(meeting: Meeting, roster: Roster, deliveries: Deliveries = lambda _: (), *, at: datetime) -> Card:
    """Return the card of a meeting: when, where, who comes, and by which way each was invited.

    Of a series it is told when that takes place next after the instant *at*. Of many people it does not tell the ways,
    and asks for no *deliveries*.
    """
    many = len(meeting.attendees) > MOST_ROWS
    answers = _answers(meeting)
    people = _by_answer(answers, roster) if many else _one_by_one(meeting, roster, deliveries(meeting.number))
    is_cancelled = meeting.status is Status.CANCELLED
    return Card(
        id=f"meeting:{meeting.number}",
        title=phrase(
            "card-meeting-cancelled" if is_cancelled else "card-meeting", number=meeting.number, summary=meeting.summary
        ),
        rows=(*_plan_rows(meeting.as_next(at=at), {}, (), meeting.dtstart), *_split_rows(meeting), *people),
        buttons=() if is_cancelled else tuple(_meeting_buttons(meeting.number, answers)),
    )


def _one_by_one(meeting: Meeting, roster: Roster, deliveries: tuple[Tracked, ...]) -> Iterator[Row]:
    latest = {tracked.effect.target: tracked for tracked in deliveries if tracked.effect.kind == "invitation"}
    for attendee in meeting.attendees:
        route = _route(roster, attendee.member, latest.get(attendee.member))
        yield Row(
            label=phrase("word-value", value=_name(roster, attendee.member)),
            value=phrase("row-attendee", partstat=_answer(attendee.partstat), route=route),
        )


def _answers(meeting: Meeting) -> Mapping[PartStat, Sequence[MemberId]]:
    """Return who answers what, of those who are invited to *meeting*."""
    answers: dict[PartStat, list[MemberId]] = {partstat: [] for partstat in PartStat}
    for one in meeting.attendees:
        answers[one.partstat].append(one.member)
    return answers


def _by_answer(answers: Mapping[PartStat, Sequence[MemberId]], roster: Roster) -> Iterator[Row]:
    for partstat, people in answers.items():
        if people:
            yield Row(
                label=phrase("row-answers", partstat=_answer(partstat), count=len(people)),
                value=phrase("word-value", value=names(roster, people)),
            )


def _answer(partstat: PartStat) -> Phrase:
    return phrase(f"partstat-{partstat.lower()}")


def _meeting_buttons(number: str, answers: Mapping[PartStat, Sequence[MemberId]]) -> Iterator[Button]:
    for answer in ANSWERS:
        label = phrase(f"button-{answer.lower()}")
        yield Button(token=f"rsvp:{number}:{answer}", label=label, count=len(answers[answer]))
    yield Button(token=f"routes:{number}", label=phrase("button-routes"))
    yield Button(token=f"amend:{number}", label=phrase("button-change"), asks=phrase("ask-change"), is_form=True)
    yield Button(token=f"off:{number}", label=phrase("button-cancel"))


def decision_card(decision: Decision, roster: Roster, meeting: Meeting | None) -> Card:
    """Return the card of a decision: its number, text, owner, due date, and the meeting it belongs to."""
    none = phrase("word-none")
    rows = (
        ("label-text", phrase("word-value", value=decision.text)),
        ("label-owner", none if decision.owner is None else phrase("word-value", value=_name(roster, decision.owner))),
        ("label-due", none if decision.due is None else phrase("word-value", value=decision.due)),
        ("label-meeting", none if meeting is None else phrase("word-meeting", **_named(meeting))),
        *(() if decision.motion is None else (("label-motion", phrase("word-value", value=decision.motion)),)),
    )
    return Card(
        id=f"decision:{decision.number}",
        title=phrase("card-decision", number=decision.number),
        rows=tuple(Row(label=phrase(label), value=value) for label, value in rows),
    )


def place_of(plan: Plan | Meeting) -> str | None:
    """Return where a meeting is held: the place, and the link of the conference behind it."""
    return ", ".join(filter(None, (plan.location, plan.conference))) or None


def names(roster: Roster, members: Sequence[MemberId]) -> tuple[str, ...]:
    """Return the names of *members* in their order."""
    return tuple(["?" if one is None else one.name for one in map(roster.members.get, members)])


def _plan_rows(
    plan: Plan | Meeting, assumed: Mapping[str, str], people: Sequence[str], first: datetime | None = None
) -> tuple[Row, ...]:
    """Return the rows of *plan*; of a series that began at *first* since when it is held too."""
    first = first or plan.dtstart
    since = phrase("word-value", value=first.date()) if first < plan.dtstart else None
    values: list[tuple[str, str, Phrase | None]] = [
        ("label-title", "summary", phrase("word-value", value=plan.summary) if "summary" in assumed else None),
        ("label-when", "dtstart", phrase("word-value", value=start_of(plan))),
        ("label-repeat", "rrule", None if plan.recurrence is None else repeat_said(plan.recurrence, first)),
        ("label-since", "", since),
        ("label-duration", "duration", length_of(plan)),
        ("label-place", "location", _said(place_of(plan))),
        ("label-agenda", "agenda", _said(plan.agenda)),
        ("label-class", "closed", phrase("word-closed") if plan.is_closed else None),
        (
            "label-people",
            "attendees",
            phrase("word-value", value=people) if people else None,
        ),
    ]
    return tuple(
        Row(label=phrase(label), value=value, assumed=because(assumed[field]) if field in assumed else None)
        for label, field, value in values
        if value is not None
    )


def _split_rows(meeting: Meeting) -> Iterator[Row]:
    """Yield with which other series this one is linked, since it was split from a day on."""
    for label, number in (("label-continues", meeting.continues), ("label-continued", meeting.continued)):
        if number is not None:
            yield Row(label=phrase(label), value=phrase("word-value", value=number))


def _said(text: str | None) -> Phrase | None:
    return None if text is None else phrase("word-value", value=text)


def _named(meeting: Meeting) -> dict[str, object]:
    return {"number": meeting.number, "summary": meeting.summary, "start": start_of(meeting)}


def _name(roster: Roster, member: MemberId) -> str:
    (name,) = names(roster, (member,))
    return name


def _route(roster: Roster, member: MemberId, delivery: Tracked | None) -> Phrase:
    found = roster.get(member)
    if found is None or found.email is None:
        return phrase("route-chat")
    if delivery is None:
        return phrase("route-chat-chosen")
    way = delivery.effect.way or Route.MAIL
    is_late = delivery.state is State.QUEUED and delivery.tries
    shown = phrase("route-mail-late" if is_late else f"route-mail-{delivery.state.value}")
    if way != Route.MAIL:
        return phrase(f"route-{way}-late" if is_late else f"route-{way}-{delivery.state.value}")
    return phrase("route-instead", route=shown) if delivery.effect.payload else shown
