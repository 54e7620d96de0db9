"""Where does a reader that nobody here wrote stumble over a message that is as it should be?"""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from tests.peers.readers import Reading

RAW_NAME = {"name": 1}
"""NAME (RFC 7986 §5.1) is not known to be TEXT, and shown with its backslashes."""

ONE = {"occurrences": 1}
TWO = {"occurrences": 2}

NODE_TEXT = {"summary": 1, "location": 1, "description": 1}
"""``\\\\N``, a backslash before a letter, becomes a line break: escapes are undone one kind after the other."""

SLIPS: Mapping[tuple[str, str], Mapping[str, int]] = MappingProxyType(
    {
        # A local time that the clocks skip is by the offset before (RFC 5545 §3.3.5): each is wrong about one night.
        ("ical_js", "new-york-nightly-in-the-gap"): ONE,  # by the offset after: an hour early
        ("node_ical", "new-york-nightly-in-the-gap"): TWO,  # stays an hour late in the nights that follow
        ("libical", "new-york-nightly-in-the-gap"): ONE,  # so does it, one night
        ("python_icalendar", "new-york-nightly-in-the-gap"): ONE,  # its end: see below
        # A local time that comes twice is the first (§3.3.5).
        ("ical_js", "new-york-nightly-twice"): ONE,
        ("libical", "new-york-nightly-twice"): ONE,
        # With a DTEND every occurrence takes exactly as long as the first (§3.8.5.3), not as long by the clocks.
        ("ical_js", "across-the-change"): ONE,
        ("python_icalendar", "across-the-change"): ONE,
        ("python_icalendar", "new-york-nightly-twice"): ONE,
        # It repeats an RDATE that has a zone as if it were UTC, though it reads it well.
        ("libical", "added"): TWO,
        ("libical", "new-york-left-out-and-added"): TWO,
        # It knows no RDATE.
        ("node_ical", "added"): {"rdates": 2, "occurrences": 2},
        ("node_ical", "new-york-left-out-and-added"): {"rdates": 2, "occurrences": 2},
        ("node_ical", "retreat-until"): {"rdates": 1, "occurrences": 1},
        # It knows no list of values in a parameter.
        ("node_ical", "delegated"): {"attendees": 1},
        # It takes a ``;`` within a quoted CN for the end of the parameter.
        ("node_ical", "punctuation"): {"attendees": 1},
        ("node_ical", "hostile"): NODE_TEXT | {"organizer": 1, "attendees": 1},
        ("node_ical", "hostile-series"): NODE_TEXT,
        ("node_ical", "feed-of-meetings"): NODE_TEXT | {"organizer": 1},
        **{
            (reader, name): RAW_NAME
            for reader in ("ical_js", "python_icalendar")
            for name in ("feed-of-nothing", "feed-of-meetings", "feed-of-a-series", "feed-across-zones", "feed-of-days")
        },
    }
)
"""By reader and message, of which parts how many are not found as they were meant; ``test_readers`` demands that
another reader finds each of them.
"""


def facts(reading: Reading) -> Counter[tuple[str, str]]:
    """Return everything that *reading* tells, one by one: the part, and which and what."""
    parts = {(name, ""): value for name, value in reading.items() if name != "events"}
    parts |= {(name, f"{at}"): value for at, event in enumerate(reading["events"]) for name, value in event.items()}
    return Counter(
        (name, f"{at} {one}") for (name, at), value in parts.items() for one in (value if _is_list(name) else [value])
    )


def _is_list(part: str) -> bool:
    return part in {"occurrences", "attendees", "rrule", "exdates", "rdates", "alarms", "related"}
