"""Are codes sent neither too often nor to somebody else's address, and tried neither too late nor too often?"""

from datetime import UTC, datetime, timedelta

import pytest

from governor.domain.confirming import (
    TRIES,
    VALID,
    SentCode,
    check_free,
    check_sending,
    check_trying,
    tried_in_vain,
)
from governor.errors import OutOfOrder

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_code_counts_until_it_is_too_old() -> None:
    sent = SentCode(at=NOON)

    check_trying(sent, at=NOON + VALID - SECOND)
    with pytest.raises(OutOfOrder) as refused:
        check_trying(sent, at=NOON + VALID)

    assert refused.value.key == "email-code-expired"


def test_code_counts_until_too_many_others_were_tried() -> None:
    sent = SentCode(at=NOON)
    for left in range(TRIES, 0, -1):
        assert sent.left == left
        check_trying(sent, at=NOON)
        sent = tried_in_vain(sent)

    with pytest.raises(OutOfOrder) as refused:
        check_trying(sent, at=NOON)
    assert refused.value.key == "email-code-spent"


@pytest.mark.parametrize(
    ("to_member", "to_address", "wait"),
    [
        ([], [], None),
        ([SECOND], [], None),
        ([], [SECOND], MINUTE),
        ([], [MINUTE], None),
        ([SECOND, 2 * SECOND, 10 * MINUTE], [], 50 * MINUTE),
        ([SECOND, 2 * SECOND, HOUR], [], None),
        ([], [2 * MINUTE, 3 * MINUTE, 59 * MINUTE + SECOND], MINUTE),
        ([2 * HOUR, 3 * HOUR, 4 * HOUR, 5 * HOUR, 6 * HOUR, 7 * HOUR], [], 17 * HOUR),
        ([], [2 * HOUR, 3 * HOUR, 4 * HOUR, 5 * HOUR, 6 * HOUR, DAY], None),
        ([], [2 * HOUR, 3 * HOUR, 4 * HOUR, 5 * HOUR, 6 * HOUR, 23 * HOUR], HOUR),
    ],
)
def test_codes_are_sent_at_measured_intervals(
    to_member: list[timedelta], to_address: list[timedelta], wait: timedelta | None
) -> None:
    mine, there = ([NOON - ago for ago in sent] for sent in (to_member, to_address))
    if wait is None:
        check_sending(mine, there, at=NOON)
        return

    with pytest.raises(OutOfOrder) as refused:
        check_sending(mine, there, at=NOON)

    assert (refused.value.key, refused.value.values) == ("email-code-too-soon", {"wait": wait})


def test_nobody_takes_the_address_of_another() -> None:
    check_free("sari@example.org", ["budi@example.org"])

    with pytest.raises(OutOfOrder) as refused:
        check_free("Sari@example.org", ["budi@example.org", "sari@EXAMPLE.org"])

    assert refused.value.key == "email-of-another"
