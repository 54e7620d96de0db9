"""Does every closed ballot come to what its votes come to? Counted again from the entries."""

from collections import Counter
from collections.abc import Iterator, Mapping

from governor.ledger.verify import Finding
from governor.store.folding import Fold
from governor.store.row_changes import Value
from governor.voting.counting import Choice, House, Majority, Outcome, Tally, count

_Row = Mapping[str, Value]


def recounted(fold: Fold) -> Iterator[Finding]:
    """Yield a finding for every ballot of *fold* whose count, or what was made of it, is not what its entries say.

    Of an open ballot each vote is in the entries; of a secret one only who voted, so only how many did can be told.
    """
    voters: dict[tuple[Value, Value], list[_Row]] = {}
    for row in fold.rows["voter"].values():
        voters.setdefault((row["number"], row["ballot"]), []).append(row)
    for key, ballot in fold.rows["ballot"].items():
        those = voters.get((ballot["number"], ballot["ballot"]), [])
        if ballot["outcome"] is not None and not (_is_counted(ballot, those) and _is_made_of_it(ballot)):
            named = {"number": ballot["number"], "ballot": ballot["ballot"]}
            yield Finding(what="ballot-miscounted", index=fold.origins["ballot", key], values=named)


def _is_counted(ballot: _Row, voters: list[_Row]) -> bool:
    told = _tally(ballot)
    voted = [row["choice"] for row in voters if row["times"]]
    if len(voters) != ballot["entitled"] or len(voted) != told.voted:
        return False
    counts = Counter(voted)
    found = (counts[Choice.FOR], counts[Choice.AGAINST], counts[Choice.ABSTAIN])
    return bool(ballot["is_secret"]) or found == (told.votes_for, told.votes_against, told.abstained)


def _is_made_of_it(ballot: _Row) -> bool:
    house = House(
        entitled=_number(ballot, "entitled"),
        present=_number(ballot, "present_at_close"),
        needed=_number(ballot, "needed"),
    )
    outcome = count(_tally(ballot), Majority(str(ballot["majority"])), house)
    return ballot["outcome"] in ((outcome, Outcome.LOST) if outcome is Outcome.TIED else (outcome,))


def _tally(ballot: _Row) -> Tally:
    return Tally(
        votes_for=_number(ballot, "votes_for"),
        votes_against=_number(ballot, "votes_against"),
        abstained=_number(ballot, "abstained"),
    )


def _number(ballot: _Row, name: str) -> int:
    return int(ballot[name] or 0)
