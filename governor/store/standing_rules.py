"""Which standing rules are adopted? Rows ⇄ texts."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from governor.domain.standing_rules import StandingRule, StandingRules, standing_rules
from governor.store.tables import standing_rule


def adopted(connection: Connection) -> Mapping[StandingRule, str]:
    """Return the texts of the rules that the organisation has adopted."""
    rows = connection.execute(select(standing_rule))
    return {StandingRule(row.rule): row.value for row in rows}


def rules_now(connection: Connection, usual: Mapping[StandingRule, str]) -> StandingRules:
    """Return the rules as they stand: what was adopted, else the *usual*."""
    return standing_rules({**usual, **adopted(connection)})
