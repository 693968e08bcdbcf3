"""The place of the document that attempts are written for, and what stands there now."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.documents.model.history import Edit, Step
from pandemonium.documents.model.passage import BREAK, Passage

TAIL = 64  # characters before a place that it is known by


class AttemptPlace:
    """One such place. It goes where the text around it goes; it changes no text itself: it says which edits to make.

    Attributes:
        shown: what the voice wrote there; the writer may have worked on it since.
        gap: white space behind that, which parts a sentence that was taken from what follows it; no attempt's own.
        tail: the last characters before the place, when it was chosen.
        step: the history's, which one undo takes back; None as long as nothing was put here.
        original: the writer's own words here, for which others are wanted, as the voice reads them; empty where a text
            is continued.
    """

    def __init__(
        self, editor: DocumentEditor, start: int, end: int | None = None, shown: str = "", original: str = ""
    ) -> None:
        """Args:
        editor: the page.
        start: where it begins.
        end: where a passage ends that stands there already; `start` where there is none.
        shown: what the voice wrote of that.
        original: see above.
        """
        self._model = editor.model
        self._start = _fixed(editor, start)
        self._end = _fixed(editor, start if end is None else end)
        self._took_passage = False
        self.shown = shown
        self.gap = ""
        self.original = original
        self._passage = self._model.text.part(*self.span_of_passage).text
        self.step: Step | None = None
        self.tail = self._before()

    @property
    def span_of_passage(self) -> tuple[int, int]:
        """Where the passage stands that was here when the place was chosen."""
        start = self._start.position()
        return start, max(start, self._end.position())

    @property
    def span(self) -> tuple[int, int]:
        """Where what was written stands now, [start, end); empty where nothing does."""
        span = self._model.history.span(self.step) if self.step is not None else None
        if span is None:
            span = self.span_of_passage
        return span

    @property
    def is_in_text(self) -> bool:
        """Something of a voice's stands here: it was put here and not undone, or found here."""
        if self.step is not None:
            return self._model.history.is_done(self.step)
        return bool(self.shown)

    @property
    def is_gone(self) -> bool:
        """What the attempts went on from is no more, or what stood here was taken away."""
        if self.is_in_text and self.shown:
            start, end = self.span
            return start == end
        return self._before() != self.tail

    @property
    def was_passage(self) -> bool:
        """The step has put something in the place of a passage that stood here before."""
        return self._took_passage

    @property
    def holds_own_words(self) -> bool:
        """There is something in it that no voice wrote."""
        part = self._model.text.part(*self.span)
        if self.original and self.step is None:
            return part.text != self._passage  # she has asked for other words than those, and for no others
        written = sum(mark.end - mark.start for mark in part.marks)
        return len(part.text.replace(BREAK, "")) > written

    def open(self) -> None:
        """Begins the step: what the writer does from now on is undone before it."""
        self.step = self._model.history.begin(self.span[0])

    def extend(self, passage: Passage) -> Edit | None:
        """Lets what stands here grow; None if the writer has taken its place away."""
        if self.step is None:
            self.open()
        assert self.step is not None
        return self._model.history.extend(self.step, passage)

    def shorten(self, length: int) -> Edit | None:
        """Takes the last `length` characters off; None if the writer has changed something in them."""
        return self._model.history.shorten(self.step, length) if self.step is not None else None

    def clear(self) -> Edit:
        """Empties it, so that another attempt can be written in its place.

        That belongs to the same undo step where nothing but the voice has worked on it; else it is a step of its own,
        so that what the writer did there comes back with Ctrl+Z.
        """
        history = self._model.history
        start, end = self.span
        edit = history.retract(self.step) if self.step is not None else None
        if edit is None:
            removed = self._model.text.part(start, end)
            self._took_passage = len(removed) > 0
            self.step = history.begin(start, removed)
            edit = Edit(start, removed, Passage())
        self.shown = ""
        self.gap = ""
        return edit

    def discard_if_empty(self) -> None:
        """Forgets a step that came to nothing."""
        if self.step is not None:
            self._model.history.discard_if_empty(self.step)

    def _before(self) -> str:
        start = self.span[0] if self.step is not None else self._start.position()
        return self._model.text.part(max(0, start - TAIL), start).text


def _fixed(editor: DocumentEditor, position: int) -> QTextCursor:
    """A cursor that stays before what is put in where it stands."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    cursor.setKeepPositionOnInsert(True)
    return cursor
