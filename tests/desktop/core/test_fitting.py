"""Every window fits a small screen, and what has no room scrolls."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.core.fitting import ScrolledContent, fitted, make_scrollable

WINDOWS = (
    "preferencesAction",
    "versionsAction",
    "voicesAction",
    "guideAction",
    "aboutAction",
    "wordsWrittenAction",
    "ownWordsAction",
    "trainAction",
    "exportAction",
)


def test_a_size_is_never_more_than_the_screen_has() -> None:
    assert fitted(QSize(1180, 820), QRect(0, 24, 1366, 744)) == QSize(1180, 704)
    assert fitted(QSize(300, 200), QRect(0, 0, 1366, 744)) == QSize(300, 200)


@pytest.mark.long
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("name", WINDOWS)
def test_every_window_fits_half_a_laptops_screen(desk: Desk, qtbot: Any, name: str) -> None:
    before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    desk.actions[name].trigger()

    def opened() -> list[QDialog]:
        made = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
        return [each for each in made if isinstance(each, QDialog)]

    qtbot.waitUntil(lambda: bool(opened()))
    window = opened()[0]
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert least.width() <= 675
    assert least.height() <= 344
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
    window.resize(least)
    for control in window.findChildren(QPushButton):
        if control.isVisible():
            area = next((each for each in _parents(control) if isinstance(each, ScrolledContent)), None)
            inside = window.rect().contains(QRect(control.mapTo(window, control.rect().topLeft()), control.size()))
            assert area is not None or inside, control.text()
    window.reject()


def test_what_scrolls_follows_the_keyboard(qtbot: Any) -> None:
    window = QDialog()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    buttons = [QPushButton(str(number)) for number in range(30)]
    for button in buttons:
        layout.addWidget(button)
    make_scrollable(window)
    window.resize(240, 160)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    buttons[0].setFocus()
    for button in buttons[:-1]:
        QTest.keyClick(button, Qt.Key.Key_Tab)
    qtbot.waitUntil(buttons[-1].hasFocus)
    assert buttons[-1].visibleRegion().boundingRect().height() == buttons[-1].height()


def _parents(widget: QWidget) -> list[QWidget]:
    found = []
    while (parent := widget.parentWidget()) is not None:
        found.append(parent)
        widget = parent
    return found
