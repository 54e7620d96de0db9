"""How does a call become an act? The one door: account → member, words → request, permission, transaction, reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from governor.domain.members import Member
from governor.domain.permissions import is_permitted, offices_granted
from governor.errors import GovernorError, NotFound, NotPermitted, NotUnderstood
from governor.ports import Ask, Begin, Call, Interest, Join, Press, Reply, Say
from governor.ports.forms import Fill
from governor.services.commands import Caller, Command, Premises, from_reading, from_token, refuse_unknown
from governor.services.joining import begin, join
from governor.services.languages import spoken_to
from governor.services.meant import called, named_for, number_named
from governor.services.meetings import context_of
from governor.services.members import CONSOLE
from governor.services.offers import MEETING, PERIOD, filled, sentence_field
from governor.services.sentences import period_for, reading_for
from governor.services.suggestions import Suggestions
from governor.store import meetings
from governor.store.database import Connection
from governor.store.members import Roster
from governor.store.organisations import Organisation
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.language import detect
from governor.understanding.read import LIMIT, Context, read
from governor.understanding.reading import Act, Reading
from governor.understanding.tokens import clean, tokenise
from governor.wording.catalogue import LANGUAGES
from governor.wording.phrase import phrase

LONGEST_ECHO = 200
"""How much of a value a refusal repeats, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    command: Command
    request: object
    language: str
    named: str | None = None
    unread: str = ""


