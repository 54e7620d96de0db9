"""How is a phrase said in a language?

The catalogues are gettext ``.po`` files, one per language, whose ``msgid`` is the message key. They are read when a
language is first spoken; nothing has to be compiled.
"""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po

from governor.domain.languages import Language
from governor.wording.phrase import Link, Phrase

LANGUAGES = tuple(language.value for language in Language)
"""The languages Governor speaks (ISO 639-1), the default first."""

ZONE_WORDS = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""What Indonesians call their zones; any other zone is said by its abbreviation or its offset."""

_DATES = {"id": "EEEE, d MMMM y", "en": "EEEE, d MMMM y"}
_DAYS = {"": "d MMMM y", "weekday": "EEEE", "day-month": "d MMMM", "month": "MMMM"}
_CLOCKS = {"id": "HH.mm", "en": "HH:mm"}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a platform writes what it renders: ``text`` what people wrote, ``link`` an address, ``moment`` an instant.

    ``moment`` takes the instant, its form (``date``, ``clock``, or nothing for both), and our own words for it.
    """

    text: Callable[[str], str]
    link: Callable[[str], str]
    moment: Callable[[datetime, str, str], str]


def say(phrase: Phrase, language: str, markup: Markup | None = None) -> str:
    """Return *phrase* in *language* (ISO 639-1; one not in LANGUAGES is answered in the first), written in *markup*.

    Raises:
        KeyError: the catalogue has no such key, or the phrase lacks a value that the text names.
    """
    speaker = _Speaker(language if language in LANGUAGES else LANGUAGES[0], markup)
    return "".join(
        before if name is None else f"{before}{speaker.said(phrase.values[name], form)}"
        for before, name, form in _parts(speaker.language, phrase.key)
    )


def keys(language: str) -> frozenset[str]:
    """Return every message key that *language*'s catalogue has."""
    return frozenset(_catalogue(language))


def text(language: str, key: str) -> str:
    """Return the unfilled text of *key* in *language*."""
    return _catalogue(language)[key]


def zone_word(moment: datetime) -> str:
    """Return what people call the zone of the aware *moment*: WIB, WITA, WIT, an abbreviation, or ``UTC+8``."""
    named = ZONE_WORDS.get(str(moment.tzinfo))
    if named:
        return named
    abbreviation = moment.tzname() or ""
    if abbreviation.isalpha():
        return abbreviation
    offset = moment.utcoffset() or timedelta()
    sign, minutes = ("-", -offset) if offset < timedelta() else ("+", offset)
    hours, rest = divmod(int(minutes.total_seconds()) // 60, 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    with files("governor.wording").joinpath(f"{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.id}


@cache
def _parts(language: str, key: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return the text of *key*, taken apart once: what stands before each value, its name (at the end none), its form.

    Raises:
        KeyError: there is no such key.
    """
    parsed = string.Formatter().parse(_catalogue(language)[key])
    return tuple((before, name, form or "") for before, name, form, _ in parsed)


@cache
def _clock(language: str, moment: time) -> str:
    return format_time(moment, _CLOCKS[language], locale=language)


@lru_cache(maxsize=1_000)
def _day(language: str, day: date, form: str) -> str:
    return format_date(day, form, locale=language)


class _Speaker:
    """Says values by their type; the form is that of a moment (date, clock, or both), of a day (``_DAYS``) and of a
    number (*nth*).
    """

    def __init__(self, language: str, markup: Markup | None = None) -> None:
        self.language = language
        self._markup = markup

    def said(self, value: object, format_spec: str) -> str:
        """Return *value* as *language* writes it."""
        match value:
            case Phrase():
                return say(value, self.language, self._markup)
            case Link(url=url):
                return url if self._markup is None else self._markup.link(url)
            case tuple():
                return format_list([self.said(item, format_spec) for item in value], locale=self.language)
            case datetime():
                words = self._moment(value, format_spec)
                return words if self._markup is None else self._markup.moment(value, format_spec, words)
            case str() if self._markup is not None:
                return self._markup.text(value)
            case date():
                return _day(self.language, value, _DAYS.get(format_spec, _DAYS[""]))
            case int() if format_spec == "nth":
                return text(self.language, f"ordinal-{Locale(self.language).ordinal_form(value)}").format(n=value)
            case timedelta():
                return self._length(value)
            case _:
                return format(value, format_spec)

    def _moment(self, value: datetime, form: str) -> str:
        day = _day(self.language, value.date(), _DATES[self.language])
        clock = f"{_clock(self.language, time(value.hour, value.minute))} {zone_word(value)}"
        return {"date": day, "clock": clock}.get(form, f"{day} {text(self.language, 'word-at')} {clock}")

    def _length(self, value: timedelta) -> str:
        parts, rest = [], int(value.total_seconds())
        for unit, seconds in _UNITS:
            count, rest = divmod(rest, seconds)
            if count:
                word = text(self.language, f"unit-{unit}" if count == 1 else f"unit-{unit}s")
                parts.append(f"{count} {word}")
        return " ".join(parts) or f"0 {text(self.language, 'unit-minutes')}"
