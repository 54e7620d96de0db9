"""Every line of the corpus is read as it says."""

import pytest

from governor.errors import NotUnderstood
from governor.understanding.read import read
from tests.understanding.corpus import Line, load, plain
from tests.understanding.people import MEETING

FILES = {"id": "id", "en": "en", "mixed": "id", "ms": "ms"}
ENOUGH = {"id": 800, "en": 600, "mixed": 150, "negative": 300}
LINES = [
    pytest.param(line, language, id=f"{name}-{line.kind}-{line.say}")
    for name, language in FILES.items()
    for line in load(name)
]  # fmt: skip


@pytest.mark.parametrize(("line", "language"), LINES)
def test_sentence_is_read_in_full(line: Line, language: str) -> None:
    assert tuple(plain(reading, language) for reading in read(line.say, MEETING)) == line.expect


@pytest.mark.parametrize("say", [line.say for line in load("negative")])
def test_chatter_asks_for_nothing(say: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read(say, MEETING)
    assert refusal.value.key == "not-understood"


@pytest.mark.parametrize(("name", "least"), ENOUGH.items())
def test_corpus_is_large_and_says_nothing_twice(name: str, least: int) -> None:
    said = [line.say for line in load(name)]
    assert len(said) >= least
    assert len(said) == len(set(said))
