"""Which meetings can be subscribed to, and at which address?

A member's secret is made from the member's own key, so it dies with it, and asking again shows the same address. The
database knows its SHA-256 only. What is open to all is what the public page shows: titles and times.
"""

import hmac
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import TypeVar

from governor.domain.meetings import Meeting, Status
from governor.domain.members import MemberId
from governor.domain.permissions import Permission
from governor.errors import NotFound, Refused
from governor.itip.invitation import Invitation, Mailbox
from governor.ports import Reply
from governor.services.commands import Caller, Command
from governor.services.invitations import chair_of, invitation_of
from governor.store import feeds, meetings
from governor.store.database import Connection
from governor.store.feeds import Opened
from governor.store.members import Roster
from governor.store.organisations import organisation_of
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import phrase

REFRESH = timedelta(hours=1)
"""How often subscribers are asked to look again."""

SHOWN = timedelta(days=365)
"""How long a meeting is shown after its end."""

MOST = 5_000
"""How many meetings a feed shows."""

CACHED = 256
"""How many feeds are kept as they were written."""

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFeed:
    """Show the caller the address of their meetings; make one where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeFeed:
    """Make the caller's address lead nowhere."""


def show(_: OpenFeed, caller: Caller, work: UnitOfWork) -> Reply:
    """Tell the caller, and nobody else, the address of their meetings.

    Raises:
        Refused: there is no public page.
    """
    if caller.premises.page is None:
        raise Refused("feed-without-page")
    opened = feeds.of_member(work.connection, caller.member.id)
    is_new = opened is None
    opened = opened or Opened(member=caller.member.id, salt=work.uid())
    secret = _secret(work.key(caller.member.id), opened.salt)
    if is_new:
        feeds.open_for(work.connection, opened, _digest(secret))
    lines = (
        phrase("feed-address", url=f"{caller.premises.page}/calendar/{secret}.ics"),
        phrase("feed-secret"),
        phrase("feed-public", url=f"{caller.premises.page}/calendar.ics"),
    )
    return Reply(language=caller.language, lines=lines, is_private=True)


def revoke(_: RevokeFeed, caller: Caller, work: UnitOfWork) -> Reply:
    """Close the caller's address.

    Raises:
        NotFound: they have none.
    """
    if not feeds.revoke(work.connection, caller.member.id):
        raise NotFound("feed-none")
    return Reply(language=caller.language, lines=(phrase("feed-revoked"),), is_private=True)


