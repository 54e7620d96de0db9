"""Does the guide lead a newcomer from a bot's token to a first meeting that is called and answered?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from integrations.discord.invite import PERMISSIONS
from tests.discord_server import DiscordServer, Guild, Person, description
from tests.discord_server.lines import meant
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import TOKEN, Asked
from tests.journeys.newcomers import Newcomer, Section

description.require()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The guide in one language: the titles of its parts, and what somebody sees of whom it says so."""

    file: str
    locale: str
    governor: str
    organisation: str
    members: str
    meeting: str
    comes: tuple[str, str, str]

    def part(self, title: str) -> Section:
        return Section.of(self.file, title)


GUIDES = {
    "en": Guide(
        file="discord.md",
        locale="en-US",
        governor="2. Governor (2 minutes)",
        organisation="3. The organisation (2 minutes)",
        members="4. Members (2 minutes)",
        meeting="5. The first meeting (1 minute)",
        comes=("no answer yet", "maybe", "coming"),
    ),
    "id": Guide(
        file="discord.id.md",
        locale="id",
        governor="2. Governor (2 menit)",
        organisation="3. Organisasi (2 menit)",
        members="4. Anggota (2 menit)",
        meeting="5. Rapat pertama (1 menit)",
        comes=("belum menjawab", "mungkin", "hadir"),
    ),
}

DENY_SENDING = str(PERMISSIONS["SEND_MESSAGES"])


def written(part: Section, command: str) -> str:
    """Return the line that *part* says to write, of which that *command* is meant."""
    return part.told(rf"^/{command}\b")


def typed(guild: Guild, who: Person, line: str) -> Asked:
    """Return what comes of *line*, typed with the names that Discord shows to *who*; ``#name`` is a channel."""
    name, options = meant(guild.server.commands, line, who.locale)
    channels = {f"#{one['name']}": known for known, one in guild.server.channels.items() if "name" in one}
    return guild.command(who, name, **{option: channels.get(value, value) for option, value in options.items()})


def plain(text: str) -> str:
    """Return what people read of *text*: no signs that escape others, no emphasis, and no time but by our clock."""
    return re.sub(r"(<t:\d+:\w>|\d+[:.]\d\d( [AP]M)?)(?= \()", "…", re.sub(r"[\\*#]", "", text))


def founded(guild: Guild, guide: Guide, dewi: Person, language: str) -> None:
    """Do the part on the organisation: its form, the card of its channels, what the card says is lacking."""
    part = guide.part(guide.organisation)
    labels = re.findall(r"^ +\| \*(.*?)\* \|", part.text, re.MULTILINE)
    form = typed(guild, dewi, re.findall(r"`(/\w+)` ", part.text)[0])
    assert form.modal is not None
    assert [row["label"] for row in form.modal["components"] if row["type"] == 18] == labels
    named = part.told("@example.org$")
    done = guild.fill(dewi, form, None, language, "Asia/Jakarta", None, named)
    (said,) = re.findall(r"\*… (.*?)\*", part.text)
    assert said in done.text
    _, card = guild.server.until(lambda: done.messages[1:] and done.messages)
    assert card.is_private

    channels = {one["name"]: known for known, one in guild.server.channels.items() if "name" in one}
    (block,) = re.findall(r"```\n(.*?)```", part.text, re.DOTALL)
    lines = [one.strip() for one in block.strip().splitlines()]
    for topic, line in zip(("announcements", "minutes", "audit"), lines, strict=False):
        guild.choose(dewi, card, f"setup:{topic}", channels[re.findall(r"#(\w+)", line)[0]])
    for line in lines:
        assert line in card.text.replace("\\", ""), card.text
    again = typed(guild, dewi, next(one for one in part.spans if one.startswith("/") and ":#" in one))
    assert lines[-1] in again.text.replace("\\", "")


