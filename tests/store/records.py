"""Whole records for tests: migrated databases with the engine's tables, and a journey through every event."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dbos import DBOS

from governor.domain import balloting, convening, deliberating, series
from governor.domain.actions import record_action
from governor.domain.bylaws import Bylaws, Electorate, Seconding
from governor.domain.convening import Plan
from governor.domain.decisions import record_decision
from governor.domain.events import (
    ActionDone,
    DatePollClosed,
    DatePollMarked,
    DatePollOpened,
    EmailConfirmed,
    EmailGiven,
    LanguageChosen,
    OfficeEnded,
    OfficeGiven,
    Personal,
    RouteChosen,
    StandingRuleAdopted,
    Text,
)
from governor.domain.languages import Language
from governor.domain.members import MemberId, Office, Route
from governor.domain.motions import Motion
from governor.domain.recurrence import Recurrence
from governor.domain.sources import Source
from governor.domain.standing_rules import StandingRule
from governor.ports import Account, Ask, Call, Press, Reply, Say
from governor.services import COMMANDS
from governor.services.dispatch import Dispatcher
from governor.services.members import Founding, found
from governor.store import meetings, members, migrate, minutes, motions, proceedings
from governor.store.database import Database
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.shelf import Shelf
from governor.store.unit_of_work import Record, UnitOfWork
from governor.voting.counting import Choice

ORIGIN = "governor.example.org/log/2026"
AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Jakarta")
HELD = datetime(2026, 12, 4, 13, tzinfo=UTC)
"""When the first meeting of the journey begins, and what happens in it."""

FOUNDING = Founding(
    name="Paguyuban Cempaka",
    zone="Asia/Jakarta",
    language="id",
    secretary="Ratna Wulandari",
    email="ratna.w@example.org",
    platform="console",
    account="ratna",
)

JOURNEY = (
    ("ratna", "anggota tambah Budi Santoso budi.s@example.org"),
    ("ratna", "anggota tambah Sari sari@example.net"),
    ("ratna", "anggota tambah Joko"),
    (
        "ratna",
        "rapat pengurus Kamis depan jam 7 malam selama 90 menit di Sekretariat dengan @budi dan @sari soal anggaran",
    ),
    ("ratna", "*"),
    ("budi", "hadir"),
    ("sari", "tidak bisa"),
    ("ratna", "undur rapat itu ke Jumat jam 8 malam"),
    ("budi", "hadir"),
    ("ratna", "keputusan: menyetujui anggaran Rp 10 juta, penanggung jawab @sari, tenggat 1 Desember"),
    ("ratna", "catat: Budi melaporkan kas per 31 Oktober"),
)
"""Who says what; ``*`` presses the first button of the card before."""

PERSONAL = (
    *("Ratna Wulandari", "Ratna", "ratna", "Wulandari", "ratna.w@example.org"),
    *("Budi Santoso", "Budi", "budi", "Santoso", "budi.s@example.org"),
    *("Sari", "sari@example.net", "Joko", "joko"),
    *("Budi S.", "discord.com/channels", "22/33"),
)
"""Every name, handle, account and address of the journey."""

FREE = (
    *("Paguyuban", "Cempaka", "Sekretariat", "anggaran", "melaporkan", "menyetujui", "Rapat", "Gedung", "meja"),
    *("meet.example.org", "Anggaran Dasar", "laporan kas", "iuran", "lain-lain"),
)
"""Words of every free text of the journey."""

DUE = date(2026, 12, 1)
SOURCE = Source(link="https://discord.com/channels/11/22/33", author="Budi S.", account="44", at=AT)
"""A message from which something is recorded."""

ENTRIES = 90
"""How many entries the journey leaves."""


def migrated(database: Database) -> None:
    """Give *database* all its tables, those of the durable queue too."""
    with database.migrating() as engine:
        migrate.upgrade(engine)
    if not database.is_sqlite:
        start_engine(database)


def start_engine(database: Database) -> None:
    """Start the durable queue of effects on PostgreSQL and stop it: so it makes its own tables."""
    worker = database.engine_for_worker()
    logging.getLogger("dbos").setLevel(logging.CRITICAL)
    quiet = {"use_listen_notify": False, "log_level": "CRITICAL"}
    DBOS(config={"name": "governor", "system_database_engine": worker, **quiet})  # type: ignore[typeddict-item]
    DBOS.launch()
    DBOS.destroy(destroy_registry=True)
    worker.dispose()


def record_in(folder: Path, url: str, *, busy_seconds: float = 10) -> Record:
    """Return the record of *folder* in the database at *url*."""
    keys = KeyStore(folder / "keys")
    return Record(Database(url, busy_seconds=busy_seconds), Ledger(ORIGIN, keys), keys, Shelf(folder))


def sqlite_url(folder: Path) -> str:
    """Return the URL of the SQLite database in *folder*."""
    return f"sqlite:///{folder / 'governor.db'}"


@contextmanager
def opened(folder: Path, url: str | None = None) -> Iterator[Record]:
    """Yield the record of *folder*, closed afterwards."""
    record = record_in(folder, url or sqlite_url(folder))
    try:
        yield record
    finally:
        record.database.close()


def founded(record: Record) -> Record:
    """Found the organisation in *record*, and return it."""
    with record.act("founding", AT) as work:
        found(FOUNDING, work)
    return record


def ask(record: Record, who: str, text: str, *, call: str, at: datetime = AT) -> tuple[Reply, ...]:
    """Return the replies to *text*, said by the console account *who*."""
    return called(record, who, Say(text=text), call=call, at=at)


def press(record: Record, who: str, token: str, *, call: str, at: datetime = AT) -> Reply:
    """Return the reply to a press of the button *token* by the console account *who*."""
    (reply,) = called(record, who, Press(button=token), call=call, at=at)
    return reply


def given(record: Record, who: str, command: str, *, call: str, at: datetime = AT, **options: str) -> Reply:
    """Return the reply to the *command* of that name, given by the console account *who*."""
    (reply,) = called(record, who, Ask(command=command, options=options), call=call, at=at)
    return reply


def called(record: Record, who: str, request: Say | Press | Ask, *, call: str, at: datetime) -> tuple[Reply, ...]:
    """Return the replies to *request* of the console account *who*."""
    said = Call(id=call, account=Account(platform="console", id=who), at=at, request=request)
    return Dispatcher(record, COMMANDS)(said)


def live(record: Record) -> Record:
    """Live through the journey and what its sentences cannot say yet, in *record*; return it."""
    replies: tuple[Reply, ...] = ()
    for number, (who, text) in enumerate(JOURNEY):
        at = AT + timedelta(minutes=number)
        if text == "*":
            request = Press(button=replies[0].cards[0].buttons[0].token)
            said = Call(id=str(number), account=Account(platform="console", id=who), at=at, request=request)
            replies = Dispatcher(record, COMMANDS)(said)
        else:
            replies = ask(record, who, text, call=str(number), at=at)
        assert not any(reply.refused for reply in replies), (text, replies)
    meet_again(record, AT + timedelta(hours=1))
    meet_weekly(record, AT + timedelta(hours=2))
    ask_when(record, AT + timedelta(hours=3))
    deliberate(record, HELD)
    return record


def meet_again(record: Record, at: datetime) -> None:
    """Call a second meeting, remove a person and invite them again, cancel it; decide something beside any meeting."""
    people = members_of(record)
    plan = Plan(
        summary="Rapat kedua",
        dtstart=datetime(2026, 12, 9, 10, tzinfo=ZONE),
        zone="Asia/Jakarta",
        duration=timedelta(hours=1),
        location="Gedung B",
        agenda=None,
        invited=people[:3],
    )
    with record.act("second", at) as work:
        called = convening.call_meeting(plan, number="2026-002", uid=work.uid(), at=at)
        work.record(called, by=people[0])
    for number, invited in enumerate(((people[0], people[1]), people)):
        with record.act(f"again:{number}", at) as work:
            meeting = meetings.find(work.connection, "2026-002")
            assert meeting is not None
            asked = replace(convening.plan_of(meeting), invited=invited)
            work.record(convening.change_meeting(meeting, asked, at=at), by=people[0])
    with record.act("cancelled", at) as work:
        meeting = meetings.find(work.connection, "2026-002")
        assert meeting is not None
        work.record(convening.cancel_meeting(meeting, at=at), by=people[0])
        decided = record_decision(number="2026-002", text="membeli meja", owner=None, due=None, meeting=None)
        source, keeper = Personal(SOURCE.written()), people[1]
        work.record(replace(decided, source=source, keeper=keeper), by=people[1])
        act = record_action(number="2026-001", text="memesan meja", owner=people[1], due=DUE, meeting="2026-001")
        work.record(replace(act, source=source, keeper=keeper), by=people[0])
        first = meetings.find(work.connection, "2026-001")
        assert first is not None
        note = convening.take_note(first, "meja sudah dipesan", item=2)
        work.record(replace(note, source=source, keeper=keeper), by=people[0])
        work.record(ActionDone(number="2026-001"), by=people[1])
        work.record(RouteChosen(member=people[3], number=4, route=Route.CHAT), by=people[0])
        work.record(LanguageChosen(member=people[3], number=4, language=Language.ENGLISH), by=people[3])
        for given in (EmailGiven, EmailConfirmed, EmailGiven):
            work.record(given(member=people[3], number=4, email=Personal("d@example.org")), by=people[3])
        work.record(EmailGiven(member=people[2], number=3, email=Personal("c@example.org")), by=people[2])
        treasurer = {"member": people[2], "number": 3, "office": Office.TREASURER}
        work.record(OfficeGiven(**treasurer, decision="2026-001"), by=people[0])
        work.record(OfficeEnded(**treasurer, decision="2026-002"), by=people[0])
        work.record(StandingRuleAdopted(rule=StandingRule.REMINDERS, value="3d,1h"), by=people[0])
        work.record(StandingRuleAdopted(rule=StandingRule.REMINDERS, value="2d"), by=people[0])


def meet_weekly(record: Record, at: datetime) -> None:
    """Call a series with a link, set one of its occurrences apart and move it, end it and go on with another."""
    people = members_of(record)
    start = datetime(2026, 12, 7, 19, tzinfo=ZONE)
    week = timedelta(days=7)
    plan = Plan(
        summary="Rapat ketiga",
        dtstart=start,
        zone="Asia/Jakarta",
        duration=timedelta(hours=1),
        location=None,
        agenda=None,
        invited=people[:3],
        conference="https://meet.example.org/cempaka",
        recurrence=Recurrence(
            rrule="FREQ=WEEKLY;BYDAY=MO", exdates=(start + 3 * week,), rdates=(start + timedelta(days=2),)
        ),
    )
    with record.act("weekly", at) as work:
        work.record(convening.call_meeting(plan, number="2026-003", uid=work.uid(), at=at), by=people[0])
        weekly = meetings.find(work.connection, "2026-003")
        assert weekly is not None
        work.record(series.set_apart(weekly, start + week, number="2026-004"), by=people[0])
        apart = meetings.find(work.connection, "2026-004")
        assert apart is not None
        later = replace(convening.plan_of(apart), dtstart=start + week + timedelta(days=1))
        work.record(convening.change_meeting(apart, later, at=at, above=weekly.sequence), by=people[0])
        rest = series.rest_of(weekly, start + 4 * week)
        work.record(series.end_before(weekly, start + 4 * week, at=at), by=people[0])
    with record.act("onwards", at) as work:
        onwards = convening.call_meeting(rest, number="2026-005", uid=work.uid(), at=at, continues="2026-003")
        work.record(onwards, by=people[0])


def ask_when(record: Record, at: datetime) -> None:
    """Ask twice when a meeting suits; the first poll led to a meeting, the second is open."""
    people = members_of(record)
    slots = tuple(datetime(2026, 12, day, 19, tzinfo=ZONE) for day in (14, 15))
    with record.act("polls", at) as work:
        for number in ("2026-001", "2026-002"):
            opened_poll = DatePollOpened(
                number=number,
                summary=Text("Rapat pencarian"),
                duration=timedelta(hours=1),
                zone="Asia/Jakarta",
                location=Text("Gedung C"),
                agenda=Text("anggaran baru"),
                conference=Text("https://meet.example.org/cempaka"),
                slots=slots,
                invited=people[:3],
            )
            work.record(opened_poll, by=people[0])
            for member, slot, suits in ((people[0], 0, True), (people[1], 1, True), (people[1], 1, False)):
                marked = DatePollMarked(number=number, member=member, slot=slot, suits=suits)
                work.record(marked, by=member)
        work.record(DatePollClosed(number="2026-001", meeting="2026-002"), by=people[0])


def deliberate(record: Record, at: datetime) -> None:
    """Adopt rules, set an agenda, note who is present; carry a motion by an open vote, lose one by a secret one.

    A third is adopted by consensus, a fourth withdrawn, a fifth is voted on still.
    """
    ratna, budi, sari, joko = people = members_of(record)
    rules = Bylaws(seconding=Seconding.NEEDED, electorate=Electorate.PRESENT)
    with record.act("proceedings", at) as work:
        work.record(deliberating.adopt_bylaws(rules, article="Anggaran Dasar pasal 9", version=1), by=ratna)
        meeting = meetings.find(work.connection, "2026-001")
        assert meeting is not None
        for text in ("laporan kas", "iuran", "lain-lain"):
            items = proceedings.agenda(work.connection, meeting.number)
            work.record(deliberating.add_item(meeting, items, text), by=ratna)
        items = proceedings.agenda(work.connection, meeting.number)
        work.record(deliberating.withdraw_item(meeting, items, 3), by=ratna)
        work.record(deliberating.raise_item(meeting, items[:2], 2), by=ratna)
        for member, is_present in ((ratna, True), (budi, True), (sari, True), (joko, True), (joko, False)):
            came = deliberating.note_attendance(
                meeting, member, is_present=is_present, was_present=not is_present, at=at
            )
            work.record(came, by=ratna)
        for number in range(1, 6):
            moved = deliberating.move(f"membeli meja {number}", number=f"2026-00{number}", by=budi, meeting="2026-001")
            work.record(moved, by=budi)
            work.record(deliberating.second(_motion(work, number), by=sari), by=sari)
    for number, is_secret in ((1, False), (2, True), (5, True)):
        with record.act(f"ballot {number}", at) as work:
            vote(work, _motion(work, number), people[:3], is_secret=is_secret)
    with record.act("counted", at) as work:
        for number in (1, 2):
            motion = _motion(work, number)
            box = work.ballot_box(motion.number, 1)
            tally = box.count() if number == 2 else motions.tally(work.connection, motion.number, 1)
            work.record(balloting.close(motion, tally, present=3, at=at), by=ratna)
            box.empty()
            work.afterwards(box.forget)
        decided = record_decision(
            number="2026-003", text="membeli meja 1", owner=None, due=None, meeting="2026-001", motion="2026-001"
        )
        work.record(decided, by=ratna)
        work.record(deliberating.declare_consensus(_motion(work, 3), rules, present=3, roll=4), by=ratna)
        work.record(deliberating.withdraw(_motion(work, 4), by=ratna, has_leave=True), by=ratna)


def vote(work: UnitOfWork, motion: Motion, people: tuple[MemberId, ...], *, is_secret: bool) -> None:
    """Put *motion* to the vote of *people* and have all but the first vote, the last of them twice."""
    hall = balloting.Hall(roll=members.everybody(work.connection), present=people)
    opened, voters = balloting.put(
        motion, proceedings.bylaws_now(work.connection), balloting.Terms(is_secret=is_secret), hall, at=work.at
    )
    work.record(opened, by=people[0])
    for part in balloting.enter(opened, voters):
        work.record(part, by=people[0])
    box = work.ballot_box(motion.number, opened.ballot)
    box.open()
    last = (Choice.FOR, Choice.AGAINST) if is_secret else (Choice.AGAINST, Choice.FOR)
    for voter, choice in zip((*people[1:], people[2]), (Choice.FOR, *last), strict=True):
        found = motions.voter_of(work.connection, motion.number, opened.ballot, voter)
        motion = motions.find(work.connection, motion.number) or motion
        work.record(balloting.cast(motion, found, choice, at=work.at), by=voter)
        if is_secret:
            box.cast(voter, choice)


def _motion(work: UnitOfWork, number: int) -> Motion:
    found = motions.find(work.connection, f"2026-00{number}")
    assert found is not None
    return found


def note_much(record: Record, count: int, at: datetime) -> None:
    """Take *count* notes in the first meeting, in one act: a log needs 256 entries before it has a node."""
    (by, *_) = members_of(record)
    with record.act("much", at) as work:
        meeting = meetings.find(work.connection, "2026-001")
        assert meeting is not None
        first = minutes.next_item(work.connection, "2026-001")
        for item in range(first, first + count):
            work.record(convening.take_note(meeting, f"butir {item}", item=item), by=by)


def publish(record: Record, folder: Path) -> None:
    """Publish the head of *record* among the files of *folder*."""
    with record.database.write() as connection:
        record.ledger.publish(connection, folder / "published")


def members_of(record: Record) -> tuple[MemberId, ...]:
    """Return the members, in order of enrolment."""
    with record.database.read() as connection:
        return tuple(member.id for member in record.roster(connection))
