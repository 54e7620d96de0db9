"""What crosses to the outside? Chats, here; calendars, mail and offers beside."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from governor.domain.members import Office
from governor.domain.sources import Source
from governor.ports.board import Board
from governor.ports.calendars import Bounce as Bounce
from governor.ports.calendars import Calendar as Calendar
from governor.ports.calendars import Edit as Edit
from governor.ports.calendars import Incoming as Incoming
from governor.ports.calendars import Letter as Letter
from governor.ports.calendars import Letters as Letters
from governor.ports.calendars import Linked as Linked
from governor.ports.calendars import Mail as Mail
from governor.ports.calendars import Message as Message
from governor.ports.calendars import Part as Part
from governor.ports.calendars import Receive as Receive
from governor.ports.calendars import Rsvp as Rsvp
from governor.ports.calendars import SetAside as SetAside
from governor.ports.calendars import Span as Span
from governor.ports.forms import Fill, Form
from governor.ports.leading import Claim, Turn, claim_freely, free_turn
from governor.ports.offers import Choice, Offer
from governor.ports.rations import Ration, unrationed
from governor.values import dataclass
from governor.wording.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who spoke, as the chat platform knows them: ``platform`` is the adapter's name, ``id`` is the platform's own."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button was pressed: ``button`` is the token that the card carried."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A person wrote ``text``; ``answering`` is the token of the button whose question it answers, if any.

    ``mentioned``: the text that stands for a person in it → the id of that person's account there.
    """

    text: str
    answering: str | None = None
    mentioned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A person gave the ``command`` of that name (``Offer``): ``options`` are by their names as they were filled in.

    ``source`` is the message that it was given on. ``mentioned`` is as in ``Say``, of the options.
    """

    command: str
    options: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None
    mentioned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A person showed the invitation ``code`` that they were given, to have their account linked with their member."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """A person founds the organisation where there is none.

    ``is_vouched``: the platform vouches that the place where it is founded is theirs to manage. ``zone`` and
    ``language`` are what they chose. ``secretary`` is the name that they wrote, perhaps with an address beside it, or
    else nothing: then ``known_as`` is what the platform calls whose ``account`` it is (``None``: their own).
    """

    organisation: str
    zone: str
    language: str
    secretary: str
    email: str | None
    is_vouched: bool
    account: Account | None = None
    known_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A person pressed that they are interested in what is shown as ``known`` (``Board``), or took that back."""

    known: str
    is_interested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One thing that one person asked, once.

    ``id`` is unique per act, and the same when the platform delivers the act again: nothing is done twice. ``at`` is
    aware. ``language`` (ISO 639-1) and ``zone`` (IANA) are the person's where the platform knows them. ``place`` is
    the platform's own id of the place where it was asked and one organisation has its seat (a server); ``None``: it was
    said to the bot alone, or there are no places.
    """

    id: str
    account: Account
    at: datetime
    request: Say | Press | Fill | Ask | Join | Begin | Interest
    language: str | None = None
    zone: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something a person may press. ``asks`` says that pressing it is followed by a line of text.

    ``is_form``: where the platform shows forms, pressing it brings one (``Reply.form``) in the place of that line.
    ``count`` tells how many pressed it, where that is told.
    """

    token: str
    label: Phrase
    asks: Phrase | None = None
    is_form: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a card: a ``label``, its ``value``, and whether the value was *assumed* rather than said."""

    label: Phrase
    value: Phrase
    assumed: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something shown with a frame: a title, rows, buttons. ``id`` is stable: a later card of that id replaces it.

    What ``is_passing`` answers one question and is never shown again: a page of a list, or which occurrences are meant.
    """

    id: str
    title: Phrase
    rows: tuple[Row, ...] = ()
    buttons: tuple[Button, ...] = ()
    is_passing: bool = False


