"""How fast are effects looked for and carried out?"""

from datetime import timedelta

from governor.values import dataclass

SET_RIGHT = timedelta(seconds=5)
"""By so much may a clock go back without anybody noticing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the engine works.

    ``concurrency``: effects of a kind at a time. ``again``: how long it waits when the database itself cannot be used.
    ``grace``: how long an effect in hand may take when it is told to stop, before its call is broken off.

    Where several processes share a database: ``poll``: how often each looks for what nobody told it of (later tries,
    and what a crash left); ``claim``: how many effects it takes at a look. ``lease``: how long a worker that does not
    renew its lease counts as alive. ``kept``: how long the queue's own rows of finished effects are kept.
    """

    concurrency: int = 8
    claim: int = 64
    poll: timedelta = timedelta(milliseconds=250)
    again: timedelta = timedelta(seconds=2)
    grace: timedelta = timedelta(seconds=1.5)
    lease: timedelta = timedelta(seconds=30)
    kept: timedelta = timedelta(days=30)
