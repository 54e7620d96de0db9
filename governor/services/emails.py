"""How does a member say what their e-mail address is, and confirm it by the code that is sent to it?

A code is made from the member's own key and the entry by which they gave the address, so nothing has to be kept of it:
it opens nothing for anybody else nor for another address, and dies with the key. An address that a member gives counts
once it is confirmed; until then the one before does, and nothing else is sent to the new one.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from governor.domain import confirming
from governor.domain.addresses import address
from governor.domain.confirming import EmailConfirmed, EmailGiven
from governor.domain.members import Member, MemberId
from governor.domain.permissions import Permission, is_permitted
from governor.domain.written import Personal
from governor.errors import NotFound, NotPermitted, OutOfOrder
from governor.itip.invitation import Mailbox
from governor.ports import Button, Card, Message, Reply, Row
from governor.ports.forms import Field, Form
from governor.services.commands import Caller, Command
from governor.services.languages import spoken_to
from governor.store import email_codes
from governor.store.database import Connection
from governor.store.email_codes import Sending
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect, State, Tracked
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.reading import Act, Party
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase

CODE = "email-code"
"""The recorded kind of the effect that sends a code: its payload is the id of the entry that gave the address."""

LATE = "email-code-late"
"""The key of what stands against sending a code that is too old by now."""

RESEND = "email-resend"
"""The first word of the token of the button that has another code sent."""

_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEmail:
    """Have ``email`` be the caller's address once they confirm it, or that of the ``person`` at once."""

    email: str
    person: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEmail:
    """Show the ``code`` that was sent to the address."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterCode:
    """Ask for the code, or take it: as a line of ``text``, or as the ``values`` of a form."""

    text: str | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendCode:
    """Have another code sent to the address that is not confirmed; the one before counts no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowEmail:
    """Show the caller's address, and whether it is confirmed."""


def code_of(key: bytes, given: str) -> str:
    """Return the code for the address of the entry *given*, by a member whose *key* it is."""
    told = hmac.digest(key, f"email-code:{given}".encode(), "sha256")
    return f"{int.from_bytes(told) % 10**_DIGITS:0{_DIGITS}d}"


