"""Text comes out of the editor's units as it went in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.editor.units import from_units, split, to_units, whole

ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from("\ud83d\ude00\U0001f600\u2029\ufdd0\r\0\xa0ab\n"))


@given(ANY)
def test_units_come_back(text: str) -> None:
    # A pair of lone surrogates in a row is one character: no string in a file can hold it as two.
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert from_units(to_units(expected)) == expected


@given(ANY)
def test_units_are_counted_as_qt_counts(text: str) -> None:
    units = to_units(text)
    assert all(ord(unit) <= 0xFFFF for unit in units)
    assert split(whole(units)) == units


def test_the_editor_keeps_what_units_hold(qapp: QApplication) -> None:
    text = "a\0b\x0bc\xa0d\ud800e\u2029f\ufdd0g\U0001f600h\u2028i"
    document = QTextDocument()
    cursor = QTextCursor(document)
    cursor.insertText(whole(to_units(text)))
    assert document.characterCount() - 1 == len(to_units(text))
    cursor.select(QTextCursor.SelectionType.Document)
    assert from_units(split(cursor.selectedText())) == text
