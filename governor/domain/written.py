"""How may a value that an event carries be shown in the ledger?"""

from typing import NewType

Text = NewType("Text", str)
"""Free text written by people: in the ledger, its digest."""

Personal = NewType("Personal", str)
"""A value about the event's ``member``: in the ledger, a commitment that dies with the member's key."""
