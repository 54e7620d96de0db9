"""How is it said why something was assumed?"""

from governor.wording.phrase import Phrase, phrase

ASSUMED = {
    "default-length": "assumed-length",
    "usual-length": "assumed-length",
    "open-end": "assumed-end",
    "half-of-day": "assumed-half-of-day",
    "day": "assumed-day",
    "hour": "assumed-hour",
    "day-and-hour": "assumed-day-and-hour",
    "week": "assumed-day-in-stretch",
    "weekend": "assumed-day-in-stretch",
    "month": "assumed-day-in-stretch",
    "year": "assumed-day-in-stretch",
    "edge": "assumed-day-in-stretch",
    "stretch": "assumed-day-in-stretch",
    "same-weekday-next-week": "assumed-day-in-stretch",
    "prayer": "assumed-prayer",
    "order": "assumed-order",
    "weekday-conflict": "assumed-weekday-conflict",
    "fold": "assumed-fold",
    "skips-once": "assumed-skips-once",
    "never-held": "assumed-never-held",
    "nearest-future": "assumed-nearest",
    "usual-title": "assumed-title",
    "usual-zone": "assumed-zone",
}
"""The rules of ``understanding`` that assume what people may want to know about, and how each is said."""


def because(rule: str) -> Phrase:
    """Return "assumed", and why where *rule* (a name that ``understanding`` gives) is one that people can be told."""
    return phrase("word-assumed-because", why=phrase(ASSUMED[rule])) if rule in ASSUMED else phrase("word-assumed")
