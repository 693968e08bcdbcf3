"""Focus mode: dims all but the sentence or paragraph that is written, and puts away what the writer wants away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.settings import HabitSettings
from pandemonium.text.sentences import sentence_around

LAYER = "focus"
_INK = 0.42  # how much of the ink is left where it is dimmed; the rest is paper


class FocusMode(QObject):
    """Focus mode of one window.

    Args:
        editor, overlays: the page and what is painted over it.
        settings: gives what the writer wants.
        parts: what can be put away, by the setting that says so ("hides_panel").
        restore: shows what was put away, as it would be without focus mode.

    Signals:
        switched(bool): it began, or ended.
    """

    switched = Signal(bool)

    def __init__(
        self,
        editor: DocumentEditor,
        selections: ExtraSelections,
        settings: Callable[[], HabitSettings],
        parts: Mapping[str, tuple[QWidget, ...]],
        restore: Callable[[], None],
    ) -> None:
        super().__init__(editor)
        self._editor, self._selections, self._settings = editor, selections, settings
        self._parts, self._restore = parts, restore
        self._on = False
        self._dimmed = QTextCharFormat()
        editor.cursorPositionChanged.connect(self._paint)
        selections.visible_changed.connect(self._paint)

    @property
    def is_on(self) -> bool:
        """It is on."""
        return self._on

    def switch(self, on: bool) -> None:
        """Begins or ends it."""
        if on == self._on:
            return
        self._on = on
        self.apply()
        self._editor.setFocus()
        self.switched.emit(on)

    def apply(self) -> None:
        """Does what the settings say now."""
        self._restore()
        if self._on:
            for name, widgets in self._parts.items():
                for widget in widgets if getattr(self._settings(), name) else ():
                    widget.hide()
        self._paint()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._dimmed.setForeground(QColor(mixed(colours.ink, colours.paper, _INK)))
        self._paint()

    def _paint(self) -> None:
        dims = self._settings().dims
        if not self._on or dims == "nothing":
            self._selections.show(LAYER, [])
            return
        document = self._editor.document()
        first, last = self._selections.visible_paragraphs()
        start = document.findBlockByNumber(first).position()
        below = document.findBlockByNumber(last)
        end = below.position() + below.length() - 1
        left, right = self._bright(dims)
        spans = [(start, min(left, end)), (max(right, start), end)]
        self._selections.show(LAYER, [self._selections.selection(a, b, self._dimmed) for a, b in spans if a < b])

    def _bright(self, dims: str) -> tuple[int, int]:
        """What stays as it is: the sentence or paragraph of the cursor, and what is selected."""
        cursor = self._editor.textCursor()
        block = cursor.block()
        start, end = block.position(), block.position() + block.length() - 1
        if dims == "sentence":
            paragraphs = self._editor.model.text.paragraphs
            text = paragraphs[block.blockNumber()].text if block.blockNumber() < len(paragraphs) else block.text()
            first, last = sentence_around(text, cursor.positionInBlock())
            start, end = start + first, start + last
        if cursor.hasSelection():
            start, end = min(start, cursor.selectionStart()), max(end, cursor.selectionEnd())
        return start, end


def mixed(one: str, other: str, share: float) -> str:
    """A colour of `share` of one ("#rrggbb") and the rest of the other."""
    a, b = QColor(one), QColor(other)
    parts = [
        round(x * share + y * (1 - share)) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)  # type: ignore[index]
    ]  # fmt: skip
    return QColor(*parts).name()
