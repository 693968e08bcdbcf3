"""Draws what is no text in its place on the page: a note's number, a picture's or a table's name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPyTextObject, QTextCharFormat, QTextDocument, QTextFormat

from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note

TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
_KEY = QTextFormat.Property.UserProperty.value + 1


def object_format(key: str) -> QTextCharFormat:
    """The format that makes a OBJECT character be drawn as what it stands for."""
    made = QTextCharFormat()
    made.setObjectType(TYPE)
    made.setProperty(_KEY, key)
    return made


def key_of(char_format: QTextFormat) -> str:
    """The key of the object that a character stands for; empty for text."""
    return str(char_format.property(_KEY) or "") if char_format.objectType() == TYPE else ""


class InlineObjectPainter(QPyTextObject):
    """Notes as small numbers, everything else as its name in a thin frame."""

    def __init__(
        self,
        document: QTextDocument,
        find: Callable[[str], InlineObject | None],
        number: Callable[[str], int],
        parent: QObject | None = None,
    ) -> None:
        """Draws in `document`.

        Args:
            document: whose objects they are.
            find: gives the object of a key.
            number: gives a note's number, from 1 on.
            parent: keeps the painter alive.
        """
        super().__init__(parent)
        self._find = find
        self._number = number
        self.colour = QColor("#2F6F62")
        document.documentLayout().registerHandler(TYPE, self)

    def intrinsicSize(self, document: QTextDocument, position: int, char_format: QTextFormat) -> QSizeF:
        """How large it is, in the page's pixels."""
        words = self._words(char_format)
        font = document.defaultFont()
        metrics = QFontMetricsF(font)
        if self._is_note(char_format):
            return QSizeF(metrics.horizontalAdvance(words) * 0.68 + 1, metrics.ascent())
        return QSizeF(metrics.horizontalAdvance(words) * 0.85 + 20, metrics.ascent())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, char_format: QTextFormat
    ) -> None:
        """Draws a note's number raised, anything else as its label within a frame, into `rect` of the page."""
        rect = QRectF(rect)
        font = document.defaultFont()
        size = font.pointSizeF()
        painter.save()
        painter.setPen(self.colour)
        if self._is_note(char_format):
            font.setPointSizeF(size * 0.68)
            painter.setFont(font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._words(char_format))
        else:
            font.setPointSizeF(size * 0.8)
            font.setItalic(True)
            painter.setFont(font)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = rect.adjusted(2.5, 1.5, -2.5, 2.5)
            painter.drawRoundedRect(frame, 4, 4)
            painter.drawText(frame.translated(QPointF(0, -0.5)), Qt.AlignmentFlag.AlignCenter, self._words(char_format))
        painter.restore()

    def _is_note(self, char_format: QTextFormat) -> bool:
        return isinstance(self._find(key_of(char_format)), Note)

    def _words(self, char_format: QTextFormat) -> str:
        key = key_of(char_format)
        inline_object = self._find(key)
        if isinstance(inline_object, EmbeddedObject):
            return inline_object.label
        return str(self._number(key)) if inline_object is not None else "?"
