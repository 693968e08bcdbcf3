"""A slider whose way is not shared out evenly: the mouse sets what it points at, the value is what it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pandemonium.desktop.core.scaled_slider import Scale, ScaledSlider, Stop

SCALE = Scale([Stop(1, 0.0), Stop(10, 0.06), Stop(100, 0.54, 5), Stop(400, 0.86, 10), Stop(2000, 1.0, 50)])


@pytest.fixture
def slider(qtbot: Any) -> ScaledSlider:
    made = ScaledSlider(SCALE)
    qtbot.addWidget(made)
    made.setRange(1, 2000)
    made.resize(250, 22)
    made.show()
    return made


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_more_is_never_farther_left(first: int, second: int) -> None:
    assert (SCALE.share(first) <= SCALE.share(second)) == (first <= second)


@given(st.floats(0, 1))
def test_a_share_gives_a_value_that_lies_there(share: float) -> None:
    value = SCALE.value(share)
    assert 1 <= value <= 2000
    assert abs(SCALE.share(value) - share) < 0.06


def test_what_most_people_set_has_most_of_the_way() -> None:
    assert SCALE.share(400) - SCALE.share(10) >= 0.75
    assert 0.35 < SCALE.share(60) < 0.6


@pytest.mark.parametrize("value", [1, 10, 60, 100, 400, 2000])
def test_the_mouse_sets_what_it_points_at(slider: ScaledSlider, value: int) -> None:
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.point_of(value))
    assert abs(SCALE.share(slider.value()) - SCALE.share(value)) < 0.01


def test_dragging_goes_from_end_to_end_and_letting_go_ends_it(slider: ScaledSlider) -> None:
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=slider.point_of(60))
    QTest.mouseMove(slider, QPoint(5000, 3))
    assert slider.value() == 2000
    QTest.mouseMove(slider, QPoint(-50, 3))
    assert slider.value() == 1
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(0, 3))
    QTest.mouseMove(slider, QPoint(120, 3))
    assert slider.value() == 1


def test_the_handle_is_painted_where_the_scale_puts_it(slider: ScaledSlider) -> None:
    slider.setStyleSheet("QSlider::handle { width: 13px; background: red; } QSlider::groove { height: 3px; }")
    for value in (1, 60, 400, 2000):
        slider.setValue(value)
        picture = slider.grab().toImage()
        red = [x for x in range(picture.width()) if picture.pixelColor(x, 11).name() == "#ff0000"]
        middle = (red[0] + red[-1]) / 2
        assert abs(middle - slider.point_of(value).x()) <= 2


def test_keys_step_as_on_any_slider(slider: ScaledSlider) -> None:
    slider.setSingleStep(5)
    slider.setValue(60)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 65
