"""What do we refuse, and how do we say that something failed?

Every error carries a message key and its values; the text is made at the edge by ``governor.wording``.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType


class GovernorError(Exception):
    """Any failure that Governor foresees: a message *key* of the catalogues and the *values* that fill it.

    No value may be a secret: errors are shown to people and written to the log.
    """

    key: str
    values: Mapping[str, object]

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, dict(values))
        self.key = key
        self.values = MappingProxyType(values)

    def __str__(self) -> str:
        """Return the key with its values, for logs and traces."""
        return " ".join([self.key, *(f"{name}={value!r}" for name, value in self.values.items())])


class Refused(GovernorError):
    """The rules say no: tell the person, never retry."""


class NotPermitted(Refused):
    """The person holds no office to which this act is granted."""


class OutOfOrder(Refused):
    """The act is permitted, yet not in order now."""


class NotFound(Refused):
    """What the request names is not in the record."""


class NotUnderstood(Refused):
    """The sentence could not be read as a request."""


class Unavailable(GovernorError):
    """Something outside the rules failed (a server, a disk, a lock): it may be tried again, with a bound.

    ``after``: it is of no use any sooner. ``is_lasting``: it is of no use until a person has done something.
    """

    def __init__(self, key: str, *, after: timedelta = timedelta(), is_lasting: bool = False, **values: object) -> None:
        super().__init__(key, **values)
        self.after = after
        self.is_lasting = is_lasting


class LedgerBroken(GovernorError):
    """A proof fails: nothing more is written until a person has looked."""
