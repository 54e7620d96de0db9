"""Which commands may be given, as data that any platform makes its own of?"""

from enum import StrEnum

from governor.values import dataclass
from governor.wording.phrase import Phrase


class Kind(StrEnum):
    """What is filled into an option: words, a sentence as one speaks, or the name of something that is there."""

    TEXT = "text"
    SENTENCE = "sentence"
    MEETING = "meeting"
    DECISION = "decision"
    PERSON = "person"
    PERIOD = "period"
    WAY = "way"
    BYLAW = "bylaw"
    DATE = "date"
    ANSWER = "answer"
    LANGUAGE = "language"
    MOTION = "motion"
    POLL = "poll"
    ITEM = "item"
    VOTE = "vote"
    MAJORITY = "majority"
    SECRECY = "secrecy"
    OFFICE = "office"
    ACTION = "action"
    RULE = "rule"

    @property
    def is_suggested(self) -> bool:
        """Return whether there is a list to choose from (``Suggest``)."""
        return self in _SUGGESTED


_SUGGESTED = frozenset(
    {Kind.MEETING, Kind.DECISION, Kind.PERSON, Kind.MOTION, Kind.POLL, Kind.ITEM, Kind.ACTION, Kind.DATE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose: what is filled in, and what is shown for it."""

    value: str
    label: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command: its recorded ``name``, what it is called, what it is for; ``choices`` where closed."""

    name: str
    label: Phrase
    about: Phrase
    kind: Kind
    is_required: bool
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A command as data, for a platform to make its own of: recorded ``name`` (``meeting list``), words, options.

    ``label`` is the name in a language: as many words as ``name``. ``group`` is what those of one first word are for.
    One that ``is_private`` shows nothing, not even that it is being answered, to anybody but who gave it.
    """

    name: str
    label: Phrase
    about: Phrase
    options: tuple[Option, ...] = ()
    group: Phrase | None = None
    is_private: bool = False
