"""What does the form of a meeting ask, and what do the fields say that were changed in it?"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from governor.domain.convening import Plan
from governor.domain.members import MemberId
from governor.errors import NotUnderstood, Refused
from governor.ports import Button, Card, Reply, Row
from governor.ports.forms import Field, Form
from governor.ports.offers import Choice
from governor.services.cards import names, place_of
from governor.services.commands import Caller
from governor.services.meetings import amended, context_of, member_of
from governor.store import unread
from governor.store.unit_of_work import UnitOfWork
from governor.store.unread import Unread
from governor.understanding.fields import read_people, read_when
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase, phrase

FIELDS = {
    "summary": "label-title",
    "when": "field-when",
    "place": "label-place",
    "people": "label-people",
    "access": "label-class",
}
"""The fields of the form, and what each is called: as many as one may have. Recorded names."""

CLOSED, OPEN = "closed", "open"
"""What may be chosen in the field ``access``. Recorded names."""

LONGEST = 1_000
"""How much of a field is read, in characters."""

_EMPTIABLE = frozenset({"place"})
_CHOICES = {
    "access": (
        Choice(value=OPEN, label=phrase("word-open")),
        Choice(value=CLOSED, label=phrase("word-closed")),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The ``plan`` as a form has it; ``unread``: the name of each field that could not be read → why."""

    plan: Plan
    unread: Mapping[str, Phrase]


def form(plan: Plan, token: str, caller: Caller, kept: Mapping[str, str] | None = None) -> Form:
    """Return the form of *plan*, filled with what it is, or with what was *kept* of an earlier try."""
    stands = {**_stands(plan, caller), **(kept or {})}
    fields = tuple(
        Field(
            name=name,
            label=phrase(label),
            value=stands[name],
            is_required=name not in _EMPTIABLE,
            choices=_CHOICES.get(name, ()),
        )
        for name, label in FIELDS.items()
    )
    return Form(token=token, title=phrase("form-meeting", summary=plan.summary), fields=fields)


def filled(plan: Plan, values: Mapping[str, str], caller: Caller) -> Filled:
    """Return *plan* with each field of *values* that is another than it was shown; the others stay as they are."""
    reasons: dict[str, Phrase] = {}
    for name, stands in _stands(plan, caller).items():
        written = " ".join(values.get(name, stands)[:LONGEST].split())
        if written == stands:
            continue
        try:
            if not written and name not in _EMPTIABLE:
                raise NotUnderstood("field-empty")
            plan = _READERS[name](plan, written, caller)
        except Refused as error:
            is_unread = error.key == "not-understood"
            reasons[name] = (
                phrase(f"field-{name}-unread", said=written) if is_unread else phrase(error.key, **error.values)
            )
    return Filled(plan=plan, unread=reasons)


def again(
    asked: Form, values: Mapping[str, str], reasons: Mapping[str, Phrase], caller: Caller, work: UnitOfWork
) -> Reply:
    """Return why the *values* of a form were not taken, by field (or by ``""``), and a button that opens it as it was.

    The token of that button is that of the form *asked*, and what is kept.
    """
    kept = Unread(
        token=f"f-{work.uid().replace('-', '')[:24]}",
        member=caller.member.id,
        at=work.at,
        language=caller.language,
        values={field.name: values.get(field.name, "")[:LONGEST] for field in asked.fields},
    )
    unread.keep(work.connection, kept)
    card = Card(
        id=f"form:{kept.token}",
        title=phrase("card-form-kept"),
        rows=tuple(Row(label=one.label, value=_written(one, kept.values[one.name])) for one in asked.fields),
        buttons=(Button(token=f"{asked.token}:{kept.token}", label=phrase("button-fill-again"), is_form=True),),
    )
    labels = {field.name: field.label for field in asked.fields}
    lines = tuple(
        phrase("field-unread", field=labels[name], reason=reason) if name else reason
        for name, reason in reasons.items()
    )
    return Reply(language=caller.language, lines=lines, cards=(card,), refused=True)


def _written(field: Field, value: str) -> Phrase:
    """Return what was written into *field*, or chosen in it."""
    chosen = next((one.label for one in field.choices if one.value == value), None)
    return chosen or phrase("word-value", value=value or "–")


def _stands(plan: Plan, caller: Caller) -> dict[str, str]:
    """Return what the fields show of *plan*: words that the reader reads as just that."""
    when = plan.dtstart.date() if plan.is_all_day else plan.dtstart
    told = (when,) if plan.is_open_ended else (when, plan.duration)
    return {
        "summary": plan.summary,
        "when": ", ".join(say(phrase("word-value", value=one), caller.language) for one in told),
        "place": place_of(plan) or "",
        "people": ", ".join(names(caller.roster, plan.invited)),
        "access": CLOSED if plan.is_closed else OPEN,
    }


def _summary(plan: Plan, written: str, _: Caller) -> Plan:
    return replace(plan, summary=written)


def _when(plan: Plan, written: str, caller: Caller) -> Plan:
    return amended(plan, read_when(written, context_of(caller, plan.dtstart, plan.duration)), caller.roster)


def _place(plan: Plan, written: str, _: Caller) -> Plan:
    words = written.split(" ")
    link = next((word for word in words if "://" in word), None)
    place = " ".join(word for word in words if word is not link).strip(" ,")
    return replace(plan, location=place or None, conference=None if link is None else link.strip(","))


def _people(plan: Plan, written: str, caller: Caller) -> Plan:
    """Return *plan* with those for its people who are listed, by their names as they stand, or as one speaks."""
    known = {name.casefold(): one.id for one in caller.roster for name in (one.name, one.handle, f"@{one.handle}")}
    wanted: dict[MemberId, None] = {}
    for piece in filter(None, (part.strip() for part in written.split(","))):
        if piece.casefold() in known:
            wanted[known[piece.casefold()]] = None
        else:
            parties = read_people(piece, context_of(caller))
            wanted |= dict.fromkeys(member_of(party, caller.roster) for party in parties)
    stay = tuple(member for member in plan.invited if member in wanted)
    return replace(plan, invited=(*stay, *(member for member in wanted if member not in stay)))


def _access(plan: Plan, written: str, _: Caller) -> Plan:
    if written not in (CLOSED, OPEN):
        raise NotUnderstood("not-understood")
    return replace(plan, is_closed=written == CLOSED)


_READERS: Mapping[str, Callable[[Plan, str, Caller], Plan]] = {
    "summary": _summary,
    "when": _when,
    "place": _place,
    "people": _people,
    "access": _access,
}
