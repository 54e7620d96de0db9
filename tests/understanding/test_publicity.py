"""Whatever tells that a meeting is closed, or open, is found: also by the one look that goes before the others."""

from re import Pattern

import pytest
from hypothesis import given
from hypothesis.strategies import DataObject, data, from_regex

from governor.understanding import publicity
from governor.understanding.publicity import closed_in

SAID = [pattern for _, pattern in (*publicity._CHANGED, *publicity._WORDS, *publicity._ALONE)]


@pytest.mark.parametrize("pattern", SAID, ids=range(len(SAID)))
@given(data=data())
def test_whatever_tells_it_is_found(pattern: Pattern[str], data: DataObject) -> None:
    text = data.draw(from_regex(pattern, fullmatch=True))
    assert closed_in(text) is not None
