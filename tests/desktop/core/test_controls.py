"""The small controls: keys that a widget takes for itself."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from pandemonium.desktop.core.controls import on_keys

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
