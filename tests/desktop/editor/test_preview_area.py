"""Text that is no part of the document: the document and the formats beside it are as they were once it is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPicture, QTextCharFormat, QTextDocument, QTextLayout
from PySide6.QtWidgets import QApplication, QScrollBar

from pandemonium.desktop.editor.layout.lines import format_range, shown_at
from pandemonium.desktop.editor.layout.page_layout import PageLayout
from pandemonium.desktop.editor.preview_area import PreviewArea

TEXT = "abcdefghijkl"
RANGES = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(1, 6)), max_size=4)


def edges(lines: QTextLayout) -> list[tuple[int, int]]:
    return [(each.start, each.length) for each in lines.formats()]


@given(RANGES, st.integers(0, len(TEXT)), st.text(st.sampled_from("xy \n\ud83d\ude00"), min_size=1, max_size=8))
def test_what_was_there_is_there_again(qapp: QApplication, ranges: list[tuple[int, int]], at: int, text: str) -> None:
    document = QTextDocument("first\n" + TEXT)
    lines = document.lastBlock().layout()
    lines.setFormats([format_range(start, length, QTextCharFormat()) for start, length in ranges])
    before = edges(lines)
    text = text.replace("\ud83d", "").replace("\ude00", "\ud83d\ude00")
    area = PreviewArea(document)
    area.show(document.lastBlock().position() + at, text)
    assert area.is_shown == bool(text)
    assert document.toPlainText() == "first\n" + TEXT
    assert (at, len(text)) in edges(lines)
    for (start, length), (now, grown) in zip(before, edges(lines), strict=False):
        assert now == start + (len(text) if start >= at else 0)
        assert grown == length + (len(text) if start < at < start + length else 0)
    assert shown_at(lines, at) == at
    assert shown_at(lines, at + 1) == at + 1 + len(text)
    area.clear()
    assert not area.is_shown
    assert edges(lines) == before
    assert document.toPlainText() == "first\n" + TEXT


def test_where_its_paragraph_is_gone_it_is_gone(qapp: QApplication) -> None:
    document = QTextDocument("one\ntwo")
    area = PreviewArea(document)
    area.show(5, "ghost")
    document.setPlainText("")
    assert not area.is_shown
    area.clear()
    assert document.toPlainText() == ""


def test_a_caret_behind_it_is_painted_behind_it(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = []
    monkeypatch.setattr(QTextLayout, "drawCursor", lambda lines, painter, origin, at, width: painted.append(at))
    document = QTextDocument()
    layout = PageLayout(document, QScrollBar())
    document.setDocumentLayout(layout)
    document.setPlainText("first\n" + TEXT)
    area = PreviewArea(document)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, 0, 400, 400)
    start = document.lastBlock().position()
    for at in (3, 4):
        area.show(start + 3, "guest")
        context.cursorPosition = start + at
        picture = QPicture()
        painter = QPainter(picture)
        layout.draw(painter, context)
        painter.end()
    assert painted == [3, 4 + len("guest")]
