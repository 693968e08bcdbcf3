"""The status bar: words, the document's state, and how fast the voice writes."""

from __future__ import annotations

from datetime import datetime

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
        self._training = ""
        self._authors = ""
        self._saved_at: datetime | None = None
        self._has_file = False
        self._voice = ""
        self._pace = 0.0
        self._writing = False
        self._suggestion_keys = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        editor.model.edited.connect(self._touched)
        editor.model.loaded.connect(self._begin)
        editor.model.state_changed.connect(self._soon)
        editor.selectionChanged.connect(self._soon)
        self._show()

    @property
    def words(self) -> int:
        """The document's words, counted to the end now."""
        self.counts.count(self._editor.model.text.paragraphs, self._near, float("inf"))
        return self.counts.total

    def add(self, widget: QWidget) -> None:
        """Takes something small in at the right."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.setContentsMargins(0, 9, 18, 0)

    def show_saved(self, at: datetime | None, *, has_file: bool) -> None:
        """Says when the document was saved last, if it was."""
        self._saved_at, self._has_file = at, has_file
        self._show()

    def show_voice(self, name: str, *, writing: bool) -> None:
        """Says which voice is there, and whether it writes."""
        if writing and not self._writing:
            self._pace = 0.0
        self._voice, self._writing = name, writing
        self._show()

    def show_suggestion_keys(self, shown: bool) -> None:
        """Says by which keys a suggestion is taken while there is one."""
        self._suggestion_keys = self.tr("Tab takes it, Ctrl+Right a word, Esc leaves it") if shown else ""
        self._show()

    def show_training(self, sentence: str) -> None:
        """Says how far a training is; nothing when none runs."""
        if sentence != self._training:
            self._training = sentence
            self._show()

    def show_authors(self, sentence: str) -> None:
        """Says how much of the text comes from voices; nothing where nothing does."""
        if sentence != self._authors:
            self._authors = sentence
            self._soon()

    def show_pace(self, characters_per_second: float) -> None:
        """Says how fast it writes."""
        self._pace = characters_per_second
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
        self.counts.count(self._editor.model.text.paragraphs, self._near, _SLICE)
        self._show()
        self.counted.emit()
        if not self.counts.is_complete:
            self._timer.start(1)

    def _show(self) -> None:
        parts = [self._format_words(), self._authors, self._format_state()]
        if self._suggestion_keys:
            parts.append(self._suggestion_keys)
        elif self._writing:
            pace = self.tr("{n} characters a second").format(n=round(self._pace)) if self._pace else ""
            parts.append(", ".join(filter(None, [self.tr("{voice} writes").format(voice=self._voice), pace])))
        elif self._pace:
            parts.append(self.tr("{voice}, {n} characters a second").format(voice=self._voice, n=round(self._pace)))
        elif self._voice:
            parts.append(self._voice)
        parts.append(self._training)
        text = "   \u00b7   ".join(filter(None, parts))
        if text != self._line.text():
            self._line.setText(text)
            self._line.setAccessibleDescription(text)

    def _format_words(self) -> str:
        total = self.counts.total
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            if end - start <= _LARGEST_SELECTION:
                some = count_words(from_units(self._editor.model.text.part(start, end).text))
                return self.tr("{some} of {total} words").format(some=f"{some:,}", total=f"{total:,}")
        return self.tr("1 word") if total == 1 else self.tr("{total} words").format(total=f"{total:,}")

    def _format_state(self) -> str:
        if self._editor.model.history.is_modified:
            return self.tr("not saved")
        if self._saved_at is not None:
            return self.tr("saved at {time}").format(time=self._saved_at.strftime("%H:%M"))
        return self.tr("saved") if self._has_file else ""
