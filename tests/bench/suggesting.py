"""How soon is something offered to who types, among thousands of members? Through the whole program, over sockets."""

import itertools
import statistics
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from governor.bootstrap import House, open_house
from governor.domain.events import AccountLinked, MemberEnrolled, OfficeGiven, Personal
from governor.domain.members import MemberId, Office
from governor.services.members import Founding
from tests.bench.bots import GOVERNOR, Bot, Waiting, running
from tests.bench.figure import Figure
from tests.discord_server import DiscordServer, Guild, Person
from tests.journeys.rooms import settings_at

MEMBERS, TYPISTS = 5_000, 25
SOONEST = 100.0
"""Within how many milliseconds something is to be offered."""

_AT_ONCE, _BATCH = 4, 500
_LETTERS = ("", "w", "wa", "warga4", "warga49", "warga499", "@warga1", "zz")
_PLATFORM = "discord"


def figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield how long each letter that a secretary types is waited for, and the first after somebody was enrolled."""
    with DiscordServer(is_described=False) as server:
        guild, people = Guild(server), [Person(f"warga{at}", "id") for at in range(MEMBERS)]
        with open_house(settings_at(folder / "data")) as house:
            _settle(house, people)
        with running(GOVERNOR, guild, folder) as bot:
            letters = list(itertools.product(_LETTERS, people[:TYPISTS]))
            bot.carry([_typed(guild, people[0], "w")], 1)  # opens the roll
            waits = [
                wait
                for _ in range(rounds)
                for wait in bot.carry([_typed(guild, person, text) for text, person in letters], _AT_ONCE)
            ]
            found = statistics.quantiles(waits, n=100)[94] * 1_000
            yield Figure(name=f"suggestion among {MEMBERS:,} members, p95", value=found, unit="ms", at_most=SOONEST)
            first = statistics.median(_after_enrolment(bot, guild, people[0], number) for number in range(rounds))
            yield Figure(name="the first after one was enrolled", value=first * 1_000, unit="ms")


def _typed(guild: Guild, who: Person, text: str) -> Waiting:
    return guild, guild.typed(who, "member invite", "person", text)


def _after_enrolment(bot: Bot, guild: Guild, who: Person, number: int) -> float:
    guild.command(who, "member add", name=f"Pendatang {number}")
    typed = _typed(guild, who, f"pendatang {number}")
    (wait,) = bot.carry([typed], 1)
    assert typed[1].choices, "nobody is offered"
    return wait


def _settle(house: House, people: list[Person]) -> None:
    """Found an organisation of *people*, the first of whom are its secretaries."""
    first = people[0]
    house.found(
        Founding(
            name="RW",
            zone="Asia/Jakarta",
            language="id",
            secretary=first.name,
            email=None,
            platform=_PLATFORM,
            account=first.id,
        )
    )
    numbered = list(enumerate(people[1:], 2))
    for begin in range(0, len(numbered), _BATCH):
        with house.record.act(f"enrol from {begin}", datetime.now(UTC)) as work:
            for number, person in numbered[begin : begin + _BATCH]:
                member = MemberId(str(uuid.uuid4()))
                house.record.keys.new(member)
                name, account = Personal(person.name), Personal(person.id)
                work.record(MemberEnrolled(member=member, number=number, name=name, handle=name, email=None), by=None)
                work.record(AccountLinked(member=member, number=number, platform=_PLATFORM, account=account), by=None)
                if number <= TYPISTS:
                    work.record(OfficeGiven(member=member, number=number, office=Office.SECRETARY), by=None)
