"""What happens when the standing rules are shown, or one is adopted?"""

from collections.abc import Iterator

from governor.domain.events import StandingRuleAdopted
from governor.domain.permissions import Permission
from governor.domain.standing_rules import StandingRule, StandingRules
from governor.errors import NotUnderstood
from governor.ports import Button, Card, Reply, Row
from governor.services.commands import Caller, Command
from governor.store.standing_rules import rules_now
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.understanding.standing import rule_text
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStandingRules:
    """Show when people are reminded, when they are left alone, and how long before they are invited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptStandingRule:
    """Have the ``rule`` be what ``text`` says from now on."""

    rule: StandingRule
    text: str = ""


def show(_: ShowStandingRules, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the rules, each with a button that asks for another."""
    return Reply(language=caller.language, cards=(_card(caller, work),))


def adopt(request: AdoptStandingRule, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter that the rule is another from now on.

    Raises:
        NotUnderstood: the text says nothing that the rule can be (``standing-rule-unclear``).
    """
    text = rule_text(request.rule, request.text)
    if text is None:
        raise NotUnderstood("standing-rule-unclear", example=_example(request.rule))
    work.record(StandingRuleAdopted(rule=request.rule, value=text), by=caller.member.id)
    return Reply(language=caller.language, lines=(phrase("standing-rule-adopted"),), cards=(_card(caller, work),))


def _card(caller: Caller, work: UnitOfWork) -> Card:
    shown = dict(_shown(rules_now(work.connection, caller.premises.rules)))
    return Card(
        id="standing-rules",
        title=phrase("card-standing-rules"),
        rows=tuple(Row(label=_label(rule), value=value) for rule, value in shown.items()),
        buttons=tuple(
            Button(token=f"standing:{rule.value}", label=_label(rule), asks=_example(rule)) for rule in StandingRule
        ),
    )


def _shown(rules: StandingRules) -> Iterator[tuple[StandingRule, Phrase]]:
    before = phrase("standing-before", lengths=rules.before) if rules.before else phrase("standing-none")
    quiet = phrase("standing-none")
    if rules.quiet is not None:
        since, until = (f"{one:%H:%M}" for one in rules.quiet)
        quiet = phrase("standing-hours", since=since, until=until)
    yield StandingRule.REMINDERS, before
    yield StandingRule.REMIND_BY, phrase(f"standing-by-{rules.by.value}")
    yield StandingRule.QUIET_HOURS, quiet
    yield StandingRule.NOTICE_DAYS, phrase("standing-days", days=rules.notice)


def _label(rule: StandingRule) -> Phrase:
    return phrase(f"rule-{rule.value}")


def _example(rule: StandingRule) -> Phrase:
    return phrase(f"ask-{rule.value}")


COMMANDS = (
    Command(
        name="settings show",
        request=ShowStandingRules,
        permission=Permission.MEETING_READ,
        handle=show,
        act=Act.ASK_STANDING_RULES,
        writes=False,
    ),
    Command(
        name="settings set",
        request=AdoptStandingRule,
        permission=Permission.STANDING_RULE_ADOPT,
        handle=adopt,
        act=Act.STANDING_RULE,
        button="standing",
    ),
)
