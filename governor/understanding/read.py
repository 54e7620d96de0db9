"""What was asked?"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from governor.domain.members import Member
from governor.errors import NotUnderstood
from governor.understanding.acts import classify
from governor.understanding.answers import build_question, build_reply
from governor.understanding.asking import Asked, Sentence
from governor.understanding.changes import build_change
from governor.understanding.denials import as_told
from governor.understanding.findings import Day, How
from governor.understanding.inquiries import Inquiry, Look
from governor.understanding.lastresort import read_foreign
from governor.understanding.messages import split_requests
from governor.understanding.moments import settle, zone_of
from governor.understanding.news import unsuffixed
from governor.understanding.offices import build_mandate
from governor.understanding.people import People
from governor.understanding.pieces import When
from governor.understanding.pointers import pointers_in
from governor.understanding.pointing import Pointer
from governor.understanding.reading import Act, Found, Reading
from governor.understanding.records import (
    build_agenda,
    build_decision,
    build_enrolment,
    build_language,
    build_note,
    build_number,
)
from governor.understanding.requests import Builder, Request, bare, build_call
from governor.understanding.searching import build_search
from governor.understanding.sentences import Text, prepare, with_findings
from governor.understanding.shields import shielded
from governor.understanding.tasks import task_in
from governor.understanding.tokens import clean
from governor.values import dataclass

LIMIT = 4000


def build_standing(request: Request) -> Reading:
    """Return the standing rule that *request* changes; their tables sleep until one is spoken of."""
    from governor.understanding.standing import build_standing

    return build_standing(request)


def build_email(request: Request) -> Reading:
    """Return the address or the code that *request* tells, likewise."""
    from governor.understanding.emails import build_email

    return build_email(request)


BUILDERS: dict[Act, Builder] = {
    Act.CALL: build_call, Act.CHANGE: build_change, Act.CANCEL: bare, Act.REPLY: build_reply, Act.NOTE: build_note,
    Act.DECIDE: build_decision,
    Act.ACTION: build_decision, Act.ASK_DECISIONS: build_question, Act.ASK_MEETINGS: build_question,
    Act.MINUTES: bare, Act.SAVE_MINUTES: bare,
    Act.PROVE: build_number, Act.ENROL: build_enrolment, Act.HELP: bare, Act.AGENDA: build_agenda,
    Act.FIND_TIME: build_search, Act.FEED: bare, Act.REVOKE_FEED: bare, Act.LANGUAGE: build_language,
    Act.MOVE: build_note, Act.ASK_MOTIONS: bare, Act.ASK_AGENDA: bare, Act.ATTENDANCE: bare, Act.ASK_BYLAWS: bare,
    Act.GIVE_OFFICE: build_mandate, Act.END_OFFICE: build_mandate, Act.ASK_OFFICES: bare,
    Act.ASK_ACTIONS: bare, Act.FINISH_ACTION: build_number,
    Act.ASK_DECISION: build_number, Act.ASK_MEETING: build_number, Act.ASK_MOTION: build_number,
    Act.STANDING_RULE: build_standing, Act.ASK_STANDING_RULES: bare,
    Act.GIVE_EMAIL: build_email, Act.CONFIRM_EMAIL: build_email, Act.ASK_EMAIL: bare,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """When, where and among whom it was said; and the meeting being spoken of, if there is one.

    ``at`` is aware; ``zone`` an IANA name; ``language`` ISO 639-1, for texts that do not tell their own.
    """

    at: datetime
    zone: str
    language: str
    roster: Collection[Member] = ()
    dtstart: datetime | None = None
    duration: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The ``requests`` of a text, in order, and what stands behind them and was not read (``unread``)."""

    requests: Sequence[Request]
    unread: str

    @property
    def acts(self) -> frozenset[Act]:
        """Return what is asked for."""
        return frozenset(request.asked.act for request in self.requests)

    def alone(self) -> "tuple[Message, ...]":
        """Return each request as a message of its own."""
        *firsts, last = self.requests
        return (*(Message(requests=(one,), unread="") for one in firsts), replace(self, requests=(last,)))

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """Return what the first request that does so says of the time of the meeting that it is about."""
        return next((found for request in self.requests if (found := pointers_in(request))), ())

    def against(self, dtstart: datetime | None, duration: timedelta | None) -> "Message":
        """Return the same, said of a meeting that begins at *dtstart* and takes *duration*."""
        about = [replace(request, dtstart=dtstart, duration=duration) for request in self.requests]
        return replace(self, requests=about)

    def readings(self) -> tuple[Reading, ...]:
        """Return one reading per request, in order.

        Raises:
            NotUnderstood: ``date-does-not-exist``, ``end-before-start``.
        """
        *firsts, last = map(reading_of, self.requests)
        return (*firsts, replace(last, unread=self.unread) if self.unread else last)


