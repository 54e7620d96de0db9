"""Does a person get from an empty server to a meeting that is called, answered and cancelled? Governor runs whole."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Guild, Person, description, payloads
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import TOKEN
from tests.journeys.rooms import clean, governor

description.require()


@pytest.fixture
def guild(tmp_path: Path) -> Iterator[Guild]:
    """A server to which the bot was just invited, and in which nothing is founded."""
    with DiscordServer() as server:
        guild = Guild(server)
        settings = clean(
            GOVERNOR_DISCORD_TOKEN=TOKEN,
            GOVERNOR_DISCORD_API_URL=server.api_url,
            GOVERNOR_DISCORD_GATEWAY_URL=server.gateway_url,
        )
        command = [governor(), "run", "--data", "data"]
        with (tmp_path / "out").open("w") as out:
            process = subprocess.Popen(
                command, cwd=tmp_path, env=settings, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
                yield guild
            finally:
                process.terminate()
                status = process.wait(timeout=30)
        assert status == 0
        assert server.wrongs == []
        assert "a bug" not in (tmp_path / "out").read_text()


def founded(guild: Guild, language: str) -> tuple[Person, Person]:
    """Return the secretary, who founded the organisation here, and Budi, who joined by a code."""
    locale = "id" if language == "id" else "en-US"
    dewi, budi = Person("dewi", locale, ADMINISTRATOR), Person("budi", locale)
    form = guild.command(dewi, "setup")
    guild.fill(dewi, form, "Koperasi Mekar", language, "Asia/Jakarta", None, "Dewi dewi@example.org")
    guild.command(dewi, "member add", name="Budi", email="budi@example.org")
    told = guild.command(dewi, "member invite", person="budi")
    assert told.is_private
    code = told.text.split(": ")[1].split(".")[0].replace("\\", "")
    assert "Budi" in guild.command(budi, "join", code=code).text
    return dewi, budi


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said and read in one language."""

    sentence: str
    change: str
    moved: str
    cancelled: str
    decided: str
    found: str
    buttons: tuple[str, str, str]
    comes: str
    older: str
    menu: str = "Record as decision"


SPOKEN = {
    "id": Words(
        sentence="rapat anggaran besok jam 3 sore dengan {}",
        change="jam 4 sore",
        moved="undur ke jam 8 malam",
        cancelled="batal",
        decided="KEPUTUSAN 2026\\-001",
        found="5 keputusan",
        buttons=("Panggil rapat", "Ubah", "Hadir"),
        comes="hadir",
        older="Lebih lama ▶",
    ),
    "en": Words(
        sentence="budget meeting tomorrow at 3 pm with {}",
        change="4 pm",
        moved="move it to 8 pm",
        cancelled="cancelled",
        decided="DECISION 2026\\-001",
        found="found: 5",
        buttons=("Call the meeting", "Change", "Coming"),
        comes="coming",
        older="Older ▶",
    ),
}


@pytest.mark.parametrize("language", SPOKEN)
def test_sentence_becomes_a_card_a_meeting_its_answers_and_decisions_and_is_cancelled(
    guild: Guild, language: str
) -> None:
    words = SPOKEN[language]
    call, change, coming = words.buttons
    dewi, budi = founded(guild, language)
    guild.say(dewi, f"<@{guild.server.bot['id']}> {words.sentence.format(f'<@{budi.id}>')}")
    card = guild.seen(call)
    guild.fill(dewi, guild.press(dewi, card, change), None, words.change)
    assert "16" in card.text
    assert "WIB" in card.text
    guild.press(dewi, card, call)
    assert "2026\\-001" in card.text

    clicks = [guild.press(budi, card, coming, wait=False) for _ in range(2)]
    for click in clicks:
        guild.server.until(lambda click=click: click.is_answered)  # type: ignore[misc]
    assert card.text.count(f"**Budi** {words.comes}") == 1
    assert card.text.count("### ") == 1

    moved = guild.command(dewi, "meeting change", sentence=words.moved)
    assert "20" in moved.text
    assert f"**Budi** {words.comes}" not in moved.text  # who came at four is asked anew

    message = payloads.message(payloads.snowflake(), guild.channel, budi.user, {"content": "Kas Rp2 juta"}, [])
    decided = guild.menu(dewi, words.menu, message)
    assert words.decided in decided.text
    assert "Kas Rp2 juta" in decided.text
    texts = [f"putusan ke-{number} " + "dan lagi " * 140 for number in range(4)]
    for text in texts:
        guild.command(dewi, "decision record", text=text)
    (listed,) = guild.command(budi, "decision list").messages
    assert words.found in listed.text
    read = [listed.text]
    while words.older in listed.buttons:
        guild.press(budi, listed, words.older)
        read.append(listed.text)
    assert len(read) > 1
    assert [text[:12] for text in (*texts, "Kas Rp2 juta") if text[:12].replace("-", "\\-") not in "".join(read)] == []

    assert words.cancelled in guild.command(dewi, "meeting cancel").text


def test_only_who_manages_the_server_founds_an_organisation_in_it(guild: Guild) -> None:
    sari = Person("sari")
    refused = guild.fill(sari, guild.command(sari, "setup"))
    assert refused.is_private
    assert "mengelola server" in refused.text


def test_code_opens_nothing_twice_and_nothing_to_who_guesses(guild: Guild) -> None:
    dewi, _ = founded(guild, "id")
    sari = Person("sari")
    for code in ("2-AAAAAAAAAAAA", "1-AAAAAAAAAAAA", "99-A", "", "é-é"):
        assert "Kode itu tidak berlaku" in guild.command(sari, "join", code=code).text
    assert guild.complete(sari, "member invite", "person", "") == []
    assert guild.complete(dewi, "member invite", "person", "bu") == ["Budi (@budi)"]
    assert guild.complete(dewi, "member invite", "person", "dewi") == ["Dewi (@dewi)"]


def test_act_that_discord_delivers_twice_is_done_once(guild: Guild) -> None:
    dewi, _ = founded(guild, "id")
    asked = guild.command(dewi, "member add", name="Sari", email="sari@example.org")
    guild.again(asked)
    assert guild.complete(dewi, "member invite", "person", "sari") == ["Sari (@sari)"]
    assert len(asked.kinds) == 1
