"""Which messages must every reader understand alike?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from governor.domain.meetings import PartStat, Role, Status
from governor.itip.cancel import cancel, uninvite
from governor.itip.invitation import Invitation
from governor.itip.request import request
from tests.itip.invitations import ANNE, ARABIC, BOARD, BUDI, EMOJI, HOSTILE, JAPANESE, at, cancelled, guest

MOVED = replace(
    BOARD,
    sequence=1,
    revision=1,
    dtstamp=BOARD.dtstamp + timedelta(hours=1),
    dtstart=BOARD.dtstart + timedelta(days=1, hours=1),
)
MANY = tuple(
    guest(f"Anggota {number}", f"anggota{number}@example.org", partstat=list(PartStat)[number % 4])
    for number in range(60)
)

INVITATIONS: Mapping[str, Invitation] = MappingProxyType(
    {
        "jakarta": BOARD,
        "moved": MOVED,
        "cancelled": cancelled(MOVED),
        "new-york-summer": at("America/New_York", 2027, 7, 1, 9, 30),
        "new-york-winter": at("America/New_York", 2027, 12, 1, 9, 30),
        "new-york-cancelled": cancelled(at("America/New_York", 2027, 7, 1, 9, 30)),
        "new-york-twice": replace(at("America/New_York", 2026, 11, 1, 0, 45), duration=timedelta(hours=1)),
        "new-york-second-time": replace(at("America/New_York", 2026, 11, 1, 0, 45), duration=timedelta(hours=2)),
        "paris-summer": at("Europe/Paris", 2027, 7, 14, 18, 0),
        "paris-gap": at("Europe/Paris", 2027, 3, 28, 2, 30),
        "paris-across-spring": replace(at("Europe/Paris", 2027, 3, 28, 1, 0), duration=timedelta(hours=6)),
        "casablanca-ramadan": at("Africa/Casablanca", 2027, 2, 20, 10, 0),
        "casablanca-before": at("Africa/Casablanca", 2027, 1, 20, 10, 0),
        "casablanca-after": at("Africa/Casablanca", 2027, 5, 20, 10, 0),
        "dublin-summer": at("Europe/Dublin", 2027, 8, 2, 20, 0),
        "dublin-winter": at("Europe/Dublin", 2027, 1, 4, 20, 0),
        "kathmandu": at("Asia/Kathmandu", 2027, 1, 4, 7, 15),
        "lord-howe": at("Australia/Lord_Howe", 2027, 1, 4, 7, 15),
        "cairo-november-first": at("Africa/Cairo", 2030, 11, 1, 9, 0),
        "nuuk": at("America/Nuuk", 2027, 3, 28, 9, 0),
        "santiago": at("America/Santiago", 2027, 9, 5, 9, 0),
        "utc": at("UTC", 2027, 1, 4, 7, 15),
        "apia": at("Pacific/Apia", 2027, 1, 4, 7, 15),
        "arabic": replace(BOARD, summary=ARABIC, location=ARABIC, agenda=ARABIC, guests=(guest(ARABIC), ANNE)),
        "japanese": replace(BOARD, summary=JAPANESE, agenda=JAPANESE * 9, chair=JAPANESE, guests=(guest(JAPANESE),)),
        "emoji": replace(BOARD, summary=EMOJI, organization=EMOJI, guests=(guest(EMOJI),)),
        "long": replace(BOARD, summary="panjang " * 25, agenda="1. anggaran; 2. lain-lain, dll.\n" * 120),
        "hostile": replace(
            BOARD, summary=HOSTILE, location=HOSTILE, agenda=HOSTILE, chair=HOSTILE, guests=(guest(HOSTILE), BUDI)
        ),
        "punctuation": replace(BOARD, summary="a,b;c:d\"e'f=g", location=";;,,::", guests=(guest('x;y:z,"q"'),)),
        "nothing-said": replace(BOARD, location=None, agenda=None, guests=(BUDI,)),
        "sixty-guests": replace(BOARD, guests=MANY),
        "chair-only": replace(BOARD, guests=(replace(BUDI, role=Role.CHAIR, partstat=PartStat.DECLINED),)),
        "three-days": replace(BOARD, duration=timedelta(days=3)),
        "one-minute": replace(BOARD, duration=timedelta(minutes=1)),
    }
)


def golden() -> dict[str, bytes]:
    """Return the messages by name."""
    messages = {
        name: cancel(invitation) if invitation.status is Status.CANCELLED else request(invitation)
        for name, invitation in INVITATIONS.items()
    }
    return messages | {"uninvited": uninvite(MOVED, BUDI)}
