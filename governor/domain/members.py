"""Who belongs to the organisation, and which offices do they hold?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

MemberId = NewType("MemberId", str)
"""The identifier of a member inside the database, such as ``m7``. Never written into the ledger."""


class Office(StrEnum):
    """An office of the organisation; permissions are granted to offices (``domain.permissions``)."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    BOARD = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person on the roll.

    ``number`` counts from 1 in order of enrolment and is never reused. ``handle`` is what others write after ``@``:
    lower case, unique in the organisation. ``email`` is absent for a person who is reached in the chat only.
    """

    id: MemberId
    number: int
    name: str
    handle: str
    email: str | None
    offices: frozenset[Office] = frozenset()
