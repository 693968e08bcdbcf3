"""The table says of each figure whether its goal is met, and leaves out what was not measured."""

from __future__ import annotations

import pytest

from pandemonium.benchmark.report import ROWS, markdown


@pytest.mark.parametrize(("step", "said"), [(0.5, "met"), (2.0, "not met")])
def test_says_whether_a_goal_is_met(step: float, said: str) -> None:
    figures = {"writing": {"step_ms": step, "floor_ms": 1.0, "torch_float_step_ms": 7.0}}
    lines = markdown({"processor": "P", "flags": ["avx2", "fma"], "caches": {"L2": "1K"}}, figures).splitlines()
    assert lines[:3] == ["- processor: P", "- flags: avx2, fma", "- caches: L2 1K"]
    floor = next(line for line in lines if "memory floor" in line)
    assert f"| {step:.2f} ms | {said} | 1.00 ms (int8 bytes at the memory's rate) |" in floor
    assert not [line for line in lines if "window" in line]


def test_every_row_compares_within_its_own_part() -> None:
    for row in ROWS:
        assert row.name
        assert row.part
        assert bool(row.beside) <= bool(row.alternative), row.what
