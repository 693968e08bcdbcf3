"""The page: its column, its zoom, its first line, and who gets which key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QFont, QFontDatabase, QKeySequence, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.layout.lines import line_at
from pandemonium.documents.model.passage import Passage
from pandemonium.settings import EditorSettings


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def wheel(editor: DocumentEditor, steps: int, modifier: Qt.KeyboardModifier) -> None:
    at = QPointF(5, 100)
    event = QWheelEvent(
        at,
        editor.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, event)


def test_the_column_keeps_its_measure_and_stands_in_the_middle(editor: DocumentEditor, qapp: QApplication) -> None:
    editor.load("word " * 400)
    for width in (900, 1300, 500):
        editor.resize(width, 500)
        qapp.processEvents()
        margins = editor.viewportMargins()
        assert abs(margins.left() - margins.right()) < 30
        assert editor.document().pageSize().width() == editor.viewport().width()
        assert editor.horizontalScrollBar().maximum() == 0
        line = editor.document().firstBlock().layout().lineAt(0).textLength()
        assert line < 85


def test_lines_break_the_same_with_the_scroll_bar_and_without(editor: DocumentEditor, qapp: QApplication) -> None:
    editor.resize(900, 500)
    widths = []
    for paragraphs in (1, 60):
        editor.load("word\n" * paragraphs)
        qapp.processEvents()
        widths.append((editor.verticalScrollBar().isVisible(), editor.viewport().width()))
    assert [visible for visible, _ in widths] == [False, True]
    assert abs(widths[0][1] - widths[1][1]) <= 1


def test_zoom_leaves_the_font_size_alone(editor: DocumentEditor) -> None:
    asked: list[int] = []
    editor.zoom_asked.connect(asked.append)
    wheel(editor, 1, Qt.KeyboardModifier.ControlModifier)
    wheel(editor, -1, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1, -1]
    usual = editor.document().defaultFont().pointSizeF()
    editor.apply_settings(EditorSettings(zoom=200))
    assert editor.document().defaultFont().pointSizeF() == pytest.approx(2 * usual)


def test_the_wheel_beside_the_column_scrolls(editor: DocumentEditor, qapp: QApplication) -> None:
    editor.load("word\n" * 400)
    qapp.processEvents()
    wheel(editor, -3, Qt.KeyboardModifier.NoModifier)
    assert editor.verticalScrollBar().value() > 0


def test_a_click_beside_the_column_places_the_cursor(editor: DocumentEditor, qapp: QApplication) -> None:
    editor.load("One line.\nAnother line.")
    qapp.processEvents()
    second = editor.document().lastBlock()
    middle = editor.document().documentLayout().blockBoundingRect(second).center().y()
    height = editor.viewport().mapTo(editor, QPoint(0, int(middle))).y()
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(4, height))
    assert editor.textCursor().block() == second


def test_the_empty_page_says_how_to_begin(editor: DocumentEditor) -> None:
    assert editor.placeholderText() == "Write a sentence, then press Ctrl+Return."
    empty = editor.grab().toImage()
    QTest.keyClicks(editor, " ")
    assert editor.grab().toImage() != empty


def test_shift_return_is_a_paragraph_like_any_other_in_plain_text(editor: DocumentEditor) -> None:
    editor.load("")
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.document().blockCount() == 2


def test_the_windows_keys_reach_their_actions(editor: DocumentEditor) -> None:
    pressed: list[str] = []
    action = QAction("Continue", editor)
    action.setShortcut(QKeySequence("Ctrl+Return"))
    action.triggered.connect(lambda: pressed.append("continue"))
    editor.addAction(action)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["continue"]
    assert editor.toPlainText() == ""


def test_new_paragraphs_look_like_the_others(editor: DocumentEditor) -> None:
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    blocks = [editor.document().firstBlock(), editor.document().lastBlock()]
    assert blocks[0].blockFormat() == blocks[1].blockFormat()
    assert blocks[0].blockFormat().bottomMargin() > 0
    editor.apply_settings(EditorSettings(paragraphs="indented"))
    assert editor.document().lastBlock().blockFormat().textIndent() > 0
    assert not editor.model.history.is_modified or editor.model.history.can_undo


def test_paragraphs_parted_by_blank_lines_are_not_parted_twice(editor: DocumentEditor) -> None:
    editor.setPlainText("One.\n\nTwo.")
    assert editor.document().firstBlock().blockFormat().bottomMargin() == 0


def test_undo_shows_where_it_was(editor: DocumentEditor) -> None:
    editor.load("word\n" * 300)
    QTest.keyClicks(editor, "x")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.undo()
    assert editor.textCursor().position() == 0
    assert editor.caret_is_visible()


def test_typing_in_a_long_manuscript_touches_one_paragraph(editor: DocumentEditor) -> None:
    editor.load(("The sea was dark, and the house stood empty upon the hill. " * 3 + "\n") * 3000)
    touched = []
    editor.model.edited.connect(lambda each, _: touched.append(each))
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "abc")
    assert [(each.before, each.after) for each in touched] == [(1, 1)] * 3


@pytest.mark.parametrize("text", ["", "One.\n\n"])
def test_every_return_is_a_line(editor: DocumentEditor, text: str) -> None:
    editor.load(text)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(3):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert editor.toPlainText() == text + "\n\n\n\n"


def test_a_paragraph_as_long_as_a_book_is_set_plainly_and_kept_for_the_cursor(qtbot: Any) -> None:
    editor = DocumentEditor(EditorSettings())
    qtbot.addWidget(editor)
    editor.load("Short.")
    shaping = QFont.StyleStrategy.PreferNoShaping
    assert not editor.document().defaultFont().styleStrategy() & shaping
    editor.resize(700, 500)
    editor.show()
    long = "The old house stood upon the hill, and the sea was dark. " * 1200
    editor.model.replace(0, 0, Passage(long))
    assert editor.document().defaultFont().styleStrategy() & shaping
    lines = editor.document().firstBlock().layout()
    assert lines.cacheEnabled()
    assert lines.lineCount() > 500
    tops = [lines.lineAt(index).y() for index in range(lines.lineCount())]
    assert tops == sorted(set(tops))
    middle = lines.lineAt(300)
    assert line_at(lines, middle.y() + 1).textStart() == middle.textStart()
    editor.load("Short again.")
    assert not editor.document().defaultFont().styleStrategy() & shaping


def test_a_page_without_a_file_has_the_lines_of_one_with(make_desk: Callable[..., Desk]) -> None:
    QFontDatabase.removeAllApplicationFonts()  # as at the start of the program
    editor = make_desk().editor
    empty = editor.document().begin().blockFormat().lineHeight()
    editor.load("One.\nTwo.")
    assert editor.document().begin().blockFormat().lineHeight() == empty


def test_the_first_line_has_its_room_above_it(qtbot: Any) -> None:
    editor = DocumentEditor(EditorSettings())
    qtbot.addWidget(editor)
    editor.resize(600, 400)
    editor.show()
    editor.load("\n".join(["A line of the book."] * 200))
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert editor.verticalScrollBar().value() > 0
    QTest.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert editor.verticalScrollBar().value() == 0
