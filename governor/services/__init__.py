"""What happens: one use case, one function. COMMANDS is the sum of their tables."""

from governor.services import (
    answers,
    audit,
    changing,
    date_polls,
    decisions,
    feeds,
    help,
    joining,
    languages,
    meetings,
    members,
    minutes,
    proposals,
    replies,
    series,
    ways,
)
from governor.services.commands import Command

COMMANDS: tuple[Command, ...] = (
    *proposals.COMMANDS,
    *changing.COMMANDS,
    *series.COMMANDS,
    *meetings.COMMANDS,
    *replies.COMMANDS,
    *answers.COMMANDS,
    *minutes.COMMANDS,
    *decisions.COMMANDS,
    *audit.COMMANDS,
    *members.COMMANDS,
    *date_polls.COMMANDS,
    *joining.COMMANDS,
    *feeds.COMMANDS,
    *languages.COMMANDS,
    *ways.COMMANDS,
    *help.COMMANDS,
)
"""Everything Governor can be asked to do."""
