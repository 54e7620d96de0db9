"""Is what is said written as the language writes it?"""

import pytest
from babel.lists import format_list

from governor.wording.catalogue import LANGUAGES, say
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
