"""Is it known after a restart, and beside another process, in which messages a card stands?"""

import gc
import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

import integrations.discord.spots
from governor.ports import Card
from governor.wording.phrase import phrase
from integrations.discord.spots import MOST_SPOTS, Spot, Spots
from integrations.discord.tokens import digest_of

SHOWN = Card(id="meeting:1", title=phrase("word-none"))


def spot(message: int, *, is_direct: bool = False) -> Spot:
    return Spot(channel=5, message=message, language="id", is_direct=is_direct, shows=SHOWN)


def messages(spots: Spots, card: str = "meeting:1", place: str = "1") -> list[int]:
    return [one.message for one in spots.of(place, card)]


def test_what_was_noted_is_known_after_a_restart_but_not_what_it_shows(tmp_path: Path) -> None:
    spots = Spots(tmp_path / "cards")
    for number in (10, 11, 12):
        spots.keep("1", "meeting:1", spot(number, is_direct=number == 11))
    spots.keep("1", "meeting:2", spot(20))
    spots.keep("2", "meeting:1", spot(30))
    spots.forget("1", "meeting:1", spot(10))
    spots.forget("1", "meeting:1", spot(99))
    assert spots.of("1", "meeting:1") == [spot(11, is_direct=True), spot(12)]
    again = Spots(tmp_path / "cards")
    assert again.of("1", "meeting:1") == [replace(spot(11, is_direct=True), shows=None), replace(spot(12), shows=None)]
    assert (messages(again, "meeting:2"), messages(again, place="2"), messages(again, place="3")) == ([20], [30], [])
    assert oct((tmp_path / "cards" / "1.jsonl").stat().st_mode & 0o777) == "0o600"


def test_what_stands_where_it_did_is_written_once(tmp_path: Path) -> None:
    spots = Spots(tmp_path)
    for _ in range(3):
        spots.keep("1", "meeting:1", spot(10))
    assert len((tmp_path / "1.jsonl").read_bytes().splitlines()) == 1


@pytest.mark.parametrize(
    "damage", [b"\n", b"no line\n", b"[1]\n", b'{"card": "x"}\n', b'{"card": 1, "what": 2}\n', b"\xff\n"]
)
def test_line_that_is_none_spoils_no_other(tmp_path: Path, damage: bytes) -> None:
    Spots(tmp_path).keep("1", "meeting:1", spot(10))
    with (tmp_path / "1.jsonl").open("ab") as file:
        file.write(damage)
    spots = Spots(tmp_path)
    spots.keep("1", "meeting:1", spot(11))
    assert messages(spots) == messages(Spots(tmp_path)) == [10, 11]


def test_line_of_which_another_process_has_written_half_is_read_once_it_is_whole(tmp_path: Path) -> None:
    Spots(tmp_path).keep("1", "meeting:1", spot(10))
    spots, line = Spots(tmp_path), (tmp_path / "1.jsonl").read_bytes().replace(b"10", b"11")
    with (tmp_path / "1.jsonl").open("ab", buffering=0) as file:
        file.write(line[:9])
        assert messages(spots) == [10]
        file.write(line[9:])
        assert messages(spots) == [10, 11]


def test_nothing_of_two_processes_is_lost_whoever_writes_the_file_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrations.discord.spots, "_SPARE", 5)
    here, there = Spots(tmp_path), Spots(tmp_path)
    for number in range(40):
        here.keep("1", "meeting:1", spot(number))
        there.keep("1", "meeting:2", spot(number))
        here.forget("1", "meeting:1", spot(number - 3))
        there.forget("1", "meeting:2", spot(number - 3))
    for spots in (here, there, Spots(tmp_path)):
        assert messages(spots) == messages(spots, "meeting:2") == [37, 38, 39]
    assert len((tmp_path / "1.jsonl").read_bytes().splitlines()) < 25


def test_file_that_another_process_wrote_anew_under_the_same_number_is_read_again(tmp_path: Path) -> None:
    here, there = Spots(tmp_path), Spots(tmp_path / "other")
    here.keep("1", "meeting:1", spot(10))
    for number in (11, 12):
        there.keep("1", "meeting:1", spot(number))
    was = (tmp_path / "1.jsonl").stat()
    (tmp_path / "1.jsonl").write_bytes((tmp_path / "other" / "1.jsonl").read_bytes())
    assert (tmp_path / "1.jsonl").stat().st_ino == was.st_ino
    assert messages(here) == [11, 12]


def test_full_disk_fails_nobody_and_spoils_no_line_that_is_written_later(small_disk: Path) -> None:
    spots = Spots(small_disk)
    spots.keep("1", "meeting:1", spot(10))
    with suppress(OSError), (small_disk / "other").open("wb", buffering=0) as other:
        while other.write(bytes(1_000)):
            pass
    for number in range(100, 160):
        spots.keep("1", f"meeting:{number}", spot(number))
    assert not (small_disk / "1.jsonl").read_bytes().endswith(b"\n")
    spots.forget("1", "meeting:159", spot(159))
    (small_disk / "other").unlink()
    spots.keep("1", "meeting:1", spot(11))
    assert messages(spots) == messages(Spots(small_disk)) == [10, 11]