class Topic(StrEnum):
    """What a post is about: a chat may have another room for each."""

    ANNOUNCEMENTS = "announcements"
    MINUTES = "minutes"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file for who asked: its ``name``, which says nothing of where it was made, and its ``text``, byte for byte."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What Governor answers: lines and cards, in one ``language``. ``refused`` tells that nothing was done.

    ``document`` is text that is shown as it stands (minutes, a checkpoint), in the language it was made in; ``file`` is
    handed out beside it, where the chat ``has_files``. What ``is_private`` is shown to nobody but the person who asked,
    where the platform can. ``aside`` is told to that person alone though everybody sees the cards, or not at all. What
    ``is_told_by_cards`` has lines that say no more than its cards: where a card changes in place, they may be left out.
    A post goes where its ``topic`` belongs, or, while there is one, in the ``room`` of what it is about (``Rooms``).
    ``form`` is to be filled in by who pressed. ``is_update``: the cards are shown where they stand already, and anew
    only where they do not. ``place`` is that of the organisation, where it was asked in none.
    """

    language: str
    lines: tuple[Phrase, ...] = ()
    cards: tuple[Card, ...] = ()
    document: str | None = None
    file: File | None = None
    refused: bool = False
    is_private: bool = False
    topic: Topic = Topic.ANNOUNCEMENTS
    aside: tuple[Phrase, ...] = ()
    is_told_by_cards: bool = False
    form: Form | None = None
    room: str | None = None
    is_update: bool = False
    place: str | None = None


class Rooms(Protocol):
    """How a chat gives a meeting a room of its own, in which it is posted about: where people there chose so."""

    async def open(self, reply: Reply, *, key: str, place: str | None, called: datetime) -> str:
        """Post *reply* under *key* (as ``Chat.post``) and open a room by it; return the platform's id of the room.

        It is empty where people in *place* want no such rooms, or did not yet when the meeting was *called* (an aware
        instant); then nothing is posted.

        Raises:
            Unavailable: it may be tried again; ``is_lasting``: a person has to allow it first.
        """

    async def close(self, room: str, *, place: str | None) -> str:
        """Put the *room* away; return its id. Nothing happens where it is gone.

        Raises:
            Unavailable: it may be tried again.
        """


class Voices(Protocol):
    """Whom a chat hears together by voice, and how somebody is told something alone, unasked."""

    async def gathered(self, location: str | None, *, place: str | None) -> Sequence[Collection[str]]:
        """Return the accounts in each room of *place* where people are by voice; where *location* names one, in that.

        Raises:
            Unavailable: this process does not hear it; it may be tried again.
        """

    async def whisper(self, account: str, reply: Reply, *, key: str) -> None:
        """Show *reply* to *account* alone, under *key* (as ``Chat.post``).

        Raises:
            Unavailable: it may be tried again.
            Refused: they take no such messages.
        """

    async def keeper(self, *, place: str | None) -> str | None:
        """Return the account of who set *place* up, or whose it is; ``None``: that is not known.

        Raises:
            Unavailable: it may be tried again.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What somebody is typing in a *place* (as in ``Call``): so far ``typed``, into the ``option`` of the ``command``.

    The names are recorded ones (``Offer``); ``given`` are the other options, as they were filled in. ``language`` (ISO
    639-1) is the one in which what may be chosen is shown.
    """

    account: Account
    place: str | None
    command: str
    option: str
    typed: str
    given: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None


Suggest = Callable[[Typing], Awaitable[Sequence[Choice]]]
"""What may be chosen: nothing by strangers, nor by who may not give the command. It never raises."""

Welcome = Callable[[str, str], Awaitable[Reply | None]]
"""What is said first in a *place*, in a *language*; ``None``: an organisation sits there. It never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an adapter is told when it is opened: the ``data`` folder, whether lines must not fail, what may be asked.

    ``speaker`` tells whose account the terminal is; it is asked only by an adapter that speaks there, and founds the
    organisation first where there is none. ``offers`` are the commands, ``suggest`` completes their options; where
    nothing is founded, ``welcome`` is said. ``turn`` keeps apart what several processes may not do at once, ``claim``
    what only one of them may do; ``ration`` shares out what a provider bounds.

    An entry point is a function of this that returns the adapter, or ``None`` when its settings do not ask for it.
    """

    data: Path
    speaker: Callable[[], str]
    is_strict: bool = False
    offers: tuple[Offer, ...] = ()
    suggest: Suggest | None = None
    welcome: Welcome | None = None
    turn: Turn = free_turn
    claim: Claim = claim_freely
    ration: Ration = unrationed


Door = Callable[[Call], Awaitable[Sequence[Reply]]]
"""The way into Governor: an adapter calls it and shows what comes back. It never raises a ``GovernorError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose ``account`` on the platform it is, and which ``offices`` they hold now, perhaps none."""

    account: str
    offices: frozenset[Office]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """That posts do not go where people chose: ``gone`` is the platform's id of that place, ``told`` what is to do."""

    gone: str
    told: Phrase


class Chat(Protocol):
    """A place where members talk. ``is_interactive``: a person waits for each answer, so nothing may hold it up."""

    @property
    def name(self) -> str:
        """Return the platform's name: that of the accounts that speak there."""

    @property
    def notice(self) -> tuple[Phrase, ...]:
        """Return how people speak here, for whoever starts Governor."""

    @property
    def is_interactive(self) -> bool:
        """Return whether a person waits for each answer; a script is spoken at the pace of its effects."""

    @property
    def has_files(self) -> bool:
        """Return whether people are handed files (``Reply.file``); else they are told where those lie."""

    @property
    def board(self) -> Board | None:
        """Return what the platform shows beside the talk, where it can."""

    @property
    def rooms(self) -> Rooms | None:
        """Return how meetings are given rooms of their own, where the platform has any."""

    @property
    def voices(self) -> Voices | None:
        """Return whom the chat hears by voice, where it can."""

    async def run(self, door: Door) -> int:
        """Carry what people say to *door* and its replies back, until the platform closes; return an exit status."""

    def tell(self, reply: Reply) -> None:
        """Show *reply* to whoever started Governor, at once; the platform need not be there."""

    async def post(self, reply: Reply, *, key: str, place: str | None = None) -> None:
        """Show *reply* to the organisation that sits in *place* (``None``: the only one).

        *key* names the post for good in that place: posting it twice shows it once if it can.

        Raises:
            Unavailable: it may be tried again.
        """

    def is_wanted(self, topic: Topic, place: str | None = None) -> bool:
        """Return whether what is about *topic* is posted in *place* (as ``post``): minutes only where people chose so.

        It is asked when there is something to post, and never of what was not wanted then.
        """

    def detour(self, topic: Topic, place: str | None = None) -> Detour | None:
        """Return what is to be told of posts about *topic* in *place* (as ``post``) where they go elsewhere now.

        ``None``: they go where people chose, or they chose nothing.
        """

    def shows_offices(self, place: str | None = None) -> bool:
        """Return whether it is shown at all in *place* (as ``post``) who holds an office."""

    async def appoint(self, holders: Sequence[Holder], *, language: str, place: str | None = None) -> Sequence[Phrase]:
        """Show on the platform which offices *holders* hold, and nothing else; return what it does not let us show.

        Idempotent: what is shown already stays. *language* is that of the organisation which sits in *place* (as
        ``post``).

        Raises:
            Unavailable: it may be tried again.
        """
