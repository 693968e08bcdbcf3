"""How many words the document has, and how many of them are selected: the status bar says so."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from pandemonium.desktop.editor.units import from_units
from pandemonium.desktop.editor.word_counts import WordCounts
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.documents.model.authored_text import Touched
from pandemonium.text.sentences import count_words

_DELAY = 120  # milliseconds from an edit to the count
_SLICE = 0.006  # seconds of counting at a time
_LARGEST_SELECTION = 200_000


class DocumentWords(Feature):
    """Counts in slices, and only after something changed.

    Attributes:
        counts: the words of each paragraph, as far as they are counted.

    Signals:
        counted(): more paragraphs are.
    """

    counted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._editor = context.editor
        self.counts = WordCounts()
        self._near = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        self._editor.after_paint.edited.connect(self._touched)
        self._editor.model.loaded.connect(self._begin)
        self._editor.selectionChanged.connect(self._soon)
        self._show()

    @property
    def words(self) -> int:
        """The document's words, counted to the end now."""
        self._editor.after_paint.catch_up()
        self.counts.count(self._editor.model.text.paragraphs, self._near, float("inf"))
        return self.counts.total

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
        self.context.status_bar.set_part("words", self._format())

    def _format(self) -> str:
        total = self.counts.total
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            start = cursor.selectionStart()
            end = cursor.selectionEnd()
            if end - start <= _LARGEST_SELECTION:
                some = count_words(from_units(self._editor.model.text.part(start, end).text))
                return self.tr("{some} of {total} words").format(some=f"{some:,}", total=f"{total:,}")
        if not self.counts.is_complete:
            return self.tr("{total} words so far").format(total=f"{total:,}")
        return self.tr("1 word") if total == 1 else self.tr("{total} words").format(total=f"{total:,}")