def _secret(key: bytes, salt: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, f"governor/feed/v1\0{salt}".encode(), "sha256")[:24]).decode()


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it is served: ``body`` is a VCALENDAR, ``etag`` (RFC 9110 §8.8.3) is equal for equal bodies only.

    ``named`` are those whose names are in it.
    """

    body: bytes
    etag: str
    named: frozenset[MemberId] = frozenset()


@dataclass(frozen=True, slots=True)
class _Given:
    """A feed as it was given, whose it is, and the version of the database and the day at which it was right."""

    state: tuple[int | None, datetime]
    member: MemberId | None
    feed: Feed


class Feeds:
    """The feeds of one record, from bytes that are kept while the log is the same. Call ``find`` from a thread."""

    def __init__(self, record: Record, organizer: Mailbox, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._organizer = organizer
        self._clock = clock
        self._turn = Lock()
        self._kept: OrderedDict[MemberId | None, tuple[tuple[int, datetime, Roster | None], Feed]] = OrderedDict()
        self._given: OrderedDict[str | None, _Given] = OrderedDict()

    def known(self, secret: str | None) -> Feed | None:
        """Return what ``find`` gave last, where nothing was committed since, and nobody whom it names was erased; else
        ``None``. It waits for nobody.

        Raises:
            NotFound: its member was erased.
        """
        given = self._given.get(secret and _digest(secret))
        if given is None or given.state != (self._record.database.version(), self._today()):
            return None
        if given.member is not None:
            self._record.keys.get(given.member)
        return given.feed if all(map(self._record.keys.has, given.feed.named)) else None

    def find(self, secret: str | None) -> Feed:
        """Return the meetings of the member whose *secret* it is; of none, those that the public page shows.

        Either way with those of the last year.

        Raises:
            NotFound: it is nobody's, or was revoked, or its member was erased (``feed-unknown``, ``key-erased``).
        """
        state = self._record.database.version(), self._today()
        with self._record.database.read() as connection:
            member = None if secret is None else self._whose(secret, connection)
            found = self._feed(member, connection)
        if state[0] is not None:
            with self._turn:
                _keep(self._given, secret and _digest(secret), _Given(state, member, found))
        return found

    def _whose(self, secret: str, connection: Connection) -> MemberId:
        member = feeds.whose(connection, _digest(secret))
        if member is None:
            raise NotFound("feed-unknown")
        self._record.keys.get(member)  # who was erased has no meetings
        return member

    def _today(self) -> datetime:
        return self._clock().replace(hour=0, minute=0, second=0, microsecond=0)

    def _feed(self, member: MemberId | None, connection: Connection) -> Feed:
        # Who is erased leaves no entry: only the roll tells.
        today, roster = self._today(), None if member is None else self._record.roster(connection)
        version = (feeds.size(connection), today, roster)
        kept = self._kept.get(member)
        if kept is not None and kept[0] == version:
            return kept[1]
        with self._turn:
            body, named = self._written(member, connection, today - SHOWN, roster)
            made = Feed(body=body, etag=f'"{sha256(body).hexdigest()[:32]}"', named=named)
            _keep(self._kept, member, (version, made))
        return made

    def _written(
        self, member: MemberId | None, connection: Connection, since: datetime, roster: Roster | None
    ) -> tuple[bytes, frozenset[MemberId]]:
        """Return the feed of *member*, where names are those of *roster*, and who is named in it."""
        organisation = organisation_of(connection)
        if organisation is None:
            raise NotFound("organisation-missing")
        if member is None:
            found = meetings.coming(connection, since, MOST, is_public=True)
        else:
            found = meetings.invited_to(connection, member, since)[-MOST:]
        named = set[MemberId]()

        def shown(meeting: Meeting) -> Invitation:
            whole = invitation_of(meeting, organisation, self._organizer)
            if roster is None:
                return replace(whole, location=None, agenda=None, conference=None)
            named.add(meeting.called_by)
            return replace(whole, chair=chair_of(meeting, roster))

        from governor.itip.publish import publish  # heavy, and needed once somebody subscribes

        whole = map(shown, _with_occurrences(found, member, connection))
        return publish(whole, name=organisation.name, refresh=REFRESH), frozenset(named)


def _keep(among: "OrderedDict[_K, _V]", key: _K, value: _V) -> None:
    """Keep *value*, and no more than ``CACHED``."""
    among[key] = value
    among.move_to_end(key)
    while len(among) > CACHED:
        among.popitem(last=False)


def _with_occurrences(found: Sequence[Meeting], member: MemberId | None, connection: Connection) -> Iterator[Meeting]:
    """Yield *found*, each series followed by the occurrences that were set apart.

    One that is off for the *member* is told too, as cancelled: the rule of the series would show it. Of one that is
    closed nobody else hears more than that rule.
    """
    series = {one.number for one in found if one.recurrence is not None}
    for one in found:
        if one.series in series:
            continue
        yield one
        if one.recurrence is not None:
            for apart in meetings.set_apart(connection, one.number):
                if member is None and apart.is_closed:
                    continue
                is_expected = member is None or any(each.member == member for each in apart.attendees)
                yield apart if is_expected else replace(apart, status=Status.CANCELLED)


COMMANDS = (
    Command(name="feed open", request=OpenFeed, permission=Permission.FEED_OPEN, handle=show, act=Act.FEED),
    Command(
        name="feed revoke", request=RevokeFeed, permission=Permission.FEED_REVOKE, handle=revoke, act=Act.REVOKE_FEED
    ),
)
