"""How is a phrase said in a language?

The catalogues are gettext ``.po`` files, one per language, whose ``msgid`` is the message key. They are read when a
language is first spoken; nothing has to be compiled. The names of days and months, and how things are listed and
numbered, are those of Unicode's CLDR: all that it knows of two languages would take 6 MiB.
"""

import json
import re
import string
from collections.abc import Callable, KeysView, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from governor.domain.languages import Language
from governor.values import dataclass
from governor.wording.phrase import Link, Phrase

LANGUAGES = tuple(language.value for language in Language)
"""The languages Governor speaks (ISO 639-1), the default first."""

ZONE_WORDS = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""What Indonesians call their zones; any other zone is said by its abbreviation or its offset."""

_DATE = "{weekday}, {day} {month} {year}"
_DAYS = {
    "": "{day} {month} {year}",
    "date": _DATE,
    "weekday": "{weekday}",
    "day-month": "{day} {month}",
    "month": "{month}",
}
_CLOCKS = {"id": ".", "en": ":"}
_TEENS, _ORDINALS = range(10, 20), {1: "one", 2: "two", 3: "few"}
_MESSAGE = re.compile(r'^msgid "([^"]+)"\nmsgstr ((?:"[^\n]*"\n)+)', re.MULTILINE)
"""What the catalogues use of the form of ``.po``: what reads all of it stays in memory with all that it needs."""

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
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return _Speaker(spoken, markup).say(phrase) if phrase.values else _plain(spoken, phrase.key)


def keys(language: str) -> KeysView[str]:
    """Return every message key that *language*'s catalogue has."""
    return _catalogue(language).keys()


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
    file = files("governor.wording").joinpath(f"{language}.po").read_text(encoding="utf-8")
    return {key: "".join(map(json.loads, said.splitlines())) for key, said in _MESSAGE.findall(file)}


@cache
def _parts(language: str, key: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return the text of *key*, taken apart once: what stands before each value, its name (at the end none), its form.

    Raises:
        KeyError: there is no such key.
    """
    parsed = string.Formatter().parse(_catalogue(language)[key])
    return tuple((before, name, form or "") for before, name, form, _ in parsed)


@cache
def _plain(language: str, key: str) -> str:
    """Return the text of *key*, which nothing fills.

    Raises:
        KeyError: there is no such key, or its text names a value.
    """
    return _Speaker(language).say(Phrase(key=key))


def _listed(language: str, things: Sequence[str]) -> str:
    if len(things) < 2:
        return "".join(things)
    last = text(language, "joint-two" if len(things) == 2 else "joint-last")
    return f"{text(language, 'joint-more').join(things[:-1])}{last}{things[-1]}"


@lru_cache(maxsize=1_000)
def _day(language: str, day: date, form: str) -> str:
    weekday, month = text(language, f"weekday-{day.isoweekday()}"), text(language, f"month-{day.month}")
    return form.format(weekday=weekday, day=day.day, month=month, year=day.year)


def _nth(language: str, number: int) -> str:
    form = "other" if number % 100 in _TEENS else _ORDINALS.get(number % 10, "other")  # CLDR's of English
    return text(language, f"ordinal-{form}").format(n=number)


class _Speaker:
    """Says values by their type; the form is that of a moment (date, clock, or both), of a day (``_DAYS``) and of a
    number (*nth*).
    """

    def __init__(self, language: str, markup: Markup | None = None) -> None:
        self._language = language
        self._markup = markup
        self._text = str if markup is None else markup.text

    def say(self, phrase: Phrase) -> str:
        """Return *phrase* with its values."""
        return "".join(
            [
                before if name is None else f"{before}{self._said(phrase.values[name], form)}"
                for before, name, form in _parts(self._language, phrase.key)
            ]
        )

    def _said(self, value: object, form: str) -> str:
        match value:
            case str():
                return self._text(value)
            case tuple():
                # Most often names, and many of them.
                said = [self._text(item) if item.__class__ is str else self._said(item, form) for item in value]
                return _listed(self._language, said)
            case Phrase():
                return self.say(value)
            case Link(url=url):
                return url if self._markup is None else self._markup.link(url)
            case datetime():
                words = self._moment(value, form)
                return words if self._markup is None else self._markup.moment(value, form, words)
            case date():
                return _day(self._language, value, _DAYS.get(form, _DAYS[""]))
            case int() if form == "nth":
                return _nth(self._language, value)
            case timedelta():
                return self._length(value)
            case _:
                return format(value, form)

    def _moment(self, value: datetime, form: str) -> str:
        day = _day(self._language, value.date(), _DATE)
        clock = f"{value.hour:02}{_CLOCKS[self._language]}{value.minute:02} {zone_word(value)}"
        return {"date": day, "clock": clock}.get(form, f"{day} {text(self._language, 'word-at')} {clock}")

    def _length(self, value: timedelta) -> str:
        parts, rest = [], int(value.total_seconds())
        for unit, seconds in _UNITS:
            count, rest = divmod(rest, seconds)
            if count:
                word = text(self._language, f"unit-{unit}" if count == 1 else f"unit-{unit}s")
                parts.append(f"{count} {word}")
        return " ".join(parts) or f"0 {text(self._language, 'unit-minutes')}"
