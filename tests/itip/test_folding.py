"""Are lines folded as the library folds them?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event, vUnknown

from governor.itip.folding import written

SIGNS = st.text(st.sampled_from('abc 123:;="\\^,é漢👩\t'), max_size=200)


@given(SIGNS)
def test_every_line_is_folded_as_the_library_does(text: str) -> None:
    event = Event()
    event["X-TEXT"] = vUnknown(text)

    assert written(event) == event.to_ical()


@pytest.mark.parametrize("length", [*range(60, 76), *range(135, 155)])
@pytest.mark.parametrize("sign", ["a", "\\", "^", "é", "漢"])
def test_line_is_folded_at_the_same_octet(length: int, sign: str) -> None:
    event = Event()
    event["X-TEXT"] = vUnknown("a" * length + sign + "b" * 9)

    assert written(event) == event.to_ical()
