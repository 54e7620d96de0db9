"""Are the roles of a server those of the offices in the record, and is the record never touched by them?"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from governor.domain.events import AccountLinked, Personal
from governor.domain.members import Office
from governor.ports import Account, Ask, Call, Holder
from governor.services import COMMANDS, appointing
from governor.services.dispatch import Dispatcher
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from integrations.discord.roles import Roles
from integrations.discord.room import Discord
from tests.discord_server import Person, description
from tests.discord_server.people import ADMINISTRATOR
from tests.integrations.chat_contract import Door
from tests.integrations.test_discord import Servers, stage
from tests.store.records import AT, founded, migrated, opened

__all__ = ["stage"]

description.require()

MANAGE_ROLES = 1 << 28
BUDI, SARI = Person("budi"), Person("sari")


def with_roles(stage: Servers, **positions: int) -> dict[Office, str]:
    """Return the roles of that name, standing for the offices of that name; the bot's own is at 5."""
    stage.guild.add_role("Governor", 5, MANAGE_ROLES, is_bots=True)
    made = {Office(name): stage.guild.add_role(name.title(), position) for name, position in positions.items()}
    roles = Roles(stage.data / "discord_roles")
    roles.choose(int(stage.guild.id), {office: int(role) for office, role in made.items()})
    return made


def while_connected(stage: Servers, act: Callable[[Discord], Awaitable[None]]) -> None:
    async def talk() -> None:
        chat = stage.chat()
        running = asyncio.ensure_future(chat.run(Door()))
        await act(chat)
        await chat.close()
        await running

    asyncio.run(talk())


def holder(who: Person, *offices: Office) -> Holder:
    return Holder(account=who.id, offices=frozenset(offices))


@pytest.mark.parametrize(("language", "reason"), [("id", "bendahara"), ("en", "the treasurer")])
def test_roles_follow_the_offices_once_and_no_other_role_is_touched(stage: Servers, language: str, reason: str) -> None:
    with_roles(stage, treasurer=2, chair=3)
    stage.server.roles[stage.guild.id, SARI.id] = [stage.guild.add_role("Penggemar", 1)]
    changes: list[int] = []

    async def act(chat: Discord) -> None:
        assert (chat.shows_offices(stage.guild.id), chat.shows_offices("404")) == (True, False)
        for offices in ((Office.TREASURER, Office.BOARD), (Office.TREASURER,), ()):
            assert await chat.appoint([holder(SARI, *offices)], language=language, place=stage.guild.id) == ()
            changes.append(sum(method in ("PUT", "DELETE") and "/roles/" in path for method, path in requests))
            seen.append(stage.guild.roles_of(SARI))

    requests, seen = stage.server.requests, list[list[str]]()
    while_connected(stage, act)
    assert seen == [["Penggemar", "Treasurer"], ["Penggemar", "Treasurer"], ["Penggemar"]]
    assert changes == [1, 1, 2]
    assert all(reason in told for told in stage.server.reasons)
    assert len(stage.server.reasons) == 2


def test_role_that_is_gone_or_above_the_bots_own_is_named_and_the_others_are_given(stage: Servers) -> None:
    made = with_roles(stage, treasurer=2, chair=9, secretary=3)
    roles = stage.server.guilds[stage.guild.id]["roles"]
    roles.remove(next(one for one in roles if one["id"] == made[Office.SECRETARY]))
    stage.server.left.add(BUDI.id)
    told: list[str] = []

    async def act(chat: Discord) -> None:
        everything = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
        lacking = await chat.appoint(
            [holder(BUDI, *everything), holder(SARI, *everything)], language="en", place=stage.guild.id
        )
        told.extend(say(line, "en") for line in lacking)

    while_connected(stage, act)
    assert stage.guild.roles_of(SARI) == ["Treasurer"]
    assert stage.guild.roles_of(BUDI) == []
    assert sorted(told) == [
        "The bot cannot give or take @Chair (the chair): allow it Manage Roles, and move its own role above that one"
        " (Server Settings, Roles).",
        "The role that stood for the secretary is gone: choose another by /setup.",
    ]


