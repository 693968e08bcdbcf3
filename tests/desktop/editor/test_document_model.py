"""The model follows the editor through anything that hands can do, and leads it through undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.desktop.editor.units import whole
from pandemonium.documents.model.passage import Passage
from pandemonium.settings import EditorSettings

KEYS = st.sampled_from(
    [
        (Qt.Key.Key_A, 0),
        (Qt.Key.Key_Space, 0),
        (Qt.Key.Key_Return, 0),
        (Qt.Key.Key_Return, 1),
        (Qt.Key.Key_Backspace, 0),
        (Qt.Key.Key_Backspace, 2),
        (Qt.Key.Key_Delete, 0),
        (Qt.Key.Key_Delete, 2),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 1),
        (Qt.Key.Key_Home, 2),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_X, 2),
        (Qt.Key.Key_V, 2),
        (Qt.Key.Key_C, 2),
        (Qt.Key.Key_Z, 2),
        (Qt.Key.Key_Y, 2),
        (Qt.Key.Key_K, 2),
    ]
)
MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
]


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


def assert_same(editor: DocumentEditor) -> None:
    assert whole(editor.model.text.text) == editor.toPlainText()
    assert len(editor.model.text.paragraphs) == editor.document().blockCount()


@pytest.mark.long
@given(st.lists(KEYS, max_size=40), st.sampled_from(["", "One two\n\nthree \U0001f600\U0001f601 four", "aaaa aaa\naa"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_keys_keep_the_model_and_undo_true(
    editor: DocumentEditor, keys: list[tuple[Qt.Key, int]], text: str
) -> None:
    editor.load(text)
    for key, modifier in keys:
        QTest.keyClick(editor, key, MODIFIERS[modifier])
        assert_same(editor)
    while editor.model.undo() is not None:
        assert_same(editor)
    assert editor.toPlainText() == text
    assert not editor.model.history.is_modified
    while editor.model.redo() is not None:
        assert_same(editor)


def test_several_edits_in_one_block_are_one_edit(editor: DocumentEditor) -> None:
    editor.load("one two three")
    cursor = QTextCursor(editor.document())
    cursor.beginEditBlock()
    cursor.insertText("X")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("Y")
    cursor.endEditBlock()
    assert_same(editor)
    editor.undo()
    assert editor.toPlainText() == "one two three"


def test_formats_are_no_edits(editor: DocumentEditor) -> None:
    editor.load("one two")
    editor.selectAll()
    editor.setFontItalic(True)
    assert not editor.model.history.can_undo


def test_input_methods_compose_and_commit(editor: DocumentEditor) -> None:
    editor.load("ab")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QApplication.sendEvent(editor, QInputMethodEvent("ni", []))
    assert_same(editor)
    commit = QInputMethodEvent()
    commit.setCommitString("\u4f60")
    QApplication.sendEvent(editor, commit)
    assert editor.toPlainText() == "ab\u4f60"
    assert_same(editor)
    editor.undo()
    assert editor.toPlainText() == "ab"


def test_cut_and_paste_keep_the_authors(editor: DocumentEditor) -> None:
    editor.load("")
    step = editor.model.history.begin(0)
    edit = editor.model.history.extend(step, Passage.by("v", "from a voice"))
    assert edit is not None
    editor.model.apply(edit, VOICE)
    editor.selectAll()
    editor.cut()
    assert editor.model.text.characters_by_voice() == {}
    QTest.keyClicks(editor, "mine ")
    editor.paste()
    assert editor.toPlainText() == "mine from a voice"
    assert editor.model.text.part(0, 17) == Passage("mine ") + Passage.by("v", "from a voice")
    editor.undo()
    assert editor.toPlainText() == "mine "
    editor.undo()
    editor.undo()
    assert editor.model.text.characters_by_voice() == {"v": 12}


def test_a_paste_is_one_step_of_plain_lines(editor: DocumentEditor) -> None:
    data = QMimeData()
    data.setText("one\r\ntwo\u2028three")
    QTest.keyClicks(editor, "x")
    editor.insertFromMimeData(data)
    QTest.keyClicks(editor, "y")
    assert editor.model.whole_text() == "xone\ntwo\nthreey"
    editor.undo()
    assert editor.model.whole_text() == "xone\ntwo\nthree"
    editor.undo()
    assert editor.model.whole_text() == "x"


def test_what_the_editor_cannot_hold_is_kept(editor: DocumentEditor) -> None:
    text = "a\0b\ud800c\u2029d\ufdd0e\xa0f\U0001f600"
    editor.load(text)
    assert editor.model.whole_text() == text
    QTest.keyClicks(editor, "T")
    assert editor.model.whole_text() == "T" + text


def test_signals_tell_who_did_what(editor: DocumentEditor, qtbot: Any) -> None:
    told: list[str] = []
    editor.model.edited.connect(lambda _, by: told.append(by))
    QTest.keyClicks(editor, "a")
    editor.undo()
    editor.redo()
    assert told == ["writer", "undo", "undo"]


def test_typing_replaces_a_part_of_a_pair_as_a_whole(editor: DocumentEditor) -> None:
    editor.load("\U0001f600")
    editor.selectAll()
    editor.insertPlainText("\U0001f601")
    assert_same(editor)
    editor.undo()
    assert editor.toPlainText() == "\U0001f600"


Wait = Callable[[], None]
