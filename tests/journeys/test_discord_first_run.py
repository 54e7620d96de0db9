"""What happens from the moment the bot is invited? It offers itself once, is set up, and says what it lacks where."""

from pathlib import Path

import pytest

from integrations.discord.invite import PERMISSIONS
from tests.discord_server import DiscordServer, Guild, Person, description
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import Fault, Shown
from tests.journeys.bot import started
from tests.journeys.test_discord import SPOKEN, founded

description.require()

OFFERED = {"id": "mengisi formulirnya", "en-US": "fills in the form", "de": "fills in the form"}


def offers(server: DiscordServer) -> list[Shown]:
    """Return the messages by which the bot offered itself."""
    return [one for one in server.messages.values() if any(words in one.text for words in OFFERED.values())]


@pytest.mark.parametrize("locale", OFFERED)
def test_bot_offers_itself_once_in_the_language_of_the_server(tmp_path: Path, locale: str) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        server.guilds[guild.id]["preferred_locale"] = locale
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            offered = guild.seen(OFFERED[locale])
            assert offered.channel == guild.channel
            server.do(server.gateway.dispatch("GUILD_CREATE", server.guilds[guild.id]))
            later = Guild(server, "Karang Taruna")
            server.do(server.gateway.dispatch("GUILD_CREATE", server.guilds[later.id]))
            server.until(lambda: len(offers(server)) == 2)
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            guild.command(Person("dewi"), "setup")
        assert [one.channel for one in offers(server)] == [guild.channel, later.channel]
        assert server.wrongs == []


