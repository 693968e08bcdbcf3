"""Paints who wrote what on the page, from the model: nothing of it is in the document or in its history."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from pandemonium.desktop.record import DocumentRecord
from pandemonium.desktop.theme import Colours

ARRIVED, PREVIEWED = "arrived", "previewed"


@dataclass(frozen=True)
class Fresh:
    """Text [start, end) that the writer has not gone on from yet: it ARRIVED just now, or is PREVIEWED."""

    start: int
    end: int
    kind: str


class MarkPainter(QSyntaxHighlighter):
    """Fresh text in verdigris (a previewed attempt in grey), settled text in ink with a hair line under it.

    Qt asks for each changed paragraph; the answer comes from the model's paragraph of the same number.
    """

    def __init__(self, document: QTextDocument, record: DocumentRecord, colours: Colours) -> None:
        super().__init__(document)
        self._record = record
        self._fresh: Fresh | None = None
        self._shown = True
        self._set_formats(colours)

    @property
    def fresh(self) -> Fresh | None:
        """What is painted as fresh."""
        return self._fresh

    def show_fresh(self, fresh: Fresh | None) -> None:
        """Paints `fresh`, and what was fresh before as settled."""
        before, self._fresh = self._fresh, fresh
        if before == fresh:
            return
        for each in (before, fresh):
            if each:
                self._repaint(each.start, each.end)

    def expect_fresh(self, fresh: Fresh) -> None:
        """Takes in that text about to be put on the page will be fresh; it is painted as it arrives, once."""
        if self._fresh is None or (self._fresh.start, self._fresh.kind) == (fresh.start, fresh.kind):
            self._fresh = fresh
        else:
            self.show_fresh(fresh)

    def show_marks(self, shown: bool) -> None:
        """Shows or hides the lines under settled text."""
        self._shown = shown
        self.rehighlight()

    def take_colours(self, colours: Colours) -> None:
        """Takes another theme."""
        self._set_formats(colours)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Paints one paragraph."""
        block = self.currentBlock()
        number = block.blockNumber()
        paragraphs = self._record.text.paragraphs
        if number >= len(paragraphs) or not paragraphs[number].marks:
            return
        origin = block.position()
        for mark in paragraphs[number].marks:
            if self._shown:
                written = paragraphs[number].text[mark.start : mark.end]
                start = mark.end - len(written.lstrip())
                self.setFormat(start, len(written.strip()), self._settled)
            if self._fresh is not None:
                start = max(mark.start, self._fresh.start - origin)
                end = min(mark.end, self._fresh.end - origin)
                if start < end:
                    self.setFormat(start, end - start, self._formats[self._fresh.kind])

    def _set_formats(self, colours: Colours) -> None:
        self._settled = QTextCharFormat()
        self._settled.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        self._settled.setUnderlineColor(QColor(colours.underline))
        self._formats = {}
        for kind, colour in ((ARRIVED, colours.accent), (PREVIEWED, colours.faint)):
            self._formats[kind] = QTextCharFormat()
            self._formats[kind].setForeground(QColor(colour))

    def _repaint(self, start: int, end: int) -> None:
        block = self.document().findBlock(max(0, min(start, self.document().characterCount() - 1)))
        while block.isValid() and block.position() <= end:
            self.rehighlightBlock(block)
            block = block.next()
