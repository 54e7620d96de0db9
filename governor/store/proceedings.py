"""What is decided by, on which agenda, before whom? Rows → bylaws, agenda items, who is present."""

from sqlalchemy import Connection, select

from governor.domain.agendas import AgendaItem
from governor.domain.bylaws import Bylaws, Electorate, Seconding, Secrecy, Tie
from governor.domain.members import MemberId
from governor.store.proceeding_tables import agenda_item, attendance, bylaws
from governor.voting.counting import Majority, Quorum


def bylaws_now(connection: Connection) -> Bylaws:
    """Return the rules that hold: those adopted last, or what holds before any were."""
    row = connection.execute(select(bylaws).order_by(bylaws.c.version.desc()).limit(1)).first()
    if row is None:
        return Bylaws()
    return Bylaws(
        version=row.version,
        article=row.article,
        seconding=Seconding(row.seconding),
        electorate=Electorate(row.electorate),
        quorum=Quorum(row.quorum),
        majority=Majority(row.majority),
        tie=Tie(row.tie),
        secrecy=Secrecy(row.secrecy),
    )


def agenda(connection: Connection, number: str) -> tuple[AgendaItem, ...]:
    """Return every item of the agenda of the meeting of that *number*, by its item, those withdrawn too."""
    query = select(agenda_item).where(agenda_item.c.number == number).order_by(agenda_item.c.item)
    return tuple(
        AgendaItem(item=row.item, place=row.place, text=row.text, is_withdrawn=bool(row.is_withdrawn))
        for row in connection.execute(query)
    )


def present(connection: Connection, number: str) -> tuple[MemberId, ...]:
    """Return who came to the meeting of that *number* and did not leave, by when that was noted last."""
    query = select(attendance.c.member).where(attendance.c.number == number, attendance.c.is_present == 1)
    return tuple(
        MemberId(row.member) for row in connection.execute(query.order_by(attendance.c.at, attendance.c.member))
    )
