"""The panel: it shows what is set, keeps its fold, and leaves the wheel and the keyboard to the page."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollBar,
    QToolButton,
    QToolTip,
    QWidget,
)

from pandemonium.desktop.app.compose import Desk


def turn_wheel(widget: QWidget) -> None:
    """What Qt does where the wheel is turned: a box that takes the keyboard by the wheel gets that first."""
    if widget.focusPolicy() & Qt.FocusPolicy.WheelFocus == Qt.FocusPolicy.WheelFocus:
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
    at = QPointF(widget.rect().center())
    turned = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turned)


def value_of(widget: QWidget) -> Any:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    return widget.text() if isinstance(widget, QAbstractSpinBox) else widget.value()  # type: ignore[attr-defined]


def boxes(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractSpinBox, QComboBox, QAbstractSlider)
    return [each for each in root.findChildren(QWidget) if isinstance(each, kinds) and not isinstance(each, QScrollBar)]


def windows_with_boxes(desk: Desk) -> list[QWidget]:
    desk.preferences.open()
    desk.goals.open()
    desk.training.open()
    assert desk.preferences.window is not None
    return [desk.window, *desk.window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)]


def test_the_wheel_changes_no_value_anywhere(desk: Desk, qtbot: Any) -> None:
    seen: set[QWidget] = set()
    desk.store.update("panel", more=True)
    for window in windows_with_boxes(desk):
        seen.update(boxes(window))
    names = {each.objectName() for each in seen}
    assert {"top_k", "temperatureSlider", "voiceBox", "baseBox", "editor-zoom", "minutesField"} <= names
    for box in seen:
        before = value_of(box)
        turn_wheel(box)
        box.setFocus()
        turn_wheel(box)
        assert value_of(box) == before, box.objectName()


def test_the_fold_stays_open_and_is_remembered(desk: Desk, pandemonium_home: Path) -> None:
    head = desk.panel.findChild(QToolButton, "foldHead")
    assert head is not None
    head.click()
    assert desk.panel.fine.isVisible()
    desk.panel.findChild(QAbstractSpinBox, "top_k").setValue(40)  # type: ignore[attr-defined]
    assert desk.panel.fine.isVisible()
    desk.panel.temperature.slider.setValue(120)
    assert desk.panel.fine.isVisible()
    desk.store.save()
    saved = tomllib.loads((pandemonium_home / "config" / "settings.toml").read_text("utf-8"))
    assert saved["panel"]["more"] is True
    head.click()
    assert not desk.store.values.panel.more


class TestAtTheEndsOfTheDeclaredRanges:
    @pytest.fixture
    def settings_text(self) -> str:
        return '[panel]\nvoice = "small"\n[writing]\ntemperature = 2.0\nwords = 2000\n'

    def test_values_are_shown_as_they_are(self, desk: Desk) -> None:
        assert desk.panel.temperature.slider.value() == 200
        assert desk.panel.length.slider.value() == 2000
        shown = {label.text() for label in desk.panel.findChildren(QLabel)}
        assert {"2.00", "2000 words"} <= shown
        desk.panel.findChild(QAbstractSpinBox, "top_k").setValue(3)  # type: ignore[attr-defined]
        assert desk.store.values.writing.temperature == 2.0
        assert desk.store.values.writing.words == 2000


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_whoever_chooses_a_voice_goes_on_writing(desk: Desk, qtbot: Any) -> None:
    desk.editor.setFocus()
    QTest.keyClicks(desk.editor, "A")
    QTest.mouseClick(desk.panel.voice_box, Qt.MouseButton.LeftButton)
    view = desk.panel.voice_box.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    qtbot.waitUntil(desk.editor.hasFocus)


def test_a_click_in_the_panel_leaves_the_keyboard_to_the_page(desk: Desk, qtbot: Any) -> None:
    desk.editor.setFocus()
    for each in desk.panel.findChildren(QWidget):
        if isinstance(each, (QPushButton, QToolButton, QAbstractSlider)) and each.isVisible():
            assert not each.focusPolicy() & Qt.FocusPolicy.ClickFocus, each.objectName()
    QTest.mouseClick(desk.panel.temperature.slider, Qt.MouseButton.LeftButton)
    assert desk.editor.hasFocus()


def test_a_long_card_is_folded_in_its_tooltip(desk: Desk) -> None:
    desk.panel.show_card("Small\n" + "Learned from many tales of the sea and of the hill. " * 20)
    assert max(map(len, desk.panel.voice_box.toolTip().split("\n"))) <= 80


def test_a_tooltip_covers_no_attempt_that_is_seen_on_the_page(desk: Desk) -> None:
    desk.panel.show_attempts(["It was dark, and nobody came. " * 30], 0, ["Small, seed 3"])
    assert desk.panel.attempts.item(0).toolTip() == "Small, seed 3"


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_how_an_attempt_was_written_is_told_below_its_card_and_not_on_the_page(desk: Desk, qtbot: Any) -> None:
    attempts = desk.panel.attempts
    note = "Lovecraft, seed 1234567890123456789, on the twenty-ninth of November at a quarter past seven"
    attempts.show_texts(["It was dark. " * 20, "Nobody came. " * 20], -1, [note, ""])
    place = attempts.visualItemRect(attempts.item(0)).center()
    QApplication.sendEvent(
        attempts.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, attempts.viewport().mapToGlobal(place))
    )
    shown = next(each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    assert QToolTip.text().replace("\n", " ") == note
    assert shown.width() <= attempts.width()
    assert shown.x() >= attempts.mapToGlobal(attempts.rect().topLeft()).x()
    QToolTip.hideText()
