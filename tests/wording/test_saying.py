"""Is what is said written as the language writes it?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.core import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from governor.wording.catalogue import LANGUAGES, say, text
from governor.wording.phrase import phrase

PEOPLE = ("Budi", "Sari", "Tono", "Wati", "Joko")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", range(len(PEOPLE) + 1))
def test_people_are_listed_as_the_cldr_lists_them(count: int, language: str) -> None:
    said = say(phrase("word-value", value=PEOPLE[:count]), language)

    assert said == format_list(PEOPLE[:count], locale=language)


def test_text_that_lacks_its_value_is_not_said_however_often_it_is_asked_for() -> None:
    for _ in range(2):
        with pytest.raises(KeyError):
            say(phrase("word-value"), LANGUAGES[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_months_are_named_as_the_cldr_names_them(language: str) -> None:
    for day in (date(2026, 1, 1) + timedelta(days=13 * number) for number in range(60)):
        whole, weekday, day_of_year = (
            format_date(day, form, locale=language) for form in ("d MMMM y", "EEEE", "d MMMM")
        )
        assert say(phrase("word-value", value=day), language) == whole
        weekly, yearly = text(language, "repeat-weekly"), text(language, "on-day-of-year")
        assert say(phrase("repeat-weekly", days=day), language) == weekly.replace("{days:weekday}", weekday)
        assert say(phrase("on-day-of-year", day=day), language) == yearly.replace("{day:day-month}", day_of_year)


@pytest.mark.parametrize("language", LANGUAGES)
def test_instant_is_said_by_the_clock_of_the_language(language: str) -> None:
    moment = datetime(2026, 11, 3, 7, 5, tzinfo=UTC)
    day = format_date(moment, "EEEE, d MMMM y", locale=language)
    clock = format_time(moment, {"id": "HH.mm", "en": "HH:mm"}[language], locale=language)
    expected = f"{day} {text(language, 'word-at')} {clock} UTC"
    assert say(phrase("word-value", value=moment), language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_of_a_month_are_numbered_as_the_cldr_numbers_them(language: str) -> None:
    for number in range(1, 130):
        numbered = text(language, f"ordinal-{Locale(language).ordinal_form(number)}").format(n=number)
        assert say(phrase("on-dates", days=number), language) == text(language, "on-dates").replace(
            "{days:nth}", numbered
        )
