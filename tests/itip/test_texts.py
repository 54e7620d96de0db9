"""Which characters travel?"""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from governor.itip.texts import escaped, line, lines

ANY = st.text(st.characters(codec=None), max_size=80)


def test_line_breaks_of_every_kind_become_one_space() -> None:
    assert line("  a\r\nb\x0bc\u2028d\x85e\t f\u00a0g ") == "a b c d e f g"


def test_lines_keeps_line_breaks_and_tabs() -> None:
    assert lines("\na\r\nb\rc\td\u2029e\n") == "a\nb\nc\td\ne"


def test_marks_that_turn_the_direction_are_left_out() -> None:
    assert line("invoice\u202egnp.exe\u2066\u200f\u061c") == "invoicegnp.exe"


def test_joiners_of_emoji_and_persian_are_kept() -> None:
    assert line("👩‍👧 می‌خواهم") == "👩‍👧 می‌خواهم"


def test_backslashes_of_a_person_are_escaped_before_anything_else() -> None:
    assert escaped("C:\\New\\n; a, b\nc") == "C:\\\\New\\\\n\\; a\\, b\\nc"


@settings(deadline=None)
@given(ANY)
def test_line_has_no_control_character_and_can_be_encoded(text: str) -> None:
    clean = line(text)

    assert not any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} for each in clean)
    assert not any(
        unicodedata.bidirectional(each) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for each in clean
    )
    assert clean.encode().decode() == clean == line(clean) == clean.strip()


@settings(deadline=None)
@given(ANY)
def test_lines_is_line_but_for_white_space(text: str) -> None:
    assert line(lines(text)) == line(text)
    assert lines(lines(text)) == lines(text)
