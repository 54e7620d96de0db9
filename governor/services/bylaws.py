"""What happens when the rules are shown by which is decided, or others are adopted?"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from governor.domain import deliberating
from governor.domain.bylaws import Bylaws, Electorate, Rule, Seconding, Secrecy, Tie
from governor.domain.permissions import Permission
from governor.errors import NotFound
from governor.ports import Button, Card, Reply, Row
from governor.services.commands import Caller, Command
from governor.store import proceedings
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.voting.counting import Majority, Quorum
from governor.wording.phrase import Phrase, phrase

RULES: Mapping[Rule, type[StrEnum]] = {
    Rule.SECONDING: Seconding,
    Rule.ELECTORATE: Electorate,
    Rule.QUORUM: Quorum,
    Rule.MAJORITY: Majority,
    Rule.TIE: Tie,
    Rule.SECRECY: Secrecy,
}
"""What each rule may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBylaws:
    """Show the rules by which is decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRule:
    """Show what the rule ``bylaw`` may be."""

    bylaw: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRule:
    """Have the ``rule`` be ``value`` from now on, as ``text`` says it reads."""

    rule: Rule
    value: str
    text: str = ""


def show(_: ShowBylaws, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the rules, and which may be changed."""
    return Reply(language=caller.language, cards=(_card(proceedings.bylaws_now(work.connection)),))


def choose(request: ChooseRule, caller: Caller, work: UnitOfWork) -> Reply:
    """Return what the rule may be, but for what it is."""
    rule = request.bylaw
    now = getattr(proceedings.bylaws_now(work.connection), rule)
    card = Card(
        id=f"rule:{rule}",
        title=phrase("card-rule", rule=phrase(f"rule-{rule}"), value=_said(now)),
        buttons=tuple(
            Button(token=f"adopt:{rule}:{one.value}", label=_said(one), asks=phrase("ask-article"))
            for one in RULES[rule]
            if one is not now
        ),
    )
    return Reply(language=caller.language, cards=(card,))


def adopt(request: AdoptRule, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter that the rule is another from now on; ballots that are open keep theirs."""
    values = RULES[request.rule]
    if request.value not in set(values):
        raise NotFound("button-unknown")
    now = proceedings.bylaws_now(work.connection)
    wanted = replace(now, **{request.rule: values(request.value)})  # type: ignore[arg-type]  # RULES says which
    event = deliberating.adopt_bylaws(wanted, article=request.text, version=now.version + 1)
    work.record(event, by=caller.member.id)
    rule, value = phrase(f"rule-{request.rule}"), _said(values(request.value))
    line = phrase("rule-adopted", rule=rule, value=value, version=event.version)
    return Reply(language=caller.language, lines=(line,), cards=(_card(proceedings.bylaws_now(work.connection)),))


def _said(value: object) -> Phrase:
    match value:
        case Seconding():
            return phrase(f"seconding-{value.value}")
        case Electorate():
            return phrase(f"electorate-{value.value}")
        case Quorum():
            return phrase(f"quorum-{value.value}")
        case Majority():
            return phrase(f"majority-{value.value}")
        case Tie():
            return phrase(f"tie-{value.value}")
        case _:
            return phrase("secrecy-secret" if value is Secrecy.SECRET else "secrecy-open")


def _card(bylaws: Bylaws) -> Card:
    source = phrase("bylaws-unadopted")
    if bylaws.version:
        source = phrase("bylaws-version", version=bylaws.version, article=bylaws.article)
    return Card(
        id="bylaws",
        title=phrase("card-bylaws"),
        rows=(
            *(Row(label=phrase(f"rule-{rule}"), value=_said(getattr(bylaws, rule))) for rule in RULES),
            Row(label=phrase("label-source"), value=source),
        ),
        buttons=tuple(Button(token=f"rule:{rule}", label=phrase(f"rule-{rule}")) for rule in RULES),
    )


COMMANDS = (
    Command(
        name="bylaws show",
        request=ShowBylaws,
        permission=Permission.MOTION_READ,
        handle=show,
        act=Act.ASK_BYLAWS,
        writes=False,
    ),
    Command(
        name="bylaws choose",
        request=ChooseRule,
        permission=Permission.BYLAWS_ADOPT,
        handle=choose,
        button="rule",
        is_offered=True,
        writes=False,
    ),
    Command(name="bylaws adopt", request=AdoptRule, permission=Permission.BYLAWS_ADOPT, handle=adopt, button="adopt"),
)
