"""The status bar: the words of the document, and what features have to say in a word."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pandemonium.desktop.core.controls import ElidedLabel
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.units import from_units
from pandemonium.desktop.editor.word_counts import WordCounts
from pandemonium.documents.authored_text import Touched
from pandemonium.text.sentences import count_words

_DELAY = 120  # milliseconds from an edit to the count
_SLICE = 0.006  # seconds of counting at a time
_LARGEST_SELECTION = 200_000
# What stands in the line, from left to right; what is not named here stands last. A suggestion speaks for the voice.
_PARTS = ("words", "authors", "state", "suggestion", "voice", "training")


class StatusBar(QFrame):
    """Shows one line; counts in slices, and only after something changed.

    Attributes:
        counts: the words of each paragraph, as far as they are counted.

    Signals:
        counted(): more paragraphs are.
    """

    counted = Signal()

    def __init__(self, editor: DocumentEditor) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._editor = editor
        self._line = ElidedLabel()
        self._line.setObjectName("statusLine")
        self._line.setAccessibleName(self.tr("Status"))
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 9, 0, 0)  # the page may end in the middle of a line
        layout.addWidget(self._line, 1)
        self.counts = WordCounts()
        self._near = 0
        self._parts: dict[str, str] = dict.fromkeys(_PARTS, "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        editor.after_paint.edited.connect(self._touched)
        editor.model.loaded.connect(self._begin)
        editor.selectionChanged.connect(self._soon)
        self._show()

    @property
    def words(self) -> int:
        """The document's words, counted to the end now."""
        self._editor.after_paint.catch_up()
        self.counts.count(self._editor.model.text.paragraphs, self._near, float("inf"))
        return self.counts.total

    def add(self, widget: QWidget) -> None:
        """Takes something small in at the right."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.setContentsMargins(0, 9, 18, 0)

    def set_part(self, name: str, text: str, *, soon: bool = False) -> None:
        """Says something, or nothing any more where it is empty.

        Args:
            name: of the part; there is one of each.
            text: what it says.
            soon: it changes often, and can wait for a moment.
        """
        is_new = self._parts.get(name) != text
        self._parts[name] = text
        if not soon:
            self._show()
        elif is_new:
            self._soon()

    def _begin(self) -> None:
        self.counts.begin(len(self._editor.model.text.paragraphs))
        self._near = 0
        self._timer.start(0)

    def _touched(self, touched: Touched, _: str) -> None:
        self.counts.touch(touched)
        self._near = touched.first
        self._soon()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start(_DELAY)

    def _refresh(self) -> None:
        self._editor.after_paint.catch_up()
        self.counts.count(self._editor.model.text.paragraphs, self._near, _SLICE)
        self._show()
        self.counted.emit()
        if not self.counts.is_complete:
            self._timer.start(1)

    def _show(self) -> None:
        self._parts["words"] = self._format_words()
        parts = {**self._parts, "voice": ""} if self._parts["suggestion"] else self._parts
        text = "   \u00b7   ".join(filter(None, parts.values()))
        if text != self._line.text():
            self._line.setText(text)
            self._line.setAccessibleDescription(text)

    def _format_words(self) -> str:
        total = self.counts.total
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            start = cursor.selectionStart()
            end = cursor.selectionEnd()
            if end - start <= _LARGEST_SELECTION:
                some = count_words(from_units(self._editor.model.text.part(start, end).text))
                return self.tr("{some} of {total} words").format(some=f"{some:,}", total=f"{total:,}")
        return self.tr("1 word") if total == 1 else self.tr("{total} words").format(total=f"{total:,}")