def test_owner_is_written_to_where_the_bot_may_speak_nowhere(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        server.guilds[guild.id]["roles"][0]["permissions"] = "0"
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            offered = guild.seen(OFFERED["id"])
            assert server.channels[offered.channel]["recipients"][0]["id"] == server.guilds[guild.id]["owner_id"]


def test_offer_that_nobody_could_read_is_made_again(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        refused = Fault("POST", rf"/channels/{guild.channel}/messages", 403, code=50013)
        silent = Fault("POST", "/users/@me/channels", 403, code=50007)
        server.faults += [refused, silent]
        with started(server, tmp_path):
            server.until(lambda: not silent.times, 60)
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            assert guild.seen(OFFERED["id"]).channel == guild.channel


@pytest.mark.parametrize(("language", "lacks"), [("id", "Kirim Pesan"), ("en", "Send Messages")])
def test_channels_are_chosen_on_a_card_that_names_what_is_lacking_in_each(
    tmp_path: Path, language: str, lacks: str
) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        closed = guild.add_channel("notulen")
        denied = {"id": guild.id, "type": 0, "allow": "0", "deny": str(1 << 11)}
        server.channels[closed]["permission_overwrites"] = [denied]
        server.guilds[guild.id]["roles"][0]["permissions"] = str(sum(PERMISSIONS.values()))
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, budi = founded(guild, language)
            (card,) = guild.command(dewi, "setup").messages
            assert card.is_private
            assert lacks not in card.text
            asked = guild.choose(dewi, card, "setup:minutes", closed)
            assert asked.kinds == [7]
            assert "\\#notulen" in card.text
            assert lacks in card.text
            refused = guild.choose(budi, card, "setup:minutes", guild.channel)
            assert refused.messages[0].is_private
            assert lacks in card.text
            guild.command(dewi, "setup", announcements=guild.channel)
            assert "announcements" in (tmp_path / "data" / "discord_channels" / f"{guild.id}.json").read_text()
        assert server.wrongs == []


def test_secretary_is_who_was_chosen_and_no_bot(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        dewi, sari = Person("dewi", "en-US", ADMINISTRATOR), Person("sari", "en-US")
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            bot = Person("robot", is_bot=True)
            refused = guild.fill(dewi, guild.command(dewi, "setup"), "Mekar", "en", "Asia/Makassar", bot)
            assert "A bot cannot be the secretary" in refused.text
            assert (
                "Sari is its secretary"
                in guild.fill(dewi, guild.command(dewi, "setup"), "Mekar", "en", "Asia/Makassar", sari).text
            )
            assert "WITA" in guild.command(sari, "governor", sentence="meeting tomorrow at 3 pm").text
            assert "not linked" in guild.command(dewi, "meeting list").text


def test_zone_that_is_not_among_the_usual_is_found_while_it_is_typed(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        dewi = Person("dewi", "en-US", ADMINISTRATOR)
        server.guilds[guild.id]["preferred_locale"] = "en-US"
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            assert guild.complete(dewi, "setup", "zone", "vaduz") == ["Vaduz (Europe/Vaduz)"]
            assert guild.complete(dewi, "setup", "zone", "wita") == ["Makassar (WITA)"]
            form = guild.command(dewi, "setup", zone="Europe/Vaduz")
            assert "Mekar is founded" in guild.fill(dewi, form, "Mekar", None, None).text
            assert "CET" in guild.command(dewi, "governor", sentence="meeting on 5 January at 3 pm").text


def test_organisation_is_founded_before_discord_has_told_of_the_server_and_its_channels_chosen_later(
    tmp_path: Path,
) -> None:
    with DiscordServer() as server:
        guild, dewi = Guild(server), Person("dewi", "en-US", ADMINISTRATOR)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            form = guild.command(dewi, "setup")
            assert "Mekar is founded" in guild.fill(dewi, form, "Mekar", "en", "Asia/Jakarta").text
            card = guild.command(dewi, "setup", announcements=guild.channel).messages[-1]
        server.gateway.is_brief = True
        server.gateway.identified.clear()
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            assert "has not told about this server" in guild.choose(dewi, card, "setup:minutes", guild.channel).text
        other = Guild(server, "RW 2")
        with started(server, tmp_path / "other"):
            server.until(server.gateway.identified.is_set, 60)
            form = other.command(dewi, "setup")
            assert "Melati is founded" in other.fill(dewi, form, "Melati", "en", "Asia/Jakarta").text
            assert "There is no meeting to come" in other.command(dewi, "meeting list").text


@pytest.mark.parametrize(("language", "told"), [("id", "Notulen Rapat"), ("en", "Minutes of")])
def test_minutes_that_are_saved_are_posted_in_their_channel_and_nowhere_else(
    tmp_path: Path, language: str, told: str
) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        channel = guild.add_channel("notulen")
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, _ = founded(guild, language)
            called(guild, dewi, language)
            guild.command(dewi, "minutes save")
            guild.command(dewi, "setup", minutes=channel)
            guild.command(dewi, "minutes note", text="kas aman")
            guild.command(dewi, "minutes save")
            posted = guild.seen(told)
            assert posted.channel == channel
            assert "kas aman" in posted.text
            assert [one.channel for one in server.messages.values() if told in one.text] == [channel]
        assert server.wrongs == []


@pytest.mark.parametrize(("language", "told"), [("id", "tidak dapat dikirim"), ("en", "cannot be posted")])
def test_post_that_does_not_arrive_is_told_once_and_again_after_one_arrived(
    tmp_path: Path, language: str, told: str
) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        channel = guild.add_channel("notulen")
        posts = rf"/channels/{channel}/messages"
        with started(server, tmp_path, GOVERNOR_RETRY_SECONDS="0.2"):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, _ = founded(guild, language)
            called(guild, dewi, language)
            guild.command(dewi, "setup", minutes=channel)
            refusing = Fault("POST", posts, 403, times=1_000, code=50013)
            server.faults.append(refusing)
            for text in ("kas aman", "tenda dibeli"):
                guild.command(dewi, "minutes note", text=text)
                guild.command(dewi, "minutes save")
            server.until(lambda: refusing.times < 996, 60)
            warned = guild.seen(told)
            assert server.channels[warned.channel]["recipients"][0]["id"] == dewi.id
            refusing.times = 0
            server.until(lambda: any(one.channel == channel for one in server.messages.values()), 60)
            assert "tenda dibeli" in guild.seen("tenda dibeli").text
            refusing.times = 1_000
            guild.command(dewi, "minutes note", text="selesai")
            guild.command(dewi, "minutes save")
            guild.seen(told, count=2)
            server.until(lambda: refusing.times < 997, 60)
        assert len([one for one in server.messages.values() if told in one.text]) == 2
        assert server.wrongs == []


def test_who_set_the_server_up_is_told_where_the_secretary_takes_no_messages(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        channel = guild.add_channel("notulen")
        sari, rina = Person("sari", "en-US"), Person("rina", "en-US", ADMINISTRATOR)
        with started(server, tmp_path, GOVERNOR_RETRY_SECONDS="0.2"):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            assert (
                "Sari is its secretary"
                in guild.fill(rina, guild.command(rina, "setup"), "Mekar", "en", "Asia/Jakarta", sari).text
            )
            called(guild, sari, "en")
            guild.command(rina, "setup", minutes=channel)
            server.faults.append(Fault("POST", rf"/channels/{channel}/messages", 403, times=1_000, code=50013))
            server.faults.append(Fault("POST", "/users/@me/channels", 403, code=50007))
            guild.command(sari, "minutes save")
            warned = guild.seen("cannot be posted")
            assert server.channels[warned.channel]["recipients"][0]["id"] == rina.id


def called(guild: Guild, who: Person, language: str) -> None:
    """Have *who* call a meeting."""
    words = SPOKEN[language]
    drafted = guild.command(
        who, "governor", sentence=words.sentence.format("").removesuffix("dengan ").removesuffix("with ")
    )
    assert drafted.original is not None
    guild.press(who, drafted.original, words.buttons[0])


@pytest.mark.parametrize(("language", "gone"), [("id", "sudah tidak ada"), ("en", "is gone")])
def test_secretary_is_told_once_where_posts_go_since_their_channel_was_deleted(
    tmp_path: Path, language: str, gone: str
) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        chosen = guild.add_channel("pengumuman")
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, _ = founded(guild, language)
            guild.command(dewi, "setup", announcements=chosen, threads=True)
            guild.delete_channel(chosen)
            for number in range(2):
                called(guild, dewi, language)
                server.until(lambda count=number: len(guild.threads) > count)
            told = guild.seen(gone)
            assert server.channels[told.channel]["recipients"][0]["id"] == dewi.id
            assert ("#pengumuman" in told.text.replace("\\", ""), "/setup" in told.text or "/siapkan" in told.text) == (
                True,
                True,
            )
        assert sum(gone in one.text for one in server.messages.values()) == 1
        assert {thread["parent_id"] for thread in guild.threads} == {guild.channel}
        assert server.wrongs == []


@pytest.mark.parametrize(("language", "how"), [("id", "tulis lagi /siapkan"), ("en", "write /setup again")])
def test_secretary_is_told_that_the_channel_of_the_minutes_was_deleted_and_how_to_choose_another(
    tmp_path: Path, language: str, how: str
) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        chosen = guild.add_channel("notulen")
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, _ = founded(guild, language)
            guild.command(dewi, "setup", minutes=chosen)
            guild.delete_channel(chosen)
            called(guild, dewi, language)
            guild.command(dewi, "minutes save")
            told = guild.seen(how)
            assert server.channels[told.channel]["recipients"][0]["id"] == dewi.id
        assert server.wrongs == []
