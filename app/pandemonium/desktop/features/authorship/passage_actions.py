"""What the writer can do with the passages of voices: go to them, and take their words for her own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.authorship.shares import Shares
from pandemonium.documents.model.authored_text import Touched
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.model.voiced import Voiced, voiced

KIND = "authors"
"""Of the history's steps that change only whose words are."""


class Authorship(QObject):
    """Who wrote what on one page.

    Signals:
        changed(): whose the characters are may have changed.
        noted(str): a sentence for the writer.
    """

    changed = Signal()
    noted = Signal(str)

    def __init__(self, editor: DocumentEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._model = editor.model
        self._shares = Shares()
        editor.after_paint.edited.connect(self._touch)
        self._model.loaded.connect(self._begin)
        self._begin()

    @property
    def shares(self) -> Shares:
        """Whose the characters are, always true."""
        self._editor.after_paint.catch_up()
        return self._shares

    def passages(self) -> list[Voiced]:
        """The passages of voices, in order; in the editor's units."""
        return list(voiced(self._model.text.paragraphs))

    def go(self, by: int, voice: str = "") -> None:
        """Selects the next passage (1) of a voice or the one before (-1), around the document's ends; "" for any."""
        found = [each for each in self.passages() if not voice or each.voice == voice]
        if not found:
            self.noted.emit(self.tr("Nothing in this document is marked as coming from a voice."))
            return
        cursor = self._editor.textCursor()
        start = cursor.selectionStart()
        end = cursor.selectionEnd()
        if by > 0:
            on_one = any((each.start, each.end) == (start, end) for each in found)
            least = start + 1 if on_one else start
            chosen = next((each for each in found if each.start >= least), found[0])
        else:
            chosen = next((each for each in reversed(found) if each.start < start), found[-1])
        self._select(chosen)

    def has_theirs(self) -> bool:
        """Tells whether something of what is selected comes from a voice."""
        cursor = self._editor.textCursor()
        return bool(self._marked(cursor.selectionStart(), cursor.selectionEnd()))

    def make_mine(self) -> None:
        """Makes what is selected the writer's, as one step."""
        cursor = self._editor.textCursor()
        if not cursor.hasSelection():
            self.noted.emit(self.tr("Select the words that are yours first."))
        elif not self._disown(cursor.selectionStart(), cursor.selectionEnd()):
            self.noted.emit(self.tr("These words are yours already."))

    def clear(self) -> None:
        """Makes all words the writer's, as one step."""
        self._disown(0, len(self._model.text))

    def _disown(self, start: int, end: int) -> bool:
        changes = self._marked(start, end)
        if changes:
            self._model.replace_many(changes, KIND)
        return bool(changes)

    def _marked(self, start: int, end: int) -> list[tuple[int, int, Passage | str]]:
        """What is marked within [start, end), without its marks.

        One change for each mark, and none for what lies between: where the voice writes on, or where another attempt
        would stand, is as it was.
        """
        if start == end:
            return []
        text = self._model.text
        first, offset = text.locate(start)
        last, _ = text.locate(end)
        at = start - offset
        changes: list[tuple[int, int, Passage | str]] = []
        for paragraph in text.paragraphs[first : last + 1]:
            for mark in paragraph.marks:
                left = max(mark.start, start - at)
                right = min(mark.end, end - at)
                if left < right:
                    changes.append((at + left, at + right, replace(paragraph.part(left, right), marks=())))
            at += len(paragraph) + 1
        return changes

    def _select(self, passage: Voiced) -> None:
        """Selects a passage so that its beginning is seen."""
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(passage.end)
        cursor.setPosition(passage.start, QTextCursor.MoveMode.KeepAnchor)
        self._editor.go_to(cursor)

    def _touch(self, touched: Touched, _by: str) -> None:
        shares = self._shares
        before = shares.by_voice, shares.total
        shares.touch(touched, self._model.text.paragraphs)
        if before != (shares.by_voice, shares.total):
            self.changed.emit()

    def _begin(self) -> None:
        self._shares.begin(self._model.text.paragraphs)
        self.changed.emit()
