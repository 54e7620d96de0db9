"""Which organisation is spoken to? Each has its seat in a place of the chat, and a record of its own.

The first has the data folder for itself, and its seat is where it was founded, or where its secretary first spoke.
Each other has a folder of the same kind under ``organisations/``, named by its place: its own database, keys, log and
outbox. They share nothing, so nothing of one can be reached from another: what is asked in a place is asked of the
record that has its seat there, and whoever writes to the bot alone is asked which they mean where they are in several.
"""

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from governor.bootstrap import House, only_one, open_house
from governor.domain.members import Office
from governor.errors import GovernorError, NotFound, NotPermitted, Refused, Unavailable
from governor.ports import Account, Begin, Button, Call, Card, Join, Press, Reply, Say
from governor.ports.forms import Fill
from governor.ports.places import AT, marked
from governor.services.dispatch import Dispatcher, language_of, refusal
from governor.services.joining import welcome
from governor.settings import Settings
from governor.store.thinking import not_at_once
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES
from governor.wording.phrase import phrase

IN = "in"
"""First word of the token of a button that chooses which organisation is meant."""

_PLACE = re.compile(r"[0-9A-Za-z]{1,40}")
_MOST_ASKED = 1_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An organisation: its ``house``, the way into it, and the ``place`` where it sits; ``None``: not known yet."""

    house: House
    dispatcher: Dispatcher
    place: str | None


class Seats:
    """The organisations of one process, on the chat *platform*. Calls come from threads, of one place one at a time."""

    def __init__(
        self,
        home: House,
        platform: str,
        dispatcher: Callable[[House, Callable[[], str | None]], Dispatcher],
        attend: Callable[[Seat], None] = lambda _: None,
    ) -> None:
        """Begin with *home* alone; *attend* is called with each that is opened later, before it is spoken to.

        *dispatcher* makes the way into a house, and is told where it sits.
        """
        self._platform = platform
        self._dispatcher = dispatcher
        self._attend = attend
        self._noted = home.settings.data / f"{platform}.place"
        place = self._noted.read_text(encoding="utf-8") if self._noted.exists() else None
        self._home = Seat(house=home, dispatcher=dispatcher(home, lambda: self._home.place), place=place)
        self._others: dict[str, Seat] = {}
        self._accounts: dict[str | None, frozenset[str]] = {}
        self._asked: dict[str, Call] = {}
        self._opening, self._asking = threading.Lock(), threading.Lock()
        self._open = ExitStack()
        self._learn(self._home)

    def __iter__(self) -> Iterator[Seat]:
        """Yield every organisation that is open, the first one first."""
        yield self._home
        yield from tuple(self._others.values())

    @property
    def first(self) -> Seat:
        """Return the organisation that has the data folder for itself."""
        return self._home

    def __call__(self, call: Call) -> Sequence[Reply]:
        """Return what the organisation answers that *call* is made to. A failure that is foreseen is a reply too."""
        try:
            return self._alone(call) if call.place is None else self._in_place(call, call.place)
        except GovernorError as error:
            organisation = self._home.house.organisation()
            known = call.language or (LANGUAGES[0] if organisation is None else organisation.language)
            return (refusal(error, language_of(call, known)),)

    def asked(self, account: Account, place: str | None) -> Seat | None:
        """Return whom *account* asks in *place*, where that is open and certain."""
        if place is not None:
            return self._others.get(place, self._home if self._home.place in (None, place) else None)
        found = self._of(account)
        return found[0] if len(found) == 1 else None

    def welcome(self, place: str, language: str) -> Reply | None:
        """Return what is said first in *place*, in *language*; ``None``: an organisation sits there, or may yet."""
        seat = self._sitting(place)
        return welcome(language) if seat is None or seat.house.organisation() is None else None

    def each(self, work: Callable[[Seat], object]) -> None:
        """Do *work* with each organisation; what fails in one is logged, and keeps no other from it."""
        for seat in self:
            try:
                work(seat)
            except GovernorError as error:
                log.warning("work for an organisation failed", extra={"place": seat.place, "reason": str(error)})
            except Exception:  # the edge: a bug is logged with its trace, and the others go on
                log.exception("a bug", extra={"place": seat.place})

    def kept(self) -> tuple[str, ...]:
        """Return the places of the organisations that have a folder of their own."""
        prefix = f"{self._platform}-"
        folders = self._home.house.settings.data.glob(f"organisations/{prefix}*/governor.db")
        return tuple(sorted(one.parent.name.removeprefix(prefix) for one in folders))

    def open(self, place: str) -> Seat:
        """Return the organisation of *place*, opened where it is not yet, and made where there is none.

        Raises:
            NotFound: there can be none: the place is none.
            GovernorError: as ``open_house``; ``Unavailable`` where another process has it open.
        """
        if place in self._others:
            return self._others[place]
        not_at_once()
        with self._opening:
            if place in self._others:
                return self._others[place]
            folder = self._folder(place)
            with ExitStack() as opened:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                try:
                    opened.enter_context(only_one(folder))
                except Refused:
                    raise Unavailable("organisation-elsewhere") from None
                house = opened.enter_context(open_house(self._settings_of(place, folder)))
                seat = Seat(house=house, dispatcher=self._dispatcher(house, lambda: place), place=place)
                self._learn(seat)
                self._attend(seat)
                self._open.enter_context(opened.pop_all())
            self._others[place] = seat
            return seat

    def close(self) -> None:
        """Close every organisation but the first."""
        self._open.close()
        self._others.clear()

    def _in_place(self, call: Call, place: str) -> Sequence[Reply]:
        seat = self._seat_in(call, place)
        if isinstance(call.request, Begin | Join) or (seat is self._home and seat.place is None):
            not_at_once()  # it is noted afterwards who came, and where
        replies = seat.dispatcher(call)
        if isinstance(call.request, Begin | Join):
            self._learn(seat)
        if seat is self._home and seat.place is None and self._speaks_for(call.account):
            self._settle(place)
        return replies

    def _sitting(self, place: str) -> Seat | None:
        """Return what has its seat in *place*, or may have it there; ``None``: nothing."""
        if self._home.place is None and self._noted.exists():  # another process was told where it sits
            self._home = replace(self._home, place=self._noted.read_text(encoding="utf-8"))
            self._learn(self._home)
        if place == self._home.place:
            return self._home
        if place in self._others or (self._folder(place) / "governor.db").exists():
            return self.open(place)
        return self._home if self._home.place is None else None

    def _seat_in(self, call: Call, place: str) -> Seat:
        seat = self._sitting(place)
        if seat is not None:
            return seat
        if not isinstance(call.request, Begin):
            raise NotFound("organisation-missing")
        if not call.request.is_vouched:
            raise NotPermitted("not-vouched")
        return self.open(place)

    def _alone(self, call: Call) -> Sequence[Reply]:
        match call.request:
            case Press(button=token) | Fill(button=token) | Say(answering=str(token)):
                word, _, rest = token.partition(":")
                place, _, inner = rest.partition(":")
                if word == IN:
                    return self._chosen(call, place, inner)
                return self._shown(place, _stripped(call, inner)) if word == AT else self._shown(None, call)
            case Join() if self._others:
                raise NotFound("join-where")
        found = self._of(call.account)
        if len(found) > 1:
            return (self._which(call, found),)
        return self._shown(found[0].place if found else None, call)

    def _shown(self, place: str | None, call: Call) -> Sequence[Reply]:
        """Return what the organisation of *place* answers, its buttons marked as its own."""
        seat = self._home if place is None else self._sitting(place)
        if seat is None:
            raise NotFound("button-unknown")
        return tuple(marked(reply, seat.place) for reply in seat.dispatcher(call))

    def _which(self, call: Call, found: Sequence[Seat]) -> Reply:
        with self._asking:
            self._asked[call.id] = call
            while len(self._asked) > _MOST_ASKED:
                del self._asked[next(iter(self._asked))]
        named = [(seat.place or "", seat.house.organisation()) for seat in found]
        buttons = tuple(
            Button(token=f"{IN}:{place}:{call.id}", label=phrase("word-value", value=organisation.name))
            for place, organisation in named
            if organisation is not None
        )
        language = next((one.language for _, one in named if one is not None), LANGUAGES[0])
        card = Card(id=f"which:{call.id}", title=phrase("ask-which-organisation"), buttons=buttons)
        return Reply(language=language_of(call, call.language or language), cards=(card,), is_private=True)

    def _chosen(self, call: Call, place: str, asked: str) -> Sequence[Reply]:
        meant = self._asked.get(asked)
        if meant is None or meant.account != call.account:
            raise NotFound("button-unknown")
        return self._shown(place or None, meant)

    def _of(self, account: Account) -> list[Seat]:
        """Return the organisations that *account* belongs to."""
        if account.platform != self._platform:
            return [self._home]
        return [seat for seat in self if account.id in self._accounts.get(seat.place, ())]

    def _speaks_for(self, account: Account) -> bool:
        record = self._home.house.record
        with record.database.read() as connection:
            member = record.roster(connection).by_account(account.platform, account.id)
        return member is not None and Office.SECRETARY in member.offices

    def _settle(self, place: str) -> None:
        """Note that the first organisation sits in *place*, for good."""
        if not _PLACE.fullmatch(place):
            raise NotFound("organisation-missing")
        fresh = self._noted.with_suffix(f".{os.getpid()}")
        fresh.write_text(place, encoding="utf-8")
        with suppress(FileExistsError):  # another process was first: there it is
            os.link(fresh, self._noted)
        fresh.unlink()
        self._home = replace(self._home, place=self._noted.read_text(encoding="utf-8"))
        self._learn(self._home)

    def _learn(self, seat: Seat) -> None:
        with seat.house.record.database.read() as connection:
            accounts = seat.house.record.roster(connection).accounts
        self._accounts[seat.place] = frozenset(account for where, account in accounts if where == self._platform)

    def _folder(self, place: str) -> Path:
        if not _PLACE.fullmatch(place):
            raise NotFound("organisation-missing")
        return self._home.house.settings.data / "organisations" / f"{self._platform}-{place}"

    def _settings_of(self, place: str, folder: Path) -> Settings:
        settings = self._home.house.settings
        domain = None if settings.domain is None else f"{self._platform}-{place}.{settings.domain}".lower()
        alone = replace(settings, data=folder, database_url=None, database_owner_url=None, domain=domain)
        return replace(alone, http_port=0, public_address=None)


def _stripped(call: Call, token: str) -> Call:
    request = call.request
    if isinstance(request, Press | Fill):
        return replace(call, request=replace(request, button=token))
    return replace(call, request=replace(request, answering=token)) if isinstance(request, Say) else call
