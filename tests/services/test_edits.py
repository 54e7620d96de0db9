"""What becomes of an occurrence of a series that a person moves or takes off in Google, and nobody set apart before?"""

from datetime import timedelta

import pytest

from governor.domain.meetings import Meeting, PartStat, Status
from governor.ports import Card, Press
from governor.wording.catalogue import say
from tests.delivery.test_ways import PEOPLE, Town, town
from tests.services.test_routes import ask, propose

__all__ = ["town"]

SECOND = "20261207T120000Z"
"""When the second meeting of the series would begin, as Google names it."""


@pytest.fixture
def event(town: Town) -> str:
    """The event of a weekly meeting, in Google."""
    card = propose(town, "rapat kas setiap Senin jam 7 malam di Balai dengan @budi, @sari dan @anne")
    ask(town, Press(button=card.buttons[0].token))
    town.deliver()
    town.answer()
    return next(iter(town.google.events))


def occurrences(town: Town) -> list[Meeting]:
    number = "2026-002"
    return [town.hall.meeting(number)] if number in {one.effect.subject for one in town.hall.all()} else []


def shown(town: Town) -> Card:
    """Return the card on which what was done in Google is decided."""
    town.answer()
    town.deliver()
    (card,) = town.chat.posts[-1][1].cards
    return card


def decide(town: Town, card: Card, word: str) -> None:
    town.hall.press(next(one.token for one in card.buttons if one.token.startswith(word)))
    town.deliver()
    town.answer()


def moved(town: Town, event: str) -> None:
    start, end = "2026-12-08T20:00:00+07:00", "2026-12-08T22:00:00+07:00"
    town.google.edit_once(event, SECOND, start={"dateTime": start}, end={"dateTime": end})


def test_occurrence_moved_in_google_is_accepted_as_a_meeting_of_its_own(town: Town, event: str) -> None:
    moved(town, event)
    card = shown(town)
    before = occurrences(town)
    town.google.told.clear()
    decide(town, card, "take")

    facts = {say(row.label, "id"): say(row.value, "id") for row in card.rows}
    assert facts["Yang mana"].startswith("Senin, 7 Desember 2026")
    assert facts["Kapan"].startswith("Selasa, 8 Desember 2026")
    assert before == [], "nothing changes the record by itself"
    (one,) = occurrences(town)
    assert (one.dtstart.isoformat(), one.series) == ("2026-12-08T20:00:00+07:00", "2026-001")
    assert town.google.events[f"{event}_{SECOND}"]["start"]["dateTime"] == "2026-12-08T20:00:00+07:00"
    assert town.google.told == [], "Google told them when it was moved"
    assert len([post for post in town.chat.posts if post[0].startswith("matter:")]) == 1
    assert town.hall.is_sound()


def test_occurrence_moved_in_google_is_put_back_with_all_its_guests(town: Town, event: str) -> None:
    moved(town, event)
    decide(town, shown(town), "drop")

    back = town.google.events[f"{event}_{SECOND}"]
    assert back["start"]["dateTime"] == "2026-12-07T19:00:00+07:00"
    assert {one["email"] for one in back["attendees"]} == set(PEOPLE)
    assert [one.dtstart.isoformat() for one in occurrences(town)] == ["2026-12-07T19:00:00+07:00"]
    assert len([post for post in town.chat.posts if post[0].startswith("matter:")]) == 1
    assert town.hall.is_sound()


@pytest.mark.parametrize("word", ["take", "drop"])
def test_occurrence_taken_off_in_google_is_called_off_or_put_back(town: Town, event: str, word: str) -> None:
    town.google.remove_once(event, SECOND)
    decide(town, shown(town), word)

    (one,) = occurrences(town)
    now = town.google.events[f"{event}_{SECOND}"]
    is_off = word == "take"
    assert one.status is (Status.CANCELLED if is_off else Status.CONFIRMED)
    assert now["status"] == ("cancelled" if is_off else "confirmed")
    assert {each["email"] for each in now.get("attendees", ())} == (set() if is_off else set(PEOPLE))
    assert town.google.events[event]["status"] == "confirmed"
    assert town.hall.is_sound()


