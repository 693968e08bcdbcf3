"""Right-to-left paragraphs and input methods on the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextBlock
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk

HEBREW = "הבית עמד על הגבעה"


def line_right(block: QTextBlock) -> bool:
    """The text of the block's first line touches the right edge and not the left one."""
    line = block.layout().lineAt(0)
    left = line.naturalTextRect().left()
    return left > line.width() - line.naturalTextWidth() - 2


def test_each_paragraph_runs_as_its_own_letters_do(desk: Desk) -> None:
    desk.editor.setPlainText(f"The house.\n{HEBREW}\nThe hill.")
    first = desk.editor.document().firstBlock()
    assert [each.textDirection() for each in (first, first.next(), first.next().next())] == [
        Qt.LayoutDirection.LeftToRight,
        Qt.LayoutDirection.RightToLeft,
        Qt.LayoutDirection.LeftToRight,
    ]
    assert line_right(first.next())
    assert not line_right(first)


def test_right_to_left_text_is_typed_and_taken_back(desk: Desk) -> None:
    event = QInputMethodEvent()
    event.setCommitString(HEBREW)
    QApplication.sendEvent(desk.editor, event)
    assert desk.editor.model.whole_text() == HEBREW
    assert desk.editor.document().firstBlock().textDirection() == Qt.LayoutDirection.RightToLeft
    desk.editor.undo()
    assert desk.editor.model.whole_text() == ""


def test_what_an_input_method_proposes_is_shown_and_is_no_text_yet(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, "a ")
    QApplication.sendEvent(desk.editor, QInputMethodEvent("にほ", []))
    assert desk.editor.textCursor().block().layout().preeditAreaText() == "にほ"
    assert desk.editor.model.whole_text() == "a "
    event = QInputMethodEvent("", [])
    event.setCommitString("日本")
    QApplication.sendEvent(desk.editor, event)
    assert desk.editor.textCursor().block().layout().preeditAreaText() == ""
    assert desk.editor.model.whole_text() == "a 日本"
