from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.safekeeping.rotation import ALWAYS, MOST_BYTES, to_keep

NOW = datetime(2026, 6, 15, 12, 30)


def kept(times: list[datetime], size: int = 1, now: datetime = NOW) -> list[datetime]:
    return to_keep(times, lambda each: each, lambda _: size, now)


def test_all_of_the_last_hour() -> None:
    times = [NOW - timedelta(minutes=59 - index) for index in range(60)]
    assert kept(times) == times


def test_one_an_hour_then_one_a_day_then_one_a_week() -> None:
    times = [NOW - timedelta(minutes=10 * index) for index in range(6 * 24 * 120, 0, -1)]
    left = kept(times)
    ages = [NOW - each for each in left]
    assert sum(age <= timedelta(hours=1) for age in ages) == 6
    assert 23 <= sum(timedelta(hours=1) < age <= timedelta(days=1) for age in ages) <= 25
    assert 30 <= sum(timedelta(days=1) < age <= timedelta(days=31) for age in ages) <= 32
    weeks = [each for each in left if NOW - each > timedelta(days=31)]
    assert 12 <= len(weeks) <= 14
    assert len({each.isocalendar()[:2] for each in weeks}) == len(weeks)


def test_the_last_ones_never_go() -> None:
    times = [datetime(2020, 1, 1, 0, index) for index in range(30)]
    assert kept(times) == times[-ALWAYS:]
    assert kept(times, size=MOST_BYTES) == times[-ALWAYS:]


def test_the_oldest_go_where_there_is_too_much() -> None:
    times = [NOW - timedelta(minutes=40 - index) for index in range(40)]
    assert kept(times, size=MOST_BYTES // 10) == times[-10:]


@given(st.lists(st.integers(0, 400 * 24 * 60), unique=True, max_size=60), st.integers(0, 10_000))
def test_sorting_out_twice_or_later_keeps_the_newest(minutes: list[int], later: int) -> None:
    times = sorted(NOW - timedelta(minutes=each) for each in minutes)
    once = kept(times)
    assert kept(once) == once
    assert once[-ALWAYS:] == times[-ALWAYS:]
    after = kept(once, now=NOW + timedelta(minutes=later))
    assert after[-ALWAYS:] == times[-ALWAYS:]
    assert set(after) <= set(once) <= set(times)
