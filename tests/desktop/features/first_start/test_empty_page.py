"""An empty page offers openings: a click has several written, and the page stays empty until one is taken."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from pandemonium.desktop.app.compose import Desk


def offer(desk: Desk) -> QPushButton:
    QApplication.processEvents()
    return desk.window.findChild(QPushButton, "openingButton")


@pytest.mark.long
def test_a_click_has_openings_written_to_choose_from(desk: Desk, qtbot: Any) -> None:
    assert offer(desk).isVisible()
    offer(desk).click()
    assert desk.generation.writing
    assert not offer(desk).isVisible()
    qtbot.waitUntil(lambda: not desk.generation.writing)
    assert len(desk.generation.attempts) > 1
    assert desk.editor.toPlainText() == ""
    desk.choices.take(0)
    assert desk.editor.toPlainText()
    desk.editor.undo()
    assert desk.editor.toPlainText() == ""


def test_it_goes_with_the_first_letter_and_comes_back_with_an_empty_page(desk: Desk, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "A")
    assert not offer(desk).isVisible()
    desk.editor.undo()
    qtbot.waitUntil(offer(desk).isVisible)  # behind the paint
    desk.editor.setPlainText("The house.")
    assert not offer(desk).isVisible()


def test_it_stands_below_the_line_and_leaves_the_keyboard_to_the_page(desk: Desk) -> None:
    button = offer(desk)
    assert button.y() > desk.editor.cursorRect().bottom()
    assert button.accessibleName()
    assert button.toolTip() == desk.actions["choicesAction"].shortcut().toString()
    for size in ((800, 600), (1200, 800)):
        desk.window.resize(*size)
        assert offer(desk).x() >= 0
        assert desk.editor.viewport().rect().contains(offer(desk).geometry())


def test_a_narrow_page_shows_all_of_both_lines(desk: Desk) -> None:
    page = desk.editor.viewport()
    one_line = desk.editor.placeholder_area().height()
    desk.window.resize(620, 560)
    desk.store.update("editor", zoom=200)
    assert offer(desk).geometry().right() <= page.width()
    assert offer(desk).text().split() == "Or choose one of the voice\u2019s openings".split()
    area = desk.editor.placeholder_area()
    assert area.height() > 1.5 * one_line
    assert area.bottom() < offer(desk).y()
