"""How is an adapter connected or invited, from the terminal?"""

from collections.abc import Callable, Sequence
from pathlib import Path

from governor.values import dataclass
from governor.wording.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The person at a terminal: ``tell`` shows them a line, ``ask`` waits for one of theirs, in their ``language``."""

    language: str
    tell: Callable[[Phrase], None]
    ask: Callable[[Phrase], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connecting:
    """How an adapter is to be connected to an account, from the terminal; ``None`` is left to the adapter.

    ``client`` is the file of an OAuth client, ``service_account`` that of a service account which acts for the user
    ``subject``; ``calendar`` is the provider's id of the calendar. ``is_pasted``: the code comes back by hand.

    The entry points of the group ``governor.connects`` are functions of this.
    """

    data: Path
    terminal: Terminal
    client: Path | None = None
    service_account: Path | None = None
    subject: str | None = None
    calendar: str | None = None
    is_pasted: bool = False


Invite = Callable[[], Sequence[Phrase]]
"""Tells where an adapter's bot is invited from; it raises ``Refused`` where its settings do not say.

The entry points of the group ``governor.invites`` are such functions.
"""
