"""Markdown's source: signs go around what is selected and away again, and it looks like what it means."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.markdown_style import FormattedPart, formatted_parts, prose
from pandemonium.desktop.features.formatting.formatting_commands import Formatting
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, Passage
from pandemonium.settings import EditorSettings


@pytest.fixture
def editor(qtbot: Any) -> DocumentEditor:
    made = DocumentEditor(EditorSettings())
    qtbot.addWidget(made)
    made.load_manuscript(Manuscript(Passage("# One\n\nSome words here.\n\nMore."), "md"))
    return made


def select(editor: DocumentEditor, text: str) -> None:
    start = editor.toPlainText().index(text)
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(text), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@pytest.mark.parametrize(
    ("char_format", "sign"), [(CharFormat.BOLD, "**"), (CharFormat.ITALIC, "*"), (CharFormat.STRIKE, "~~")]
)
def test_signs_come_and_go(editor: DocumentEditor, char_format: CharFormat, sign: str) -> None:
    before = editor.toPlainText()
    commands = Formatting(editor)
    select(editor, "words")
    commands.toggle(char_format)
    assert f"Some {sign}words{sign} here." in editor.toPlainText()
    select(editor, "words")
    commands.toggle(char_format)
    assert editor.toPlainText() == before
    commands.toggle(char_format)
    editor.undo()
    assert editor.toPlainText() == before


def test_line_signs_replace_each_other(editor: DocumentEditor) -> None:
    commands = Formatting(editor)
    select(editor, "Some words here.\n\nMore")
    commands.set_kind("quote")
    assert editor.toPlainText().endswith("> Some words here.\n\n> More.")
    commands.set_kind("heading", 2)
    assert editor.toPlainText().endswith("## Some words here.\n\n## More.")
    commands.set_kind("heading", 2)
    assert editor.toPlainText().endswith("\n\nSome words here.\n\nMore.")


def test_a_note_goes_to_the_end(editor: DocumentEditor) -> None:
    select(editor, "words")
    Formatting(editor).write_note("", "On words.\nTwice.")
    assert "words[^1] here." in editor.toPlainText()
    assert editor.toPlainText().endswith("\n\n[^1]: On words.\n    Twice.\n")
    editor.undo()
    assert "[^1]" not in editor.toPlainText()


@pytest.mark.parametrize(
    ("line", "char_formats"),
    [
        ("a *b* c", [(2, 5, CharFormat.ITALIC)]),
        ("__b__ and ~~s~~", [(0, 5, CharFormat.BOLD), (10, 15, CharFormat.STRIKE)]),
        ("**b *i* b**", [(0, 11, CharFormat.BOLD), (4, 7, CharFormat.BOLD | CharFormat.ITALIC)]),
        ("***x***", [(0, 7, CharFormat.BOLD | CharFormat.ITALIC)]),
        (r"snake_case_name 2*3*4 \*no\* ** alone", [(17, 20, CharFormat.ITALIC)]),
        ("`*code*`", []),
    ],
)
def test_emphasis(line: str, char_formats: list[tuple[int, int, CharFormat]]) -> None:
    assert [
        (each.start, each.end, each.char_format) for each in formatted_parts(line) if each.char_format
    ] == char_formats


def test_lines() -> None:
    assert FormattedPart(0, 7, heading=2) in list(formatted_parts("## Two."))
    lines = ("# a", "#a", "####### a", " # a", "")
    assert [max((each.heading for each in formatted_parts(line)), default=0) for line in lines] == [1, 0, 0, 0, 0]
    assert list(formatted_parts("* * *")) == [FormattedPart(0, 5, sign=True)]
    assert next(iter(formatted_parts("> said"))) == FormattedPart(0, 2, sign=True)


@given(st.text("*_~`#> -a\\", max_size=40))
def test_anything_is_dressed_within_its_line(line: str) -> None:
    for each in formatted_parts(line):
        assert 0 <= each.start < each.end <= len(line)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("# One\n\nShe *said* **no**.", "One\n\nShe said no."),
        ("> quoted _so_\n- entry\n1. first", "quoted so\nentry\nfirst"),
        ("plain prose, 2 * 3 and snake_case", "plain prose, 2 * 3 and snake_case"),
        ("a\n\n* * *\n\nb", "a\n\n\n\nb"),
    ],
)
def test_a_voice_reads_prose(source: str, read: str) -> None:
    assert prose(source) == read


@pytest.mark.parametrize("sign", ["*", "**", "_", "__", "~~"])
def test_signs_that_nothing_answers_say_nothing_however_many_they_are(sign: str) -> None:
    assert list(formatted_parts(f"{sign}a " * 6000)) == []


def test_code_is_closed_by_as_many_ticks_as_open_it() -> None:
    assert list(formatted_parts("``a *b* `c` *d* ``")) == []
    assert [(each.start, each.end) for each in formatted_parts("``a *b* ` *c*") if not each.sign] == [(4, 7), (10, 13)]
