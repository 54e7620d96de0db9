import pytest

from governor.domain.members import Office
from governor.domain.permissions import EVERY_MEMBER, GRANTS, Permission, is_permitted, offices_granted

WHO = {
    Permission.MEETING_CALL: (Office.CHAIR, Office.SECRETARY, Office.TREASURER, Office.BOARD),
    Permission.MEETING_CHANGE: (Office.CHAIR, Office.SECRETARY),
    Permission.MEETING_CANCEL: (Office.CHAIR, Office.SECRETARY),
    Permission.MINUTES_NOTE: (Office.CHAIR, Office.SECRETARY),
    Permission.MINUTES_SAVE: (Office.CHAIR, Office.SECRETARY),
    Permission.DECISION_RECORD: (Office.CHAIR, Office.SECRETARY),
    Permission.ACTION_RECORD: (Office.CHAIR, Office.SECRETARY),
    Permission.MEMBER_ENROL: (Office.SECRETARY,),
    Permission.BALLOT_TAKE: (Office.CHAIR, Office.SECRETARY),
    Permission.BYLAWS_ADOPT: (Office.CHAIR, Office.SECRETARY),
    Permission.STANDING_RULE_ADOPT: (Office.CHAIR, Office.SECRETARY),
    Permission.OFFICE_GIVE: (Office.CHAIR, Office.SECRETARY),
    Permission.OFFICE_END: (Office.CHAIR, Office.SECRETARY),
}


@pytest.mark.parametrize("permission", Permission)
def test_act_is_permitted_to_its_offices_and_to_nobody_else(permission: Permission) -> None:
    granted = WHO.get(permission, ())
    assert offices_granted(permission) == granted
    assert is_permitted((), permission) == (permission not in WHO) == (permission in EVERY_MEMBER)
    for office in Office:
        assert is_permitted([office], permission) == (permission in EVERY_MEMBER or office in granted)


def test_member_of_two_offices_may_do_what_either_may() -> None:
    assert is_permitted([Office.TREASURER, Office.SECRETARY], Permission.MEMBER_ENROL)


def test_every_office_has_its_grants_and_every_permission_its_form() -> None:
    assert GRANTS.keys() == set(Office)
    assert all(permission.value.count(":") == 1 for permission in Permission)
