"""How looks and paragraph styles are set on the page, for one font and one choice of spacing."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextBlockFormat, QTextCharFormat

from pandemonium.documents.model.passage import BODY, CharFormat, ParagraphStyle
from pandemonium.settings import EditorSettings

_HEADINGS = (1.6, 1.35, 1.18, 1.08, 1.0, 1.0)  # sizes of the font, by level
_SMALL = 0.72  # of the font, where figures stand high or low
_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
LISTS = ("bullet", "number")


class PageStyle:
    """The formats of one page.

    Attributes:
        em: the font's size in pixels.
    """

    def __init__(self, font: QFont, settings: EditorSettings, *, blank_lines: bool) -> None:
        """Sets in `font`; `blank_lines` says that the text itself parts its paragraphs."""
        self._font = font
        self._settings = settings
        self._blank_lines = blank_lines
        self.em = QFontInfo(font).pixelSize()
        self._blocks: dict[tuple[str, int, str], QTextBlockFormat] = {}
        self._char_formats: dict[CharFormat, QTextCharFormat] = {}

    def block(self, style: ParagraphStyle = BODY) -> QTextBlockFormat:
        """How a paragraph of this style stands on the page."""
        key = (style.kind, style.level, style.alignment)
        if key not in self._blocks:
            self._blocks[key] = self._made(style)
        return self._blocks[key]

    def heading(self, level: int) -> QTextCharFormat:
        """How a heading's letters are set."""
        return self._headings[max(1, min(level, len(_HEADINGS))) - 1]

    def char_format(self, char_format: CharFormat) -> QTextCharFormat:
        """How letters of this look are set."""
        if char_format not in self._char_formats:
            made = formatted(QTextCharFormat(), char_format)
            if char_format & (CharFormat.SUPERSCRIPT | CharFormat.SUBSCRIPT):
                made.setFontPointSize(self._font.pointSizeF() * _SMALL)
            self._char_formats[char_format] = made
        return self._char_formats[char_format]

    def sign_room(self, level: int) -> float:
        """How far from the page's edge the text of a list's entry stands, in pixels."""
        return 1.7 * self.em * max(1, level)

    @cached_property
    def _headings(self) -> list[QTextCharFormat]:
        made = []
        for size in _HEADINGS:
            each = QTextCharFormat()
            each.setFontPointSize(self._font.pointSizeF() * size)
            each.setFontWeight(QFont.Weight.DemiBold)
            made.append(each)
        return made

    def _made(self, style: ParagraphStyle) -> QTextBlockFormat:
        em = self.em
        settings = self._settings
        block = QTextBlockFormat()
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        spacing = 1.25 if style.kind == "heading" else settings.line_spacing
        block.setLineHeight(max(80.0, 100 * spacing * em / QFontMetricsF(self._font).height()), proportional)
        if style.alignment:
            block.setAlignment(_ALIGNMENTS[style.alignment])
        if style.kind == "heading":
            block.setTopMargin((1.8 - 0.2 * style.level) * em)
            block.setBottomMargin(0.6 * em)
        elif style.kind == "scene":
            block.setTopMargin(0.9 * em)
            block.setBottomMargin(0.9 * em)
            if not style.alignment:
                block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        elif style.kind in LISTS:
            block.setLeftMargin(self.sign_room(style.level))
            block.setBottomMargin(0.25 * em)
        else:
            if style.kind == "quote":
                block.setLeftMargin(2 * em)
                block.setRightMargin(2 * em)
                block.setTopMargin(0.4 * em)
            if settings.paragraphs == "indented" and style.alignment not in ("center", "right"):
                block.setTextIndent(1.4 * em)
            elif settings.paragraphs != "indented" and not self._blank_lines:
                block.setBottomMargin(0.75 * em)
        return block


def formatted(base: QTextCharFormat, char_format: CharFormat) -> QTextCharFormat:
    """Qt's character format for one of the model's, on top of `base`."""
    form = QTextCharFormat(base)
    if char_format & CharFormat.BOLD:
        form.setFontWeight(QFont.Weight.Bold)
    if char_format & CharFormat.ITALIC:
        form.setFontItalic(True)
    if char_format & CharFormat.UNDERLINE:
        form.setFontUnderline(True)
    if char_format & CharFormat.STRIKE:
        form.setFontStrikeOut(True)
    if char_format & CharFormat.SMALL_CAPS:
        form.setFontCapitalization(QFont.Capitalization.SmallCaps)
    if char_format & CharFormat.SUPERSCRIPT:
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    elif char_format & CharFormat.SUBSCRIPT:
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    return form
