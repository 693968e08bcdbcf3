from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.core.theme import LIGHT
from pandemonium.desktop.features.training.plot import TrainingPlot, smoothed, ticks
from pandemonium.desktop.features.training.training_progress import Progress

CURVE = st.lists(st.tuples(st.floats(0, 1e4), st.floats(0.1, 12)), max_size=40)


@given(CURVE, CURVE)
def test_the_axis_holds_every_point(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> None:
    low, high, step = ticks(one, other)
    assert low < high
    assert all(low - 1e-9 <= value <= high + 1e-9 for _, value in (*one, *other))
    assert 1 <= round((high - low) / step) <= 6


def test_smoothing_keeps_the_level() -> None:
    assert smoothed([(float(i), 2.0) for i in range(9)], 5) == [(float(i), 2.0) for i in range(9)]
    assert smoothed([], 5) == []


def test_both_curves_are_painted_and_said(qtbot: Any) -> None:
    plot = TrainingPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 240)
    plot.apply_colours(LIGHT)
    progress = Progress(minutes=1.0, training=[(float(s), 2.4 - s / 100) for s in range(50)])
    plot.show_progress(progress)
    empty = plot.grab().toImage()
    progress.held_out = [(0.0, 2.3), (20.0, 2.1), (40.0, 2.0)]
    plot.show_progress(progress)
    picture = plot.grab().toImage()
    assert picture != empty
    colours = {picture.pixelColor(x, y).name() for x in range(60, 590) for y in range(40, 200)}
    assert {LIGHT.accent} <= colours
    assert "2.30 bits a character at first, 2.00 now" in plot.accessibleDescription()
