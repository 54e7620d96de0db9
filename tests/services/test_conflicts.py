"""Is it told on the card of a new meeting who is busy then, of those who share it?"""

from datetime import UTC, datetime, timedelta

from governor.services.conflicts import CONFLICTS
from tests.delivery.test_ways import Town, town
from tests.services.test_routes import propose

__all__ = ["town"]


def test_card_is_shown_again_with_who_is_busy(town: Town) -> None:
    card = propose(town, "rapat kas besok jam 7 malam dengan @budi dan @sari")
    start = datetime(2026, 11, 25, 12, tzinfo=UTC)
    busy = {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    town.google.busy["budi@example.org"] = [busy]
    town.deliver()

    (shown,) = town.chat.posts[-1][1].cards
    assert (shown.id, shown.buttons) == (card.id, card.buttons)
    assert [row.value.values["name"] for row in shown.rows[len(card.rows) :]] == ["Budi"]


def test_nothing_is_shown_when_nobody_is_busy_or_google_is_away(town: Town) -> None:
    propose(town, "rapat kas besok jam 7 malam dengan @budi")
    town.deliver()
    town.google.valid.clear()
    town.google.token_faults = [(400, {"error": "invalid_grant"})] * 9
    propose(town, "rapat kas lusa jam 7 malam dengan @budi")
    town.deliver()

    assert town.chat.posts == []
    assert [one.state.value for one in town.hall.all() if one.effect.kind == CONFLICTS] in (
        ["done", "cancelled"],
        ["cancelled", "done"],
    )
