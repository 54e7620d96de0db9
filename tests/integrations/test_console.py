"""Is the console a room in which people are heard, and cards can be read?"""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governor.ports import Button, Card, Reply, Row, Say, Surroundings
from governor.wording.phrase import Phrase, phrase
from integrations.console import Console, open_console
from integrations.console.drawing import WIDEST, columns, drawn_card, wrapped
from tests.integrations.chat_contract import CARD, SECRETARY, ChatContract, Door, Stage
from tests.journeys.terminal import Terminal

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


class Streams(Stage):
    """The console with streams instead of a terminal."""

    def __init__(self) -> None:
        self.target = io.StringIO()

    def chat(self, *said: str, is_strict: bool = False) -> Console:
        source = io.StringIO("".join(f"{line}\n" for line in said))
        return Console(SECRETARY, is_strict=is_strict, source=source, target=self.target, clock=lambda: NOON)

    def line(self, text: str, *, account: str = SECRETARY) -> str:
        return text if account == SECRETARY else f"{account}> {text}"

    def press(self, button: Button, *, account: str = SECRETARY) -> str:
        return self.line(str(1 + CARD.buttons.index(button)), account=account)

    def shown(self) -> str:
        return self.target.getvalue()


class TestConsoleKeepsTheChatContract(ChatContract):
    @pytest.fixture
    def stage(self) -> Stage:
        return Streams()


def heard(*lines: str, replies: Sequence[Reply] = ()) -> list[tuple[str, object]]:
    """Return who said what when *lines* are written."""
    door = Door(replies)
    Streams().run(door, *lines)
    return [(call.account.id, call.request) for call in door.calls]


@pytest.mark.parametrize(
    ("line", "account", "text"),
    [
        ("budi> hadir", "budi", "hadir"),
        ("BUDI>hadir", "budi", "hadir"),
        ("@budi.santoso> tidak bisa", "budi.santoso", "tidak bisa"),
        ("田中> hadir", "田中", "hadir"),
        ("  hadir  ", SECRETARY, "hadir"),
        ("rapat > kas", SECRETARY, "rapat > kas"),
        ("> hadir", SECRETARY, "> hadir"),
        ("budi> sari> hadir", "budi", "sari> hadir"),
    ],
)
def test_line_is_said_by_whom_it_names(line: str, account: str, text: str) -> None:
    assert heard(line) == [(account, Say(text=text))]


def test_line_without_words_goes_nowhere() -> None:
    stage, door = Streams(), Door()
    assert stage.run(door, "", "   ", "budi>", "budi>  ", is_strict=True) == 0
    assert door.calls == []
    assert stage.shown().count("Baris kosong.") == 4


def test_number_without_a_card_is_refused_here() -> None:
    stage, door = Streams(), Door()
    assert stage.run(door, "1", "0", "9.9", is_strict=True) == 1
    assert door.calls == []
    assert "! Tidak ada tombol 1." in stage.shown()


def test_buttons_are_numbered_on_over_the_cards_of_one_reply() -> None:
    stage = Streams()
    door = Door([Reply(language="id", cards=(CARD, replace(CARD, id="draft:2")))])
    stage.run(door, "rapat", "3", "3.1", "6.3", "8.1")
    assert "[3] Panggil rapat  [4] Ubah" in stage.shown()
    assert [type(call.request).__name__ for call in door.calls] == ["Say", "Press", "Press", "Press"]
    assert "! Tidak ada tombol 8.1." in stage.shown()


def test_card_that_was_shown_again_is_pressed_where_it_stands_now() -> None:
    stage, door = Streams(), Door([Reply(language="id", cards=(CARD,))])
    stage.run(door, "rapat", "rapat", "1.1", "2.1")
    assert "! Kartu #1 sudah diganti kartu #2." in stage.shown()
    assert [type(call.request).__name__ for call in door.calls] == ["Say", "Say", "Press"]


def test_card_without_buttons_takes_the_buttons_of_the_one_before_away() -> None:
    stage = Streams()
    replies = iter(([Reply(language="id", cards=(CARD,))], [Reply(language="id", cards=(Card(id="1", title=TITLE),))]))

    class Turns(Door):
        async def __call__(self, call: object) -> Sequence[Reply]:
            return next(replies)

    stage.run(Turns(), "rapat", "keputusan: ya", "1")
    assert "! Tidak ada tombol 1." in stage.shown()


