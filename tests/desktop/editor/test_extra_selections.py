"""Overlays lie in their order, for what is in view, and leave the document alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.settings import EditorSettings


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.load("\n".join(f"paragraph {number} and a few words more" for number in range(900)))
    return made


@pytest.fixture
def selections(editor: DocumentEditor) -> ExtraSelections:
    return editor.selections


def coloured(name: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(name))
    return made


def underlined() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    return made


def test_layers_are_painted_in_their_order_whatever_came_first(
    editor: DocumentEditor, selections: ExtraSelections
) -> None:
    selections.show("found", [selections.selection(4, 8, coloured("red"))])
    selections.show("focus", [selections.selection(0, 20, coloured("grey"))])
    assert [each.cursor.selectionStart() for each in editor.extraSelections()] == [0, 4]
    selections.show("focus", [])
    assert [each.cursor.selectionStart() for each in editor.extraSelections()] == [4]


def test_a_selection_inside_a_lower_one_keeps_what_that_says(
    editor: DocumentEditor, selections: ExtraSelections
) -> None:
    selections.show("focus", [selections.selection(0, 20, coloured("grey"))])
    selections.show("spelling", [selections.selection(4, 8, underlined()), selections.selection(18, 24, underlined())])
    _, inside, across = editor.extraSelections()
    assert inside.format.foreground().color() == QColor("grey")
    assert inside.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    assert not across.format.hasProperty(QTextCharFormat.Property.ForegroundBrush)


def test_there_are_no_other_layers(selections: ExtraSelections) -> None:
    with pytest.raises(KeyError):
        selections.show("tinsel", [])


def test_nothing_of_it_is_in_the_document(editor: DocumentEditor, selections: ExtraSelections) -> None:
    revision = editor.model.revision
    selections.show("found", [selections.selection(0, 5, coloured("red"))])
    assert editor.model.revision == revision
    assert not editor.model.history.can_undo


def test_a_selection_past_the_end_ends_there(editor: DocumentEditor, selections: ExtraSelections) -> None:
    editor.load("short")
    assert selections.selection(2, 99, underlined()).cursor.selectedText() == "ort"


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.52, 1.0, 0.3])
def test_the_paragraphs_in_view_are_those_that_qt_hits(
    qtbot: Any, editor: DocumentEditor, selections: ExtraSelections, share: float
) -> None:
    bar = editor.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 10_000)
    for value in (0, round(bar.maximum() * share)):
        bar.setValue(value)
        first, last = selections.visible_paragraphs()
        assert abs(first - editor.cursorForPosition(QPoint(0, 0)).blockNumber()) <= 1
        bottom = editor.cursorForPosition(QPoint(0, editor.viewport().height())).blockNumber()
        assert abs(last - bottom) <= 1
        assert first < last


def test_the_view_is_known_anew_after_an_edit(qtbot: Any, editor: DocumentEditor, selections: ExtraSelections) -> None:
    before = selections.visible_paragraphs()
    cursor = QTextCursor(editor.document())
    with qtbot.waitSignal(selections.visible_changed):
        cursor.insertText("a long first paragraph " * 400)
    assert selections.visible_paragraphs() == (0, 0)
    editor.model.undo()
    assert selections.visible_paragraphs() == before


@pytest.mark.parametrize("what", ["scroll", "resize", "edit", "zoom"])
def test_changes_of_the_view_are_told_once(
    qtbot: Any, editor: DocumentEditor, selections: ExtraSelections, what: str
) -> None:
    qtbot.wait(60)
    heard: list[None] = []
    selections.visible_changed.connect(lambda: heard.append(None))
    with qtbot.waitSignal(selections.visible_changed):
        if what == "scroll":
            for value in range(10):
                editor.verticalScrollBar().setValue(100 + value)
        elif what == "resize":
            editor.resize(500, 500)
        elif what == "zoom":
            editor.document().setDefaultFont(QFont(editor.font().family(), 30))
        else:
            QTextCursor(editor.document()).insertText("more")
    assert len(heard) == 1
