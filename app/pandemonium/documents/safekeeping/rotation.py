"""Which earlier versions are kept: close together for what is near, far apart for what is long ago."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

ALWAYS = 5  # of the latest versions none ever goes
MOST_BYTES = 100 << 20  # that one document's versions may take, the latest ones apart

Entry = TypeVar("Entry")


def to_keep(
    entries: Sequence[Entry], at: Callable[[Entry], datetime], size: Callable[[Entry], int], now: datetime
) -> list[Entry]:
    """The versions to keep: all of the last hour, then one an hour for a day, one a day for a month, one a week.

    Of each hour, day and week it is the last one.

    Args:
        entries: the versions, in order of time.
        at: when a version was written.
        size: the bytes that it takes.
        now: the time to reckon from.
    """
    kept: list[Entry] = []
    taken: set[tuple[object, ...]] = set()
    total = 0
    for index, entry in enumerate(reversed(entries)):
        bucket = _bucket(at(entry), now)
        total += size(entry)
        if index >= ALWAYS and (bucket in taken or total > MOST_BYTES):
            total -= size(entry)
            continue
        if bucket is not None:
            taken.add(bucket)
        kept.append(entry)
    return kept[::-1]


def _bucket(time: datetime, now: datetime) -> tuple[object, ...] | None:
    """What a version shares with those that it can stand for; None if it stands for itself alone."""
    age = now - time
    if age <= timedelta(hours=1):
        return None
    if age <= timedelta(days=1):
        return "hour", time.date(), time.hour
    if age <= timedelta(days=31):
        return "day", time.date()
    return "week", *time.isocalendar()[:2]
