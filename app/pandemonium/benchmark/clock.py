"""Timing on a machine that others use too: many short runs, the median."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def median_seconds(run: Callable[[], object], *, seconds: float = 1.0, least: int = 5) -> float:
    """Runs `run` for about `seconds`, at least `least` times after one warm-up, and gives the median, in seconds."""
    run()
    times: list[float] = []
    until = time.perf_counter() + seconds
    while len(times) < least or time.perf_counter() < until:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