def test_rule_that_was_changed_in_google_is_shown_and_put_back(town: Town, event: str) -> None:
    before = town.google.events[event]["recurrence"]
    town.google.edit(event, recurrence=["RRULE:FREQ=DAILY"])
    card = shown(town)

    assert [one.token.partition(":")[0] for one in card.buttons] == ["drop"], "the record cannot take it"
    assert "pengulangannya" in [say(row.value, "id") for row in card.rows]
    decide(town, card, "drop")
    assert town.google.events[event]["recurrence"] == before
    assert town.hall.is_sound()


def test_time_that_is_accepted_takes_no_stranger_into_the_meeting(town: Town, event: str) -> None:
    guests = [*town.google.events[event]["attendees"][1:], {"email": "mallory@example.org"}]
    town.google.edit(event, summary="Rapat besar", attendees=guests, description="Bawa uang!")
    card = shown(town)
    facts = {say(row.label, "id"): say(row.value, "id") for row in card.rows}
    decide(town, card, "take")

    assert facts["Juga diubah di sana, hanya dapat dikembalikan"] == "keterangan dan peserta"
    assert facts["Ditambahkan di sana"] == "mallory@example.org"
    assert facts["Tidak lagi diundang di sana"] == "Budi"
    now = town.google.events[event]
    assert (town.hall.meeting("2026-001").summary, now["summary"]) == ("Rapat besar", "Rapat besar")
    assert {one["email"] for one in now["attendees"]} == set(PEOPLE)
    assert "Bawa uang!" not in now["description"]
    assert town.hall.is_sound()


def test_occurrence_that_somebody_only_answered_is_shown_to_nobody(town: Town, event: str) -> None:
    town.google.answer_once(event, SECOND, PEOPLE[0], "accepted")
    town.answer()
    town.deliver()

    assert [post for post in town.chat.posts if post[0].startswith("matter:")] == []
    (one,) = occurrences(town)
    assert {each.member: each.partstat for each in one.attendees}[town.people[0]] is PartStat.ACCEPTED


def test_second_edit_of_an_occurrence_takes_the_place_of_the_first(town: Town, event: str) -> None:
    moved(town, event)
    first = shown(town)
    town.google.edit_once(event, "20261214T120000Z", summary="Rapat besar")
    other = shown(town)
    town.google.remove_once(event, SECOND)
    second = shown(town)

    replaced = next(one.token for one in first.buttons if one.token.startswith("take"))
    assert ask(town, Press(button=replaced)).refused
    decide(town, second, "take")
    decide(town, other, "take")

    assert [
        (town.hall.meeting(number).status, town.hall.meeting(number).summary) for number in ("2026-002", "2026-003")
    ] == [
        (Status.CANCELLED, "Rapat Kas"),
        (Status.CONFIRMED, "Rapat besar"),
    ]


def test_day_of_a_series_of_days_is_found(town: Town) -> None:
    card = propose(town, "kerja bakti setiap Senin seharian di Balai dengan @budi")
    ask(town, Press(button=card.buttons[0].token))
    town.deliver()
    town.answer()
    (name,) = town.google.events
    town.google.edit_once(name, "20261207", start={"date": "2026-12-08"}, end={"date": "2026-12-09"})
    decide(town, shown(town), "take")

    (one,) = occurrences(town)
    assert (one.dtstart.isoformat(), one.is_all_day) == ("2026-12-08T00:00:00+07:00", True)
    assert town.google.events[f"{name}_20261207"]["start"] == {"date": "2026-12-08"}


def test_occurrence_that_is_over_or_none_is_nothing_to_decide(town: Town, event: str) -> None:
    town.google.edit_once(event, "20261208T120000Z", summary="Bukan Senin")
    town.answer()
    town.now += timedelta(days=20)
    moved(town, event)
    town.answer()
    town.deliver()

    assert [post for post in town.chat.posts if post[0].startswith("matter:")] == []
