"""What can be asked here?"""

from governor.domain.permissions import Permission
from governor.ports import Card, Reply, Row
from governor.services.commands import Caller, Command
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import phrase

TOPICS = (
    "call",
    "reply",
    "change",
    "decide",
    "act",
    "note",
    "minutes",
    "list",
    "prove",
    "cancel",
    "enrol",
    "office",
    "find",
    "feed",
    "move",
    "agenda",
    "attendance",
    "bylaws",
    "language",
    "email",
    "settings",
)
"""What is explained, in this order, each by an example that works as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Show what can be asked."""


def show(_: Help, caller: Caller, __: UnitOfWork) -> Reply:
    """Return the help, in examples."""
    rows = tuple(Row(label=phrase(f"help-label-{topic}"), value=phrase(f"help-{topic}")) for topic in TOPICS)
    card = Card(id="help", title=phrase("help-intro"), rows=rows)
    return Reply(language=caller.language, cards=(card,))


COMMANDS = (
    Command(name="help", request=Help, permission=Permission.MEETING_READ, handle=show, act=Act.HELP, writes=False),
)
