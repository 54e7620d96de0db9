"""Is what the operator chose read from the environment and ``.env``, and is a secret kept?"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from governor.errors import Refused
from governor.ports.choices import Secret, above, between, choice, chosen, matching, settled, truth, whole

HIDDEN = "s3cret-w0rd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    colour: str = choice("green", "which colour")
    count: int | None = choice(None, "how many", whole(1, 9))
    key: Secret | None = choice(None, "a secret", Secret)
    is_loud: bool = choice(False, "whether it is loud", truth)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("COLOUR", "COUNT", "KEY", "IS_LOUD"):
        monkeypatch.delenv(f"GOVERNOR_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_has_to_be_set() -> None:
    assert chosen(Settings) == Settings()


def test_environment_wins_over_the_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / ".env").write_text("# as it was\nGOVERNOR_COLOUR='red'\nexport GOVERNOR_COUNT=3\nGOVERNOR_OTHER=1\n")
    monkeypatch.setenv("GOVERNOR_COLOUR", "blue")
    assert chosen(Settings) == Settings(colour="blue", count=3)


def test_what_is_empty_is_not_set(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / ".env").write_text("GOVERNOR_COLOUR=red\nGOVERNOR_COUNT=\nGOVERNOR_KEY\n")
    monkeypatch.setenv("GOVERNOR_COLOUR", "")
    assert chosen(Settings) == Settings(colour="red")


def test_name_may_be_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("governor_count", "2")
    assert chosen(Settings).count == 2


def test_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVERNOR_KEY", HIDDEN)
    settings = chosen(Settings)
    assert settings.key is not None
    assert settings.key.get_secret_value() == HIDDEN
    assert HIDDEN not in f"{settings} {settings!r} {settings.key} {settings.key!r}"


def test_all_that_are_wrong_are_named_and_none_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVERNOR_IS_LOUD", HIDDEN)
    monkeypatch.setenv("GOVERNOR_COUNT", "10")
    with pytest.raises(Refused) as told:
        chosen(Settings)
    assert told.value.values == {"setting": "GOVERNOR_COUNT, GOVERNOR_IS_LOUD"}
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ or told.value.__context__ is None


def test_settings_that_do_not_go_together_are_named() -> None:
    with pytest.raises(Refused) as told:
        settled(Settings, {"GOVERNOR_COUNT": "x"}, lambda settings: ["key"] if settings.count is None else [])
    assert told.value.values == {"setting": "GOVERNOR_COUNT, GOVERNOR_KEY"}


@pytest.mark.parametrize(("text", "said"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False)])
def test_yes_and_no_are_said_in_several_ways(text: str, said: bool) -> None:
    assert truth(text) is said


@pytest.mark.parametrize("text", ["0", "10", "1.5", "one", ""])
def test_number_out_of_bounds_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        whole(1, 9)(text)


@pytest.mark.parametrize("text", ["0", "-1", "601", "inf", "nan", "soon"])
def test_length_out_of_bounds_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        above(0, 600)(text)


def test_bounds_are_within() -> None:
    assert (whole(1, 9)("9"), above(0, 600)("600"), between(1, 3600)("1"), above(0)("0.5")) == (9, 600.0, 1.0, 0.5)
    with pytest.raises(ValueError, match="bounds"):
        above(0)("inf")


def test_pattern_matches_the_whole_text() -> None:
    assert matching("a|b")("a") == "a"
    for text in ("ab", "a\n", ""):
        with pytest.raises(ValueError, match="match"):
            matching("a|b")(text)
