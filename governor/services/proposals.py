"""What happens when a meeting is proposed on a card?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from governor.domain import convening
from governor.domain.convening import Plan
from governor.domain.members import Route
from governor.domain.permissions import Permission
from governor.domain.recurrence import Recurrence, moved
from governor.errors import NotFound, NotUnderstood, OutOfOrder
from governor.ports import Button, Card, Reply
from governor.ports.forms import Form
from governor.services import conflicts, filling
from governor.services.cards import draft_card
from governor.services.commands import Caller, Command, refuse_unknown
from governor.services.meetings import amended, context_of, deliver, in_zone, invited, repeat_of, shown
from governor.services.occurrences import number_for
from governor.store import drafts, unread
from governor.store.drafts import Draft
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.read import read_change
from governor.understanding.reading import Act, Reading
from governor.understanding.scopes import is_open_ended
from governor.values import dataclass
from governor.wording.catalogue import text
from governor.wording.phrase import phrase
from governor.wording.times import start_of

DEFAULT_LENGTH = timedelta(hours=1)
"""How long a meeting lasts when nobody says; the card marks it as assumed."""

MOST_OPTIONS = 3
"""How many other readings of a proposal are offered."""

DAY = timedelta(days=1)

PROPOSAL_NAME, VERSION_NAME = 24, 8
"""How many hexadecimal digits name a proposal, and a version of one of its readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMeeting:
    """Read a proposal back as a card; nothing enters the record."""

    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeeting:
    """Call the meeting of a draft."""

    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDraft:
    """Change a draft as ``text`` says, or as the ``values`` of its form do; without either, ask for them.

    ``kept`` names the form of an earlier try.
    """

    draft: str
    kept: str | None = None
    text: str | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOption:
    """Show another reading of the proposal."""

    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDraft:
    """Put a draft aside."""

    draft: str


