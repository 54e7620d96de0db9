"""Which invitations do the tests write?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from governor.domain.meetings import PartStat, Role, Status
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.wording.phrase import phrase

DTSTAMP = datetime(2026, 11, 24, 10, 39, 21, tzinfo=UTC)
ORGANIZER = Mailbox(name="Governor", address="rapat@karangtaruna.example")
NOTICE = phrase("start-mail-folder", folder="mail")


def guest(
    name: str = "Budi Santoso",
    address: str = "budi@example.org",
    *,
    role: Role = Role.REQUIRED,
    partstat: PartStat = PartStat.NEEDS_ACTION,
    language: str = "id",
    since: int = 0,
) -> Guest:
    return Guest(
        mailbox=Mailbox(name=name, address=address),
        role=role,
        partstat=partstat,
        language=language,
        since=since,
        token=sha256(address.encode("utf-8", "replace")).hexdigest()[:16],
    )


SARI = guest("Sari Dewi, S.H., M.M.", "sari@example.org", role=Role.CHAIR, partstat=PartStat.ACCEPTED)
BUDI = guest()
ANNE = guest("Anne O'Neill", "anne.oneill+meetings@example.com", language="en")

BOARD = Invitation(
    uid="2f0c1f0e-6d4b-4f63-9d0a-51a2b6f0a001@karangtaruna.example",
    sequence=0,
    revision=0,
    dtstamp=DTSTAMP,
    status=Status.CONFIRMED,
    summary="Rapat pengurus",
    dtstart=datetime(2026, 12, 3, 19, 0, tzinfo=ZoneInfo("Asia/Jakarta")),
    zone="Asia/Jakarta",
    duration=timedelta(minutes=90),
    location="Sekretariat",
    agenda="1. Anggaran\n2. Lain-lain",
    organization="Karang Taruna Melati",
    language="id",
    organizer=ORGANIZER,
    chair="Sari Dewi",
    guests=(SARI, BUDI, ANNE),
)


def at(zone: str, *moment: int) -> Invitation:
    """Return the board's meeting held in *zone* at the local *moment* (year, month, day, hour, minute)."""
    return replace(BOARD, zone=zone, dtstart=datetime(*moment, tzinfo=ZoneInfo(zone)))  # type: ignore[misc]


def cancelled(invitation: Invitation) -> Invitation:
    return replace(
        invitation,
        status=Status.CANCELLED,
        sequence=invitation.sequence + 1,
        revision=invitation.revision + 1,
        dtstamp=invitation.dtstamp + timedelta(days=1),
    )


HOSTILE = "Rapat\r\nBCC: all@example.org\x00\x07\u202egnp.exe\u2066 \u2028\"x\"; 'y', \\N a\\nb \ud800^n^^ :;,="
ARABIC = "اجتماع مجلس الإدارة"
JAPANESE = "理事会の会議" * 12
EMOJI = "👩‍👩‍👧‍👦 Rapat keluarga 🇮🇩 " * 8
