"""Shows in grey, in its place on the page, what taking an attempt would put there; none of it is in the document."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QTextCharFormat

from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.preview_area import PreviewArea
from pandemonium.desktop.features.generation.attempt_place import AttemptPlace
from pandemonium.desktop.features.generation.generation import Generation
from pandemonium.documents.model.passage import BREAK
from pandemonium.writing.recipe import Recipe

_LAYER = "preview"
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class AttemptPreview(QObject):
    """The preview of one page.

    Whatever is done to the text takes it away first: nothing that counts, saves or undoes ever meets it.

    Attributes:
        index: the attempt that is shown; -1 for none.

    Signals:
        changed(int): another attempt is shown, or none (-1).
        take_asked(): the writer has pressed a key that takes it.
    """

    changed = Signal(int)
    take_asked = Signal()

    def __init__(self, editor: DocumentEditor, generation: Generation) -> None:
        super().__init__(editor)
        self._editor = editor
        self._generation = generation
        self._area = PreviewArea(editor.document())
        self._goes = QTextCharFormat()  # how what would go is painted
        self._goes.setFontStrikeOut(True)
        self.index = -1
        self._shown: tuple[AttemptPlace, Recipe | None] | None = None  # where, and how it was written
        self._scrolled = (0, 0)  # from where the page was scrolled for it, and to where
        self._listening = Listening(
            (editor.model.edited, self.clear),
            (editor.model.loaded, self.clear),
            (generation.attempts_changed, self._keep_shown),
        )
        generation.attempt_grew.connect(self._grow)

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._area.apply_colours(colours)
        self._goes.setForeground(QColor(colours.faint))

    def show(self, index: int, *, follows: bool = False) -> None:
        """Shows an attempt in its place, in place of what was shown before.

        Args:
            index: the attempt's number; -1 shows none.
            follows: the page scrolls to where it is, and back once none is shown.
        """
        if not 0 <= index < len(self._generation.attempts) or self._generation.place is None or self._is_composing():
            self.clear()
            return
        was = self.index
        if follows:
            self._scroll_back()
        self._take_away()
        if was < 0:
            self._listen(True)
        at, text, (start, end) = self._generation.seen(index)
        self.index = index
        self._shown = self._generation.place, self._generation.attempts[index].recipe
        goes = self._editor.model.text.part(start, end).text
        if text:
            gap = "" if not goes or goes[0].isspace() or text[-1].isspace() else " "
            self._area.show(at, text + gap, self._goes if goes and goes[0] != BREAK else None)
        if goes:
            selections = self._editor.selections
            selections.show(_LAYER, [selections.selection(start + bool(text), end, self._goes)])
        if follows:
            self._bring_into_view(at)
        if was != index:
            self.changed.emit(index)

    def clear(self, *_: object) -> None:
        """Shows none."""
        if self.index >= 0:
            self._scroll_back()  # before the page becomes shorter
            self._take_away()
            self._listen(False)
            self.index = -1
            self.changed.emit(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears the keys that take it; any other that does something lets it go."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress or (
            isinstance(event, QInputMethodEvent) and (event.preeditString() or event.commitString())
        ):
            self.clear()
        elif kind == QEvent.Type.KeyPress and watched is self._editor and isinstance(event, QKeyEvent):
            if event.key() in _TAKES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.take_asked.emit()
                return True
            if event.key() not in _MODIFIERS:
                self.clear()
        return False

    def _listen(self, on: bool) -> None:
        """Hears what lets an attempt go, as long as one is shown."""
        for watched in (self._editor, self._editor.viewport()):
            (watched.installEventFilter if on else watched.removeEventFilter)(self)
        self._listening.turn(on)

    def _grow(self, index: int) -> None:
        if index == self.index:
            self.show(index)

    def _keep_shown(self) -> None:
        """Goes on showing the same attempt, which may have another number now: those beside it are whole, or sorted."""
        generation = self._generation
        place, recipe = self._shown or (None, None)
        goes_on = place is generation.place and (generation.is_beside or not generation.writing)
        self.show(generation.number_of(recipe) if goes_on else -1)

    def _take_away(self) -> None:
        self._area.clear()
        self._editor.selections.show(_LAYER, [])

    def _is_composing(self) -> bool:
        """An input method, or a suggestion, has its own text at the cursor."""
        return not self._area.is_shown and bool(self._editor.textCursor().block().layout().preeditAreaText())

    def _bring_into_view(self, at: int) -> None:
        """Scrolls so that its end is seen, and its beginning where both have no room."""
        bar = self._editor.verticalScrollBar()
        cursor = self._editor.textCursor()
        cursor.setPosition(at)
        top = self._editor.cursorRect(cursor).top()
        height = self._editor.viewport().height()
        below = math.ceil(self._area.bottom - bar.value() - height) if self._area.is_shown else top - height
        more = min(max(0, below), top)
        if top < 0 or more > 0:
            stood = bar.value()
            bar.setValue(stood + (top if top < 0 else more))
            self._scrolled = (stood, bar.value())

    def _scroll_back(self) -> None:
        """Scrolls to where the page stood, unless it was scrolled elsewhere since."""
        bar = self._editor.verticalScrollBar()
        if bar.value() == self._scrolled[1]:
            bar.setValue(self._scrolled[0])
        self._scrolled = (0, 0)
