"""Is the way of each attendee shown on the card, and changed there by whom it concerns?"""

from governor.domain.members import Route
from governor.ports import Account, Call, Card, Press, Reply, Say
from governor.wording.catalogue import say
from tests.delivery.hall import FOUNDING
from tests.delivery.test_ways import Town, town

__all__ = ["town"]


def ask(town: Town, request: Say | Press, account: str = FOUNDING.account) -> Reply:
    said = Call(id=f"{request}", account=Account(platform=FOUNDING.platform, id=account), at=town.now, request=request)
    return town.hall.house.dispatcher(town.hall.ways)(said)[0]


def propose(town: Town, text: str) -> Card:
    (card,) = ask(town, Say(text=text)).cards
    return card


def test_secretary_changes_the_way_of_another_from_the_next_meeting_on(town: Town) -> None:
    town.hall.call("2026-001", town.people)
    town.deliver()
    (card,) = ask(town, Press(button="routes:2026-001")).cards
    button = next(one for one in card.buttons if one.token.startswith("route:2:"))

    reply = ask(town, Press(button=button.token))
    town.hall.call("2026-002", town.people)
    town.deliver()

    assert [say(line, "id") for line in reply.lines] == ["Mulai rapat berikutnya, Budi diundang lewat surel."]
    assert town.shown()["budi@example.org"] == (1, 1)
    assert town.hall.is_sound()


def test_members_change_their_own_way_alone(town: Town) -> None:
    added = ask(town, Say(text="anggota tambah Dodi dodi@example.org"))
    number = next(iter(added.lines)).values["number"]

    own = ask(town, Press(button=f"route:{number}:{Route.CHAT}"), "dodi")
    other = ask(town, Press(button="route:2:chat"), "dodi")
    nobody = ask(town, Press(button="route:99:chat"), "dodi")
    nonsense = ask(town, Press(button="route:2:pigeon"), "dodi")

    assert [each.refused for each in (own, other, nobody, nonsense)] == [False, True, True, True]