def test_question_that_is_answered_by_an_empty_line_changes_nothing() -> None:
    stage, door = Streams(), Door([Reply(language="en", cards=(CARD,))])
    stage.run(door, "rapat", "2", "")
    assert len(door.calls) == 1
    assert "Nothing would change." in stage.shown()


TITLE = phrase("word-value", value="Rapat")


def test_names_that_are_long_or_wide_leave_the_rows_in_line() -> None:
    people = ["Budi", "田中さくら", "ﾊﾝｶｸ", "Nguyễn Thị", "e\u0301lan", "กำธร", "Sri Rahayu Kusumaningtyas Wardhani"]
    rows = tuple(Row(label=value(name), value=phrase("partstat-accepted")) for name in people)
    drawn = drawn_card(Card(id="1", title=TITLE, rows=rows), "id").split("\n")
    starts = {columns(line[: line.index("hadir")]) for line in drawn if "hadir" in line}
    assert len(starts) == 1
    assert "│ Sri Rahayu Kusumaningtyas Wardhani" in drawn


def test_long_text_is_broken_between_words_under_its_column() -> None:
    rows = (Row(label=value("Acara"), value=value("kata " * 60)),)
    drawn = drawn_card(Card(id="1", title=value("judul " * 40), rows=rows), "id", 0, 1).split("\n")
    assert max(map(columns, drawn)) <= WIDEST
    assert all(line.startswith(("┌─ judul", "│", "└─")) for line in drawn)
    assert len({line.index("kata") for line in drawn if "kata" in line}) == 1


def test_path_or_key_is_never_broken() -> None:
    path = "/srv/" + "folder/" * 30 + "file"
    assert path in wrapped(f"Berkas: {path} dan seterusnya", "  ")


def test_wide_text_without_spaces_is_broken_all_the_same() -> None:
    assert max(map(columns, wrapped("会" * 200, "  ").split("\n"))) <= WIDEST


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(40, 120))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_and_nothing_obeyed_whatever_is_drawn(text: str, width: int) -> None:
    row = Row(label=value(text[:30]), value=value(text), assumed=value(text[:10]))
    button = Button(token=text[:5], label=value(text[:20]))
    drawn = drawn_card(Card(id="1", title=value(text[:80]), rows=(row, row), buttons=(button,) * 4), "id", 3, 7, width)
    assert not {one for one in drawn if one != "\n" and one in "\x1b\x07\r\x00\x9b\u202e\u2028"}
    assert "[7]" in drawn


def value(text: str) -> Phrase:
    return phrase("word-value", value=text)


def test_opened_console_reads_standard_input(tmp_path: Path) -> None:
    assert open_console(Surroundings(data=tmp_path, speaker=lambda: SECRETARY)).name == "console"


def test_posting_while_nobody_speaks_is_shown() -> None:
    stage = Streams()
    asyncio.run(stage.chat().post(Reply(language="en", lines=(phrase("no-meetings"),)), key="k"))
    assert stage.shown() == "  There is no meeting to come.\n"


def test_person_at_a_terminal_is_asked_once_and_asked_again_when_an_answer_cannot_be_used(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for question, answer in (
        ("Bahasa / language", "fr"),
        ("Ketik id atau en", "en"),
        ("organisation", "Karang Taruna Mekar"),
        ("zone", "WITA"),
        ("name", "Dewi Lestari"),
        ("e-mail", "nobody"),
        ("That is no e-mail address", "dewi@example.org"),
        ("dewi>", "board meeting tomorrow at 7pm"),
    ):
        terminal.expect(question)
        terminal.type(f"{answer}\r")
    for shown, typed in (("WITA", "1\r"), ("Meeting called", "\x04")):
        terminal.expect(shown)
        terminal.expect("dewi>")
        terminal.type(typed)
    assert terminal.end() == 0
    assert "board meeting tomorrow at 7pm" in (tmp_path / "data" / "console_history").read_text()
    assert (tmp_path / "data" / "console_history").stat().st_mode & 0o077 == 0
    again = Terminal(tmp_path)
    again.expect("dewi>")
    again.type("\x1b[A")
    again.expect("1")
    again.type("\x03")
    assert again.end() == 0
    assert "Traceback" not in terminal.seen + again.seen


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_person_who_leaves_at_a_question_founds_nothing(tmp_path: Path, key: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.expect("Bahasa / language")
    terminal.type(key)
    assert terminal.end() == 0
    assert "Traceback" not in terminal.seen
    again = Terminal(tmp_path)
    again.expect("Bahasa / language")
    again.type(key)
    assert again.end() == 0
