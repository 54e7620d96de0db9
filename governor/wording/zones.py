"""Which time zones are offered to be chosen from, and which is likely where a language is spoken?"""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from governor.wording.catalogue import LANGUAGES, ZONE_WORDS
from governor.wording.phrase import Phrase, phrase

USUAL = (
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Bangkok",
    "Asia/Manila",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Karachi",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Africa/Nairobi",
    "Africa/Lagos",
    "Europe/Istanbul",
    "Europe/Berlin",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
)
"""Those among which most people find theirs."""

LIKELY: Mapping[str, str] = {
    "id": "Asia/Jakarta",
    "en-GB": "Europe/London",
    "de": "Europe/Berlin",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "vi": "Asia/Ho_Chi_Minh",
    "hi": "Asia/Kolkata",
    "pt-BR": "America/Sao_Paulo",
}
"""Locale (BCP 47) → where most of those live who have it; of others it does not tell."""


def named(zone: str, language: str) -> Phrase:
    """Return what *zone* (IANA) is called in *language*: its city, and the word that people have for it."""
    if "/" not in zone:
        return phrase("word-value", value=zone)
    from babel.dates import get_timezone_location  # heavy, and needed once an organisation is founded

    city = get_timezone_location(zone, locale=language if language in LANGUAGES else LANGUAGES[0], return_city=True)
    return phrase("zone-named", city=city, zone=ZONE_WORDS.get(zone, zone))


@cache
def zones() -> tuple[str, ...]:
    """Return every zone by its IANA name, in order of the alphabet."""
    return tuple(sorted(available_timezones()))


def matching(typed: str) -> tuple[str, ...]:
    """Return the zones in whose name, or in the word for which, *typed* occurs; the usual ones without a word."""
    wanted = typed.strip().replace(" ", "_").casefold()
    if not wanted:
        return USUAL
    return tuple(zone for zone in zones() if wanted in f"{zone} {ZONE_WORDS.get(zone, '')}".casefold())
