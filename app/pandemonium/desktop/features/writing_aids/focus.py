"""Focus mode: dims all but the sentence or paragraph that is written, and puts away what the writer wants away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QTextCharFormat

from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.shell.main_window import MainWindow
from pandemonium.settings import HabitSettings
from pandemonium.text.sentences import sentence_around

LAYER = "focus"
_INK = 0.42  # how much of the ink is left where it is dimmed; the rest is paper


class FocusMode(QObject):
    """Focus mode of one window.

    Args:
        editor: the page.
        window: whose parts can be put away.
        settings: gives what the writer wants.

    Signals:
        switched(bool): it began, or ended.
    """

    switched = Signal(bool)

    def __init__(
        self,
        editor: DocumentEditor,
        window: MainWindow,
        settings: Callable[[], HabitSettings],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._selections = editor.selections
        self._window = window
        self._settings = settings
        self._on = False
        self._listening = Listening(
            (editor.cursorPositionChanged, self._paint), (editor.selections.visible_changed, self._paint)
        )
        self._dimmed = QTextCharFormat()

    @property
    def is_on(self) -> bool:
        """It is on."""
        return self._on

    def switch(self, on: bool) -> None:
        """Begins or ends it."""
        if on == self._on:
            return
        self._on = on
        self._listening.turn(on)
        self.apply()
        self._editor.setFocus()
        self.switched.emit(on)

    def apply(self) -> None:
        """Does what the settings say now."""
        wanted = self._settings()
        self._window.put_away(
            panels=self._on and wanted.hides_panel,
            status_bar=self._on and wanted.hides_foot,
            menus=self._on and wanted.hides_menus,
        )
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
        start = block.position()
        end = block.position() + block.length() - 1
        if dims == "sentence":
            paragraphs = self._editor.model.text.paragraphs
            text = paragraphs[block.blockNumber()].text if block.blockNumber() < len(paragraphs) else block.text()
            first, last = sentence_around(text, cursor.positionInBlock())
            start, end = start + first, start + last
        if cursor.hasSelection():
            start = min(start, cursor.selectionStart())
            end = max(end, cursor.selectionEnd())
        return start, end


def mixed(one: str, other: str, share: float) -> str:
    """A colour of `share` of one ("#rrggbb") and the rest of the other."""
    a = QColor(one)
    b = QColor(other)
    parts = [
        round(x * share + y * (1 - share))
        for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts).name()
