"""Who asks something of Governor? Some guilds of members, each with a meeting that they answer and decisions."""

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from governor.bootstrap import House, open_house
from governor.domain.events import AccountLinked, MemberEnrolled, OfficeGiven, Personal
from governor.domain.members import MemberId, Office
from governor.ports import Account, Ask, Begin, Call
from governor.seats import Seats
from governor.store import members
from tests.bench.bots import Json, Waiting
from tests.discord_server import DiscordServer, Guild, Person
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import Shown
from tests.journeys.rooms import settings_at

GUILDS, MEMBERS, DECISIONS = 24, 50, 12
"""So many that nobody asks more often than one may, nor more is asked in a guild than may be: 7,200 times in 10 s."""

INVITED = 20
PLATFORM = "discord"
_SUBJECTS = ("anggaran", "kas", "panen", "arisan", "ronda")
_ANSWERS = ("Hadir", "Tidak hadir")


@dataclass
class Seat:
    """A guild with its secretary and members, and the card of the meeting to which some of them are invited."""

    guild: Guild
    secretary: Person
    people: list[Person]
    card: Shown | None = None


@dataclass
class Town:
    """All the guilds. People take turns, guild by guild, so that nobody asks more often than a person can."""

    seats: list[Seat]
    _turns: dict[str, Iterator[tuple[Seat, Person, int]]] = field(default_factory=dict)

    @property
    def first(self) -> Guild:
        """Return the guild of the organisation that has the data folder for itself."""
        return self.seats[0].guild

    def call_meetings(self) -> None:
        """Have each secretary call a meeting, whose card shows who comes."""
        for seat in self.seats:
            handles = " ".join(f"@{person.name}" for person in seat.people[:INVITED])
            asked = seat.guild.command(seat.secretary, "governor", sentence=f"rapat warga besok jam 3 sore {handles}")
            assert asked.original is not None, asked.text
            seat.guild.press(seat.secretary, asked.original, "Panggil rapat")
            seat.card = asked.original

    def presses(self, count: int) -> Iterator[Waiting]:
        """Yield presses of the buttons by which people say whether they come, each other than the last of theirs."""
        return (self._press(*turn) for turn in self._next("press", INVITED, count))

    def sentences(self, count: int) -> Iterator[Waiting]:
        """Yield sentences that propose a meeting."""
        return (self._say(*turn) for turn in self._next("say", MEMBERS, count))

    def lists(self, count: int) -> Iterator[Waiting]:
        """Yield requests for the page of decisions."""
        turns = self._next("list", MEMBERS, count)
        words = f"Keputusan: 1–10 dari {DECISIONS}"
        return (Waiting(seat.guild, seat.guild.commanded(person, "decision list"), words) for seat, person, _ in turns)

    def flood(self) -> list[Json]:
        """Return a thousand messages in which somebody who asks nothing else mentions the bot."""
        seat = self.seats[0]
        mention = f"<@{seat.guild.server.bot['id']}> apa saja rapat minggu ini?"
        return [seat.guild.said(seat.secretary, mention) for _ in range(1_000)]

    def mixture(self, count: int) -> Iterator[Waiting]:
        """Yield as much of each, in turns."""
        kinds = (self.presses, self.sentences, self.lists)
        return (one for each in zip(*(kind(count // 3) for kind in kinds), strict=True) for one in each)

    def _press(self, seat: Seat, person: Person, times: int) -> Waiting:
        assert seat.card is not None
        return Waiting(seat.guild, seat.guild.pressed(person, seat.card, _ANSWERS[times % 2]), "Rapat Warga")

    def _say(self, seat: Seat, person: Person, times: int) -> Waiting:
        who, what = seat.people[(times + 1) % MEMBERS].name, _SUBJECTS[times % len(_SUBJECTS)]
        sentence = f"rapat {what} Jumat depan jam 3 sore dengan @{who}"
        asked = seat.guild.commanded(person, "governor", sentence=sentence)
        return Waiting(seat.guild, asked, f"Rancangan: Rapat {what.title()}")

    def _next(self, kind: str, among: int, count: int) -> list[tuple[Seat, Person, int]]:
        if kind not in self._turns:
            everybody = [(seat, seat.people[at]) for at in range(among) for seat in self.seats]
            self._turns[kind] = ((*one, times) for times in itertools.count() for one in everybody)
        return list(itertools.islice(self._turns[kind], count))


def settled(server: DiscordServer, data: Path) -> Town:
    """Return a town on *server*, whose organisations lie in the folder *data*, written before anybody runs there."""
    seats = [Seat(Guild(server, f"RW {at}"), Person(f"ketua{at}", "id", ADMINISTRATOR), []) for at in range(GUILDS)]
    with open_house(settings_at(data)) as home:
        houses = Seats(home, PLATFORM, lambda house, _: house.dispatcher(["mail"]))
        for seat in seats:
            houses(_call(seat, _founding(seat)))
            found = houses.asked(Account(platform=PLATFORM, id=seat.secretary.id), seat.guild.id)
            assert found is not None
            seat.people += [Person(f"warga{at}") for at in range(MEMBERS)]
            enrol(found.house, seat.people, Office.BOARD)
            for number in range(DECISIONS):
                options = {"text": f"menyetujui pengeluaran kas nomor {number} untuk keperluan warga"}
                houses(_call(seat, Ask(command="decision record", options=options)))
        houses.close()
    return Town(seats)


def enrol(house: House, people: Sequence[Person], office: Office | None = None) -> None:
    """Have *people* be members, known by their accounts, all of them in that *office*."""
    with house.record.act(f"enrol from {people[0].id}", datetime.now(UTC)) as work:
        for number, person in enumerate(people, members.next_number(work.connection)):
            member, name = MemberId(str(uuid.uuid4())), Personal(person.name)
            house.record.keys.new(member)
            email, account = Personal(f"{person.name}@example.org"), Personal(person.id)
            work.record(MemberEnrolled(member=member, number=number, name=name, handle=name, email=email), by=None)
            work.record(AccountLinked(member=member, number=number, platform=PLATFORM, account=account), by=None)
            if office is not None:
                work.record(OfficeGiven(member=member, number=number, office=office), by=None)


def _call(seat: Seat, request: Ask | Begin) -> Call:
    account = Account(platform=PLATFORM, id=seat.secretary.id)
    return Call(id=str(next(_ids)), account=account, at=datetime.now(UTC), request=request, place=seat.guild.id)


def _founding(seat: Seat) -> Begin:
    name, email = seat.secretary.name, f"{seat.secretary.name}@example.org"
    return Begin(organisation="RW", zone="WIB", language="id", secretary=name, email=email, is_vouched=True)


_ids = itertools.count(1)
