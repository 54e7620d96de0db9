"""How does a call become an act? The one door: account → member, words → request, permission, transaction, reply."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from governor.domain.members import Member
from governor.domain.permissions import is_permitted, offices_granted
from governor.errors import GovernorError, NotFound, NotPermitted, NotUnderstood
from governor.ports import Ask, Begin, Call, Interest, Join, Press, Reply, Say
from governor.ports.forms import Fill
from governor.services.commands import Caller, Command, Premises, from_reading, from_token, refuse_unknown
from governor.services.fitting import MEANT
from governor.services.joining import begin, join
from governor.services.languages import spoken_to
from governor.services.meant import called, hearing, named_for, number_named
from governor.services.meetings import context_of
from governor.services.members import CONSOLE
from governor.services.offers import MEETING, PERIOD, filled, sentence_field
from governor.services.sentences import period_for, reading_for
from governor.services.suggestions import Suggestions
from governor.store.members import Roster
from governor.store.organisations import Organisation
from governor.store.thinking import not_at_once
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.language import detect
from governor.understanding.pointing import Pointer
from governor.understanding.read import LIMIT, Message, message_in
from governor.understanding.reading import Act, Reading
from governor.understanding.tokens import clean, tokenise
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES
from governor.wording.phrase import phrase

LONGEST_ECHO = 200
"""How much of a value a refusal repeats, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    command: Command
    request: object
    caller: Caller
    unread: str = ""


class _OutdatedError(Exception):
    """What was recalled of the organisation and the roll is no longer so."""


