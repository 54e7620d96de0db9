"""Is it told the secretary alone, and once, that posts go elsewhere than where people chose?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from governor.ports import Detour
from governor.wording.phrase import phrase
from tests.delivery.hall import FOUNDING, Hall
from tests.delivery.test_delivery import NO_SUCH, Desk
from tests.delivery.test_presence import Ears

WORDS = {"channel": "#pengumuman", "instead": "#umum", "server": "Melati"}


@dataclass
class Keeper(Ears):
    """Ears, and who set the place up."""

    keeper_of: list[str] = field(default_factory=list)

    async def keeper(self, *, place: str | None) -> str | None:
        return next(iter(self.keeper_of), None)


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    set_up = Desk(hall)
    set_up.chat.voices = Keeper(keeper_of=["budi"])
    yield set_up
    set_up.loop.close()


def detour(gone: str) -> Detour:
    return Detour(gone=gone, told=phrase("channel-detour-announcements", **WORDS))


def post(desk: Desk, number: str, gone: str | None) -> list[str]:
    """Have something posted while the channel *gone* is; return whom it is told."""
    ears = desk.chat.voices
    assert isinstance(ears, Keeper)
    before, posts = len(ears.whispered), len(desk.chat.posts)
    desk.chat.gone = None if gone is None else detour(gone)
    desk.wall.failures["budi@example.org"] = [NO_SUCH]
    desk.hall.call(number, [desk.budi])
    desk.carry_out()
    assert len(desk.chat.posts) == posts + 1
    return [account for account, _ in ears.whispered[before:]]


def test_each_detour_is_told_the_secretary_once(desk: Desk) -> None:
    told = [post(desk, f"2026-00{number}", gone) for number, gone in enumerate((None, "7", "7", "8"), 1)]

    assert told == [[], [FOUNDING.account], [], [FOUNDING.account]]


def test_who_set_the_place_up_is_told_where_no_secretary_hears_it(desk: Desk) -> None:
    assert isinstance(desk.chat.voices, Keeper)
    desk.chat.voices.deaf.add(FOUNDING.account)

    assert post(desk, "2026-001", "7") == ["budi"]


def test_detour_that_is_over_is_not_told(desk: Desk) -> None:
    desk.chat.gone = detour("7")
    desk.wall.failures["budi@example.org"] = [NO_SUCH]
    desk.hall.call("2026-001", [desk.budi])
    for kind in ("invitation", "post"):
        (one,) = [one for one in desk.hall.all() if one.effect.kind == kind]
        desk.delivery.carry_out(one.id, desk.run)
    desk.chat.gone = None
    desk.carry_out()

    assert isinstance(desk.chat.voices, Keeper)
    assert desk.chat.voices.whispered == []
    assert [one.effect.target for one in desk.hall.all() if one.effect.kind == "detour"] == ["7"]
