"""Observers hear of edits once the page shows them, and what they keep by paragraphs stays true."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pandemonium.desktop.editor.after_paint import add_touched
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import UNDO, VOICE, WRITER
from pandemonium.documents.model.authored_text import Touched
from pandemonium.settings import EditorSettings


@pytest.fixture
def editor(qtbot: QtBot) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.keys.install()
    return made


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4), st.integers(1, 4)), max_size=30))
def test_stretches_told_in_order_make_the_old_paragraphs_into_the_new(
    size: int, edits: list[tuple[int, int, int]]
) -> None:
    now = list(range(size))
    kept = list(now)
    stretches: list[Touched] = []
    for number, (first, before, after) in enumerate(edits):
        first = min(first, len(now) - 1)
        before = min(before, len(now) - first)
        now[first : first + before] = range(1000 * (number + 1), 1000 * (number + 1) + after)
        add_touched(stretches, Touched(first, before, after))
    for each in stretches:
        kept[each.first : each.first + each.before] = now[each.first : each.first + each.after]
    assert kept == now
    for left, right in itertools.pairwise(stretches):
        assert left.first + left.after < right.first


def test_a_thousand_edits_in_a_row_are_taken_in_quickly() -> None:
    stretches: list[Touched] = []
    for number in range(0, 40_000, 2):
        add_touched(stretches, Touched(number, 1, 1))
    for number in range(39_998, -1, -2):  # and undone
        add_touched(stretches, Touched(number, 1, 1))
    assert len(stretches) == 20_000


def test_nobody_hears_before_the_page_is_painted(editor: DocumentEditor, qtbot: QtBot) -> None:
    heard: list[str] = []
    editor.after_paint.edited.connect(lambda touched, by: heard.append(f"edited {touched.first} by {by}"))
    editor.after_paint.caret_moved.connect(lambda: heard.append("moved"))
    editor.after_paint.state_changed.connect(lambda: heard.append("state"))
    editor.show()
    qtbot.waitExposed(editor)
    QTest.keyClicks(editor, "one two")
    assert heard == []
    with qtbot.waitSignal(editor.after_paint.state_changed):
        pass
    assert heard == [f"edited 0 by {WRITER}", "moved", "state"]


def test_a_page_that_nobody_sees_is_told_of_too(editor: DocumentEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.after_paint.edited):
        QTest.keyClicks(editor, "unseen")


def test_what_would_keep_the_page_from_being_seen_waits_for_it(editor: DocumentEditor, qtbot: QtBot) -> None:
    heard: list[str] = []
    painted = editor.after_paint.painted
    editor.after_paint.painted = lambda: (heard.append("painted"), painted())  # type: ignore[method-assign]
    editor.after_paint.once(lambda: heard.append("called"))
    editor.after_paint.catch_up()
    editor.show()
    qtbot.waitUntil(lambda: "called" in heard)
    assert heard[0] == "painted"
    editor.viewport().repaint()
    qtbot.waitUntil(lambda: heard[-1] == "painted")
    assert heard.count("called") == 1


def test_what_waits_for_a_page_that_nobody_sees_waits_no_longer(editor: DocumentEditor, qtbot: QtBot) -> None:
    heard: list[str] = []
    editor.after_paint.once(lambda: heard.append("called"))
    qtbot.waitUntil(lambda: heard == ["called"])


def test_far_edits_are_two_stretches_and_near_ones_one(editor: DocumentEditor) -> None:
    editor.load("\n".join("abcdefghij"))
    heard: list[Touched] = []
    editor.after_paint.edited.connect(lambda touched, _: heard.append(touched))
    for position in (0, 1, 12, 13):
        cursor = QTextCursor(editor.document())
        cursor.setPosition(position)
        cursor.insertText("x")
    editor.after_paint.catch_up()
    assert heard == [Touched(0, 1, 1), Touched(5, 1, 1)]


def test_who_had_a_hand_in_it(editor: DocumentEditor) -> None:
    heard: list[tuple[str, bool]] = []
    editor.after_paint.edited.connect(lambda _, by: heard.append((by, editor.after_paint.typed)))
    QTest.keyClicks(editor, "x")
    editor.after_paint.catch_up()
    editor.undo()
    editor.after_paint.catch_up()
    editor.redo()
    editor.model.edited.emit(Touched(0, 1, 1), VOICE)
    editor.after_paint.catch_up()
    editor.model.edited.emit(Touched(0, 1, 1), VOICE)
    editor.after_paint.catch_up()
    assert [by for by, _ in heard] == [WRITER, UNDO, UNDO, VOICE]
    assert heard[0][1]


def test_another_document_is_none_of_it(editor: DocumentEditor) -> None:
    heard: list[str] = []
    editor.after_paint.edited.connect(lambda *_: heard.append("edited"))
    editor.model.loaded.connect(lambda: heard.append("loaded"))
    QTest.keyClicks(editor, "x")
    editor.load("another")  # what was typed is told before
    editor.after_paint.catch_up()
    assert heard == ["edited", "loaded"]