class Dispatcher:
    """Carries out calls against one record, on its *premises*. Sync: call it from a thread, or ``at_once`` from a loop.

    ``suggest`` tells what may be chosen while an option is filled in.
    """

    def __init__(self, record: Record, commands: Sequence[Command], premises: Premises | None = None) -> None:
        self._record = record
        self._premises = premises or Premises()
        self.suggest = Suggestions(record, {command.name: command for command in commands})
        self._by_act = {command.act: command for command in commands if command.act is not None}
        self._by_name = {command.name: command for command in commands if command.act or command.is_offered}
        self._by_request = {command.request: command for command in commands if command.is_heard}
        self._by_button = {command.button: command for command in commands if command.button is not None}

    def __call__(self, call: Call) -> tuple[Reply, ...]:
        """Return a reply for each thing asked, in order. A failure that Governor foresees is a reply too."""
        organisation, roster = self._record.recalled()
        if organisation is None or isinstance(call.request, Begin | Join):
            return self._looked_up(call)
        understood = self._understood(call, organisation, roster)
        # Whether what is recalled still stands, the transaction of a single act tells: it needs no other before it.
        is_single = _is_single(understood)
        if not is_single:
            not_at_once()  # what is done of it first would be done already when the rest is done again
        if is_single or self._stands(organisation, roster):
            with suppress(_OutdatedError):
                return self._replies(understood, is_recalled=is_single)
        return self._looked_up(call)

    def _stands(self, organisation: Organisation, roster: Roster) -> bool:
        with suppress(GovernorError), self._record.database.read() as connection:
            now = self._record.standing(connection)
            return now[0] is organisation and now[1] is roster
        return False

    def _looked_up(self, call: Call) -> tuple[Reply, ...]:
        not_at_once()  # what nobody recalls is read from the ground up
        language = call.language or LANGUAGES[0]
        try:
            if isinstance(call.request, Begin):
                return (begin(self._record, call, call.request),)
            with self._record.database.read() as connection:
                organisation, roster = self._record.standing(connection)
                if organisation is None:
                    raise NotFound("organisation-missing")
                if isinstance(call.request, Join):
                    language = _language(call, None, organisation)
                    return (join(self._record, call, call.request, language),)
        except GovernorError as error:
            return (refusal(error, language),)
        return self._replies(self._understood(call, organisation, roster))

    def _understood(self, call: Call, organisation: Organisation, roster: Roster) -> Sequence[_Wanted | Reply]:
        """Return what *call* asks for, in order; where that cannot be told, the refusal alone."""
        try:
            caller = self._meet(call, organisation, roster)
        except GovernorError as error:
            return (refusal(error, _language(call, None, organisation)),)
        try:
            return self._read(call, caller)
        except GovernorError as error:
            return (_refused(error, caller),)

    def _replies(self, understood: Sequence[_Wanted | Reply], *, is_recalled: bool = False) -> tuple[Reply, ...]:
        replies = tuple(
            one if isinstance(one, Reply) else self._carry_out(one, index, is_recalled=is_recalled)
            for index, one in enumerate(understood)
        )
        return replies + tuple(_unread(one) for one in understood if isinstance(one, _Wanted) and one.unread)

    def _meet(self, call: Call, organisation: Organisation, roster: Roster) -> Caller:
        member = _member(call, roster)
        return Caller(
            member=member,
            organisation=organisation,
            roster=roster,
            call=call,
            at=call.at,
            zone=call.zone or organisation.zone,
            language=_language(call, member, organisation),
            premises=self._premises,
            named=_number(call.request),
        )

    def _read(self, call: Call, caller: Caller) -> list[_Wanted]:
        match call.request:
            case Press(button=token):
                command, request = from_token(self._by_button, token)
                return [_Wanted(command=command, request=request, caller=caller)]
            case Say(text=text, answering=str(token)):
                command, request = from_token(self._by_button, token)
                return [_Wanted(command=command, request=_with(request, text=text), caller=caller)]
            case Fill(button=token, values=values, mentioned=mentioned):
                command, request = from_token(self._by_button, token)
                said = {name: _with_handles(value, mentioned, caller) for name, value in values.items()}
                return [_Wanted(command=command, request=_with(request, values=said), caller=caller)]
            case Ask(command=name, options=given, mentioned=mentioned):
                options = {option: _with_handles(value, mentioned, caller) for option, value in given.items()}
                if mentioned.keys() & set(options.values()):
                    raise NotFound("mentioned-unlinked")
                return [self._asked(name, options, caller)]
            case Say(text=written, mentioned=mentioned):
                return self._said(_with_handles(written, mentioned, caller), caller)
            case Interest() as interest:
                return [_Wanted(command=self._by_request[Interest], request=interest, caller=caller)]
            case Join() | Begin():
                return []

    def _asked(self, name: str, options: Mapping[str, str], caller: Caller) -> _Wanted:
        command = self._by_name.get(name)
        if command is None:
            raise NotFound("command-unknown", command=name)
        field = sentence_field(command)
        if command.act is not None and command.act in MEANT:
            said = options.get(field or "")
            pointers = reading_for(command, said, context_of(caller)).pointers if said else ()
            caller = self._hearing(caller, pointers, (command.act,))
        values = filled(command, options, caller.roster)
        if field is not None:
            reading = reading_for(command, options[field], context_of(caller, *_spoken_of(caller)))
            values = {field: reading, **values}
            refuse_unknown(reading)
        if isinstance(values.get(PERIOD), str):
            values[PERIOD] = period_for(command, options[PERIOD], context_of(caller))
        return _Wanted(command=command, request=command.request(**values), caller=caller)

    def _said(self, text: str, caller: Caller) -> list[_Wanted]:
        heard = [self._heard(one, caller) for one in message_in(text, context_of(caller)).alone()]
        return [self._wanted(one, one.text if len(heard) > 1 else text, hearer) for one, hearer in heard]

    def _heard(self, message: Message, caller: Caller) -> tuple[Reading, Caller]:
        """Return the reading of a *message* of one request, and *caller* with the meeting that it was read against."""
        if not message.acts.isdisjoint(MEANT):
            caller = self._hearing(caller, message.pointers, message.acts)
            message = message.against(*_spoken_of(caller))
        (reading,) = message.readings()
        return reading, caller

    def _wanted(self, reading: Reading, text: str, caller: Caller) -> _Wanted:
        asked = self._by_act.get(reading.act)
        if asked is None:
            raise NotUnderstood("not-understood")
        named = None
        if reading.act in MEANT:
            named = named_for(reading.act, text) or called(reading.act, text, caller.known)
        told = replace(caller, language=reading.language, named=named, pointers=reading.pointers)
        return _Wanted(command=asked, request=from_reading(asked, reading), caller=told, unread=reading.unread)

    def _hearing(self, caller: Caller, pointers: Sequence[Pointer], acts: Collection[Act]) -> Caller:
        """Return *caller* with the meeting that their words are read against."""
        with self._record.database.read() as connection:
            return hearing(caller, connection, pointers, acts)

    def _carry_out(self, wanted: _Wanted, index: int, *, is_recalled: bool) -> Reply:
        """Carry out what is *wanted*.

        Raises:
            _OutdatedError: who asks is recalled, and the roll or the organisation is another now; nothing was done.
        """
        command, caller = wanted.command, wanted.caller
        try:
            # Asked before too: whoever may not does not wait for the turn to write, nor holds it.
            _permit(command, caller.member)
            if not command.is_brief:
                not_at_once()
            if not command.writes:
                with self._record.look(caller.at) as work:
                    now = _as_of_now(caller, command, work, is_recalled=is_recalled)
                    return command.handle(wanted.request, now, work)
            request = self._prepared(wanted)
            with self._record.act(f"{caller.call.account.platform}:{caller.call.id}:{index}", caller.at) as work:
                now = _as_of_now(caller, command, work, is_recalled=is_recalled)
                if work.is_repeated():
                    return Reply(language=caller.language, lines=(phrase("already-done"),))
                return command.handle(request, now, work)
        except GovernorError as error:
            return _refused(error, caller)

    def _prepared(self, wanted: _Wanted) -> object:
        if wanted.command.prepare is None:
            return wanted.request
        with self._record.look(wanted.caller.at) as work:
            return wanted.command.prepare(wanted.request, wanted.caller, work)


