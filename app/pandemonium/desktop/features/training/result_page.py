"""The wizard's last page: what it learned, both voices side by side, how much it copies, and what to do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.features.training.chart import ChartView, result_chart
from pandemonium.desktop.features.training.prose import sample_html
from pandemonium.desktop.features.training.training_texts import format_copying, format_end, format_gain
from pandemonium.text.sentences import capitalized


class ResultPage(QWidget):
    """Shows a result.

    Signals:
        keep_asked(), discard_asked(), train_on_asked().
    """

    keep_asked = Signal()
    discard_asked = Signal()
    train_on_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("This is what became of it")
        self._result: dict[str, Any] = {}
        self._names = ("", "")
        self._colours: Colours | None = None
        self._verdict = label("", "lead")
        self._verdict.setObjectName("verdictText")
        self._gain = label("", "hint")
        self._copying = label("", "hint")
        self._gain.setObjectName("gainText")
        self._copying.setObjectName("copyingText")
        for words in (self._verdict, self._gain, self._copying):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._openings = QWidget()
        self._openings.setObjectName("openings")
        self._grid = QGridLayout(self._openings)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("openingsScroll")
        self._scroll.setAccessibleName(self.tr("Openings continued by both voices"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._openings)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chart = ChartView()
        keep = push_button("keepVoiceButton", self.tr("Keep"))
        keep.setProperty("role", "primary")
        keep.setToolTip(self.tr("It stays in your library, and writes in this document."))
        keep.clicked.connect(self.keep_asked)
        discard = push_button("discardVoiceButton", self.tr("Discard"))
        discard.clicked.connect(self.discard_asked)
        self._train_on = push_button("trainOnButton", self.tr("Train on…"))
        self._train_on.setToolTip(self.tr("Another training on the same texts, from this voice."))
        self._train_on.clicked.connect(self.train_on_asked)
        row = QHBoxLayout()
        row.addWidget(discard)
        row.addStretch()
        row.addWidget(self._train_on)
        row.addWidget(keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._verdict)
        layout.addWidget(self._gain)
        layout.addWidget(self._copying)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(row)

    def show_result(self, result: dict[str, Any], base: str, minutes: float = 0.0) -> None:
        """Shows `result.json` of a training that went on from the voice `base`, planned for so many minutes."""
        self._result = result
        self._names = (base, str(result.get("voice") or ""))
        learned = result.get("learned") != "remembered"
        self._verdict.setText(str(result.get("sentence") or ""))
        self._gain.setText(" ".join(filter(None, (format_end(result, minutes), format_gain(result)))))
        self._copying.setText(format_copying(result))
        self._copying.setVisible(learned)
        self._train_on.setVisible(learned)
        self._fill()

    def apply_colours(self, colours: Colours) -> None:
        """Takes the theme's colours."""
        self._colours = colours
        if self._result:
            self._fill()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self._chart:
                widget.deleteLater()
        openings = self._result.get("openings") or []
        chart, described = result_chart(self._result, self._colours) if self._colours else ("", "")
        self._scroll.setVisible(bool(openings or chart))
        for column, name in enumerate(self._names):
            words = label(capitalized(name), "caption")
            if openings:
                words.setMaximumHeight(words.sizeHint().height())
                self._grid.addWidget(words, 0, column)
            self._grid.setColumnStretch(column, 1)
        self._grid.setRowStretch(len(openings) + 2, 1)
        self._chart.setVisible(bool(chart))
        if chart:
            self._chart.show_svg(chart, described)
            self._grid.addWidget(self._chart, len(openings) + 1, 0, 1, 2)
        for row, each in enumerate(openings, 1):
            for column, key in enumerate(("base", "own")):
                text = self._prose(str(each.get("opening") or ""), str(each.get(key) or ""))
                text.setAccessibleName(self.tr("Opening {n}, {voice}").format(n=row, voice=self._names[column]))
                self._grid.addWidget(text, row, column)

    def _prose(self, opening: str, continuation: str) -> QLabel:
        text = label("", "prose")
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if self._colours is not None:
            text.setText(sample_html(opening, continuation, self._colours))
        return text
