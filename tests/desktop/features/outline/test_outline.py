"""The outline beside the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk

BOOK = "# Part One\n\n## The Gate\n\nIt was dark.\n\n## The Stair\n\nIt was darker still.\n\n# Part Two\n\nLight.\n"


def chapters(desk: Desk) -> list[tuple[str, int, int]]:
    return [(each.title, each.depth, each.words) for each in desk.outline.panel.model.chapters]


def open_book(make_desk: Callable[..., Desk], folder: Path, qtbot: Any) -> Desk:
    path = folder / "book.md"
    path.write_text(BOOK, "utf-8")
    desk = make_desk(path)
    desk.actions["outlineAction"].trigger()
    qtbot.waitUntil(lambda: len(chapters(desk)) == 4 and chapters(desk)[3][2] == 1)
    return desk


@pytest.mark.long
def test_chapters_with_their_words(make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any) -> None:
    desk = open_book(make_desk, tmp_path, qtbot)
    assert chapters(desk) == [("Part One", 0, 11), ("The Gate", 1, 3), ("The Stair", 1, 4), ("Part Two", 0, 1)]
    assert desk.outline.panel.isVisible()


@pytest.mark.long
def test_a_click_goes_there_and_the_current_chapter_is_known(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any
) -> None:
    desk = open_book(make_desk, tmp_path, qtbot)
    panel = desk.outline.panel
    rect = panel.list.visualRect(panel.model.index(2))
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(0, 0))
    assert desk.editor.textCursor().block().text() == "## The Stair"
    qtbot.waitUntil(lambda: panel.model.current == 2)  # it hears of the cursor once the page is painted
    said = panel.model.data(panel.model.index(2), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "The Stair, 4 words, you are here"


def test_keys_walk_through_it_and_back(make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any) -> None:
    desk = open_book(make_desk, tmp_path, qtbot)
    panel = desk.outline.panel
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert desk.editor.textCursor().block().text() == "## The Gate"
    desk.actions["outlineAction"].trigger()
    assert not panel.isVisible()


def test_typing_a_heading_lists_it(make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any) -> None:
    desk = open_book(make_desk, tmp_path, qtbot)
    QTest.keyClicks(desk.editor, "# Before")
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [each[0] for each in chapters(desk)][:2] == ["Before", "Part One"])
    assert [each.paragraph for each in desk.outline.panel.model.chapters] == [0, 1, 3, 7, 11]


def test_a_page_without_headings_says_so(desk: Desk) -> None:
    desk.actions["outlineAction"].trigger()
    assert not chapters(desk)
    assert not desk.outline.panel.list.isVisible()
