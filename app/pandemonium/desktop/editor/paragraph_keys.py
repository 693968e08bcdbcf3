"""What Return, Backspace and Tab do to paragraphs.

Return is never left to Qt: on an empty paragraph Qt would take its format away instead of beginning another.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from pandemonium.desktop.editor.document_model import DocumentModel
from pandemonium.desktop.editor.page_style import LISTS
from pandemonium.documents.model.passage import BODY, BREAK, LINE_BREAK, ParagraphStyle, Passage

DEEPEST = 6
KEYS = frozenset(
    (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
)  # that `press` may answer
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(model: DocumentModel, cursor: QTextCursor, event: QKeyEvent) -> bool:
    """Does what a key does; tells whether it was one of this module's."""
    shift = bool(event.modifiers() & _SHIFT)
    key = Qt.Key(event.key())
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if not model.is_rich:
            model.replace(cursor.selectionStart(), cursor.selectionEnd(), Passage(BREAK))
        elif shift:
            model.replace(cursor.selectionStart(), cursor.selectionEnd(), Passage(LINE_BREAK))
        else:
            _return(model, cursor)
        return True
    if not model.is_rich or cursor.hasSelection() or event.modifiers() & ~_SHIFT:
        return False
    if key == Qt.Key.Key_Backspace and not shift:
        return _backspace(model, cursor)
    if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab):
        return _tab(model, cursor, -1 if shift or key == Qt.Key.Key_Backtab else 1)
    return False


def _return(model: DocumentModel, cursor: QTextCursor) -> None:
    """Begins a new paragraph: body text after a heading, nothing more after an empty entry of a list."""
    start = cursor.selectionStart()
    end = cursor.selectionEnd()
    index, offset = model.text.locate(start)
    paragraph = model.text.paragraphs[index]
    style = model.text.styles(index, 1)[0]
    new = style.following()
    if start == end and not paragraph.text and style.kind in (*LISTS, "quote"):
        model.restyle(index, [_body(style)])
        return
    if style.kind in ("heading", "scene"):
        new = BODY
    styles: tuple[ParagraphStyle, ...] = (style, new)
    if style == new:
        styles = ()
    elif offset == 0 and paragraph.text and start == end:
        styles = (new, style)
    model.replace(start, end, Passage(BREAK, styles=styles))


def _backspace(model: DocumentModel, cursor: QTextCursor) -> bool:
    """Takes a list's sign or a quotation's margin away before it joins paragraphs."""
    index, offset = model.text.locate(cursor.position())
    style = model.text.styles(index, 1)[0]
    if offset or style.kind not in (*LISTS, "quote"):
        return False
    shallower = style.kind in LISTS and style.level > 1
    model.restyle(index, [replace(style, level=style.level - 1) if shallower else _body(style)])
    return True


def _tab(model: DocumentModel, cursor: QTextCursor, by: int) -> bool:
    """Moves a list's entry deeper, or less deep."""
    index, offset = model.text.locate(cursor.position())
    style = model.text.styles(index, 1)[0]
    if style.kind not in LISTS or (offset and by > 0):
        return False
    model.restyle(index, [replace(style, level=max(1, min(DEEPEST, max(1, style.level) + by)))])
    return True


def _body(style: ParagraphStyle) -> ParagraphStyle:
    return replace(style, kind="body", level=0, start=None, containers=())
