from datetime import timedelta

import pytest

from governor.services.outside import Retry

RETRY = Retry(first=timedelta(seconds=5), factor=3, longest=timedelta(hours=1), tries=9)


def test_delays_grow_until_the_longest() -> None:
    delays = [RETRY.delay(tries) for tries in range(1, 9)]

    assert delays == [timedelta(seconds=each) for each in (5, 15, 45, 135, 405, 1215, 3600, 3600)]


@pytest.mark.parametrize("tries", [9, 10, 10_000])
def test_bound_is_reached(tries: int) -> None:
    assert RETRY.delay(tries) is None


def test_default_tries_for_almost_three_days() -> None:
    delays = [Retry().delay(tries) or timedelta() for tries in range(1, Retry().tries + 1)]

    assert timedelta(days=2.5) < sum(delays, timedelta()) < timedelta(days=3)


def test_delay_after_very_many_tries_is_the_longest() -> None:
    assert Retry(tries=10**9).delay(10**6) == timedelta(hours=1)
