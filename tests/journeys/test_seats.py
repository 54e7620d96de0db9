"""Do organisations that share a process stay strictly apart? Each command of the table tries to reach across."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import get_type_hints

import pytest

from governor.bootstrap import House, open_house
from governor.errors import NotFound, Unavailable
from governor.ports import Account, Ask, Begin, Call, Join, Press, Reply, Say, Typing
from governor.ports.offers import Kind, Offer
from governor.seats import Seats
from governor.services import COMMANDS
from governor.services.commands import Command
from governor.services.offers import offers
from governor.wording.catalogue import say
from tests.journeys.rooms import AT, settings_at

HERE, THERE, EMPTY = "1001", "2002", "3003"
DEWI, BAGAS, RINA, SARI, TONO = "11", "12", "21", "31", "41"
NAMES = ("Wayang", "Bagas", "Mekar", "sewa gamelan")
"""Words that only the organisation here knows."""


@dataclass
class City:
    """Two organisations: *here* with Dewi and Bagas, *there* with Rina; Sari is in both; a third is empty."""

    home: House
    tokens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seats = Seats(self.home, "discord", lambda house, _: house.dispatcher(["mail"]))
        self._numbers = itertools.count(1)

    def ask(self, who: str, place: str | None, request: Say | Press | Ask | Join | Begin) -> Sequence[Reply]:
        """Return what *who* is answered in *place*; the buttons that are shown are kept."""
        account, at = Account(platform="discord", id=who), AT + timedelta(seconds=next(self._numbers))
        call = Call(id=f"{at:%H%M%S}", account=account, at=at, request=request, language="id", place=place)
        replies = self.seats(call)
        self.tokens += [button.token for reply in replies for card in reply.cards for button in card.buttons]
        return replies

    def told(self, who: str, place: str | None, request: Say | Press | Ask | Join | Begin) -> str:
        """Return all the words that *who* is answered."""
        return words(self.ask(who, place, request))

    def found(self, who: str, place: str, name: str, secretary: str, *, is_vouched: bool = True) -> str:
        begin = Begin(
            organisation=name, zone="WIB", language="id", secretary=secretary, email=None, is_vouched=is_vouched
        )
        return self.told(who, place, begin)

    def join(self, who: str, place: str, name: str, by: str) -> None:
        self.ask(by, place, Ask(command="member add", options={"name": name}))
        told = self.told(by, place, Ask(command="member invite", options={"person": name.casefold()}))
        code = told.split(": ")[1].split(".")[0]
        assert name in self.told(who, place, Join(code=code))

    def sizes(self) -> dict[str | None, tuple[int, int]]:
        """Return how much is in each record: entries, and what is to be delivered."""
        found = {}
        for seat in self.seats:
            with seat.house.record.database.read() as connection:
                size = seat.house.record.ledger.head(connection).size
                found[seat.place] = (size, len(seat.house.record.outbox.in_state(connection, None)))
        return found


def words(replies: Sequence[Reply]) -> str:
    said = []
    for reply in replies:
        said += [say(line, "id") for line in reply.lines]
        for card in reply.cards:
            said += [say(card.title, "id"), *(f"{say(row.label, 'id')} {say(row.value, 'id')}" for row in card.rows)]
            said += [say(button.label, "id") for button in card.buttons]
        said += [reply.document or ""]
    return "\n".join(said)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with open_house(settings_at(tmp_path_factory.mktemp("city") / "data")) as home:
        city = City(home)
        assert "Koperasi" in city.found(DEWI, HERE, "Koperasi Mekar", "Dewi")
        city.join(BAGAS, HERE, "Bagas", DEWI)
        city.join(SARI, HERE, "Sari", DEWI)
        city.ask(DEWI, HERE, Say(text="rapat wayang Jumat jam 3 sore dengan @bagas"))
        city.ask(DEWI, HERE, Press(button=next(one for one in city.tokens if one.startswith("call:"))))
        city.ask(DEWI, HERE, Say(text="keputusan: menyetujui sewa gamelan, penanggung jawab @bagas"))
        city.ask(DEWI, HERE, Say(text="catat: sewa gamelan dibahas"))
        (second,) = city.ask(DEWI, HERE, Say(text="rapat wayang Sabtu jam 4 sore dengan @bagas"))
        city.ask(DEWI, HERE, Press(button=second.cards[0].buttons[0].token))
        city.ask(DEWI, HERE, Say(text="cari waktu rapat wayang minggu depan dengan @bagas"))
        city.found(RINA, THERE, "Karang Taruna", "Rina")
        city.join(SARI, THERE, "Sari", RINA)
        city.found(TONO, EMPTY, "Sanggar", "Tono")
        yield city
        city.seats.close()


def filled(offer: Offer) -> dict[str, str]:
    """Return options of *offer* that name what is in the organisation here."""
    values = {
        Kind.MEETING: "2026-001",
        Kind.DECISION: "2026-001",
        Kind.PERSON: "bagas",
        Kind.DATE: "2026-12-01",
        Kind.SENTENCE: "rapat 2026-001 jam 5 sore",
    }
    return {
        option.name: option.choices[0].value if option.choices else values.get(option.kind, "2026-001")
        for option in offer.options
    }


@pytest.mark.parametrize("offer", offers(COMMANDS), ids=lambda offer: offer.name)
def test_command_given_there_knows_nothing_of_here(city: City, offer: Offer) -> None:
    before = city.sizes()
    replies = city.ask(RINA, THERE, Ask(command=offer.name, options=filled(offer)))
    after = city.sizes()
    assert after[HERE] == before[HERE]
    assert not any(name in words(replies) for name in NAMES)
    assert "belum ditautkan" not in words(replies)
    if {Kind.MEETING, Kind.DECISION, Kind.PERSON} & {option.kind for option in offer.options}:
        assert all(reply.refused for reply in replies), words(replies)
        assert after == before


@pytest.mark.parametrize("offer", offers(COMMANDS), ids=lambda offer: offer.name)
def test_member_of_here_is_a_stranger_there(city: City, offer: Offer) -> None:
    before = city.sizes()
    replies = city.ask(BAGAS, THERE, Ask(command=offer.name, options=filled(offer)))
    assert [reply.lines[0].key for reply in replies] == ["account-unlinked"]
    assert city.sizes() == before


OF_EACH = frozenset({"rule", "adopt"})
"""Buttons that name a rule, which every organisation has: they are about the one in which they are pressed."""

BUTTONS = [command for command in COMMANDS if command.button]


@pytest.mark.parametrize("command", BUTTONS, ids=lambda command: str(command.button))
def test_button_of_here_opens_nothing_there(city: City, command: Command) -> None:
    hints = get_type_hints(command.request)
    made = [f"{1}" if hints[one.name] is int else "2026-001" for one in fields(command.request)]
    tokens = [token for token in city.tokens if token.split(":")[0] == command.button]
    tokens += [":".join([str(command.button), *made]), f"{command.button}:2026-001"]
    before = city.sizes()
    for token, place in itertools.product(dict.fromkeys(tokens), (EMPTY, None)):
        request: Press | Say = Press(button=token)
        for asked in (request, Say(text="jam 5 sore", answering=token)):
            replies = city.ask(TONO, place, asked)
            assert command.button in OF_EACH or all(reply.refused or not reply.cards for reply in replies)
            assert not any(name in words(replies) for name in NAMES)
    after = city.sizes()
    assert after[HERE] == before[HERE]
    assert command.button in OF_EACH or after == before


def test_most_buttons_were_really_shown_here(city: City) -> None:
    shown = {token.split(":")[0] for token in city.tokens}
    assert {"call", "change", "discard", "rsvp", "suits", "routes"} <= shown


def test_nothing_is_suggested_across(city: City) -> None:
    for who, place in ((RINA, HERE), (BAGAS, THERE)):
        account = Account(platform="discord", id=who)
        seat = city.seats.asked(account, place)
        assert seat is not None
        for offer in offers(COMMANDS):
            for option in offer.options:
                typing = Typing(account=account, place=place, command=offer.name, option=option.name, typed="")
                assert seat.dispatcher.suggest(typing, AT) == ()


def test_code_of_here_opens_nothing_there(city: City) -> None:
    city.ask(DEWI, HERE, Ask(command="member add", options={"name": "Joko"}))
    told = city.told(DEWI, HERE, Ask(command="member invite", options={"person": "joko"}))
    code = Join(code=told.split(": ")[1].split(".")[0])
    assert "tidak berlaku" in city.told("99", THERE, code)
    assert "di server organisasi" in city.told("99", None, code)
    assert "Joko" in city.told("99", HERE, code)


def test_who_belongs_to_both_is_asked_which_and_answered_by_that_one(city: City) -> None:
    ask = Say(text="rapat apa saja?")
    (asked,) = city.ask(SARI, None, ask)
    (card,) = asked.cards
    assert [say(button.label, "id") for button in card.buttons] == ["Koperasi Mekar", "Karang Taruna"]
    here, there = (button.token for button in card.buttons)
    assert "Wayang" in city.told(SARI, None, Press(button=here))
    assert "Wayang" not in city.told(SARI, None, Press(button=there))
    assert "tidak ada lagi" in city.told(RINA, None, Press(button=here))
    assert "Wayang" in city.told(BAGAS, None, ask)


def test_who_is_asked_which_is_asked_in_the_language_that_they_write_in(city: City) -> None:
    at, account = AT + timedelta(hours=1), Account(platform="discord", id=SARI)
    for text, language in (("show meetings", "en"), ("rapat apa saja?", "id")):
        (asked,) = city.seats(Call(id=language, account=account, at=at, request=Say(text=text)))
        assert (asked.cards[0].title.key, asked.language) == ("ask-which-organisation", language)


def test_card_shown_alone_stays_with_its_organisation(city: City) -> None:
    (drafted,) = city.ask(RINA, None, Say(text="rapat pengurus Jumat jam 3 sore"))
    call = drafted.cards[0].buttons[0].token
    assert call.startswith(f"at:{THERE}:")
    before = city.sizes()
    assert "belum ditautkan" in city.told(BAGAS, None, Press(button=call))
    assert city.sizes() == before
    assert "Rapat Pengurus" in city.told(RINA, None, Press(button=call))
    assert city.sizes()[HERE] == before[HERE]


def test_place_without_an_organisation_gets_one_of_who_may_only(city: City, tmp_path: Path) -> None:
    assert "belum didirikan" in city.told(DEWI, "4004", Say(text="rapat apa saja?"))
    assert "mengelola server" in city.found("51", "4004", "Palsu", "Tuti", is_vouched=False)
    assert city.seats.kept() == (THERE, EMPTY)
    for place in ("../../x", "", "a/b"):
        assert "belum didirikan" in city.told("51", place, Say(text="rapat apa saja?"))


def test_organisations_are_found_again_and_by_one_process_only(city: City) -> None:
    again = City(city.home).seats
    assert again.first.place == HERE
    assert again.kept() == (THERE, EMPTY)
    with pytest.raises(Unavailable):
        again.open(THERE)
    with pytest.raises(NotFound):
        again.open("../x")


def test_two_records_have_nothing_in_common(city: City) -> None:
    here, there, _ = (seat.house.record.ledger for seat in city.seats)
    assert here.vkey != there.vkey
    assert here.origin != there.origin
