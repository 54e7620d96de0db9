"""From which message was something recorded? Row → where its source lies."""

from sqlalchemy import Row

from governor.domain.members import MemberId
from governor.domain.sources import Sealed


def sealed(row: Row[tuple[object, ...]]) -> Sealed | None:
    """Return where the source lies that *row* names, if it names one."""
    return None if row.source is None else Sealed(entry=row.source, keeper=MemberId(row.keeper))
