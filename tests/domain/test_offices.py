"""May an office be given or ended?"""

from dataclasses import replace

import pytest

from governor.domain.events import OfficeEnded, OfficeGiven
from governor.domain.members import Member, MemberId, Office
from governor.domain.offices import end_office, give_office
from governor.errors import OutOfOrder

SARI = Member(id=MemberId("m2"), number=2, name="Sari", handle="sari", email=None)
RATNA = replace(SARI, id=MemberId("m1"), number=1, offices=frozenset({Office.SECRETARY, Office.BOARD}))


def test_office_is_given_by_a_decision_to_who_does_not_hold_it() -> None:
    given = give_office(SARI, Office.TREASURER, decision="2026-001")
    assert given == OfficeGiven(member=SARI.id, number=2, office=Office.TREASURER, decision="2026-001")
    with pytest.raises(OutOfOrder, match="office-held"):
        give_office(RATNA, Office.BOARD, decision=None)


def test_office_ends_for_who_holds_it() -> None:
    ended = end_office(RATNA, Office.BOARD, secretaries=[RATNA.id], decision=None)
    assert ended == OfficeEnded(member=RATNA.id, number=1, office=Office.BOARD, decision=None)
    with pytest.raises(OutOfOrder, match="office-not-held"):
        end_office(RATNA, Office.CHAIR, secretaries=[RATNA.id], decision=None)


def test_last_secretary_who_can_act_stays() -> None:
    with pytest.raises(OutOfOrder, match="office-last-secretary"):
        end_office(RATNA, Office.SECRETARY, secretaries=[RATNA.id], decision=None)
    assert end_office(RATNA, Office.SECRETARY, secretaries=[RATNA.id, SARI.id], decision=None).number == 1
