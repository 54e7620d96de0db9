"""Is there a quorum, and does it carry? Whole numbers only: a share is compared by multiplying, never by dividing."""

from enum import StrEnum

from governor.values import dataclass


class Choice(StrEnum):
    """What a voter says to a motion. A recorded name."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What a ballot comes to. A recorded name. Without a quorum nothing is decided, however many agree."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    INQUORATE = "inquorate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many said what."""

    votes_for: int
    votes_against: int
    abstained: int

    @property
    def voted(self) -> int:
        """Return how many took part, those who abstained too."""
        return self.votes_for + self.votes_against + self.abstained


class Quorum(StrEnum):
    """How many are needed of those who count. A recorded name; ``half plus one`` rounds down or up, as is told."""

    NONE = "none"
    MORE_THAN_HALF = "more-than-half"
    HALF_PLUS_ONE_FLOOR = "half-plus-one-floor"
    HALF_PLUS_ONE_CEIL = "half-plus-one-ceil"
    TWO_THIRDS = "two-thirds"
    THREE_QUARTERS = "three-quarters"
    ONE_FIFTH = "one-fifth"

    def needed(self, count: int) -> int:
        """Return how many of *count* must be there."""
        match self:
            case Quorum.NONE:
                return 0
            case Quorum.MORE_THAN_HALF | Quorum.HALF_PLUS_ONE_FLOOR:
                return count // 2 + 1
            case Quorum.HALF_PLUS_ONE_CEIL:
                return (count + 1) // 2 + 1
            case _:
                numerator, denominator = _SHARES[self]
                return -(-count * numerator // denominator)


_SHARES = {Quorum.TWO_THIRDS: (2, 3), Quorum.THREE_QUARTERS: (3, 4), Quorum.ONE_FIFTH: (1, 5)}


class Majority(StrEnum):
    """How many must agree. A recorded name; what it says is in ``RULES``."""

    SIMPLE = "simple"
    OF_PRESENT = "of-present"
    TWO_THIRDS = "two-thirds"
    OVER_TWO_THIRDS = "over-two-thirds"
    ABSOLUTE = "absolute"
    ALL = "all"

    def satisfies(self, other: "Majority") -> bool:
        """Return whether whatever carries by this majority carries by the *other* too: this one is no looser."""
        return other in _SATISFIES[self]


class Base(StrEnum):
    """Of whom a majority is reckoned."""

    CAST = "cast"
    PRESENT = "present"
    ENTITLED = "entitled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """At least (where ``is_strict``: more than) ``numerator``/``denominator`` of the ``base`` must agree.

    Who abstains has not cast a vote, but is present and entitled: there it tells against.
    """

    numerator: int
    denominator: int
    is_strict: bool
    base: Base


RULES = {
    Majority.SIMPLE: Rule(numerator=1, denominator=2, is_strict=True, base=Base.CAST),
    Majority.OF_PRESENT: Rule(numerator=1, denominator=2, is_strict=True, base=Base.PRESENT),
    Majority.TWO_THIRDS: Rule(numerator=2, denominator=3, is_strict=False, base=Base.CAST),
    Majority.OVER_TWO_THIRDS: Rule(numerator=2, denominator=3, is_strict=True, base=Base.CAST),
    Majority.ABSOLUTE: Rule(numerator=1, denominator=2, is_strict=True, base=Base.ENTITLED),
    Majority.ALL: Rule(numerator=1, denominator=1, is_strict=False, base=Base.ENTITLED),
}

_SATISFIES = {
    Majority.SIMPLE: {Majority.SIMPLE},
    Majority.OF_PRESENT: {Majority.SIMPLE, Majority.OF_PRESENT},
    Majority.TWO_THIRDS: {Majority.SIMPLE, Majority.TWO_THIRDS},
    Majority.OVER_TWO_THIRDS: {Majority.SIMPLE, Majority.TWO_THIRDS, Majority.OVER_TWO_THIRDS},
    Majority.ABSOLUTE: {Majority.SIMPLE, Majority.OF_PRESENT, Majority.ABSOLUTE},
    Majority.ALL: set(Majority),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Before whom a count is made: how many may vote (``entitled``), how many are ``present``, how many are ``needed``.

    Where nobody is called to one place, those are present who took part.
    """

    entitled: int
    present: int
    needed: int


def count(tally: Tally, majority: Majority, house: House) -> Outcome:
    """Return what *tally* comes to before the *house*, by that *majority*; a tie is told, not decided.

    Only where more than half of the votes cast would do is a tie possible: any other share is simply not reached.
    """
    if house.present < house.needed:
        return Outcome.INQUORATE
    rule = RULES[majority]
    cast = tally.votes_for + tally.votes_against
    # Who voted and left was there; who came too late to vote counts for the quorum alone.
    there = max(tally.voted, min(house.present, house.entitled))
    base = {Base.CAST: cast, Base.PRESENT: there, Base.ENTITLED: house.entitled}[rule.base]
    got, asked = tally.votes_for * rule.denominator, base * rule.numerator
    if got > asked or (got == asked > 0 and not rule.is_strict):
        return Outcome.CARRIED
    is_tied = majority is Majority.SIMPLE and tally.votes_for == tally.votes_against > 0
    return Outcome.TIED if is_tied else Outcome.LOST