def _is_single(understood: Sequence[_Wanted | Reply]) -> bool:
    """Return whether one thing is asked that is permitted, and that asks nothing of the outside before it is done."""
    if len(understood) != 1 or isinstance(understood[0], Reply):
        return False
    command, member = understood[0].command, understood[0].caller.member
    return command.prepare is None and is_permitted(member.offices, command.permission)


def _spoken_of(caller: Caller) -> tuple[datetime | None, timedelta | None]:
    """Return when the meeting that is spoken of begins next, and how long it takes."""
    heard = caller.heard
    return (None, None) if heard is None else (heard.next_start(at=caller.at) or heard.dtstart, heard.duration)


def _number(request: Say | Press | Fill | Ask | Join | Begin | Interest) -> str | None:
    """Return the number of the meeting that a request names, by its words or by its option."""
    match request:
        case Say(text=text):
            return number_named(text)
        case Ask(options=options):
            return options.get(MEETING)
    return None


def _with(request: object, **answer: object) -> object:
    """Return *request* with the *answer* to what it asks.

    Raises:
        NotFound: it asks nothing.
    """
    try:
        return replace(request, **answer)  # type: ignore[type-var]  # every request is a dataclass
    except TypeError:
        raise NotFound("button-unknown") from None


def _with_handles(text: str, mentioned: Mapping[str, str], caller: Caller) -> str:
    """Return *text* with the handle of each member in the place of what the platform wrote for their account."""
    for written, account in mentioned.items():
        member = caller.roster.by_account(caller.call.account.platform, account)
        if member is not None:
            text = text.replace(written, f"@{member.handle}")
    return text


def _member(call: Call, roster: Roster) -> Member:
    member = roster.by_account(call.account.platform, call.account.id)
    if member is None:
        key = "account-unknown" if call.account.platform == CONSOLE else "account-unlinked"
        raise NotFound(key, account=call.account.id)
    return member


def _as_of_now(caller: Caller, command: Command, work: UnitOfWork, *, is_recalled: bool) -> Caller:
    """Return the *caller* as the roll stands in the transaction of the act, where the *command* is permitted them."""
    organisation, roster = work.standing()
    if roster is caller.roster and organisation is caller.organisation:
        return caller
    if is_recalled:
        raise _OutdatedError
    member = _member(caller.call, roster)
    _permit(command, member)
    return replace(caller, member=member, roster=roster)


def _permit(command: Command, member: Member) -> None:
    if not is_permitted(member.offices, command.permission):
        offices = tuple(phrase(f"office-{office.value}") for office in offices_granted(command.permission))
        act = phrase(f"permission-{command.permission.value.replace(':', '-')}")
        raise NotPermitted("not-permitted", act=act, offices=offices)


def _language(call: Call, member: Member | None, organisation: Organisation) -> str:
    """Return the language that the words are in; where they do not tell, the member's, platform's or organisation's.

    A button is answered in the language of its card where the platform knows that: the card is everybody's.
    """
    chosen = None if isinstance(call.request, Press | Fill) or member is None else member.language
    return language_of(call, chosen or call.language or spoken_to(member, organisation))


def language_of(call: Call, known: str) -> str:
    """Return the language (ISO 639-1) that the words of *call* are in; *known*, where there are none or do not tell."""
    if not isinstance(call.request, Say):
        return known
    return detect(tokenise(clean(call.request.text[:LIMIT])), known)


def _unread(wanted: _Wanted) -> Reply:
    """Return what tells that more was asked than was read."""
    return Reply(language=wanted.caller.language, lines=(phrase("unread", text=_short(wanted.unread)),))


def _refused(error: GovernorError, caller: Caller) -> Reply:
    """Return the reply that tells *caller* what went wrong: of who was mentioned, how their account is linked."""
    request = caller.call.request
    mentioned = request.mentioned if isinstance(request, Say | Fill | Ask) else {}
    is_mention = error.key == "person-unknown" and error.values.get("said") in mentioned
    return refusal(NotFound("mentioned-unlinked") if is_mention else error, caller.language)


def refusal(error: GovernorError, language: str) -> Reply:
    """Return the reply that tells a person what went wrong; words of theirs that it repeats are cut where long."""
    values = {name: _short(value) for name, value in error.values.items()}
    return Reply(language=language, lines=(phrase(error.key, **values),), refused=True)


def _short(value: object) -> object:
    is_long = isinstance(value, str) and len(value) > LONGEST_ECHO
    return f"{str(value)[:LONGEST_ECHO]}…" if is_long else value
