"""Alarms that the operator set: with every invitation, and with nothing that takes one back."""

from datetime import timedelta
from pathlib import Path

from governor.services.delivery import Delivery
from governor.services.outside import Outside
from tests.delivery.mailing import mailing
from tests.integrations.inbox import parts


def test_alarms_that_are_set_go_with_invitations_and_with_nothing_that_takes_one_back(tmp_path: Path) -> None:
    alarms = (timedelta(days=1), timedelta(hours=1))
    with mailing(tmp_path) as post:
        outside = Outside(calendars=(post.calendar,), chat=post.chat, alarms=alarms)
        post.delivery = Delivery(post.hall.record, outside, lambda: post.now)
        post.hall.call("2026-001", [post.enrol("Budi")])
        post.deliver()
        post.hall.cancel("2026-001", "off")
        post.deliver()

        invited, off = (parts(content)[2].get_payload(decode=True) for _, content in post.inbox.messages)

    assert [line for line in invited.split(b"\r\n") if line.startswith(b"TRIGGER")] == [
        b"TRIGGER:-P1D",
        b"TRIGGER:-PT1H",
    ]
    assert b"METHOD:CANCEL" in off
    assert b"VALARM" not in off