def give(request: SetEmail, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter an address: the caller's own is to be confirmed, that of another counts at once.

    Raises:
        Refused: it is no address.
        OutOfOrder: it is somebody's already, or too many codes were sent.
        NotPermitted: the caller may tell nobody else's.
        NotFound: the person is not on the roll.
    """
    email, person = address(request.email), caller.member
    if request.person is not None:
        found = caller.roster.get(request.person.member)
        if found is None:
            raise NotFound("person-unknown", said=request.person.said)
        person = found
    if person.email == email:
        raise OutOfOrder("email-already", email=email)
    confirming.check_free(email, _others(person, caller))
    if person.id != caller.member.id:
        return _enter(email, person, caller, work)
    return _give(email, caller, work)


def _enter(email: str, person: Member, caller: Caller, work: UnitOfWork) -> Reply:
    if not is_permitted(caller.member.offices, Permission.MEMBER_ENROL):
        raise NotPermitted("email-of-others")
    entered = EmailConfirmed(member=person.id, number=person.number, email=Personal(email))
    work.record(entered, by=caller.member.id)
    line = phrase("email-entered", name=person.name, email=email)
    return Reply(language=caller.language, lines=(line,), is_private=True)


def _give(email: str, caller: Caller, work: UnitOfWork) -> Reply:
    person = caller.member
    if caller.premises.has_letters:
        _check_sending(email, person, work)
    work.record(EmailGiven(member=person.id, number=person.number, email=Personal(email)), by=person.id)
    given = email_codes.given_by(work.connection, person)
    if given is not None and caller.premises.has_letters:
        subject = _subject(person)
        email_codes.keep(work.connection, Sending(given=given, member=person.id, at=work.at))
        generation = work.entries_about(subject)
        work.enqueue(Effect(kind=CODE, subject=subject, target=person.id, generation=generation, payload=given))
    key = "email-code-sent" if caller.premises.has_letters else "email-without-mail"
    line = phrase(key, email=email, valid=confirming.VALID)
    return Reply(language=caller.language, lines=(line,), cards=(_card(caller, work),), is_private=True)


def _check_sending(email: str, person: Member, work: UnitOfWork) -> None:
    recent = email_codes.recent(work.connection, work.at)
    mine = [one.at for one in recent if one.member == person.id]
    there = [one.at for one in recent if (_opened(one, work) or "").casefold() == email.casefold()]
    confirming.check_sending(mine, there, at=work.at)


def _opened(sending: Sending, work: UnitOfWork) -> str | None:
    return work.opened(sending.member, "email", sending.given)


def resend(_: ResendCode, caller: Caller, work: UnitOfWork) -> Reply:
    """Have another code sent.

    Raises:
        OutOfOrder: there is nothing to confirm, or too many codes were sent.
    """
    if caller.member.unconfirmed is None:
        raise OutOfOrder("email-nothing-to-confirm")
    return _give(caller.member.unconfirmed, caller, work)


def enter(request: EnterCode, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the form for the code, or take the code that was filled in.

    Raises:
        OutOfOrder: as ``confirm``.
    """
    said = request.text if request.values is None else request.values.get("code")
    if said is not None:
        return confirm(ConfirmEmail(code=said), caller, work)
    asked = Form(
        token=CODE,
        title=phrase("form-email-code"),
        fields=(Field(name="code", label=phrase("label-code"), is_required=True),),
    )
    return Reply(language=caller.language, form=asked, is_private=True)


def confirm(request: ConfirmEmail, caller: Caller, work: UnitOfWork) -> Reply:
    """Have the address count for which the code was sent; another than that is counted, whatever it was.

    Raises:
        OutOfOrder: there is nothing to confirm, no code was sent, it counts no more, or the address is another's
            meanwhile.
    """
    person = caller.member
    given = email_codes.given_by(work.connection, person)
    sent = None if given is None else email_codes.find(work.connection, given)
    if person.unconfirmed is None:
        raise OutOfOrder("email-nothing-to-confirm")
    if given is None or sent is None:
        raise OutOfOrder(
            "email-no-code" if caller.premises.has_letters else "email-without-mail", email=person.unconfirmed
        )
    confirming.check_trying(sent, at=work.at)
    said = "".join(letter for letter in request.code if letter.isdecimal() and letter.isascii())
    if not hmac.compare_digest(code_of(work.key(person.id), given), said):
        missed = confirming.tried_in_vain(sent)
        email_codes.put(work.connection, given, missed)  # not raised: that would undo the counting
        line = phrase("email-code-wrong", left=missed.left) if missed.left else phrase("email-code-spent")
        return Reply(language=caller.language, lines=(line,), refused=True, is_private=True)
    confirming.check_free(person.unconfirmed, _others(person, caller))
    confirmed = EmailConfirmed(member=person.id, number=person.number, email=Personal(person.unconfirmed))
    work.record(confirmed, by=person.id)
    line = phrase("email-confirmed", email=person.unconfirmed)
    return Reply(language=caller.language, lines=(line,), cards=(_card(caller, work),), is_private=True)


def _others(person: Member, caller: Caller) -> Sequence[str]:
    """Return the addresses of everybody but *person*."""
    return [one.email for one in caller.roster if one.email is not None and one.id != person.id]


def show(_: ShowEmail, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the card of the caller's address."""
    return Reply(language=caller.language, cards=(_card(caller, work),), is_private=True)


def _card(caller: Caller, work: UnitOfWork) -> Card:
    person = work.roster().get(caller.member.id) or caller.member
    counting = phrase("word-none") if person.email is None else phrase("word-value", value=person.email)
    rows = [Row(label=phrase("label-email"), value=counting)]
    buttons: tuple[Button, ...] = ()
    if person.unconfirmed is not None:
        rows.append(Row(label=phrase("label-unconfirmed"), value=phrase("word-value", value=person.unconfirmed)))
        rows.append(Row(label=phrase("label-code"), value=_sent(person, caller, work)))
    if person.unconfirmed is not None and caller.premises.has_letters:
        ask = phrase("ask-email-code")
        buttons = (
            Button(token=CODE, label=phrase("button-email-code"), asks=ask, is_form=True),
            Button(token=RESEND, label=phrase("button-email-resend")),
        )
    return Card(id=f"email:{person.number}", title=phrase("card-email"), rows=tuple(rows), buttons=buttons)


def _sent(person: Member, caller: Caller, work: UnitOfWork) -> Phrase:
    """Return what became of the newest code."""
    given = email_codes.given_by(work.connection, person)
    sent = None if given is None else email_codes.find(work.connection, given)
    if sent is None:
        return phrase("email-code-none" if caller.premises.has_letters else "email-code-without-mail")
    newest = next((one for one in work.deliveries(_subject(person)) if _is_of(one, given)), None)
    if newest is not None and newest.error is not None:
        return phrase("email-code-stuck", reason=newest.error)
    if newest is not None and newest.state is State.QUEUED:
        return phrase("email-code-underway")
    try:
        confirming.check_trying(sent, at=work.at)
    except OutOfOrder as error:
        return phrase(error.key)
    return phrase("email-code-until", until=(sent.at + confirming.VALID).astimezone(ZoneInfo(caller.zone)))


def _is_of(tracked: Tracked, given: str | None) -> bool:
    return tracked.effect.kind == CODE and tracked.effect.payload == given


def _subject(person: Member) -> str:
    return f"member/{person.number}"


def message(record: Record, connection: Connection, tracked: Tracked, at: datetime) -> Message | None:
    """Return what the effect *tracked* of the kind ``CODE`` has a member written at the instant *at*.

    ``None``: nothing any more, for the address was confirmed, or another code took its place.

    Raises:
        OutOfOrder: the code is too old by now (``LATE``).
    """
    person = record.roster(connection).get(MemberId(tracked.effect.target))
    organisation, given = organisation_of(connection), tracked.effect.payload
    if person is None or person.unconfirmed is None or organisation is None or given is None:
        return None
    sent = email_codes.find(connection, given)
    if sent is None or given != email_codes.given_by(connection, person):
        return None
    if at >= sent.at + confirming.VALID:
        raise OutOfOrder(LATE)
    return Message(
        # Whoever reads there may be a stranger: they are not told who mistyped their address.
        recipient=Mailbox(name="", address=person.unconfirmed),
        language=spoken_to(person, organisation),
        subject=phrase("mail-subject-code", organization=organisation.name),
        lines=(
            phrase("mail-code-intro", organization=organisation.name),
            phrase("word-value", value=code_of(record.keys.get(person.id), given)),
            phrase("mail-code-use", valid=confirming.VALID),
            phrase("mail-code-else"),
        ),
        key=tracked.id,
        at=sent.at,
    )


COMMANDS = (
    Command(
        name="email set",
        request=SetEmail,
        permission=Permission.MEMBER_EMAIL,
        handle=give,
        act=Act.GIVE_EMAIL,
        is_private=True,
    ),
    Command(
        name="email confirm",
        request=ConfirmEmail,
        permission=Permission.MEMBER_EMAIL,
        handle=confirm,
        act=Act.CONFIRM_EMAIL,
        is_private=True,
    ),
    Command(
        name="email show",
        request=ShowEmail,
        permission=Permission.MEMBER_EMAIL,
        handle=show,
        act=Act.ASK_EMAIL,
        is_private=True,
        writes=False,
    ),
    Command(name="email enter", request=EnterCode, permission=Permission.MEMBER_EMAIL, handle=enter, button=CODE),
    Command(
        name="email resend",
        request=ResendCode,
        permission=Permission.MEMBER_EMAIL,
        handle=resend,
        button=RESEND,
        is_offered=True,
        is_private=True,
    ),
)
