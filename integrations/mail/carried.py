"""Which calendar does a message carry? Loaded with the first that carries one: many a bot mails nothing."""

from functools import lru_cache

import governor.itip.cancel
import governor.itip.request
from governor.itip.cancel import uninvite
from governor.itip.decline import decline_counter

__all__ = ["cancel", "decline_counter", "request", "uninvite"]

# The guests of a meeting are sent the same calendar, one after the other.
request = lru_cache(maxsize=8)(governor.itip.request.request)
cancel = lru_cache(maxsize=8)(governor.itip.cancel.cancel)
