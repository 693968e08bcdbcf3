"""The small controls: keys that a widget takes for itself."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from pandemonium.desktop.core.controls import on_keys, push_button

NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(("key", "taken"), [(Qt.Key.Key_Escape, True), (Qt.Key.Key_F3, False)])
def test_a_widget_has_its_keys_before_the_windows_own(qtbot: Any, key: Qt.Key, taken: bool) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    acts: list[str] = []
    on_keys(field, {Qt.Key.Key_Escape: lambda: acts.append("away")})
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, NONE)
    override.ignore()
    QApplication.sendEvent(field, override)
    assert override.isAccepted() is taken  # else the window's shortcut would have it
    assert acts == []
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, key, NONE))
    assert acts == ["away"] * taken


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_whoever_has_the_keyboard_on_a_button_presses_it(qtbot: Any, key: Qt.Key) -> None:
    pressed: list[bool] = []
    button = push_button("aButton", "Press", lambda: pressed.append(True))
    qtbot.addWidget(button)
    button.show()
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == [True]


def test_return_in_a_field_presses_no_button_beside_it(qtbot: Any) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    pressed: list[bool] = []
    field = QLineEdit(dialog)
    push_button("aButton", "Press", lambda: pressed.append(True)).setParent(dialog)
    dialog.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pressed == []
