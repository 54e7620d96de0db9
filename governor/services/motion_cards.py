"""How is a motion shown, and how the vote on it? As a card, without a word of any language."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from governor.domain.balloting import FEW
from governor.domain.bylaws import Bylaws, Seconding
from governor.domain.meetings import Meeting
from governor.domain.motions import Ballot, Motion, MotionState, Voter
from governor.ports import Button, Card, Row
from governor.services.cards import names
from governor.store import meetings, motions, proceedings
from governor.store.database import Connection
from governor.store.members import Roster
from governor.values import dataclass
from governor.voting.counting import Choice
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

MOST_NAMED = 60
"""How many voters of an open ballot a card names, by what they voted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What is known around a motion: the text of its ``item`` of the agenda, the voters of a ballot that is counted."""

    meeting: Meeting | None
    item: str | None
    bylaws: Bylaws
    voters: Sequence[Voter]


def _card(motion: Motion, around: _Around, roster: Roster, zone: str) -> Card:
    rows = [("label-text", phrase("word-value", value=motion.text))]
    rows.append(("label-mover", phrase("word-value", value=names(roster, (motion.mover,))[0])))
    if motion.seconder is not None:
        rows.append(("label-seconder", phrase("word-value", value=names(roster, (motion.seconder,))[0])))
    if around.meeting is not None:
        meeting = around.meeting
        named = {"number": meeting.number, "summary": meeting.summary, "start": start_of(meeting)}
        rows.append(("label-meeting", phrase("word-meeting", **named)))
    if around.item is not None:
        rows.append(("label-agenda", phrase("word-value", value=around.item)))
    rows.append(("label-state", state_of(motion)))
    if motion.ballot is not None:
        rows.extend(_ballot_rows(motion.ballot, zone))
    rows.extend(_named(around.voters, roster))
    return Card(
        id=f"motion:{motion.number}",
        title=phrase("card-motion", number=motion.number),
        rows=tuple(Row(label=phrase(label), value=value) for label, value in rows),
        buttons=tuple(_buttons(motion, around.bylaws)),
    )


def card_of(motion: Motion, connection: Connection, roster: Roster, zone: str) -> Card:
    """Return the card of *motion* with the buttons that its state allows.

    While a ballot is open it shows how many voted, and nothing of what; once an open one is counted, who voted what.
    """
    ballot = motion.ballot
    agenda = () if motion.meeting is None else proceedings.agenda(connection, motion.meeting)
    is_told = ballot is not None and ballot.tally is not None and not ballot.is_secret
    around = _Around(
        meeting=None if motion.meeting is None else meetings.find(connection, motion.meeting),
        item=next((one.text for one in agenda if one.item == motion.item), None),
        bylaws=proceedings.bylaws_now(connection),
        voters=motions.voters(connection, motion.number, ballot.ballot) if ballot is not None and is_told else (),
    )
    return _card(motion, around, roster, zone)


def state_of(motion: Motion) -> Phrase:
    """Return how far *motion* is; where it is settled, what made it so, in numbers that can be checked."""
    found = outcome_of(motion)
    state = phrase(f"motion-state-{motion.state.value}")
    if found is None:
        return state
    if motion.decision is not None:
        return phrase("motion-decided", state=state, decision=motion.decision, outcome=found)
    return phrase("motion-settled", state=state, outcome=found)


def outcome_of(motion: Motion) -> Phrase | None:
    """Return how *motion* came to be where it is: by consensus, or by which count under which rule.

    A ballot that came to nothing (a tie, no quorum) is told too. ``None``: nothing was counted yet.
    """
    if motion.consensus is not None:
        agreed = motion.consensus
        return phrase("outcome-consensus", agreed=agreed.agreed, needed=agreed.needed, roll=agreed.roll)
    ballot = motion.ballot
    if ballot is None or ballot.tally is None or ballot.outcome is None:
        return None
    return phrase(
        "outcome-ballot",
        outcome=phrase(f"outcome-{ballot.outcome.value}"),
        votes_for=ballot.tally.votes_for,
        votes_against=ballot.tally.votes_against,
        abstained=ballot.tally.abstained,
        majority=phrase(f"majority-{ballot.majority.value}"),
        present=ballot.present_at_close,
        needed=ballot.needed,
        roll=ballot.roll,
        secrecy=phrase("secrecy-secret" if ballot.is_secret else "secrecy-open"),
    )


def _ballot_rows(ballot: Ballot, zone: str) -> Iterator[tuple[str, Phrase]]:
    if ballot.tally is not None:
        return
    yield "label-rule", phrase("ballot-rule", majority=phrase(f"majority-{ballot.majority.value}"))
    yield "label-quorum", phrase("ballot-quorum", quorum=phrase(f"quorum-{ballot.quorum.value}"), needed=ballot.needed)
    yield "label-secrecy", phrase("ballot-secret" if ballot.is_secret else "ballot-open")
    if ballot.is_secret and ballot.entitled < FEW:
        yield "label-warning", phrase("ballot-few", entitled=ballot.entitled)
    who = phrase(f"electorate-{ballot.electorate.value}")
    yield "label-voted", phrase("ballot-voted", voted=ballot.voted, entitled=ballot.entitled, electorate=who)
    ends = ballot.closes_at
    yield (
        "label-ends",
        (
            phrase("ballot-until-closed")
            if ends is None
            else phrase("word-value", value=ends.astimezone(ZoneInfo(zone)))
        ),
    )


def _named(voters: Sequence[Voter], roster: Roster) -> Iterator[tuple[str, Phrase]]:
    if len(voters) > MOST_NAMED:
        return
    for choice in Choice:
        people = names(roster, tuple(voter.member for voter in voters if voter.choice is choice))
        if people:
            yield f"label-vote-{choice.value}", phrase("word-value", value=people)


def _buttons(motion: Motion, bylaws: Bylaws) -> Iterator[Button]:
    number = motion.number
    if motion.state is MotionState.VOTING and motion.ballot is not None:
        for choice in Choice:
            token = f"vote:{number}:{choice.value}:{motion.ballot.ballot}"
            yield Button(token=token, label=phrase(f"vote-{choice.value}"))
        yield Button(token=f"count:{number}", label=phrase("button-count"))
    if motion.state is MotionState.MOVED:
        yield Button(token=f"second:{number}", label=phrase("button-second"))
    is_before_the_house = motion.state is MotionState.SECONDED or (
        motion.state is MotionState.MOVED and bylaws.seconding is Seconding.UNNEEDED
    )
    if is_before_the_house:
        if motion.meeting is not None:
            yield Button(token=f"agreed:{number}", label=phrase("button-agreed"))
        yield Button(token=f"put:{number}", label=phrase("button-put"))
        yield Button(token=f"put:{number}:secret", label=phrase("button-put-secret"))
        yield Button(token=f"until:{number}", label=phrase("button-put-until"), asks=phrase("ask-put-until"))
    if motion.state in (MotionState.MOVED, MotionState.SECONDED):
        yield Button(token=f"withdraw:{number}", label=phrase("button-withdraw"))