def test_file_that_cannot_be_read_now_says_what_it_said(tmp_path: Path) -> None:
    spots = Spots(tmp_path)
    spots.keep("1", "meeting:1", spot(10))
    (tmp_path / "1.jsonl").rename(tmp_path / "away")
    (tmp_path / "1.jsonl").mkdir()
    assert (messages(spots), messages(Spots(tmp_path))) == ([10], [])


def test_files_that_cannot_be_taken_over_now_are_taken_over_later(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    kept = [{"channel": 5, "message": 10, "language": "id"}]
    (tmp_path / "1" / f"{digest_of('meeting:1')}.json").write_text(json.dumps(kept))
    (tmp_path / "1.jsonl.new").mkdir()
    assert messages(Spots(tmp_path)) == [10]
    (tmp_path / "1.jsonl.new").rmdir()
    assert messages(Spots(tmp_path)) == [10]
    assert [one.name for one in tmp_path.iterdir()] == ["1.jsonl"]


def test_what_another_process_noted_between_two_looks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there, write = Spots(tmp_path), Spots(tmp_path), os.write

    def both(descriptor: int, line: bytes) -> int:
        monkeypatch.setattr(os, "write", write)
        there.keep("1", "meeting:1", spot(11))
        monkeypatch.setattr(integrations.discord.spots, "_SPARE", 1)  # the file is due to be written anew
        return write(descriptor, line)

    for _ in range(3):
        here.keep("1", "meeting:2", spot(8))
        here.forget("1", "meeting:2", spot(8))
    here.keep("1", "meeting:1", spot(9))
    monkeypatch.setattr(os, "write", both)
    here.keep("1", "meeting:1", spot(10))
    assert here.of("1", "meeting:1") == [replace(spot(number), shows=None) for number in (9, 10, 11)]


def test_file_that_was_taken_away_says_nothing(tmp_path: Path) -> None:
    spots = Spots(tmp_path)
    spots.keep("1", "meeting:1", spot(10))
    (tmp_path / "1.jsonl").unlink()
    spots.forget("1", "meeting:1", spot(10))
    assert messages(spots) == []
    spots.keep("1", "meeting:1", spot(11))
    assert messages(spots) == messages(Spots(tmp_path)) == [11]


def test_oldest_of_too_many_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.spots, "MOST_CARDS", 3)
    monkeypatch.setattr(integrations.discord.spots, "_REMEMBERED", 4)
    spots = Spots(tmp_path)
    for number in range(MOST_SPOTS + 2):
        spots.keep("1", "meeting:1", spot(number))
    for place in ("1", "2", "3"):
        for card in range(2, 5):
            spots.keep(place, f"meeting:{card}", spot(card))
    for known in (spots, Spots(tmp_path)):
        assert messages(known, "meeting:1") == []
        for place in ("1", "2", "3"):
            assert [messages(known, f"meeting:{card}", place) for card in range(2, 5)] == [[2], [3], [4]]
    Spots(tmp_path).keep("4", "meeting:1", spot(0))
    for number in range(MOST_SPOTS + 2):
        spots.keep("4", "meeting:1", spot(number))
    assert messages(spots, place="4") == messages(Spots(tmp_path), place="4") == [*range(2, MOST_SPOTS + 2)]


def test_no_more_is_remembered_than_there_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.spots, "_REMEMBERED", 4)
    spots = Spots(tmp_path)
    for number in range(12):
        spots.keep(f"{number // 3}", f"meeting:{number}", spot(number))
    gc.collect()
    assert sum(isinstance(one, Spot) for one in gc.get_objects()) <= 4
    assert [messages(spots, f"meeting:{number}", f"{number // 3}") for number in range(12)] == [[n] for n in range(12)]


def test_files_of_single_cards_are_taken_over(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    for number in (1, 2):
        kept = [{"channel": 5, "message": number * 10 + at, "language": "id"} for at in range(2)]
        (tmp_path / "1" / f"{digest_of(f'meeting:{number}')}.json").write_text(json.dumps(kept))
    (tmp_path / "1" / "damaged.json").write_text("[{")
    (tmp_path / "1" / "half.json.new").write_text("[")
    for _ in range(2):
        spots = Spots(tmp_path)
        assert (messages(spots), messages(spots, "meeting:2")) == ([10, 11], [20, 21])
        assert [one.name for one in tmp_path.iterdir()] == ["1.jsonl"]
    spots.keep("1", "meeting:1", spot(12))
    assert messages(Spots(tmp_path)) == [10, 11, 12]
