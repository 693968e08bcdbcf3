"""Lines of one paragraph of the page: the gap above them, how they run, and which one stands at a height."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from pandemonium.desktop.editor.units import split

_SIDES = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight


def text_option(usual: QTextOption, direction: Qt.LayoutDirection, alignment: Qt.AlignmentFlag) -> QTextOption:
    """How lines of that direction and alignment run; where the text runs leftward, left and right change places."""
    if not alignment & Qt.AlignmentFlag.AlignHorizontal_Mask:
        alignment |= Qt.AlignmentFlag.AlignLeft
    if not alignment & Qt.AlignmentFlag.AlignAbsolute and alignment & _SIDES:
        if direction == Qt.LayoutDirection.RightToLeft:
            alignment ^= _SIDES
        alignment |= Qt.AlignmentFlag.AlignAbsolute
    option = QTextOption(usual)
    option.setTextDirection(direction)
    option.setAlignment(alignment)
    return option


def gap_before(block: QTextBlock, form: QTextBlockFormat) -> float:
    """The space before a paragraph: the larger one of its own and that behind the one before."""
    before = block.previous()
    behind = before.blockFormat().bottomMargin() if before.isValid() else 0.0
    return float(round(max(form.topMargin() if before.isValid() else 0.0, behind)))


def line_at(lines: QTextLayout, y: float) -> QTextLine | None:
    """The line at a height within a paragraph; the room under a line is the line's."""
    low = 0
    high = lines.lineCount()
    while high - low > 1:
        middle = (low + high) // 2
        if lines.lineAt(middle).y() > y:
            high = middle
        else:
            low = middle
    return lines.lineAt(low) if high else None


def format_range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    """Characters of a paragraph that are painted in a format."""
    made = QTextLayout.FormatRange()
    made.start = start
    made.length = length
    made.format = form
    return made


def shown_at(lines: QTextLayout, offset: int) -> int:
    """Where an offset of a paragraph is laid out: what is composed there, or suggested, moves what stands behind it."""
    guest = lines.preeditAreaText()
    if not guest or offset <= lines.preeditAreaPosition():
        return offset
    return offset + len(split(guest))
