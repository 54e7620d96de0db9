"""How often may something be asked of Discord? So often within a while, and the answers tell how often it still may.

Discord's own while for messages in a channel is 5 seconds; here it is shorter, so that tests need not wait as long.
"""

import re
import time
from dataclasses import dataclass

_LIMITS = (
    ("POST", re.compile(r"/channels/(\d+)/messages"), 5, 0.25),
    ("PATCH", re.compile(r"/channels/(\d+)/messages/\d+"), 5, 0.25),
)
_USUAL = (50, 1.0)


@dataclass
class _Bucket:
    limit: int
    left: int
    until: float


class Buckets:
    """What is left of each bucket: one for each channel where there is one, and a wide one for all else."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def take(self, method: str, path: str) -> tuple[bool, dict[str, str]]:
        """Return whether *method* may be asked of *path* once more now, and the headers that tell what is left."""
        name, limit, seconds = _named(method, path)
        now = time.monotonic()
        bucket = self._buckets.get(name)
        if bucket is None or bucket.until <= now:
            bucket = self._buckets[name] = _Bucket(limit, limit, now + seconds)
        is_free = bucket.left > 0
        bucket.left = max(bucket.left - 1, 0)
        return is_free, {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(bucket.left),
            "X-RateLimit-Reset-After": f"{bucket.until - now:.3f}",
            "X-RateLimit-Bucket": f"{abs(hash(re.sub(r'[0-9]+', '', name))):x}",
        }


def _named(method: str, path: str) -> tuple[str, int, float]:
    for verb, pattern, limit, seconds in _LIMITS:
        found = pattern.fullmatch(path)
        if verb == method and found:
            return f"{method} channel {found[1]}", limit, seconds
    return f"{method} {path}", *_USUAL