def read(text: str, context: Context) -> tuple[Reading, ...]:
    """Return what *text* asks for, one reading per request, in order.

    Raises:
        NotUnderstood: nothing was asked, or it cannot be: ``not-understood``, ``empty-line``, ``too-long``,
            ``date-does-not-exist``, ``end-before-start``.
    """
    return message_in(text, context).readings()


def message_in(text: str, context: Context) -> Message:
    """Return the requests of *text*, at least one.

    Raises:
        NotUnderstood: as ``read``.
    """
    requests, unread = requests_of(text, context)
    if not requests:
        raise NotUnderstood("not-understood")
    return Message(requests=requests, unread=unread)


def reading_of(request: Request) -> Reading:
    """Return the reading of one request."""
    reading = BUILDERS[request.asked.act](request)
    pointers = pointers_in(request, reading.said.get("agenda"))
    reading = replace(reading, pointers=pointers) if pointers else reading
    return reading if request.agenda is None else _with_item(reading, build_agenda(request.agenda).said.get("agenda"))


def _with_item(reading: Reading, item: Found | None) -> Reading:
    """Return *reading* and its alternatives with one more *item* of the agenda, which another sentence names."""
    if item is None:
        return reading
    items = [found.value for found in (reading.said.get("agenda"), item) if found is not None]
    agenda = Found(value="; ".join(map(str, items)), span=None, rule="agenda")
    others = tuple(_with_item(other, item) for other in reading.alternatives)
    return replace(reading, said={**reading.said, "agenda": agenda}, alternatives=others)


def requests_of(text: str, context: Context, look: Look | None = None) -> tuple[list[Request], str]:
    """Return the requests in *text*, in order, none when it asks for nothing; and what stands behind them and was not
    read, because it would be too much. *look* is ``looking(context)``.

    Raises:
        NotUnderstood: it is empty or too long.
    """
    cleaned, look = _checked(text), look or looking(context)
    if cleaned.startswith("/"):
        request = _request(_on_one_line(cleaned), context, look, is_command=True)
        return ([] if request is None else [request]), ""
    return split_requests(cleaned, Inquiry(lambda piece: _request(piece, context, look), look))


def looking(context: Context) -> Look:
    """Return what finds the times of a text said in *context*, and looks at no text twice."""
    at, seen = context.at.astimezone(zone_of(context.zone)), dict[str, Text]()

    def look(text: str) -> Text:
        if text not in seen:
            seen[text] = prepare(text, at, context.language)
        return seen[text]

    return look


def prepared(text: str, look: Look) -> Text:
    """Return *text* with its times, for callers who ask for nothing else; *look* is ``looking(context)``."""
    return look(_on_one_line(_checked(text)))