def joined(guild: Guild, guide: Guide, dewi: Person, budi: Person) -> None:
    """Do the part on members: the roll, a code, and the account that it links."""
    part = guide.part(guide.members)
    lines = [one for one in part.spans if one.startswith("/")]
    enrolled, invited, joins = lines[:3]
    assert "Budi" in typed(guild, dewi, enrolled).text
    told = typed(guild, dewi, invited)
    assert told.is_private
    code = r"\d-[A-Z2-7]{12}"
    said = told.text.replace("\\", "").strip()
    (block,) = re.findall(r"```\n +(.*?)\n +```", part.text)
    assert re.sub(code, "…", said) == re.sub(code, "…", block)
    (fresh,) = re.findall(code, said)
    linked = typed(guild, budi, re.sub(code, fresh, joins))
    assert re.findall(rf"{joins}`: \*(.*?)\*", part.text)[0] in linked.text


def met(guild: Guild, guide: Guide, dewi: Person, budi: Person) -> None:
    """Do the part on the first meeting: a sentence, its card, the call, the event, the answers."""
    part = guide.part(guide.meeting)
    sentence = part.told("^@Governor ")
    bot = guild.server.bot["id"]
    guild.say(dewi, sentence.replace("@Governor", f"<@{bot}>").replace("@Budi", f"<@{budi.id}>"))
    (block,) = re.findall(r"```\n(.*?)```", part.text, re.DOTALL)
    title, when, *rows, buttons = (one.strip() for one in block.strip().splitlines())
    card = guild.seen(title)
    for row in rows:
        for piece in re.split(r" {2,}", plain(row)):
            assert piece in plain(card.text), (piece, plain(card.text))
    assert f"\n{re.split(r' {2,}', when)[0]} …" in plain(card.text).replace("\n ", "\n")
    labels = re.findall(r"\[(.*?)\]", buttons)
    assert list(card.buttons) == labels
    called = guild.press(dewi, card, labels[0])
    comes = re.findall(r"\*\*([^*]+)\*\*", part.text)
    assert comes[0] == labels[0]
    assert called.kinds == [7]
    (event,) = guild.server.until(lambda: guild.events)
    unanswered, maybe, coming = (f"**Budi** {one}" for one in guide.comes)
    assert unanswered in guild.command(dewi, "meeting list").text
    guild.interest(budi, event)
    assert maybe in guild.command(dewi, "meeting list").text
    guild.press(budi, card, comes[1])
    assert coming in card.text


@pytest.mark.parametrize("language", GUIDES)
def test_guide_leads_from_a_token_to_a_meeting_that_is_answered(
    newcomer_alone: Callable[[], Newcomer], language: str
) -> None:
    guide, reader = GUIDES[language], newcomer_alone()
    part = guide.part(guide.governor)
    make, invite = part.commands
    with reader.types(make) as talk:
        talk.heard()
    reader.write(part.settings)
    notice, address = (one.strip() for one in re.findall(r"```\n( +[^`\n]*: [^`\n]*)\n +```", part.text))
    with DiscordServer() as server:
        guild = Guild(server)
        server.guilds[guild.id]["preferred_locale"] = guide.locale
        server.guilds[guild.id]["roles"][0]["permissions"] = str(sum(PERMISSIONS.values()))
        for name in dict.fromkeys(re.findall(r"^ +[^`\n]*#(\w+)", guide.part(guide.organisation).text, re.MULTILINE)):
            guild.add_channel(name)
        shut = next(one for one in server.channels.values() if one["name"] in ("board", "pengurus"))
        shut["permission_overwrites"] = [{"id": guild.id, "type": 0, "allow": "0", "deny": DENY_SENDING}]
        reader.elsewhere = {
            "GOVERNOR_DISCORD_TOKEN": TOKEN,
            "GOVERNOR_DISCORD_API_URL": server.api_url,
            "GOVERNOR_DISCORD_GATEWAY_URL": server.gateway_url,
        }
        with reader.runs() as talk:
            talk.hear(notice)
            with Newcomer(reader.folder).types(invite) as other:
                assert other.heard().strip() == address
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            guild.seen(re.findall(r"\*(Governor [^*]*: )…\*", part.text)[0].strip())
            dewi, budi = Person("dewi", guide.locale, ADMINISTRATOR), Person("budi", guide.locale)
            founded(guild, guide, dewi, language)
            joined(guild, guide, dewi, budi)
            met(guild, guide, dewi, budi)
            posted = reader.folder / "data" / "mail"
            talk.until(lambda: any(b"budi@example.org" in one.read_bytes() for one in posted.glob("*.eml")))
        assert server.wrongs == []
        assert "a bug" not in talk.shown
