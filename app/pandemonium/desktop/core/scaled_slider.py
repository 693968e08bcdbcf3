"""A slider whose way is shared out unevenly: where most people set it, it moves finely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

_FINE = 10_000  # steps that the way is painted in


@dataclass(frozen=True)
class Stop:
    """A value on the way of a slider.

    Attributes:
        value: above 0.
        share: of the way that lies before it, from 0 to 1.
        step: what a mouse sets between it and the stop before it.
    """

    value: int
    share: float
    step: int = 1


class Scale:
    """Maps values to shares of the way and back; between two stops as the value's logarithm.

    Args:
        stops: at least two, ascending in value and share, the first at share 0 and the last at 1.
    """

    def __init__(self, stops: Sequence[Stop]) -> None:
        self._stops = tuple(stops)

    def share(self, value: int) -> float:
        """How much of the way lies before a value."""
        value = min(max(value, self._stops[0].value), self._stops[-1].value)
        for left, right in pairwise(self._stops):
            if value <= right.value:
                within = math.log(value / left.value) / math.log(right.value / left.value)
                return left.share + within * (right.share - left.share)
        return 1.0

    def value(self, share: float) -> int:
        """The value at a share of the way, rounded to a step."""
        share = min(max(share, 0.0), 1.0)
        for left, right in pairwise(self._stops):
            if share <= right.share:
                within = (share - left.share) / (right.share - left.share)
                exact: float = left.value * (right.value / left.value) ** within
                rounded = round(exact / right.step) * right.step
                return int(min(max(rounded, left.value), right.value))
        return self._stops[-1].value


class ScaledSlider(QSlider):
    """A horizontal QSlider with a scale of its own; its value and its keys are those of any other.

    A press of the mouse goes where it points, and dragging follows it.
    """

    def __init__(self, scale: Scale) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._scale = scale

    def initStyleOption(self, option: QStyleOptionSlider) -> None:
        """Has the handle painted where the scale puts it."""
        super().initStyleOption(option)
        option.minimum = 0
        option.maximum = _FINE
        option.sliderPosition = round(self._scale.share(self.sliderPosition()) * _FINE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes where the mouse points."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._go_to(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the mouse."""
        if self.isSliderDown():
            self._go_to(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self.setSliderDown(False)

    def point_of(self, value: int) -> QPoint:
        """Where the middle of the handle is for a value."""
        start, way = self._way()
        return QPoint(round(start + self._scale.share(value) * way), self.height() // 2)

    def _go_to(self, point: QPoint) -> None:
        start, way = self._way()
        self.setSliderPosition(self._scale.value((point.x() - start) / way))

    def _way(self) -> tuple[float, float]:
        """Where the middle of the handle is at the beginning, and how far it can go, in pixels."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_Slider
        groove = self.style().subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = self.style().subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        return groove.left() + handle.width() / 2, max(1.0, groove.width() - handle.width())
