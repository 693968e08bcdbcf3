"""Any text on the page becomes any earlier one, and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.recovery.restoring import put_on_page
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import BODY, CharFormat, Mark, ParagraphStyle, Passage, Span
from pandemonium.documents.safekeeping.autosave import content_of
from pandemonium.settings import EditorSettings


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    return made


@st.composite
def contents(draw: st.DrawFn) -> Passage:
    paragraphs = []
    for text in draw(st.lists(st.sampled_from(["", "sea", "dark sea", "\U0001f600 x"]), min_size=1, max_size=5)):
        marks = (Mark(0, 1, "v"),) if text and draw(st.booleans()) else ()
        spans = (Span(0, 1, CharFormat.BOLD),) if text and draw(st.booleans()) else ()
        style = draw(st.sampled_from([BODY, ParagraphStyle("heading", 1), ParagraphStyle("quote")]))
        paragraphs.append(Passage(text, marks, spans, (style,)))
    return content_of(paragraphs)


def seen(content: Passage) -> tuple[object, ...]:
    return content.text, content.marks, content.spans, tuple(each or BODY for each in content.each_style())


@pytest.mark.long
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents(), contents())
def test_there_and_back(editor: DocumentEditor, now: Passage, before: Passage) -> None:
    editor.load_manuscript(Manuscript(now))
    put_on_page(editor, Manuscript(before))
    assert seen(editor.model.content()) == seen(before)
    if seen(now) != seen(before):
        editor.undo()
    assert seen(editor.model.content()) == seen(now)
    assert not editor.model.history.is_modified


def test_what_is_the_same_stays_tied_to_its_file(editor: DocumentEditor) -> None:
    now = [Passage(text, styles=(ParagraphStyle(origin=n),)) for n, text in enumerate(("One", "Two", "Three"))]
    editor.load_manuscript(Manuscript(content_of(now), "docx"))
    old = [Passage(text, styles=(ParagraphStyle(origin=n + 7),)) for n, text in enumerate(("One", "2", "Three"))]
    put_on_page(editor, Manuscript(content_of(old), "docx"))
    assert [each.styles[0].origin if each.styles else -1 for each in editor.model.text.paragraphs] == [0, -1, 2]
    assert editor.toPlainText() == "One\n2\nThree"


def test_notes_of_the_same_key_are_not_mixed_up(editor: DocumentEditor) -> None:
    note = Passage("Sea\ufffc", (), (Span(3, 4, object_key="1"),))
    editor.load_manuscript(Manuscript(note, "docx", objects={"1": Note(Passage("new"))}))
    put_on_page(editor, Manuscript(note, "docx", objects={"1": Note(Passage("old"))}))
    content = editor.model.content()
    assert editor.model.objects[content.spans[0].object_key] == Note(Passage("old"))
    editor.undo()
    assert editor.model.objects[editor.model.content().spans[0].object_key] == Note(Passage("new"))
