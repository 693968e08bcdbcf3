"""The page's layout: what is in view is exact, what is not is measured later, and nothing in view ever moves."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.desktop.editor.layout.heights import Heights
from pandemonium.desktop.editor.layout.page_layout import PageLayout
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, ParagraphStyle, Passage
from pandemonium.settings import EditorSettings

_WORDS = "the lamp burned low and nobody spoke of what had gone by the gate at dusk".split()


def prose(paragraphs: int, seed: int = 1) -> str:
    chance = random.Random(seed)
    return "\n".join(" ".join(chance.choices(_WORDS, k=chance.randint(1, 90))) for _ in range(paragraphs))


@pytest.fixture
def editor(qtbot: QtBot) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def tops(editor: DocumentEditor) -> list[float]:
    """Where each paragraph stands, laid out one by one; asking for the last changes nothing any more."""
    for _ in range(2):
        block = editor.document().begin()
        found = []
        while block.isValid():
            found.append(editor.page.blockBoundingRect(block).top())
            block = block.next()
    return found


def wait_until_measured(qtbot: QtBot, editor: DocumentEditor) -> None:
    qtbot.waitUntil(lambda: editor.page.is_measured, timeout=20_000)


@pytest.mark.long
def test_a_long_document_is_measured_and_rests(qtbot: QtBot, editor: DocumentEditor) -> None:
    editor.load(prose(600))
    assert not editor.page.is_measured
    wait_until_measured(qtbot, editor)
    size = editor.page.documentSize()
    places = tops(editor)
    assert editor.page.documentSize() == size
    assert places == sorted(set(places))
    assert editor.verticalScrollBar().maximum() == round(size.height()) - editor.viewport().height()
    assert not [each for each in editor.page.children() if getattr(each, "isActive", bool)()]


def test_measuring_moves_nothing_in_view(qtbot: QtBot, editor: DocumentEditor) -> None:
    editor.load(prose(600))
    editor.verticalScrollBar().setValue(20_000)
    cursor = editor.cursorForPosition(editor.viewport().rect().center())
    before = editor.cursorRect(cursor).top()
    wait_until_measured(qtbot, editor)
    assert abs(editor.cursorRect(cursor).top() - before) <= 1


@pytest.mark.parametrize("change", ["width", "font"])
def test_another_width_or_font_keeps_the_paragraph_at_the_top(
    qtbot: QtBot, editor: DocumentEditor, change: str
) -> None:
    editor.load(prose(600))
    wait_until_measured(qtbot, editor)
    editor.verticalScrollBar().setValue(20_000)
    before = editor.cursorForPosition(editor.viewport().rect().topLeft()).blockNumber()
    if change == "width":
        editor.resize(480, 500)
    else:
        editor.apply_settings(EditorSettings(zoom=150))
    qtbot.wait(20)
    assert abs(editor.cursorForPosition(editor.viewport().rect().topLeft()).blockNumber() - before) <= 1
    wait_until_measured(qtbot, editor)
    assert abs(editor.cursorForPosition(editor.viewport().rect().topLeft()).blockNumber() - before) <= 1


def test_a_cursor_set_far_above_moves_nothing_in_view(qtbot: QtBot, editor: DocumentEditor) -> None:
    editor.load(prose(600))
    wait_until_measured(qtbot, editor)
    editor.verticalScrollBar().setValue(20_000)
    editor.resize(500, 500)  # every height is an estimate again
    cursor = editor.cursorForPosition(editor.viewport().rect().center())
    stood = editor.cursorRect(cursor).top()
    elsewhere = QTextCursor(editor.document())
    top = editor.page.paragraph_at(editor.verticalScrollBar().value())
    for number in range(0, top - 40):
        elsewhere.setPosition(editor.document().findBlockByNumber(number).position() + 1)
    wait_until_measured(qtbot, editor)
    assert editor.cursorRect(cursor).top() == stood


@pytest.mark.parametrize("said", [" It was dark." * 30, "\n".join(["It was dark."] * 30)])
def test_what_a_voice_writes_above_moves_nothing_in_view(qtbot: QtBot, editor: DocumentEditor, said: str) -> None:
    editor.load(prose(600))
    wait_until_measured(qtbot, editor)
    editor.verticalScrollBar().setValue(20_000)
    cursor = editor.cursorForPosition(editor.viewport().rect().center())
    stood = editor.cursorRect(cursor).top()
    step = editor.model.history.begin(editor.document().findBlockByNumber(3).position())
    edit = editor.model.history.extend(step, Passage.by("v", said))
    assert edit is not None
    editor.model.apply(edit, VOICE)
    qtbot.waitUntil(lambda: editor.verticalScrollBar().value() > 20_000)
    wait_until_measured(qtbot, editor)
    assert editor.cursorRect(cursor).top() == stood


def test_the_same_width_again_lays_out_nothing(qtbot: QtBot, editor: DocumentEditor) -> None:
    editor.load(prose(600))
    wait_until_measured(qtbot, editor)
    editor.resize(700, 430)
    assert editor.page.is_measured


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.3), st.sampled_from(["", "x", "a\nb", "\n\n\n"]))))
def test_after_any_edits_it_stands_as_if_laid_out_anew(
    editor: DocumentEditor, edits: list[tuple[float, float, str]]
) -> None:
    editor.load(prose(30))
    for place, length, text in edits:
        most = editor.document().characterCount() - 1
        start = int(place * most)
        editor.model.replace(start, min(most, start + int(length * most)), Passage(text))
    edited = tops(editor)
    editor.load(editor.model.whole_text())
    assert tops(editor) == edited


def test_a_click_meets_the_character_it_points_at(editor: DocumentEditor) -> None:
    editor.load(prose(40))
    for position in (0, 7, 300, 1500, len(editor.model.text)):
        cursor = QTextCursor(editor.document())
        cursor.setPosition(position)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
        rect = editor.cursorRect()
        assert editor.cursorForPosition(rect.center()).position() == position


def test_far_from_any_letter_nothing_is_hit_exactly(editor: DocumentEditor) -> None:
    editor.load("One.\nTwo.")
    assert editor.page.hitTest(QPointF(600, 60), Qt.HitTestAccuracy.ExactHit) == -1
    assert editor.page.hitTest(QPointF(600, 9000), Qt.HitTestAccuracy.FuzzyHit) == len("One.\nTwo.")
    first = editor.page.blockBoundingRect(editor.document().begin())
    assert editor.page.hitTest(first.topLeft() + QPointF(3, 8), Qt.HitTestAccuracy.ExactHit) == 0


def test_keys_walk_line_by_line_through_what_was_never_seen(qtbot: QtBot, editor: DocumentEditor) -> None:
    editor.load(prose(400))
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.MoveToEndOfDocument))
    assert editor.caret_is_visible()
    places = []
    for _ in range(30):
        places.append(editor.textCursor().position())
        QTest.keyClick(editor, Qt.Key.Key_Up)
        assert editor.caret_is_visible()
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == len(places)


def test_text_from_right_to_left_stands_at_the_right(editor: DocumentEditor) -> None:
    editor.load("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd")
    tops(editor)
    line = editor.document().begin().layout().lineAt(0)
    assert line.naturalTextRect().left() > editor.viewport().width() / 2


def test_a_look_that_makes_lines_taller_moves_what_is_below(editor: DocumentEditor) -> None:
    editor.load(prose(5))
    editor.model.is_rich = True
    before = tops(editor)
    editor.model.restyle(1, [ParagraphStyle("heading", 1)])
    after = tops(editor)
    assert after[0] == before[0]
    assert after[2] != before[2]
    editor.load_manuscript(Manuscript(editor.model.content()))
    assert tops(editor) == after
    editor.model.restyle(1, [ParagraphStyle()])
    assert tops(editor) == before
    editor.model.set_char_format(0, 3, CharFormat.BOLD, on=True)
    assert tops(editor)[0] == before[0]


def test_painting_marks_what_is_selected(editor: DocumentEditor) -> None:
    editor.load("One two three four five.")
    plain = editor.grab().toImage()
    editor.selectAll()
    assert editor.grab().toImage() != plain


def test_heights_take_the_place_of_others() -> None:
    heights = Heights()
    heights.replace(0, 0, [10, 20, 30], 2)
    assert (heights.total, heights.top(2), heights.index_at(30), heights.index_at(1e9)) == (60, 30, 2, 2)
    assert heights.unknown_near(1, 5) == [1, 2, 0]
    heights.set(1, 25, 5)
    assert (heights.text_top(1), heights.total, heights.is_known) == (15, 65, False)
    heights.replace(1, 1, [1, 1, 1], 0)
    assert (len(heights), heights.total) == (5, 43)
    heights.keep(4, True)
    assert heights.laid() == [4]


@pytest.mark.parametrize("part", ["top", "total", "index_at", "replace", "_lay_out", "_forget", "_width"])
def test_an_error_in_the_layout_ends_nothing_and_the_page_comes_back(
    qtbot: QtBot, editor: DocumentEditor, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("a fault of ours")

    editor.load(prose(30))
    wait_until_measured(qtbot, editor)
    expected = tops(editor)
    with monkeypatch.context() as broken:
        broken.setattr(Heights if hasattr(Heights, part) else PageLayout, part, fail)
        for width in range(400, 430, 2):
            QTest.keyClicks(editor, "x")
            editor.resize(width, 300)
            editor.viewport().repaint()
            QCoreApplication.processEvents()
    assert editor.model.text.text.count("x") == prose(30).count("x") + 15  # what was typed meanwhile is there
    editor.load(prose(30))
    editor.resize(700, 500)
    wait_until_measured(qtbot, editor)
    assert tops(editor) == expected
