"""What Return, Backspace and Tab do to paragraphs.

Return is never left to Qt: on an empty paragraph Qt would take its format away instead of beginning another.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from pandemonium.desktop.editor.document_model import DocumentRecord
from pandemonium.desktop.editor.page_style import LISTS
from pandemonium.documents.passage import BODY, BREAK, LINE_BREAK, ParagraphStyle, Passage

DEEPEST = 6
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(record: DocumentRecord, cursor: QTextCursor, event: QKeyEvent) -> bool:
    """Does what a key does; tells whether it was one of this module's."""
    shift = bool(event.modifiers() & _SHIFT)
    key = Qt.Key(event.key())
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if not record.is_rich:
            record.replace(cursor.selectionStart(), cursor.selectionEnd(), Passage(BREAK))
        elif shift:
            record.replace(cursor.selectionStart(), cursor.selectionEnd(), Passage(LINE_BREAK))
        else:
            _return(record, cursor)
        return True
    if not record.is_rich or cursor.hasSelection() or event.modifiers() & ~_SHIFT:
        return False
    if key == Qt.Key.Key_Backspace and not shift:
        return _backspace(record, cursor)
    if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab):
        return _tab(record, cursor, -1 if shift or key == Qt.Key.Key_Backtab else 1)
    return False


def _return(record: DocumentRecord, cursor: QTextCursor) -> None:
    """Begins a new paragraph: body text after a heading, nothing more after an empty entry of a list."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    index, offset = record.text.locate(start)
    paragraph = record.text.paragraphs[index]
    style = record.text.styles(index, 1)[0]
    new = style.following()
    if start == end and not paragraph.text and style.kind in (*LISTS, "quote"):
        record.restyle(index, [_body(style)])
        return
    if style.kind in ("heading", "scene"):
        new = BODY
    styles: tuple[ParagraphStyle, ...] = (style, new)
    if style == new:
        styles = ()
    elif offset == 0 and paragraph.text and start == end:
        styles = (new, style)
    record.replace(start, end, Passage(BREAK, styles=styles))


def _backspace(record: DocumentRecord, cursor: QTextCursor) -> bool:
    """Takes a list's sign or a quotation's margin away before it joins paragraphs."""
    index, offset = record.text.locate(cursor.position())
    style = record.text.styles(index, 1)[0]
    if offset or style.kind not in (*LISTS, "quote"):
        return False
    shallower = style.kind in LISTS and style.level > 1
    record.restyle(index, [replace(style, level=style.level - 1) if shallower else _body(style)])
    return True


def _tab(record: DocumentRecord, cursor: QTextCursor, by: int) -> bool:
    """Moves a list's entry deeper, or less deep."""
    index, offset = record.text.locate(cursor.position())
    style = record.text.styles(index, 1)[0]
    if style.kind not in LISTS or (offset and by > 0):
        return False
    record.restyle(index, [replace(style, level=max(1, min(DEEPEST, max(1, style.level) + by)))])
    return True


def _body(style: ParagraphStyle) -> ParagraphStyle:
    return replace(style, kind="body", level=0, start=None, containers=())
