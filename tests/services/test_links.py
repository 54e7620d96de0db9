"""What becomes of the link that Google makes for a meeting that is held there?"""

from governor.domain.events import RouteChosen
from governor.domain.members import Route
from governor.ports import Press
from governor.services.feeds import Feeds
from governor.services.ways import INVITATION
from governor.wording.catalogue import say
from tests.delivery.test_ways import PEOPLE, Town, town
from tests.integrations.google_server import MEET
from tests.services.test_routes import ask, propose

__all__ = ["town"]


def called(town: Town, words: str = "rapat kas Senin jam 7 malam di Google Meet dengan @budi, @sari dan @anne") -> None:
    ask(town, Press(button=propose(town, words).buttons[0].token))
    town.deliver()


def hear(town: Town) -> None:
    town.answer()
    town.deliver()


def test_link_becomes_the_meetings_own_and_nobody_is_asked_again(town: Town) -> None:
    called(town)
    (event,) = town.google.events
    town.google.answer(event, PEOPLE[0], "accepted")
    before, told = town.hall.meeting("2026-001"), len(town.google.told)

    for _ in range(3):
        hear(town)

    after = town.hall.meeting("2026-001")
    assert (after.conference, after.location) == (MEET, "Google Meet")
    assert (after.sequence, after.revision) == (before.sequence, before.revision + 1)
    assert [one.partstat.value for one in after.attendees if one.member == town.people[0]] == ["ACCEPTED"]
    assert len(town.google.told) == told, "Google showed it to them already"
    assert [line for line in town.told() if MEET in line] == [f"Rapat Kas diikuti lewat {MEET}"]
    cards = [reply.cards[0] for key, reply in town.chat.posts if key.startswith("linked")]
    rows = [say(row.value, "id") for card in cards for row in card.rows]
    assert f"Google Meet, {MEET}" in rows
    feeds = Feeds(town.hall.record, town.calendar.organizer, lambda: town.now)
    assert MEET.encode() not in feeds.find(None).body, "a link is for those who are invited"
    assert town.hall.is_sound()


def test_guest_by_mail_is_sent_the_link_under_the_same_sequence(town: Town) -> None:
    anne = town.people[2]
    with town.hall.record.act("choose", town.now) as work:
        number = next(one.number for one in work.roster() if one.id == anne)
        work.record(RouteChosen(member=anne, number=number, route=Route.MAIL), by=anne)
    called(town)
    hear(town)

    (shown,) = town.mail.shows(PEOPLE[2])
    sent = [one.effect for one in town.hall.effects("2026-001") if one.effect.target == anne]
    assert [(one.way, one.generation) for one in sent if one.kind == INVITATION] == [("mail", 1), ("mail", 2)]
    assert shown.sequence == 0


def test_series_and_what_was_set_apart_of_it_have_the_link(town: Town) -> None:
    called(town, "rapat kas setiap Senin jam 7 malam di Google Meet dengan @budi")
    (event,) = town.google.events
    town.google.answer_once(event, "20261207T120000Z", PEOPLE[0], "accepted")
    hear(town)
    hear(town)

    assert [town.hall.meeting(number).conference for number in ("2026-001", "2026-002")] == [MEET, MEET]
    assert town.hall.is_sound()


def test_meeting_that_was_called_off_meanwhile_gets_none(town: Town) -> None:
    called(town)
    town.hall.cancel("2026-001")
    hear(town)

    assert town.hall.meeting("2026-001").conference is None
    assert [line for line in town.told() if MEET in line] == []