def propose(request: ProposeMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card for a proposal, with a button for every other reading that is plausible.

    Raises:
        OutOfOrder: it could not be called as it stands.
    """
    first, *others = (request.reading, *request.reading.alternatives)
    if "dtstart-past" in first.missing:
        return _past(others, caller, work)
    draft = _draft(first, caller, work, 0)
    convening.check(draft.plan, at=work.at)
    kept = drafts.keep(work.connection, draft)
    return _shown(kept, caller, work, _options(others, caller, work))


def _options(others: Sequence[Reading], caller: Caller, work: UnitOfWork) -> tuple[Draft, ...]:
    """Keep other readings of the proposal, and return them."""
    found = (_draft(other, caller, work, 1 + index) for index, other in enumerate(others[:MOST_OPTIONS]))
    return tuple(drafts.keep(work.connection, one) for one in found)


def _shown(draft: Draft, caller: Caller, work: UnitOfWork, options: tuple[Draft, ...] = ()) -> Reply:
    """Return the card of *draft*; where a calendar can tell who is busy then, it is shown again with that."""
    if any(way != Route.MAIL for way in caller.premises.ways):
        work.enqueue(conflicts.effect_of(draft))
    return Reply(language=caller.language, cards=(draft_card(draft, caller.roster, options),))


def _past(others: list[Reading], caller: Caller, work: UnitOfWork) -> Reply:
    options = _options(others, caller, work)
    buttons = tuple(
        Button(token=f"option:{option.token}", label=phrase("button-instead", start=start_of(option.plan)))
        for option in options
    )
    card = Card(id=f"past:{work.uid()}", title=phrase("card-past"), buttons=buttons)
    line = phrase("time-past") if buttons else phrase("time-past-alone")
    return Reply(language=caller.language, lines=(line,), cards=(card,) if buttons else (), refused=True)


def _draft(reading: Reading, caller: Caller, work: UnitOfWork, index: int) -> Draft:
    token = f"{_name(work, PROPOSAL_NAME)}.{index}"
    assumed = {slot: found.rule for slot, found in reading.implied.items() if slot not in reading.said}
    if reading.is_all_day:
        assumed.pop("dtstart", None)  # of a day no hour was assumed
    elif reading.duration is None:
        assumed["duration"] = "default-length"
    return Draft(
        token=token,
        member=caller.member.id,
        at=work.at,
        language=caller.language,
        plan=_plan(reading, caller),
        assumed=assumed,
    )


def _name(work: UnitOfWork, length: int) -> str:
    return work.uid().replace("-", "")[:length]


def _plan(reading: Reading, caller: Caller) -> Plan:
    if reading.dtstart is None:
        raise NotUnderstood("missing-dtstart")
    zone = reading.text_of("zone") or caller.zone
    start, duration = in_zone(reading.dtstart, zone), reading.duration or DEFAULT_LENGTH
    is_days = reading.is_all_day
    if is_days:
        start, duration = start.replace(hour=0, minute=0), -(-duration // DAY) * DAY
    return Plan(
        summary=reading.text_of("summary") or text(caller.language, "word-meeting-title"),
        dtstart=start,
        zone=zone,
        duration=duration,
        location=reading.text_of("location"),
        conference=reading.text_of("conference"),
        agenda=reading.text_of("agenda"),
        invited=tuple(dict.fromkeys((caller.member.id, *invited(reading, caller.roster)))),
        is_all_day=is_days,
        is_open_ended=not is_days and reading.duration is None and is_open_ended(reading.text),
        recurrence=_repeat(reading, start),
        is_closed=bool(reading.get("closed")),
    )


def _repeat(reading: Reading, start: datetime) -> Recurrence | None:
    """Return how the meeting repeats; where it has days and no hours, from midnight on."""
    repeat = repeat_of(reading)
    if repeat is None or reading.dtstart is None:
        return None
    return moved(repeat, in_zone(reading.dtstart, str(start.tzinfo)), start)


def call(request: CallMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Call the meeting of a draft, once: whoever presses second, or another reading of it, is told so.

    Whoever presses calls it, and so chairs it; whoever drafted it stays invited.
    """
    draft = _waiting(request.draft, work)
    number = number_for(work)
    plan = replace(draft.plan, invited=tuple(dict.fromkeys((caller.member.id, *draft.plan.invited))))
    event = convening.call_meeting(plan, number=number, uid=work.uid(), at=work.at)
    work.record(event, by=caller.member.id)
    drafts.use(work.connection, draft.proposal, number)
    meeting = deliver(number, work, caller)
    return shown(meeting, "meeting-called", caller, work)


def change_draft(request: ChangeDraft, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card of the draft as changed, under a token of its own: the old card calls nothing any more.

    Whoever asks again with the same call is shown the same card.
    """
    version = f"{request.draft[: PROPOSAL_NAME + 2]}.{_name(work, VERSION_NAME)}"
    known = drafts.find(work.connection, version)
    if known is not None:
        return _shown(known, caller, work)
    draft = _waiting(request.draft, work)
    if request.values is not None:
        return _refilled(draft, version, request.values, caller, work)
    if request.text is None:
        kept = None if request.kept is None else unread.values(work.connection, request.kept)
        return Reply(language=caller.language, form=_form(draft, caller, kept))
    context = context_of(caller, draft.plan.dtstart, draft.plan.duration)
    try:
        reading = read_change(request.text, context)
    except NotUnderstood as error:
        raise NotUnderstood("change-not-understood") if error.key == "not-understood" else error from None
    refuse_unknown(reading)
    assumed = {slot: rule for slot, rule in draft.assumed.items() if slot not in reading.said}
    plan = amended(draft.plan, reading, caller.roster)
    convening.check(plan, at=work.at)
    return _replaced(draft, replace(draft, token=version, plan=plan, assumed=assumed), caller, work)


def _refilled(draft: Draft, version: str, values: Mapping[str, str], caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card of the draft as its form has it; where something in that cannot be read, the form again."""
    found = filling.filled(draft.plan, values, caller)
    reasons = dict(found.unread)
    try:
        convening.check(found.plan, at=work.at)
    except OutOfOrder as error:
        reasons = reasons or {"": phrase(error.key, **error.values)}
    if reasons:
        return filling.again(_form(draft, caller), values, reasons, caller, work)
    same = {slot for slot in draft.assumed if getattr(draft.plan, slot, None) == getattr(found.plan, slot, None)}
    assumed = {slot: rule for slot, rule in draft.assumed.items() if slot in same}
    return _replaced(draft, replace(draft, token=version, plan=found.plan, assumed=assumed), caller, work)


def _form(draft: Draft, caller: Caller, kept: Mapping[str, str] | None = None) -> Form:
    return filling.form(draft.plan, f"change:{draft.token}", caller, kept)


def _replaced(draft: Draft, changed: Draft, caller: Caller, work: UnitOfWork) -> Reply:
    drafts.use(work.connection, draft.proposal, drafts.REPLACED)
    drafts.keep(work.connection, changed)
    return _shown(changed, caller, work)


def take_option(request: TakeOption, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card of another reading."""
    draft = _waiting(request.draft, work)
    return _shown(draft, caller, work)


def discard(request: DiscardDraft, caller: Caller, work: UnitOfWork) -> Reply:
    """Put a draft aside, and with it every other reading of the proposal."""
    draft = _waiting(request.draft, work)
    drafts.use(work.connection, draft.proposal, drafts.DISCARDED)
    return Reply(language=caller.language, lines=(phrase("draft-discarded-now", summary=draft.plan.summary),))


def _waiting(token: str, work: UnitOfWork) -> Draft:
    draft = drafts.find(work.connection, token)
    if draft is None:
        raise NotFound("card-too-old")
    if draft.used == drafts.DISCARDED:
        raise OutOfOrder("draft-discarded", summary=draft.plan.summary)
    if draft.used == drafts.REPLACED:
        raise OutOfOrder("draft-replaced", summary=draft.plan.summary)
    if draft.used is not None:
        raise OutOfOrder("called-already", summary=draft.plan.summary, number=draft.used)
    return draft


COMMANDS = (
    Command(
        name="meeting propose",
        request=ProposeMeeting,
        permission=Permission.MEETING_CALL,
        handle=propose,
        act=Act.CALL,
        is_brief=True,
    ),
    Command(name="meeting call", request=CallMeeting, permission=Permission.MEETING_CALL, handle=call, button="call"),
    Command(
        name="draft change",
        request=ChangeDraft,
        permission=Permission.MEETING_CALL,
        handle=change_draft,
        button="change",
        is_brief=True,
    ),
    Command(
        name="draft option",
        request=TakeOption,
        permission=Permission.MEETING_CALL,
        handle=take_option,
        button="option",
        is_brief=True,
    ),
    Command(
        name="draft discard",
        request=DiscardDraft,
        permission=Permission.MEETING_CALL,
        handle=discard,
        button="discard",
        is_brief=True,
    ),
)
