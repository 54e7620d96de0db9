"""By which way is a member invited?"""

from dataclasses import replace

import pytest

from governor.domain.members import Member, MemberId, Route, next_route, route_of

BUDI = Member(id=MemberId("m1"), number=1, name="Budi", handle="budi", email="budi@example.org")
GOOGLE, CALDAV, MAIL, CHAT = Route
BOTH = ("google", "mail")


@pytest.mark.parametrize(
    ("chosen", "email", "ways", "route"),
    [
        (None, True, BOTH, GOOGLE),
        (None, True, ("mail",), MAIL),
        (MAIL, True, BOTH, MAIL),
        (CHAT, True, BOTH, CHAT),
        (GOOGLE, True, ("mail",), MAIL),
        (GOOGLE, False, BOTH, CHAT),
        (None, True, ("pigeon",), CHAT),
        (None, True, (), CHAT),
        (None, True, ("caldav", "mail"), CALDAV),
    ],
)
def test_member_is_invited_as_chosen_where_that_is_open(
    chosen: Route | None, email: bool, ways: tuple[str, ...], route: Route
) -> None:
    person = replace(BUDI, route=chosen, email=BUDI.email if email else None)
    assert route_of(person, ways) is route


def test_ways_follow_one_another_round() -> None:
    seen, person = [], BUDI
    for _ in range(4):
        person = replace(person, route=next_route(person, BOTH))
        seen.append(person.route)
    assert seen == [MAIL, CHAT, GOOGLE, MAIL]


def test_without_an_address_there_is_only_the_chat() -> None:
    assert next_route(replace(BUDI, email=None), BOTH) is CHAT
