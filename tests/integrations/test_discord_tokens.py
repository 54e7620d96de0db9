"""Does a button stand for what it did, over restarts, beside another process, and on a full disk?"""

from contextlib import suppress
from pathlib import Path

import pytest

import integrations.discord.tokens
from integrations.discord.tokens import Tokens

LONG = "x" * 200


def named(tokens: Tokens, token: str) -> str:
    return tokens.named(token, "id", "mark")


def read(tokens: Tokens, custom_id: str) -> str | None:
    pressed = tokens.read(custom_id)
    return None if pressed is None else pressed.token


def test_process_reads_what_another_kept_since_and_takes_nothing_of_it_away(tmp_path: Path) -> None:
    here, there = Tokens(tmp_path / "buttons.json"), Tokens(tmp_path / "buttons.json")
    written = {}
    for number, process in enumerate((here, there, here, there)):
        token = f"{number}:{LONG}"
        written[token] = named(process, token)
    for tokens in (here, there, Tokens(tmp_path / "buttons.json")):
        assert [read(tokens, custom_id) for custom_id in written.values()] == [*written]
    assert [one.name for one in tmp_path.iterdir()] == ["buttons.json"]


def test_newest_are_kept_whoever_wrote_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.tokens, "KEPT", 2)
    here, there = Tokens(tmp_path / "buttons.json"), Tokens(tmp_path / "buttons.json")
    written = [named(process, f"{number}:{LONG}") for number, process in enumerate((here, there, here))]
    again = Tokens(tmp_path / "buttons.json")
    assert [read(again, one) for one in written] == [None, f"1:{LONG}", f"2:{LONG}"]


def test_button_works_until_the_next_start_where_the_disk_is_full(small_disk: Path) -> None:
    tokens = Tokens(small_disk / "buttons.json")
    first = named(tokens, f"1:{LONG}")
    with suppress(OSError), (small_disk / "other").open("wb", buffering=0) as other:
        while other.write(bytes(1_000)):
            pass
    second = named(tokens, f"2:{LONG}")
    assert [read(tokens, one) for one in (first, second)] == [f"1:{LONG}", f"2:{LONG}"]
    assert read(Tokens(small_disk / "buttons.json"), first) == f"1:{LONG}"
    assert {one.name for one in small_disk.iterdir()} == {"buttons.json", "other"}
