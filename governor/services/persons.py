"""What is told of one person? Their offices, and how they attended."""

from governor.domain.permissions import Permission
from governor.errors import NotFound
from governor.ports import Card, Reply, Row
from governor.services.commands import Caller, Command
from governor.services.offices import mandate_rows
from governor.store import attended, offices
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Party
from governor.values import dataclass
from governor.wording.phrase import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMember:
    """Show the offices of the ``person``, and how they attended."""

    person: Party


def show(request: ShowMember, caller: Caller, work: UnitOfWork) -> Reply:
    """Return what a person holds and held since when, and to how many meetings they were invited and came."""
    person = caller.roster.get(request.person.member)
    if person is None:
        raise NotFound("person-unknown", said=request.person.said)
    held = tuple(mandate_rows(offices.of_member(work.connection, person.number), caller, is_named=False))
    none = (Row(label=phrase("label-offices"), value=phrase("word-none")),)
    figures = attended.figures(work.connection, person.id, caller.at)
    answered = phrase(
        "attended-answers",
        invited=figures.invited,
        accepted=figures.accepted,
        declined=figures.declined,
        others=figures.invited - figures.accepted - figures.declined,
    )
    came = phrase("attended-present", present=figures.present, noted=figures.noted)
    rows = (
        *(held or none),
        Row(label=phrase("label-invited"), value=answered),
        Row(label=phrase("label-present"), value=came),
    )
    card = Card(id=f"member:{person.number}", title=phrase("card-member", name=person.name), rows=rows)
    return Reply(language=caller.language, cards=(card,), is_private=True)


COMMANDS = (
    Command(
        name="member show",
        request=ShowMember,
        permission=Permission.OFFICE_READ,
        handle=show,
        is_offered=True,
        is_private=True,
        writes=False,
    ),
)
