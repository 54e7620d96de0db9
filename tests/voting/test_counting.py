"""Quorums and majorities are counted exactly."""

from itertools import product

import pytest

from governor.voting.counting import House, Majority, Outcome, Quorum, Tally, count

NEEDED = {
    7: (4, 4, 5, 5, 6, 2),
    8: (5, 5, 5, 6, 6, 2),
    9: (5, 5, 6, 6, 7, 2),
    10: (6, 6, 6, 7, 8, 2),
    21: (11, 11, 12, 14, 16, 5),
    30: (16, 16, 16, 20, 23, 6),
    100: (51, 51, 51, 67, 75, 20),
}
"""What each quorum but ``NONE`` needs of so many, in the order of ``Quorum``."""


@pytest.mark.parametrize(("size", "expected"), NEEDED.items())
def test_quorum_needs_exactly_so_many(size: int, expected: tuple[int, ...]) -> None:
    assert tuple(quorum.needed(size) for quorum in Quorum) == (0, *expected)


def tally(votes_for: int, votes_against: int, abstained: int = 0) -> Tally:
    return Tally(votes_for=votes_for, votes_against=votes_against, abstained=abstained)


def house(entitled: int, present: int, quorum: Quorum = Quorum.MORE_THAN_HALF) -> House:
    return House(entitled=entitled, present=present, needed=quorum.needed(entitled))


@pytest.mark.parametrize(
    ("votes", "majority", "before", "outcome"),
    [
        (tally(6, 5, 1), Majority.SIMPLE, house(20, 12), Outcome.CARRIED),
        (tally(6, 6), Majority.SIMPLE, house(20, 12), Outcome.TIED),
        (tally(6, 5, 1), Majority.OF_PRESENT, house(20, 12), Outcome.LOST),
        (tally(10, 0), Majority.SIMPLE, house(20, 10), Outcome.INQUORATE),
        (tally(6, 3), Majority.TWO_THIRDS, house(9, 9), Outcome.CARRIED),
        (tally(6, 3), Majority.OVER_TWO_THIRDS, house(9, 9), Outcome.LOST),
        (tally(4, 0), Majority.SIMPLE, house(7, 4, Quorum.HALF_PLUS_ONE_FLOOR), Outcome.CARRIED),
        (tally(4, 0), Majority.SIMPLE, house(7, 4, Quorum.HALF_PLUS_ONE_CEIL), Outcome.INQUORATE),
        (tally(0, 0, 9), Majority.SIMPLE, house(15, 9), Outcome.LOST),
        (tally(0, 0, 9), Majority.TWO_THIRDS, house(15, 9), Outcome.LOST),
        (tally(3, 1), Majority.SIMPLE, house(9, 5), Outcome.CARRIED),
        (tally(11, 4), Majority.ALL, house(30, 15, Quorum.NONE), Outcome.LOST),
        (tally(3, 0), Majority.ALL, house(3, 3), Outcome.CARRIED),
        (tally(6, 0, 4), Majority.ABSOLUTE, house(12, 10), Outcome.LOST),
        (tally(7, 0, 3), Majority.ABSOLUTE, house(12, 10), Outcome.CARRIED),
        (tally(3, 3), Majority.TWO_THIRDS, house(6, 6), Outcome.LOST),
        (tally(3, 2), Majority.OF_PRESENT, House(entitled=5, present=9, needed=5), Outcome.CARRIED),
        (tally(3, 3), Majority.OF_PRESENT, House(entitled=6, present=5, needed=4), Outcome.LOST),
        (tally(0, 0), Majority.ALL, house(0, 0, Quorum.NONE), Outcome.LOST),
    ],
)
def test_votes_come_to(votes: Tally, majority: Majority, before: House, outcome: Outcome) -> None:
    assert count(votes, majority, before) is outcome


def test_majority_is_no_looser_than_another_exactly_where_all_that_it_carries_the_other_does() -> None:
    worlds = [
        (tally(votes_for, votes_against, abstained), House(entitled=entitled, present=present, needed=0))
        for votes_for, votes_against, abstained in product(range(8), repeat=3)
        for present in range(votes_for + votes_against + abstained, 9)
        for entitled in range(max(present, 1), 9)
    ]
    carried = {
        one: {at for at, world in enumerate(worlds) if count(world[0], one, world[1]) is Outcome.CARRIED}
        for one in Majority
    }
    for one, other in product(Majority, repeat=2):
        assert one.satisfies(other) is (carried[one] <= carried[other]), (one, other)


def test_everybody_who_took_part_is_counted_once() -> None:
    assert tally(3, 2, 1).voted == 6
