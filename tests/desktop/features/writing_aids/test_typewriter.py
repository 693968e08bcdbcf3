"""Typewriter scrolling: typing moves the page, a click and a selection never do."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.writing_aids import typewriter
from pandemonium.desktop.features.writing_aids.typewriter import HEIGHT

TEXT = "\n".join(f"Paragraph {n} of a long tale." for n in range(200))


@pytest.fixture(autouse=True)
def stillness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typewriter, "wants_motion", lambda: False)


def is_at_height(desk: Desk) -> bool:
    wanted = HEIGHT * desk.editor.viewport().height()
    return abs(desk.editor.cursorRect().center().y() - wanted) <= desk.editor.cursorRect().height() / 2


def test_typing_brings_the_line_to_its_height(desk: Desk, qtbot: Any, place_cursor: Any) -> None:
    desk.editor.setPlainText(TEXT)
    desk.store.update("habits", typewriter=True)
    place_cursor(desk, TEXT.index("Paragraph 100"))
    assert not is_at_height(desk)
    QTest.keyClicks(desk.editor, "x")
    qtbot.waitUntil(lambda: is_at_height(desk))


@pytest.mark.long
def test_the_last_line_comes_there_too(desk: Desk, qtbot: Any, place_cursor: Any) -> None:
    desk.editor.setPlainText(TEXT)
    desk.store.update("habits", typewriter=True)
    place_cursor(desk, len(TEXT))
    QTest.keyClicks(desk.editor, "x")
    qtbot.waitUntil(lambda: is_at_height(desk))
    for _ in range(3):
        QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_at_height(desk))


def test_a_click_and_a_selection_leave_the_page_where_it_is(desk: Desk, qtbot: Any, place_cursor: Any) -> None:
    desk.editor.setPlainText(TEXT)
    desk.store.update("habits", typewriter=True)
    place_cursor(desk, TEXT.index("Paragraph 100"))
    QTest.keyClicks(desk.editor, "x")
    qtbot.waitUntil(lambda: is_at_height(desk))
    before = desk.editor.verticalScrollBar().value()
    QTest.mouseClick(desk.editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 90))
    QTest.keyClick(desk.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.wait(30)
    assert desk.editor.verticalScrollBar().value() == before
    assert not is_at_height(desk)


def test_the_page_does_not_jump_while_the_last_line_is_written(desk: Desk, qtbot: Any, place_cursor: Any) -> None:
    desk.editor.setPlainText(TEXT)
    desk.store.update("habits", typewriter=True)
    place_cursor(desk, len(TEXT))
    QTest.keyClicks(desk.editor, "x")
    qtbot.waitUntil(lambda: is_at_height(desk))
    seen: list[int] = []
    bar = desk.editor.verticalScrollBar()
    before = bar.value()
    bar.valueChanged.connect(seen.append)
    QTest.keyClicks(desk.editor, " and yz")
    qtbot.wait(40)
    assert [each for each in seen if each != before] == []


def test_off_it_moves_nothing_and_takes_its_room_back(desk: Desk, qtbot: Any, place_cursor: Any) -> None:
    desk.editor.setPlainText(TEXT)
    bar = desk.editor.verticalScrollBar()
    place_cursor(desk, len(TEXT))
    desk.editor.ensureCursorVisible()
    natural = bar.maximum()
    desk.store.update("habits", typewriter=True)
    assert bar.maximum() > natural
    desk.store.update("habits", typewriter=False)
    assert bar.maximum() == natural
    place_cursor(desk, TEXT.index("Paragraph 100"))
    QTest.keyClicks(desk.editor, "x")
    qtbot.wait(30)
    assert not is_at_height(desk)