def read_change(text: str, context: Context) -> Reading:
    """Return *text* as a change of the meeting in hand; a fragment is enough: *jam 8 malam*, *di Aula*, *2 jam*.

    Raises:
        NotUnderstood: as ``read``, and when nothing in it can be changed.
    """
    cleaned, look = _on_one_line(_checked(text)), looking(context)
    request = _request(cleaned, context, look)
    if request is None or request.asked.act not in {Act.CHANGE, Act.CALL, Act.AGENDA}:
        request = _with(look(cleaned), context, Asked(Act.CHANGE, "change", 0, 0))
    elif request.asked.act is not Act.CHANGE:
        request = replace(request, asked=Asked(Act.CHANGE, "change", request.asked.start, request.asked.start))
    reading = build_change(request)
    if not (reading.said or reading.implied):
        return _renamed(_request(cleaned, context, look), reading)
    return reading


def _renamed(request: Request | None, change: Reading) -> Reading:
    """Return *change* with the name of a meeting that was said and nothing else: *Rapat Kerja*.

    Raises:
        NotUnderstood: no meeting was named.
    """
    named = None if request is None or request.asked.act is not Act.CALL else reading_of(request).said.get("summary")
    if named is None:
        raise NotUnderstood("not-understood")
    return replace(change, said={"summary": named}, missing=())


def _checked(text: str) -> str:
    if len(text) > LIMIT:
        raise NotUnderstood("too-long", limit=LIMIT)
    cleaned = clean(text)
    if not cleaned.strip():
        raise NotUnderstood("empty-line")
    return cleaned.strip()


def _on_one_line(cleaned: str) -> str:
    return " ".join(cleaned.lstrip("/ ").split("\n"))


def _request(piece: str, context: Context, look: Look, *, is_command: bool = False) -> Request | None:
    if not piece.strip():
        return None
    prepared = look(piece)
    if not prepared.tokens:
        return None
    is_past = not prepared.words.isdisjoint(prepared.grammar.past) or _tells_of_the_past(prepared)
    lowers = unsuffixed(prepared.grammar, prepared.lowers)
    words = prepared.words if lowers is prepared.lowers else frozenset(lowers)
    sentence = Sentence(prepared.tokens, lowers, words, prepared.grammar, prepared.times, is_past, is_command)
    asked = as_told(sentence, classify(sentence))
    if asked is None or (
        asked.act is Act.CALL and (words - {"call"}).isdisjoint(prepared.grammar.meetings)
    ):  # @budi please call …
        asked = task_in(sentence, People(context.roster, prepared.grammar)) or asked
    return None if asked is None else _with(prepared, context, asked)


def _tells_of_the_past(prepared: Text) -> bool:
    """Say whether a day is named that is over: *minggu lalu*, *last Friday*."""
    today = prepared.line.today
    return any(isinstance(f.value, Day) and f.value.until <= today and f.value.how in PAST_HOW for f in prepared.found)


PAST_HOW = frozenset({How.WEEK, How.MONTH, How.YEAR, How.WEEKDAY, How.NEXT_WEEKDAY, How.RELATIVE, How.WEEKEND})


def _with(prepared: Text, context: Context, asked: Asked) -> Request:
    prepared = shielded(prepared, is_call=asked.act is Act.CALL)
    when = settle(prepared.line, prepared.found, context.zone)
    if asked.act is Act.CALL and when.days is None and when.rrule is None and "instant" not in when.assumed:
        prepared, when = _with_foreign_date(prepared, context, when)
    return Request(
        text=prepared,
        asked=asked,
        people=People(context.roster, prepared.grammar),
        zone=context.zone,
        dtstart=context.dtstart,
        duration=context.duration,
        when=when,
    )


def _with_foreign_date(prepared: Text, context: Context, when: When) -> tuple[Text, When]:
    """Return the text with a date that only the reader of last resort knows, if there is one."""
    foreign = read_foreign(prepared.line, prepared.text)
    if not foreign:
        return prepared, when
    text = with_findings(prepared, [*prepared.found, *foreign])
    return text, settle(text.line, text.found, context.zone)
