"""Timing on a machine that others use too: many short runs, in turns with what they are compared with, the median."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

Clock = Callable[[], float]


def median_seconds(
    run: Callable[[], object], *, seconds: float = 1.0, least: int = 5, clock: Clock = time.perf_counter
) -> float:
    """Runs `run` for about `seconds`, at least `least` times after one warm-up, and gives the median, in seconds."""
    return median_of_each({"": run}, seconds=seconds, least=least, clock=clock)[""]


def median_of_each(
    runs: Mapping[str, Callable[[], object]],
    *,
    seconds: float = 2.0,
    least: int = 5,
    clock: Clock = time.perf_counter,
) -> dict[str, float]:
    """Runs each of `runs` in turn, again and again, so that all meet the same machine; gives each one's median.

    Args:
        runs: what to measure, by name.
        seconds: how long in all, by the wall's clock.
        least: how often each at least, after one warm-up.
        clock: what time is measured by.
    """
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    until = time.perf_counter() + seconds
    rounds = 0
    while rounds < least or time.perf_counter() < until:
        rounds += 1
        for name, run in runs.items():
            start = clock()
            run()
            times[name].append(clock() - start)
    return {name: statistics.median(each) for name, each in times.items()}
