"""Shows text on the page that is no part of the document: it moves what stands behind it, and goes again."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat, QTextLayout

from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.layout.lines import format_range
from pandemonium.desktop.editor.units import split, whole
from pandemonium.documents.model.passage import BREAK

_LINE_END = "\u2028"
_OURS = QTextFormat.Property.UserProperty.value + 71  # on a format that goes with the text that is shown


class PreviewArea:
    """One such text in a document. It stands where an input method would show what is being composed.

    Positions in the document do not count it; nothing that reads, saves or counts the document meets it.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._place: QTextCursor | None = None
        self._format = QTextCharFormat()

    @property
    def is_shown(self) -> bool:
        """There is text."""
        return self._place is not None and bool(self._place.block().layout().preeditAreaText())

    @property
    def bottom(self) -> float:
        """Where its last line ends, in pixels from the top of the page."""
        if self._place is None:
            return 0.0
        block = self._place.block()
        top = self._document.documentLayout().blockBoundingRect(block).top()
        lines = block.layout()
        line = lines.lineForTextPosition(lines.preeditAreaPosition() + len(split(lines.preeditAreaText())))
        return top + line.y() + line.height() if line.isValid() else top

    def apply_colours(self, colours: Colours) -> None:
        """Takes the ink of the next text."""
        self._format.setForeground(QColor(colours.faint))

    def show(self, position: int, text: str, behind: QTextCharFormat | None = None) -> None:
        """Shows `text`, in the editor's units, at a position of the document, in place of what was shown before.

        The character behind it is painted as `behind` says. A selection cannot do that: what would begin there takes
        in the text that is shown.
        """
        self.clear()
        self._place = QTextCursor(self._document)
        self._place.setPosition(position)
        self._place.setKeepPositionOnInsert(True)
        at = self._place.positionInBlock()
        length = len(text)
        lines = self._place.block().layout()
        formats = [_opened(each, at, length) for each in lines.formats()]
        lines.setPreeditArea(at, whole(text.replace(BREAK, _LINE_END)))
        formats.append(format_range(at, length, self._format))
        if behind is not None:
            marked = QTextCharFormat(behind)
            marked.setProperty(_OURS, True)
            formats.append(format_range(at + length, 1, marked))
        lines.setFormats(formats)
        self._lay_out()

    def clear(self) -> None:
        """Shows nothing."""
        if self._place is not None:
            lines = self._place.block().layout()
            at = lines.preeditAreaPosition()
            length = len(split(lines.preeditAreaText()))
            closed = (_closed(each, at, length) for each in lines.formats() if not each.format.hasProperty(_OURS))
            lines.setPreeditArea(-1, "")
            lines.setFormats([each for each in closed if each.length > 0])
            self._lay_out()
        self._place = None

    def _lay_out(self) -> None:
        assert self._place is not None
        block = self._place.block()
        self._document.markContentsDirty(block.position(), block.length())


def _opened(each: QTextLayout.FormatRange, at: int, length: int) -> QTextLayout.FormatRange:
    """A format as it is once `length` characters have come in at `at`."""
    start = each.start
    end = each.start + each.length
    start = start + length * (start >= at)
    end = end + length * (end > at)
    return format_range(start, end - start, each.format)


def _closed(each: QTextLayout.FormatRange, at: int, length: int) -> QTextLayout.FormatRange:
    """A format as it is once the `length` characters from `at` on are gone; empty where it was theirs alone."""
    start, end = (edge if edge <= at else max(at, edge - length) for edge in (each.start, each.start + each.length))
    return format_range(start, end - start, each.format)
