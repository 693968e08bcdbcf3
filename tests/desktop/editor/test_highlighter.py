"""What a voice wrote is painted, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtTest import QTest

from pandemonium.desktop.core.theme import DARK, LIGHT
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.desktop.editor.highlighter import Fresh, Highlighter
from pandemonium.documents.model.passage import CharFormat, Passage
from pandemonium.settings import EditorSettings

Painted = list[tuple[int, int, str]]


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.load("Mine. Mine.")
    return made


@pytest.fixture
def marks(editor: DocumentEditor) -> Highlighter:
    editor.apply_colours(LIGHT)
    return editor.highlighter


def say(editor: DocumentEditor, position: int, text: str) -> None:
    step = editor.model.history.begin(position)
    edit = editor.model.history.extend(step, Passage.by("v", text))
    assert edit is not None
    editor.model.apply(edit, VOICE)


def painted(editor: DocumentEditor, block: int = 0) -> Painted:
    found: Painted = []
    for each in editor.document().findBlockByNumber(block).layout().formats():
        underlined = each.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SingleUnderline
        kind = "line" if underlined else each.format.foreground().color().name()
        found.append((each.start, each.start + each.length, kind))
    return sorted(found)


def test_settled_text_has_a_line_under_its_words(editor: DocumentEditor, marks: Highlighter) -> None:
    say(editor, 5, " Its own.\nIts next.")
    assert painted(editor) == [(6, 14, "line")]
    assert painted(editor, 1) == [(0, 9, "line")]


def test_fresh_text_is_in_the_accent(editor: DocumentEditor, marks: Highlighter) -> None:
    say(editor, 5, " Its own.")
    marks.show_fresh(Fresh(5, 14))
    assert painted(editor) == [(5, 14, LIGHT.accent)]
    marks.apply_colours(DARK)
    assert painted(editor) == [(5, 14, DARK.accent)]
    marks.show_fresh(None)
    assert painted(editor) == [(6, 14, "line")]


def test_lines_can_be_hidden(editor: DocumentEditor, marks: Highlighter) -> None:
    say(editor, 5, " Its own.")
    marks.show_marks(False)
    assert painted(editor) == []


def test_what_the_writer_types_inside_is_hers(editor: DocumentEditor, marks: Highlighter) -> None:
    say(editor, 5, "voice")
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "XX")
    assert painted(editor) == [(5, 7, "line"), (9, 12, "line")]
    editor.undo()
    assert painted(editor) == [(5, 10, "line")]


def test_marks_come_back_with_undo(editor: DocumentEditor, marks: Highlighter) -> None:
    say(editor, 5, "voice")
    editor.selectAll()
    QTest.keyClicks(editor, "all new")
    assert painted(editor) == []
    editor.undo()
    assert painted(editor) == [(5, 10, "line")]


def test_other_colours_ask_for_nothing_where_nothing_is_painted(
    editor: DocumentEditor, marks: Highlighter, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.load("\n".join(["A line."] * 500))
    asked: list[int] = []
    monkeypatch.setattr(Highlighter, "rehighlight", lambda _: asked.append(-1))
    monkeypatch.setattr(Highlighter, "rehighlightBlock", lambda _, block: asked.append(block.blockNumber()))
    marks.apply_colours(DARK)
    marks.show_marks(False)
    assert not asked


def test_another_look_of_everything_is_painted_in_view_at_once(editor: DocumentEditor, qtbot: Any) -> None:
    editor.model.load("\n".join(["Mine."] * 400), editor.page_style.block(), is_rich=True)
    editor.highlighter.first_in_view = lambda: 190

    def is_bold(number: int) -> bool:
        formats = editor.document().findBlockByNumber(number).layout().formats()
        return [each.format.fontWeight() for each in formats] == [QFont.Weight.Bold]

    editor.model.set_char_format(0, len(editor.model.text), CharFormat.BOLD, on=True)
    assert is_bold(190)
    assert not is_bold(0)
    assert not is_bold(399)
    qtbot.waitUntil(lambda: all(map(is_bold, range(400))))
    editor.model.undo()
    assert not is_bold(190)
    qtbot.waitUntil(lambda: not any(map(is_bold, range(400))))


def test_other_colours_reach_every_paragraph_those_in_view_at_once(
    editor: DocumentEditor, marks: Highlighter, qtbot: Any
) -> None:
    editor.load("\n".join(["A line."] * 500))
    for number in (0, 200, 499):
        say(editor, editor.document().findBlockByNumber(number).position(), "Hers. ")
    marks.first_in_view = lambda: 190
    marks.apply_colours(DARK)

    def line_of(number: int) -> str:
        formats = editor.document().findBlockByNumber(number).layout().formats()
        return formats[0].format.underlineColor().name()

    assert line_of(200) == DARK.underline
    editor.model.replace(0, 0, Passage("One more\nparagraph\n"))  # those that wait have other numbers now
    for number in (2, 202, 501):
        qtbot.waitUntil(lambda number=number: line_of(number) == DARK.underline)
