"""Looks and styles stay with their text through any keys and commands, and undo brings every one of them back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.desktop.editor.units import whole
from pandemonium.desktop.features.formatting.formatting_commands import Formatting
from pandemonium.documents.model.authored_text import style_of
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import BODY, OBJECT, CharFormat, ParagraphStyle, Passage, Span
from pandemonium.settings import EditorSettings

HEADING = ParagraphStyle("heading", 1, origin=0)
QUOTE = ParagraphStyle("quote")
BULLET = ParagraphStyle("bullet", 1)
CONTENT = Passage(
    f"Title\nOne two {OBJECT} three\nsaid \U0001f600 she\nentry\nlast",
    spans=(
        Span(6, 9, CharFormat.BOLD),
        Span(14, 15, object_key="n"),
        Span(22, 24, CharFormat.ITALIC),
        Span(27, 28, CharFormat.BOLD),
    ),
    styles=(HEADING, ParagraphStyle(origin=1), QUOTE, BULLET, BODY),
)
THINGS = {"n": Note(Passage("A note."))}
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = [
    (Qt.Key.Key_A, NONE),
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Return, SHIFT),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_Delete, CTRL),
    (Qt.Key.Key_Left, NONE),
    (Qt.Key.Key_Left, SHIFT),
    (Qt.Key.Key_Right, SHIFT),
    (Qt.Key.Key_Up, NONE),
    (Qt.Key.Key_Up, SHIFT),
    (Qt.Key.Key_Down, SHIFT),
    (Qt.Key.Key_Home, NONE),
    (Qt.Key.Key_End, NONE),
    (Qt.Key.Key_Home, CTRL),
    (Qt.Key.Key_End, CTRL),
    (Qt.Key.Key_X, CTRL),
    (Qt.Key.Key_C, CTRL),
    (Qt.Key.Key_V, CTRL),
    (Qt.Key.Key_Tab, NONE),
    (Qt.Key.Key_Z, CTRL),
    (Qt.Key.Key_Backtab, NONE),
]
ACTS = [
    lambda f: f.toggle(CharFormat.BOLD),
    lambda f: f.toggle(CharFormat.ITALIC),
    lambda f: f.set_kind("heading", 2),
    lambda f: f.set_kind("quote"),
    lambda f: f.set_kind("number", 1),
    lambda f: f.set_kind("body"),
    lambda f: f.set_alignment("center"),
    lambda f: f.insert_scene_break(),
    lambda f: f.write_note("", "Another note."),
    lambda f: f.write_note("n", "Changed."),
]


def opened(content: Passage = CONTENT) -> DocumentEditor:
    editor = DocumentEditor(EditorSettings())
    editor.load_manuscript(Manuscript(content, "docx", objects=THINGS))
    return editor


def assert_same(editor: DocumentEditor) -> None:
    model = editor.model
    assert whole(model.text.text).replace("\u2028", "\n") == editor.toPlainText()
    assert len(model.text.paragraphs) == editor.document().blockCount()
    block = editor.document().firstBlock()
    for paragraph in model.text.paragraphs:
        assert block.blockFormat() == editor.page_style.block(style_of(paragraph))
        for left, right in zip(paragraph.spans, paragraph.spans[1:], strict=False):
            assert left.end <= right.start
        for span in paragraph.spans:
            assert not span.is_plain
            assert 0 <= span.start < span.end <= len(paragraph)
            assert not span.object_key or paragraph.text[span.start : span.end] == OBJECT
        block = block.next()


@pytest.mark.long
@given(st.lists(st.one_of(st.sampled_from(KEYS), st.sampled_from(range(len(ACTS)))), max_size=30))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_keys_and_commands_keep_the_page_and_undo_true(qapp: QApplication, acts: list[Any]) -> None:
    editor = opened()
    commands = Formatting(editor)
    for act in acts:
        if isinstance(act, int):
            ACTS[act](commands)
        else:
            QTest.keyClick(editor, *act)
        assert_same(editor)
    last = editor.model.content()
    while editor.model.undo() is not None:
        assert_same(editor)
    assert editor.model.content() == CONTENT
    assert not editor.model.history.is_modified
    undone = [editor.model.redo()]
    while undone[-1] is not None:
        assert_same(editor)
        undone.append(editor.model.redo())
    if not any(act == (Qt.Key.Key_Z, CTRL) for act in acts):
        assert editor.model.content() == last


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = opened()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@pytest.fixture
def commands(editor: DocumentEditor) -> Formatting:
    return Formatting(editor)


def select(editor: DocumentEditor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def test_what_is_read_is_what_is_saved(editor: DocumentEditor) -> None:
    assert editor.model.content() == CONTENT


def test_typing_goes_on_in_the_look_before_it(editor: DocumentEditor) -> None:
    select(editor, 9, 9)
    QTest.keyClicks(editor, "xy")
    assert editor.model.content().part(6, 11).spans == (Span(0, 5, CharFormat.BOLD),)


def test_a_look_chosen_without_a_selection_is_for_what_is_typed_next(
    editor: DocumentEditor, commands: Formatting
) -> None:
    select(editor, 10, 10)
    commands.toggle(CharFormat.ITALIC)
    assert commands.has(CharFormat.ITALIC)
    QTest.keyClicks(editor, "new")
    assert editor.model.content().part(10, 13).spans == (Span(0, 3, CharFormat.ITALIC),)
    commands.toggle(CharFormat.ITALIC)
    QTest.keyClicks(editor, "z")
    assert editor.model.content().part(13, 14).spans == ()


def test_a_look_is_taken_away_where_all_has_it(editor: DocumentEditor, commands: Formatting) -> None:
    select(editor, 6, 20)
    assert not commands.has(CharFormat.BOLD)
    commands.toggle(CharFormat.BOLD)
    assert commands.has(CharFormat.BOLD)
    spans = editor.model.content().part(6, 20).spans
    assert [(span.start, span.end, span.char_format) for span in spans if span.char_format] == [
        (0, 8, CharFormat.BOLD),
        (9, 14, CharFormat.BOLD),
    ]
    commands.toggle(CharFormat.BOLD)
    assert [span for span in editor.model.content().part(6, 20).spans if span.char_format] == []


def test_return_behind_a_heading_begins_body_text(editor: DocumentEditor) -> None:
    select(editor, 5, 5)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "new")
    assert editor.model.text.styles(0, 3) == (HEADING, BODY, ParagraphStyle(origin=1))
    assert editor.toPlainText().startswith("Title\nnew\nOne")


def test_return_before_a_heading_leaves_the_heading_its_place_in_the_file(editor: DocumentEditor) -> None:
    select(editor, 0, 0)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.model.text.styles(0, 2) == (BODY, HEADING)


def test_an_empty_entry_ends_the_list(editor: DocumentEditor) -> None:
    at = editor.toPlainText().index("entry") + len("entry") + 1  # the emoji takes two units
    select(editor, at, at)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.model.text.styles(3, 2) == (BULLET, BULLET)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.model.text.styles(3, 2) == (BULLET, BODY)
    assert editor.toPlainText().endswith("entry\n\nlast")


def test_a_voice_goes_on_in_the_paragraphs_style(editor: DocumentEditor) -> None:
    at = editor.toPlainText().index("she") + 4
    history = editor.model.history
    step = history.begin(at)
    edit = history.extend(step, Passage.by("v", " there\nand more"))
    assert edit is not None
    editor.model.apply(edit, VOICE)
    assert editor.model.text.styles(2, 2) == (QUOTE, QUOTE)
    assert_same(editor)
    editor.undo()
    assert editor.model.content() == CONTENT


def test_pasting_inside_keeps_looks_and_outside_text_is_clean(editor: DocumentEditor) -> None:
    select(editor, 0, 13)
    data = editor.createMimeDataFromSelection()
    end = editor.document().characterCount() - 1
    select(editor, end, end)
    editor.insertFromMimeData(data)
    assert editor.model.text.styles(4, 2) == (ParagraphStyle("heading", 1), ParagraphStyle())
    plain = QMimeData()
    plain.setHtml("<b>bold</b>")
    plain.setText("bold")
    editor.insertFromMimeData(plain)
    assert editor.model.content().spans[-1].char_format == CharFormat.BOLD  # of "One", not of what came from outside
    assert editor.model.content().spans[-1].end <= len(editor.model.content()) - len("bold")


def test_a_note_is_numbered_edited_and_undone(editor: DocumentEditor, commands: Formatting) -> None:
    select(editor, 8, 8)
    commands.write_note("", "The first.")
    keys = [span.object_key for span in editor.model.content().spans if span.object_key]
    assert [editor.model.note_number(key) for key in keys] == [1, 2]
    commands.write_note(keys[0], "Another.")
    (key, _) = [span.object_key for span in editor.model.content().spans if span.object_key]
    assert editor.model.objects[key] == Note(Passage("Another."))
    editor.undo()
    assert [span.object_key for span in editor.model.content().spans if span.object_key] == keys


def test_a_new_note_takes_no_letter_away(editor: DocumentEditor, commands: Formatting) -> None:
    letters = editor.model.content().text.replace(OBJECT, "")
    end = len(editor.model.text)
    select(editor, end, end)
    commands.write_note("", "At the end, though something is bold above.")
    content = editor.model.content()
    assert content.text.replace(OBJECT, "") == letters
    assert content.text.endswith(OBJECT)


def test_headings_and_looks_are_painted(editor: DocumentEditor, qapp: QApplication) -> None:
    marks = editor.highlighter
    marks.set_page_style(editor.page_style, is_markdown=False)
    marks.rehighlight()
    (title,) = editor.document().firstBlock().layout().formats()
    assert (title.start, title.length) == (0, 5)
    assert title.format.fontPointSize() > editor.document().defaultFont().pointSizeF()
    second = editor.document().findBlockByNumber(1).layout().formats()
    assert [(each.start, each.length, each.format.fontWeight()) for each in second] == [(0, 3, QFont.Weight.Bold)]


def test_plain_text_says_why_it_cannot_be_formatted(editor: DocumentEditor, commands: Formatting) -> None:
    refused: list[str] = []
    commands.refused.connect(refused.append)
    editor.load("Plain.")
    commands.toggle(CharFormat.BOLD)
    commands.set_kind("heading", 1)
    commands.set_alignment("center")
    commands.ask_for_note()
    assert len(refused) == 4
    assert ".docx" in refused[0]
    assert editor.model.content() == Passage("Plain.")
