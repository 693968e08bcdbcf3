"""Words taken, typed through, let go, undone and redone in any order leave the page, its marks and its undo whole."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk
from pandemonium.writing.insight.next_words import NextWord, NextWords

FOUND = NextWords(
    (NextWord("lamp", " lamp", 0, 0.4), NextWord("lantern", " lantern", 0, 0.3), NextWord("sea", " sea", 0, 0.1)), 0.1
)
TAKEN = {"lamp", "lantern", "amp", "antern"}  # of those of which the writer typed the first letter, the rest
ACTS = ("take", "second", "type l", "type space", "escape", "write", "undo", "redo", "home", "select")


def act(desk: Desk, name: str) -> None:
    """Does one thing as the writer would."""
    editor = desk.editor
    words = desk.next_words.list.words
    if name in ("take", "second", "type l", "type space", "escape"):
        desk.next_words._show(FOUND)  # as if the voice had answered
        if name == "second":
            QTest.keyClick(words, Qt.Key.Key_Down)
        if name.startswith("type"):
            QTest.keyClicks(words, "l" if name == "type l" else " ")
        if name != "type space":
            QTest.keyClick(words, Qt.Key.Key_Escape if name == "escape" else Qt.Key.Key_Return)
    elif name == "write":
        QTest.keyClicks(editor, "So. ")
    elif name == "home":
        editor.moveCursor(editor.textCursor().MoveOperation.Start)
    elif name == "select":
        editor.selectAll()
    else:
        desk.actions[f"{name}Action"].trigger()


@pytest.mark.long
@given(st.lists(st.sampled_from(ACTS), min_size=1, max_size=9))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_keeps_the_page_whole(desk: Desk, acts: list[str]) -> None:
    start = "The house stood by the"
    desk.editor.setPlainText(start)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    model = desk.editor.model
    for each in acts:
        act(desk, each)
        assert model.text.text == desk.editor.toPlainText()
        for paragraph in model.text.paragraphs:
            for mark in paragraph.marks:
                assert set(paragraph.text[mark.start : mark.end].split()) <= TAKEN
    QApplication.processEvents()
    desk.next_words.dismiss()
    while model.history.can_undo:
        desk.editor.undo()
    assert desk.editor.toPlainText() == start
    assert not model.text.characters_by_voice()
    while model.history.can_redo:
        desk.editor.redo()
    assert model.text.text == desk.editor.toPlainText()
    while model.history.can_undo:
        desk.editor.undo()
    assert desk.editor.toPlainText() == start
