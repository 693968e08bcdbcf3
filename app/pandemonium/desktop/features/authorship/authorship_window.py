"""The small window beside the page: how much each voice wrote, a way from passage to passage, and what can be done."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.authorship.passage_actions import Authorship
from pandemonium.desktop.features.authorship.share_texts import format_characters, format_passages, format_whole
from pandemonium.documents.statement import format_share
from pandemonium.text.sentences import capitalized

_DELAY = 250  # milliseconds from an edit to the numbers
_VOICE = Qt.ItemDataRole.UserRole


class ShareBar(QWidget):
    """A thin bar: what the voices wrote in verdigris, the rest as the page is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shareBar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._share = 0.0
        self._colours = LIGHT

    def show_share(self, share: float, said: str) -> None:
        """Shows a share between 0 and 1; `said` is for the screen reader."""
        self._share = share
        self.setAccessibleName(said)
        self.update()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(200, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bar; a share that is not nothing can be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.line))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        if self._share > 0:
            painter.setBrush(QColor(self._colours.accent))
            painter.drawRoundedRect(QRectF(0, 0, max(6.0, self.width() * self._share), self.height()), 3, 3)
        painter.end()


class AuthorshipWindow(QDialog):
    """Shows the shares as they are; never modal, so that she can write on beside it.

    Signals:
        clear_asked(): all marks are to go.
        statement_asked(): a statement is wanted.
        recipe_asked(): how what stands at the cursor was written.
    """

    clear_asked = Signal()
    statement_asked = Signal()
    recipe_asked = Signal()

    def __init__(self, parent: QWidget, editor: DocumentEditor, acts: Authorship) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("authorshipWindow")
        self.setWindowTitle(self.tr("Who wrote what"))
        self.setAccessibleName(self.windowTitle())
        self._editor = editor
        self._acts = acts
        self._said = label("", "lead")
        self._said.setObjectName("authorshipSaid")
        self._said.setWordWrap(True)
        self._counted = label("", "caption")
        self._counted.setObjectName("authorshipCounted")
        self._counted.setWordWrap(True)
        self.bar = ShareBar()
        self.list = QListWidget()
        self.list.setObjectName("authorshipList")
        self.list.setAccessibleName(self.tr("Voices in this document"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _: acts.go(1, self.voice))
        self.previous_button = push_button("previousPassageButton", self.tr("Previous passage"), self._previous)
        self.next_button = push_button("nextPassageButton", self.tr("Next passage"), self._next)
        self.mine_button = push_button("makeMineButton", self.tr("These words are mine"), acts.make_mine)
        self.mine_button.setToolTip(self.tr("What is selected on the page counts as yours from now on."))
        self.clear_button = push_button("clearMarksButton", self.tr("Clear all marks…"), self.clear_asked.emit)
        self.statement_button = push_button(
            "statementButton", self.tr("Export a statement…"), self.statement_asked.emit
        )
        self.recipe_button = push_button("recipeButton", self.tr("How was this written?"), self.recipe_asked.emit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.show_shares)
        acts.changed.connect(self._soon)
        editor.selectionChanged.connect(self._show_selection)
        self._lay_out()
        make_scrollable(self)
        open_at(self, 460, 590)

    @property
    def voice(self) -> str:
        """The voice whose passages are gone through; empty for any."""
        row = self.list.currentRow()
        return str(self.list.item(row).data(_VOICE)) if row >= 0 else ""

    def show_shares(self) -> None:
        """Shows the numbers of the document as it stands."""
        shares = self._acts.shares
        chosen = self.voice
        passages = Counter(each.voice for each in self._acts.passages())
        theirs = shares.of_voices
        total = shares.total
        said = format_whole(theirs, total)
        self._said.setText(said)
        self.bar.show_share(theirs / max(total, 1), said)
        counted = self.tr("{theirs} of {total}, in {passages}.").format(
            theirs=f"{theirs:,}", total=format_characters(total), passages=format_passages(passages.total())
        )
        hint = self.tr(
            "What a voice writes is marked when it arrives. Change a letter of it, and that letter is yours."
        )
        self._counted.setText(counted if theirs else hint)
        self.list.clear()
        if len(shares.by_voice) > 1:
            self._add("", self.tr("All voices"), theirs, total, passages.total())
        for voice, count in sorted(shares.by_voice.items(), key=lambda item: -item[1]):
            self._add(voice, capitalized(voice), count, total, passages[voice])
        keys = [self.list.item(row).data(_VOICE) for row in range(self.list.count())]
        self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0 if keys else -1)
        self.list.setVisible(bool(keys))
        for button in (self.previous_button, self.next_button, self.clear_button):
            button.setEnabled(bool(keys))
        self._show_selection()

    def _add(self, voice: str, name: str, count: int, total: int, passages: int) -> None:
        parts = format_share(count, total), format_characters(count), format_passages(passages)
        item = QListWidgetItem(f"{name}\n{', '.join(parts)}")
        item.setData(_VOICE, voice)
        self.list.addItem(item)

    def _previous(self) -> None:
        self._acts.go(-1, self.voice)

    def _next(self) -> None:
        self._acts.go(1, self.voice)

    def _soon(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _show_selection(self) -> None:
        if self.isVisible() or self.sender() is None:
            self.mine_button.setEnabled(self._acts.has_theirs())

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        below = QHBoxLayout()
        for row, buttons in (
            (steps, (self.previous_button, self.next_button)),
            (below, (self.mine_button, self.clear_button)),
        ):
            row.setSpacing(10)
            for button in buttons:
                row.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 26, 36, 28)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(self._said)
        layout.addWidget(self.bar)
        layout.addWidget(self._counted)
        layout.addSpacing(6)
        layout.addWidget(self.list, 1)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        for row in (steps, below):
            layout.addLayout(row)
        layout.addWidget(self.recipe_button)
        layout.addWidget(self.statement_button)
