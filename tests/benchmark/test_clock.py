"""Medians of runs that take turns."""

from __future__ import annotations

from pandemonium.benchmark.clock import median_of_each, median_seconds


def test_each_is_measured_in_turn_by_the_clock_given() -> None:
    now = [0.0]
    order = []

    def run(name: str, seconds: float) -> None:
        order.append(name)
        now[0] += seconds

    found = median_of_each(
        {"a": lambda: run("a", 1.0), "b": lambda: run("b", 3.0)}, seconds=0, least=3, clock=lambda: now[0]
    )
    assert found == {"a": 1.0, "b": 3.0}
    assert order == ["a", "b"] * 4  # the first of each to warm up


def test_one_alone() -> None:
    now = iter(range(100))
    assert median_seconds(lambda: None, seconds=0, least=3, clock=lambda: float(next(now))) == 1.0
