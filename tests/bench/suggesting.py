"""How soon is something offered to who types, among thousands of members? Through the whole program, over sockets."""

import itertools
import statistics
from collections.abc import Iterator
from pathlib import Path

from governor.bootstrap import House, open_house
from governor.domain.members import Office
from governor.services.members import Founding
from tests.bench.bots import GOVERNOR, Bot, Waiting, running
from tests.bench.figure import Figure
from tests.bench.town import PLATFORM, enrol
from tests.discord_server import DiscordServer, Guild, Person
from tests.journeys.rooms import settings_at

MEMBERS, TYPISTS = 5_000, 25
SOONEST = 100.0
"""Within how many milliseconds something is to be offered."""

_AT_ONCE, _BATCH = 4, 500
_LETTERS = {
    "": "warga",
    "w": "warga",
    "warga4": "warga4",
    "warga49": "warga49",
    "warga499": "warga499",
    "@warga1": "warga1",
    "zz": "",
}
"""What is typed, and what then stands in the names that are offered; the last is typed in vain."""


def figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield how long each letter that a secretary types is waited for, and the first after somebody was enrolled."""
    with DiscordServer(is_described=False) as server:
        guild, people = Guild(server), [Person(f"warga{at}", "id") for at in range(MEMBERS)]
        with open_house(settings_at(folder / "data")) as house:
            _settle(house, people)
        with running(GOVERNOR, guild, folder) as bot:
            letters = list(itertools.product(_LETTERS.items(), people[:TYPISTS]))
            bot.carry([_typed(guild, people[0], "w", "w")], 1)  # opens the roll
            waits = [
                wait
                for _ in range(rounds)
                for wait in bot.carry([_typed(guild, person, *text) for text, person in letters], _AT_ONCE).waits
            ]
            found = statistics.quantiles(waits, n=100)[94] * 1_000
            yield Figure(name=f"suggestion among {MEMBERS:,} members, p95", value=found, unit="ms", at_most=SOONEST)
            rested = people[TYPISTS]  # the others have typed as much as one may at a time
            first = statistics.median(_after_enrolment(bot, guild, rested, number) for number in range(rounds))
            yield Figure(name="the first after one was enrolled", value=first * 1_000, unit="ms")


def _typed(guild: Guild, who: Person, text: str, words: str) -> Waiting:
    return Waiting(guild, guild.typed(who, "member invite", "person", text), words)


def _after_enrolment(bot: Bot, guild: Guild, who: Person, number: int) -> float:
    guild.command(who, "member add", name=f"Pendatang {number}")
    typed = _typed(guild, who, f"pendatang {number}", f"Pendatang {number}")
    (wait,) = bot.carry([typed], 1).waits
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
            platform=PLATFORM,
            account=first.id,
        )
    )
    enrol(house, people[1 : TYPISTS + 1], Office.SECRETARY)
    for begin in range(TYPISTS + 1, len(people), _BATCH):
        enrol(house, people[begin : begin + _BATCH])
