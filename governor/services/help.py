"""What can be asked here?"""

from dataclasses import dataclass

from governor.domain.permissions import Permission
from governor.ports import Reply
from governor.services.commands import Caller, Command
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.wording.phrase import phrase

LINES = (
    "help-intro",
    "help-call",
    "help-reply",
    "help-change",
    "help-decide",
    "help-note",
    "help-minutes",
    "help-list",
    "help-prove",
    "help-cancel",
    "help-enrol",
)
"""The lines of the help, each an example that works as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Show what can be asked."""


def show(_: Help, caller: Caller, __: UnitOfWork) -> Reply:
    """Return the help, in examples."""
    return Reply(language=caller.language, lines=tuple(phrase(line) for line in LINES))


COMMANDS = (
    Command(name="help", request=Help, permission=Permission.MEETING_READ, handle=show, act=Act.HELP, writes=False),
)
