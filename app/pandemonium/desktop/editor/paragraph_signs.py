"""Paints the signs of lists and the rule beside quotations, for the paragraphs that can be seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QTextBlock, QTextDocument

from pandemonium.desktop.editor.page_style import LISTS, PageStyle
from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.passage import ParagraphStyle

_BULLETS = "\u2022\u25e6\u2013"


def paint_signs(
    painter: QPainter,
    document: QTextDocument,
    text: AuthoredText,
    page_style: PageStyle,
    view: QRectF,
    ink: QColor,
    line: QColor,
) -> None:
    """Paints into the margin of the paragraphs that lie in `view`, a part of the page.

    Args:
        painter: whose origin is the page's.
        document, text: the page and its model.
        dress: how it is set.
        view: what can be seen.
        ink, line: of the signs, and of the rule beside a quotation.
    """
    layout = document.documentLayout()
    block = _first_in(document, layout, view)
    number = block.blockNumber()
    while block.isValid() and number < len(text.paragraphs):
        rect = layout.blockBoundingRect(block)
        if rect.top() > view.bottom():
            break
        style = text.styles(number, 1)[0]
        if style.kind in LISTS:
            _paint_sign(painter, document, block, _sign(text, number, style), page_style.em, ink)
        elif style.kind == "quote":
            left = block.layout().position().x() + block.blockFormat().leftMargin() - 1.1 * page_style.em
            painter.fillRect(QRectF(left, rect.top(), 2, rect.height()), line)
        block = block.next()
        number = number + 1


def _first_in(document: QTextDocument, layout: QAbstractTextDocumentLayout, view: QRectF) -> QTextBlock:
    position = max(0, layout.hitTest(QPointF(view.left(), max(0.0, view.top())), Qt.HitTestAccuracy.FuzzyHit))
    return document.findBlock(position)


def _paint_sign(
    painter: QPainter, document: QTextDocument, block: QTextBlock, sign: str, em: float, ink: QColor
) -> None:
    lines = block.layout()
    if not lines.lineCount():
        return
    line = lines.lineAt(0)
    top = lines.position().y() + line.y()
    painter.setFont(document.defaultFont())
    painter.setPen(ink)
    space = QRectF(lines.position().x() + line.x() - 3 * em, top, 2.45 * em, line.height())
    painter.drawText(space, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, sign)


def _sign(text: AuthoredText, number: int, style: ParagraphStyle) -> str:
    if style.kind == "bullet":
        return _BULLETS[min(max(1, style.level), len(_BULLETS)) - 1]
    count = 0
    while style.start is None and number > 0:
        number -= 1
        before = text.styles(number, 1)[0]
        if before.kind not in LISTS or before.level < style.level:
            break
        if before.level == style.level and before.kind == "number":
            count += 1
            style = before
    return f"{count + (1 if style.start is None else style.start)}."
