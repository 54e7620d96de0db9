"""How does an account become a member's? By a code that was made for the member, which dies when it is used.

A code is made from the member's own key, so nothing has to be kept: it dies with the key, and once an account of the
platform is linked it opens nothing.
"""

import hmac
from base64 import b32encode
from hashlib import sha256
from zoneinfo import available_timezones

from governor.domain.events import AccountLinked, Personal
from governor.domain.members import Member, Office
from governor.domain.permissions import Permission
from governor.errors import NotFound, NotPermitted, OutOfOrder
from governor.ports import Begin, Call, Join, Reply
from governor.services.appointing import appoint
from governor.services.commands import Caller, Command
from governor.services.members import Founding, found
from governor.store.members import Roster
from governor.store.organisations import organisation_of
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.reading import Party
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, ZONE_WORDS
from governor.wording.phrase import Phrase, phrase

_LETTERS = 12
"""How many letters of base 32 a code has behind the member's number: 60 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteMember:
    """Give the code by which the ``person`` links their account."""

    person: Party


def code_of(key: bytes, number: int, platform: str) -> str:
    """Return the code (``17-ABCDEFGHIJKL``) by which member *number*, whose *key* it is, links one of *platform*."""
    told = hmac.digest(key, f"join:{platform}".encode(), sha256)
    return f"{number}-{b32encode(told).decode()[:_LETTERS]}"


def invite(request: InviteMember, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the code for a person, to be handed to them; nothing is written.

    Raises:
        OutOfOrder: an account of theirs is linked already.
        NotFound: the person is not on the roll.
    """
    member = caller.roster.get(request.person.member)
    if member is None:
        raise NotFound("person-unknown", said=request.person.said)
    platform = caller.call.account.platform
    _refuse_linked(member, platform, caller.roster)
    return Reply(language=caller.language, lines=(_told(member, work.key(member.id), platform),), is_private=True)


def secretaries_codes(record: Record, platform: str) -> tuple[Phrase, ...]:
    """Return the code for each secretary, for whoever holds the record itself; nothing once one has an account there.

    Those who found the organisation elsewhere come to *platform* by it, and invite everybody else there.
    """
    with record.database.read() as connection:
        roster = record.roster(connection)
    secretaries = roster.holding(Office.SECRETARY)
    linked = {whose for (where, _), whose in roster.accounts.items() if where == platform}
    if any(one.id in linked for one in secretaries):
        return ()
    return tuple(_told(one, record.keys.get(one.id), platform) for one in secretaries)


def welcome(language: str) -> Reply:
    """Return what is said in *language* where Governor came and nothing is founded yet."""
    return Reply(language=language, lines=(phrase("welcome"),))


def join(record: Record, call: Call, request: Join, language: str) -> Reply:
    """Link the caller's account with the member whose code they show; the same account again is told so.

    Raises:
        NotFound: the code is nobody's, or was used.
    """
    account = call.account
    with record.act(f"{account.platform}:{call.id}:0", call.at) as work:
        roster = work.roster()
        known = roster.by_account(account.platform, account.id)
        if known is not None:
            return Reply(language=language, lines=(phrase("joined-already", name=known.name),), is_private=True)
        member = _shown(work, request.code, account.platform, roster)
        linked = AccountLinked(
            member=member.id, number=member.number, platform=account.platform, account=Personal(account.id)
        )
        work.record(linked, by=member.id)
        appoint(member, work)
    return Reply(language=language, lines=(phrase("joined", name=member.name),), is_private=True)


def begin(record: Record, call: Call, request: Begin) -> Reply:
    """Found the organisation, with the caller's account, or the one they name, as its first secretary's.

    Raises:
        OutOfOrder: there is one already, or a name is empty or too long.
        NotPermitted: the platform does not vouch for the caller.
        NotFound: the zone or the language is none.
        Refused: the address is none.
    """
    zone = next((name for name, word in ZONE_WORDS.items() if word == request.zone.strip().upper()), request.zone)
    spoken = request.language.strip().lower()
    with record.act(f"{call.account.platform}:{call.id}:0", call.at) as work:
        if organisation_of(work.connection) is not None:
            raise OutOfOrder("founded-already")
        if not request.is_vouched:
            raise NotPermitted("not-vouched")
        if zone not in available_timezones():
            raise NotFound("zone-unknown", zone=request.zone)
        if spoken not in LANGUAGES:
            raise NotFound("language-unknown", language=request.language)
        name, written = _apart(request.secretary)
        founding = Founding(
            name=request.organisation,
            zone=zone,
            language=spoken,
            secretary=name or request.known_as,
            email=request.email or written,
            platform=call.account.platform,
            account=(request.account or call.account).id,
        )
        found(founding, work)
    line = phrase("founded", organisation=request.organisation, name=founding.secretary)
    return Reply(language=spoken, lines=(line,))


def _apart(written: str) -> tuple[str, str | None]:
    """Return the name and the address, if there is one, that were *written* beside each other."""
    words = written.split()
    address = next((word for word in words if "@" in word[1:]), None)
    return " ".join(word for word in words if word is not address), address and address.strip("<>(),;")


def _told(member: Member, key: bytes, platform: str) -> Phrase:
    return phrase("member-code", name=member.name, code=code_of(key, member.number, platform))


def _shown(work: UnitOfWork, code: str, platform: str, roster: Roster) -> Member:
    """Return the member whose code was shown; what is wrong with another is not told."""
    said = code.strip().upper().encode()
    number = said.partition(b"-")[0].decode()
    member = next((one for one in roster if str(one.number) == number), None)
    linked = {whose for (where, _), whose in roster.accounts.items() if where == platform}
    if member is None or member.id in linked:
        raise NotFound("code-unknown")
    if not hmac.compare_digest(code_of(work.key(member.id), member.number, platform).encode(), said):
        raise NotFound("code-unknown")
    return member


def _refuse_linked(member: Member, platform: str, roster: Roster) -> None:
    if any(whose == member.id and where == platform for (where, _), whose in roster.accounts.items()):
        raise OutOfOrder("member-linked", name=member.name)


COMMANDS = (
    Command(
        name="member invite",
        request=InviteMember,
        permission=Permission.MEMBER_ENROL,
        handle=invite,
        is_offered=True,
        writes=False,
    ),
)