class Dispatcher:
    """Carries out calls against one record, on its *premises*. Sync: call it from a thread.

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
        language = call.language or LANGUAGES[0]
        try:
            if isinstance(call.request, Begin):
                return (begin(self._record, call, call.request),)
            with self._record.database.read() as connection:
                organisation = self._record.organisation(connection)
                if organisation is None:
                    raise NotFound("organisation-missing")
                language = _language(call, None, organisation)
                if isinstance(call.request, Join):
                    return (join(self._record, call, call.request, language),)
                caller = self._meet(call, organisation, connection)
                language = caller.language
                if self._hears(call.request):
                    caller = _hearing(caller, connection)
            wanted = self._read(call, caller)
        except GovernorError as error:
            return (refusal(error, language),)
        replies = tuple(self._carry_out(one, caller, index) for index, one in enumerate(wanted))
        return replies + tuple(_unread(one) for one in wanted if one.unread)

    def _meet(self, call: Call, organisation: Organisation, connection: Connection) -> Caller:
        roster = self._record.roster(connection)
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

    def _hears(self, request: Say | Press | Fill | Ask | Join | Begin | Interest) -> bool:
        """Return whether *request* may be meant for the meeting that is spoken of; a button says all by itself."""
        match request:
            case Ask(command=name):
                command = self._by_name.get(name)
                return command is not None and (command.writes or sentence_field(command) is not None)
            case Say(answering=answering):
                return answering is None
        return False

    def _read(self, call: Call, caller: Caller) -> list[_Wanted]:
        match call.request:
            case Press(button=token):
                command, request = from_token(self._by_button, token)
                return [_Wanted(command=command, request=request, language=caller.language)]
            case Say(text=text, answering=str(token)):
                command, request = from_token(self._by_button, token)
                return [_Wanted(command=command, request=_with(request, text=text), language=caller.language)]
            case Fill(button=token, values=values, mentioned=mentioned):
                command, request = from_token(self._by_button, token)
                said = {name: _with_handles(value, mentioned, caller) for name, value in values.items()}
                return [_Wanted(command=command, request=_with(request, values=said), language=caller.language)]
            case Ask(command=name, options=given, mentioned=mentioned):
                options = {option: _with_handles(value, mentioned, caller) for option, value in given.items()}
                if mentioned.keys() & set(options.values()):
                    raise NotFound("mentioned-unlinked")
                return [self._asked(name, options, caller)]
            case Say(text=written, mentioned=mentioned):
                text = _with_handles(written, mentioned, caller)
                readings = read(text, _context(caller))
                return [self._wanted(one, one.text if len(readings) > 1 else text, caller) for one in readings]
            case Interest() as interest:
                return [_Wanted(command=self._by_request[Interest], request=interest, language=caller.language)]
            case Join() | Begin():
                return []

    def _asked(self, name: str, options: Mapping[str, str], caller: Caller) -> _Wanted:
        command = self._by_name.get(name)
        if command is None:
            raise NotFound("command-unknown", command=name)
        values = filled(command, options, caller.roster)
        field = sentence_field(command)
        if field is not None:
            reading = reading_for(command, options[field], _context(caller))
            values = {field: reading, **values}
            refuse_unknown(reading)
        if isinstance(values.get(PERIOD), str):
            values[PERIOD] = period_for(command, options[PERIOD], _context(caller))
        return _Wanted(command=command, request=command.request(**values), language=caller.language, named=caller.named)

    def _wanted(self, reading: Reading, text: str, caller: Caller) -> _Wanted:
        asked = self._by_act.get(reading.act)
        if asked is None:
            raise NotUnderstood("not-understood")
        return _Wanted(
            command=asked,
            request=from_reading(asked, reading),
            language=reading.language,
            named=named_for(reading.act, text) or called(reading.act, text, caller.to_come),
            unread=reading.unread,
        )

    def _carry_out(self, wanted: _Wanted, caller: Caller, index: int) -> Reply:
        caller = replace(caller, language=wanted.language, named=wanted.named)
        try:
            # Asked before too: whoever may not does not wait for the turn to write, nor holds it.
            _permit(wanted.command, caller.member)
            if not wanted.command.writes:
                with self._record.look(caller.at) as work:
                    return wanted.command.handle(wanted.request, _as_of_now(caller, wanted.command, work), work)
            request = self._prepared(wanted, caller)
            with self._record.act(f"{caller.call.account.platform}:{caller.call.id}:{index}", caller.at) as work:
                if work.is_repeated():
                    return Reply(language=caller.language, lines=(phrase("already-done"),))
                return wanted.command.handle(request, _as_of_now(caller, wanted.command, work), work)
        except GovernorError as error:
            return refusal(error, caller.language)

    def _prepared(self, wanted: _Wanted, caller: Caller) -> object:
        if wanted.command.prepare is None:
            return wanted.request
        with self._record.look(caller.at) as work:
            return wanted.command.prepare(wanted.request, caller, work)


def _hearing(caller: Caller, connection: Connection) -> Caller:
    """Return *caller* with the meeting that their words are read against."""
    request, named, to_come = caller.call.request, caller.named, caller.to_come
    if isinstance(request, Say):
        to_come = meetings.names_to_come(connection, caller.at)
        named = named or called(Act.CHANGE, request.text, to_come)
    heard = None if named is None else meetings.find(connection, named)
    heard = heard or meetings.meant(connection, caller.at, is_to_come=True)
    return replace(caller, named=named, to_come=to_come, heard=heard)


def _context(caller: Caller) -> Context:
    heard = caller.heard
    if heard is None:
        return context_of(caller, None, None)
    return context_of(caller, heard.next_start(at=caller.at) or heard.dtstart, heard.duration)


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


def _as_of_now(caller: Caller, command: Command, work: UnitOfWork) -> Caller:
    """Return the *caller* as the roll stands in the transaction of the act, where the *command* is permitted them."""
    roster = work.roster()
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
    known = chosen or call.language or spoken_to(member, organisation)
    if not isinstance(call.request, Say):
        return known
    return detect(tokenise(clean(call.request.text[:LIMIT])), known)


def _unread(wanted: _Wanted) -> Reply:
    """Return what tells that more was asked than was read."""
    return Reply(language=wanted.language, lines=(phrase("unread", text=_short(wanted.unread)),))


def refusal(error: GovernorError, language: str) -> Reply:
    """Return the reply that tells a person what went wrong; words of theirs that it repeats are cut where long."""
    values = {name: _short(value) for name, value in error.values.items()}
    return Reply(language=language, lines=(phrase(error.key, **values),), refused=True)


def _short(value: object) -> object:
    is_long = isinstance(value, str) and len(value) > LONGEST_ECHO
    return f"{str(value)[:LONGEST_ECHO]}…" if is_long else value