def test_setup_chooses_roles_for_offices_and_names_the_one_the_bot_cannot_give(stage: Servers) -> None:
    dewi, budi = Person("dewi", "en-US", ADMINISTRATOR), Person("budi", "en-US", ADMINISTRATOR)
    stage.server.guilds[stage.guild.id]["owner_id"] = dewi.id
    stage.guild.add_role("Governor", 5, MANAGE_ROLES, is_bots=True)
    low, high = stage.guild.add_role("Bendahara", 2), stage.guild.add_role("Ketua", 9)
    with stage.living(Door()):
        told = stage.guild.command(dewi, "setup", treasurer=low, chair=high)
        refused = stage.guild.command(budi, "setup", secretary=low)
    assert told.is_private
    assert "@Bendahara stands for the treasurer".replace("@", "\\@") in told.text
    assert "cannot give or take \\@Ketua" in told.text
    assert "cannot give or take \\@Bendahara" not in told.text
    assert "Only roles that you could give" in refused.text
    assert Roles(stage.data / "discord_roles").chosen(int(stage.guild.id)) == {
        Office.TREASURER: int(low),
        Office.CHAIR: int(high),
    }


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record that was just founded."""
    folder = tmp_path_factory.mktemp("house")
    with opened(folder) as record:
        migrated(record.database)
        founded(record)
    return folder


def asked(record: Record, command: str, **options: str) -> None:
    call = Call(
        id=f"{command}{options}",
        account=Account(platform="console", id="ratna"),
        at=AT,
        request=Ask(command=command, options=options),
    )
    (reply,) = Dispatcher(record, COMMANDS)(call)
    assert not reply.refused, reply


def test_what_people_do_to_roles_is_put_right_and_changes_nothing_in_the_record(
    stage: Servers, house: Path, tmp_path: Path
) -> None:
    made = with_roles(stage, treasurer=2)
    with opened(shutil.copytree(house, tmp_path / "house")) as record:
        for who in (BUDI, SARI):
            asked(record, "member add", name=who.name.title())
        asked(record, "office give", person="sari", office="treasurer")
        link(record, {2: BUDI, 3: SARI})
        size = size_of(record)

        async def act(chat: Discord) -> None:
            for at in (AT, AT + appointing.EVERY):
                found, language = appointing.due(record, "discord", at)
                await appointing.put_right(found, chat, language, stage.guild.id)
                seen.append((stage.guild.roles_of(BUDI), stage.guild.roles_of(SARI)))
                await asyncio.to_thread(stage.guild.give_by_hand, BUDI, made[Office.TREASURER])
                await asyncio.to_thread(stage.guild.give_by_hand, SARI, made[Office.TREASURER], is_given=False)

        seen = list[tuple[list[str], list[str]]]()
        while_connected(stage, act)
        assert seen == [([], ["Treasurer"])] * 2
        assert size_of(record) == size
        with record.look(AT) as work:
            assert [one.name for one in work.roster().holding(Office.TREASURER)] == ["Sari"]


def test_everybody_is_looked_at_in_turn_and_who_held_an_office_each_time(house: Path, tmp_path: Path) -> None:
    with opened(shutil.copytree(house, tmp_path / "house")) as record:
        for number in range(25):
            asked(record, "member add", name=f"Anggota{number}")
        people = {number: Person(f"p{number}") for number in range(1, 27)}
        link(record, people)
        rounds = [
            {one.account for one in appointing.due(record, "discord", AT + nth * appointing.EVERY)[0]}
            for nth in range(3)
        ]
    assert all(people[1].id in found for found in rounds)
    assert set[str]().union(*rounds) == {one.id for one in people.values()}
    assert max(map(len, rounds)) == appointing.OTHERS_AT_ONCE + 1
    assert timedelta(minutes=1) > appointing.EVERY


def link(record: Record, people: dict[int, Person]) -> None:
    """Link the accounts of *people*, by their members' numbers."""
    with record.act("linked", AT) as work:
        for one in work.roster():
            if one.number in people:
                account = Personal(people[one.number].id)
                linked = AccountLinked(member=one.id, number=one.number, platform="discord", account=account)
                work.record(linked, by=one.id)


def size_of(record: Record) -> int:
    with record.look(AT) as work:
        return work.head().size


@pytest.mark.parametrize("is_deleted", [False, True])
def test_server_that_is_lost_is_asked_once_each_time_and_nothing_is_told(stage: Servers, is_deleted: bool) -> None:
    with_roles(stage, treasurer=2)

    async def act(chat: Discord) -> None:
        await chat.appoint([holder(SARI)], language="id", place=stage.guild.id)
        await asyncio.to_thread(stage.guild.put_out, is_deleted=is_deleted)
        before = len(stage.server.requests)
        people = [holder(who, Office.TREASURER) for who in (SARI, BUDI)]
        assert await chat.appoint(people, language="id", place=stage.guild.id) == ()
        asked.extend(stage.server.requests[before:])

    asked = list[tuple[str, str]]()
    while_connected(stage, act)
    assert asked == [("GET", f"/guilds/{stage.guild.id}/members/{SARI.id}")]
