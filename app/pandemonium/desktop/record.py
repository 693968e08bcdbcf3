"""Keeps the document's model beside the editor's: its text with authors, and the one history of both writers.

The QTextDocument's own undo is off. Whatever changes its text is heard here, compared with the model and recorded;
undo, redo and the voice's pieces go the other way, model first.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from pandemonium.desktop.units import from_units, is_low, split, to_units, whole
from pandemonium.documents.authored_text import AuthoredText
from pandemonium.documents.history import Edit, History, Step
from pandemonium.documents.passage import Passage

WRITER, VOICE, UNDO = "writer", "voice", "undo"
_QT_BREAK = "\u2029"


class DocumentRecord(QObject):
    """The model of one QTextDocument.

    Attributes:
        text: its text with authors, in the editor's units.
        history: what can be undone.
        revision: grows with every change.

    Signals:
        edited(Touched, str): paragraphs changed, by WRITER, VOICE or UNDO.
        loaded(): another text stands in the document.
        went_back(Step), went_forward(Step): a step was undone, or redone.
        state_changed(): what can be undone or redone, or whether the text is modified, may have changed.
    """

    edited = Signal(object, str)
    loaded = Signal()
    went_back = Signal(object)
    went_forward = Signal(object)
    state_changed = Signal()

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        document.setUndoRedoEnabled(False)
        self.history = History()
        self.text = AuthoredText()
        self.revision = 0
        self._applying = False
        self._kind = "typing"
        self._authors: Passage | None = None
        document.contentsChange.connect(self._hear)

    def load(self, text: str, block_format: QTextBlockFormat) -> None:
        """Puts a file's text in the place of everything and begins a new history."""
        units = to_units(text)
        self.history, self.text = History(), AuthoredText(units)
        self.revision += 1
        self._applying = True
        try:
            cursor = QTextCursor(self._document)
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(block_format)
            cursor.insertText(whole(units))
            cursor.endEditBlock()
        finally:
            self._applying = False
        self.loaded.emit()
        self.state_changed.emit()

    def whole_text(self) -> str:
        """The text as it is to be saved."""
        return from_units(self.text.text)

    def text_between(self, start: int, end: int) -> str:
        """The text between two of the editor's positions, clamped to the document."""
        end = max(0, min(end, len(self.text)))
        return from_units(self.text.part(max(0, min(start, end)), end).text)

    def writes_as(self, kind: str, authors: Passage | None = None) -> None:
        """Says what the next change by the writer is: "typing", or one act ("paste") whose text has `authors`."""
        self._kind, self._authors = kind, authors

    def apply(self, edit: Edit, by: str) -> None:
        """Makes an edit that the history has asked for, in the model and then in the editor."""
        end = edit.position + len(edit.removed)
        self.revision += 1
        touched = self.text.replace(edit.position, end, edit.inserted)
        self._applying = True
        try:
            cursor = QTextCursor(self._document)
            cursor.beginEditBlock()
            cursor.setPosition(edit.position)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(whole(edit.inserted.text))
            cursor.endEditBlock()
        finally:
            self._applying = False
        self.edited.emit(touched, by)
        self.state_changed.emit()

    def undo(self) -> int | None:
        """Takes one step back; gives the position where it was, None if there was nothing."""
        return self._travel(self.history.undo(), self.went_back)

    def redo(self) -> int | None:
        """Brings one step back; gives the position where it ends, None if there was nothing."""
        return self._travel(self.history.redo(), self.went_forward)

    def mark_saved(self) -> None:
        """The text as it stands was saved."""
        self.history.mark_saved()
        self.state_changed.emit()

    def _travel(self, found: tuple[Step, list[Edit]] | None, signal: SignalInstance) -> int | None:
        if found is None:
            return None
        step, edits = found
        position = 0
        for edit in edits:
            self.apply(edit, UNDO)
            position = edit.end
        signal.emit(step)
        self.state_changed.emit()
        return position

    def _hear(self, position: int, removed: int, added: int) -> None:
        """Takes in a change of the QTextDocument that came from the writer's hands."""
        if self._applying:
            return
        length = self._document.characterCount() - 1
        old_end = min(position + removed, len(self.text))
        start = min(position, old_end, length)
        old_end = max(old_end, start)
        new_end = length - (len(self.text) - old_end)
        old, new = self.text.part(start, old_end), self._read(start, new_end)
        if old.text == new:
            return
        left, right = _common(old.text, new)
        inserted = Passage(new[left : len(new) - right])
        if self._authors is not None and self._authors.text == inserted.text:
            inserted = self._authors
        edit = Edit(start + left, old.part(left, len(old) - right), inserted)
        self.revision += 1
        touched = self.text.replace(edit.position, old_end - right, edit.inserted)
        self.history.record(edit, self._kind)
        self.edited.emit(touched, WRITER)
        self.state_changed.emit()

    def _read(self, start: int, end: int) -> str:
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(max(start, end), QTextCursor.MoveMode.KeepAnchor)
        return split(cursor.selectedText()).replace(_QT_BREAK, "\n")


def _common(old: str, new: str) -> tuple[int, int]:
    """How many units two texts share at their beginning and at their end; no pair is cut in two."""
    most = min(len(old), len(new))
    left = 0
    while left < most and old[left] == new[left]:
        left += 1
    while left and (is_low(old[left : left + 1] or " ") or is_low(new[left : left + 1] or " ")):
        left -= 1
    right = 0
    while right < most - left and old[len(old) - 1 - right] == new[len(new) - 1 - right]:
        right += 1
    while right and (is_low(old[len(old) - right]) or is_low(new[len(new) - right])):
        right -= 1
    return left, right
