"""Does a card on Discord do what its buttons say, by forms, and tell plainly what could not be read?"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Guild, Person
from tests.discord_server.server import Asked, Shown
from tests.journeys.bot import started
from tests.journeys.test_discord import founded, guild

__all__ = ["guild"]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said and read in one language."""

    sentence: str
    call: str
    change: str
    labels: tuple[str, ...]
    length: str
    closed: str
    time: str
    unread: str
    again: str
    cancel: str
    asked: str
    sure: str
    cancelled: str
    comes: str
    place: str
    changed: str


SPOKEN = {
    "id": Words(
        sentence="rapat anggaran besok jam 3 sore dengan {} di Balai",
        call="Panggil rapat",
        change="Ubah",
        labels=("Judul", "Kapan dan berapa lama", "Tempat", "Peserta", "Sifat"),
        length="Lamanya",
        closed="tertutup",
        time="jam 4 sore",
        unread="Kapan dan berapa lama: “entah kapan” belum saya mengerti sebagai waktu",
        again="Perbaiki isian",
        cancel="Batalkan rapat ini",
        asked="Batalkan Rapat Anggaran (2026-001)",
        sure="Ya, batalkan",
        cancelled="DIBATALKAN",
        comes="Hadir",
        place="Aula Besar",
        changed="16.00 WIB",
    ),
    "en": Words(
        sentence="budget meeting tomorrow at 3 pm with {} at Hall",
        call="Call the meeting",
        change="Change",
        labels=("Title", "When, and for how long", "Place", "People", "Access"),
        length="Length",
        closed="closed",
        time="4 pm",
        unread="When, and for how long: “entah kapan” is no time that I understand",
        again="Correct it",
        cancel="Cancel this meeting",
        asked="Cancel Budget meeting (2026-001)",
        sure="Yes, cancel it",
        cancelled="CANCELLED",
        comes="Coming",
        place="Great Hall",
        changed="16:00 WIB",
    ),
}


def fields(asked: Asked) -> dict[str, str]:
    """Return label → value of the form that *asked* brought."""
    assert asked.modal is not None
    rows = [row for row in asked.modal["components"] if row["type"] == 18]
    return {row["label"]: row["component"].get("value", "") for row in rows}


@pytest.mark.parametrize("language", SPOKEN)
def test_draft_and_meeting_are_changed_by_forms_that_keep_what_cannot_be_read(guild: Guild, language: str) -> None:
    words = SPOKEN[language]
    dewi, budi = founded(guild, language)
    guild.say(dewi, f"<@{guild.server.bot['id']}> {words.sentence.format(f'<@{budi.id}>')}")
    card = guild.seen(words.call)

    form = guild.press(dewi, card, words.change)
    assert tuple(fields(form)) == words.labels
    wrong = guild.fill(dewi, form, None, "entah kapan", words.place)
    assert words.unread in wrong.text
    again = guild.press(dewi, wrong.messages[0], words.again)
    assert list(fields(again).values())[1:3] == ["entah kapan", words.place]
    right = guild.fill(dewi, again, None, words.time)
    assert words.changed in right.text
    assert words.place in right.text

    assert words.unread not in right.text
    assert words.changed in card.text

    guild.press(dewi, wrong.messages[0], words.call)
    called = guild.seen(words.cancel)
    assert "2026\\-001" in called.text
    assert guild.press(budi, called, words.change).is_private
    guild.fill(dewi, guild.press(dewi, called, words.change), None, None, "", None, "closed")
    assert (words.place in called.text, words.closed in called.text) == (False, True)
    guild.fill(dewi, guild.press(dewi, called, words.change), None, None, None, None, "open")
    assert words.closed not in called.text
    sure = guild.press(dewi, called, words.cancel)
    assert (sure.is_private, words.asked in sure.text.replace("\\", "")) == (True, True)
    guild.press(dewi, sure.messages[0], words.sure)
    guild.server.until(lambda: words.cancelled in called.text)
    assert called.buttons == {}


def called(guild: Guild, language: str, dewi: Person, budi: Person) -> Shown:
    """Return the message in which the card of a meeting stands that Dewi called."""
    words = SPOKEN[language]
    guild.say(dewi, f"<@{guild.server.bot['id']}> {words.sentence.format(f'<@{budi.id}>')}")
    card = guild.seen(words.call)
    guild.press(dewi, card, words.call)
    return card


@pytest.mark.parametrize("language", SPOKEN)
def test_card_is_up_to_date_wherever_it_stands_also_after_a_restart(tmp_path: Path, language: str) -> None:
    words = SPOKEN[language]
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, budi = founded(guild, language)
            first = called(guild, language, dewi, budi)
            second = guild.command(dewi, "meeting list").messages[0]
            assert words.comes in second.buttons
        server.until(lambda: not server.gateway.identified.is_set())
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            guild.press(budi, first, words.comes)
            server.until(lambda: f"{words.comes} (1)" in second.buttons)
            assert f"{words.comes} (1)" in first.buttons
            guild.delete(second)
            guild.say(dewi, words.comes.lower(), is_direct=True)
            server.until(lambda: f"{words.comes} (2)" in first.buttons)
            edits = first.edits
            guild.command(dewi, "meeting change", sentence=words.time)
            server.until(lambda: first.edits == edits + 1)
            assert words.changed in first.text.split(words.length)[0]
        assert server.wrongs == []


@pytest.mark.parametrize(
    ("language", "sentence", "what", "all_of_them", "moved", "unread"),
    [
        ("id", "rapat kas setiap Senin jam 9 pagi dengan {}", "jam 4 sore", "Semua", "16.00", "belum saya mengerti"),
        ("en", "cash meeting every Monday at 9 am with {}", "4 pm", "All of them", "16:00", "no change that I"),
    ],
)
def test_series_is_changed_by_a_form_that_asks_which_of_its_occurrences(
    guild: Guild, language: str, sentence: str, what: str, all_of_them: str, moved: str, unread: str
) -> None:
    words = SPOKEN[language]
    dewi, budi = founded(guild, language)
    drafted = guild.command(dewi, "governor", sentence=sentence.format(f"<@{budi.id}>"))
    card = drafted.original
    assert card is not None
    guild.press(dewi, card, words.call)
    form = guild.press(dewi, card, words.change)
    assert form.modal is not None, form.text
    select = form.modal["components"][1]["component"]
    offered = {one["label"]: one["value"] for one in select["options"]}
    assert len(offered) == 2  # nothing comes before the first of them
    wrong = guild.fill(dewi, form, "entah kapan", offered[all_of_them])
    assert (unread in wrong.text, all_of_them in wrong.text) == (True, True)
    form = guild.press(dewi, wrong.messages[0], words.again)
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == "entah kapan"
    changed = guild.fill(dewi, form, what)  # which of them is still chosen
    assert moved in f"{changed.text} {card.text}"
    once = guild.press(dewi, card, words.change)
    assert once.modal is not None
    (only, *_) = (one["value"] for one in once.modal["components"][1]["component"]["options"])
    apart = guild.fill(dewi, once, words.time.replace("4", "5"), only)
    assert moved.replace("16", "17") in apart.text
    assert "2026\\-002" in apart.text  # one of its own, and the others stay
