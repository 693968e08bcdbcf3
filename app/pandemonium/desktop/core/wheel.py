"""The wheel scrolls and never changes a value that the pointer only passes over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollBar, QSlider, QWidget


class WheelGuard(QObject):
    """Hands the wheel on from boxes and sliders to whatever scrolls behind them.

    Qt gives a box the keyboard before it gives it the wheel, so whether a box has the keyboard says nothing about what
    the writer means: keys and clicks alone change it.
    """

    def watch(self, root: QWidget) -> None:
        """Takes in every box and slider in `root`."""
        for kind in (QAbstractSpinBox, QComboBox, QSlider):
            for each in root.findChildren(kind):
                each.installEventFilter(self)
                if not isinstance(each, QSlider):
                    each.setFocusPolicy(_without_wheel(each))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignores the wheel, so that Qt offers it to the parent."""
        if event.type() == QEvent.Type.Wheel and not isinstance(watched, QScrollBar):
            event.ignore()
            return True
        return False


def let_wheel_scroll(root: QWidget) -> None:
    """Keeps the wheel from changing any box or slider that is in `root` now."""
    guard = WheelGuard(root)
    guard.watch(root)


def _without_wheel(widget: QWidget) -> Qt.FocusPolicy:
    wheel = Qt.FocusPolicy.WheelFocus
    return Qt.FocusPolicy.StrongFocus if widget.focusPolicy() == wheel else widget.focusPolicy()
