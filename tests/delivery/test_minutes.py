"""Are minutes posted only if people had chosen where when they were saved, however late the posts are carried out?"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from governor.ports import Account, Ask, Call, Reply, Topic
from tests.delivery.hall import FOUNDING, Hall
from tests.delivery.test_delivery import Desk


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    set_up = Desk(hall)
    hall.call("2026-001", [set_up.budi])
    yield set_up
    set_up.loop.close()


def ask(desk: Desk, command: str, **options: str) -> None:
    """Have the secretary give *command*, some seconds later, and nothing be carried out yet."""
    desk.now += timedelta(seconds=1)
    account = Account(platform=FOUNDING.platform, id=FOUNDING.account)
    call = Call(id=f"{desk.now}", account=account, at=desk.now, request=Ask(command=command, options=options))
    (reply,) = desk.hall.house.dispatcher(["mail"], is_wanted=desk.chat.is_wanted)(call)
    assert not reply.refused, reply


def posted(desk: Desk) -> list[Reply]:
    """Carry out everything that waits; return the minutes that were posted."""
    desk.carry_out()
    return [reply for _, reply in desk.chat.posts if reply.topic is Topic.MINUTES]


def test_minutes_saved_before_a_room_was_chosen_are_not_posted_in_it_afterwards(desk: Desk) -> None:
    ask(desk, "minutes save")
    desk.chat.wanted.add(Topic.MINUTES)

    assert posted(desk) == []


@pytest.mark.parametrize("noted", ["kas aman", ""])
def test_minutes_saved_anew_once_a_room_is_chosen_are_posted_there_as_they_are_then(desk: Desk, noted: str) -> None:
    ask(desk, "minutes save")
    desk.chat.wanted.add(Topic.MINUTES)
    if noted:
        ask(desk, "minutes note", text=noted)
    ask(desk, "minutes save")

    (reply,) = posted(desk)
    assert noted in (reply.document or "")


def test_minutes_saved_while_a_room_was_chosen_are_posted_however_late(desk: Desk) -> None:
    desk.chat.wanted.add(Topic.MINUTES)
    ask(desk, "minutes save")
    desk.chat.wanted.remove(Topic.MINUTES)

    assert len(posted(desk)) == 1
