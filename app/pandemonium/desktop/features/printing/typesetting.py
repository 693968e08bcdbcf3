"""Sets a manuscript for paper: a QTextDocument of the text and one of each note, in tenths of a point."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from pandemonium.desktop.core.fonts import FALLBACKS
from pandemonium.desktop.editor.page_style import formatted
from pandemonium.documents.model.composing import runs, styled, words_of
from pandemonium.documents.model.manuscript import InlineObject, Manuscript, Note
from pandemonium.documents.model.passage import OBJECT, ParagraphStyle, Passage

UNIT = 10.0  # layout units in a point
_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
_HEADING_SIZES = {1: 1.6, 2: 1.35, 3: 1.15}
_LINE_HEIGHT = 140  # percent
_LONGEST_NOTE = 1500  # characters; a longer note stands at the end


@dataclass
class Setting:
    """What is to be printed.

    Attributes:
        text: the whole text, with the notes that stand at its end.
        notes: the others, in the order of their marks.
        places: where their marks stand in `text`, likewise.
        headings: level, words and position of each heading.
    """

    text: QTextDocument
    notes: list[QTextDocument] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    headings: list[tuple[int, str, int]] = field(default_factory=list)
    opening: set[int] = field(default_factory=set)  # positions of paragraphs that begin a page
    keeping: set[int] = field(default_factory=set)  # positions of paragraphs that stay with the next


def set_for_paper(manuscript: Manuscript, family: str, size: float, width: float) -> Generator[float, None, Setting]:
    """Sets a manuscript of rich text; yields which share is done, paragraph by paragraph.

    Args:
        manuscript: of rich text.
        family: the typeface.
        size: of its letters, in points.
        width: of the lines, in points.
    """
    return _Setter(manuscript.objects, family, size, width).set(manuscript.content)


class _Setter:
    def __init__(self, objects: Mapping[str, InlineObject], family: str, size: float, width: float) -> None:
        self._objects = objects
        self._family = family
        self._size = size
        self._width = width
        self._setting = Setting(self._document(size))
        self._later: list[tuple[int, Note]] = []
        self._number = 0

    def set(self, content: Passage) -> Generator[float, None, Setting]:
        """Sets all of it."""
        cursor = QTextCursor(self._setting.text)
        cursor.beginEditBlock()
        yield from self._paragraphs(cursor, content, self._size, main=True)
        if self._later:
            title = QCoreApplication.translate("Printing", "Notes")
            yield from self._paragraphs(
                cursor, Passage(title, styles=(ParagraphStyle("heading", 2),)), self._size, main=True, more=True
            )
            for number, note in self._later:
                yield from self._paragraphs(
                    cursor, note.content, self._size * 0.85, main=False, opening=f"{number}.\u2002", more=True
                )
        cursor.endEditBlock()
        return self._setting

    def _document(self, size: float) -> QTextDocument:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setUseDesignMetrics(True)
        document.setDefaultFont(self._font(size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(36 * UNIT)
        document.setDefaultTextOption(option)
        document.setTextWidth(self._width * UNIT)
        return document

    def _font(self, size: float) -> QFont:
        font = QFont()
        font.setFamilies([self._family, *FALLBACKS])
        font.setPixelSize(round(size * UNIT))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for name in ("liga", "clig", "dlig"):  # a PDF would say one letter of two that are one sign
            font.setFeature(QFont.Tag(name), 0)
        return font

    def _paragraphs(
        self, cursor: QTextCursor, content: Passage, size: float, *, main: bool, opening: str = "", more: bool = False
    ) -> Generator[float]:
        before = ""
        counts: dict[int, int] = {}
        paragraphs = list(styled(content))
        for at, (paragraph, style) in enumerate(paragraphs):
            listed = style.kind in ("bullet", "number")
            counts = {level: n for level, n in counts.items() if listed and level <= style.level}
            sign = opening if at == 0 else ""
            if style.kind == "bullet":
                counts.pop(style.level, None)
                sign += "\u2022\t"
            elif style.kind == "number":
                counts[style.level] = counts.get(style.level, 0) + 1 if style.start is None else style.start
                sign += f"{counts[style.level]}.\t"
            form = self._block_format(style, before, size, main=main, alone=paragraph.text == OBJECT)
            if at or more:
                cursor.insertBlock(form, QTextCharFormat())
            else:
                cursor.setBlockFormat(form)
            if main:
                self._note_place(cursor, paragraph, style)
            self._line(cursor, sign, paragraph, style, size)
            before = style.kind
            yield (at + 1) / len(paragraphs)

    def _note_place(self, cursor: QTextCursor, paragraph: Passage, style: ParagraphStyle) -> None:
        setting = self._setting
        position = cursor.position()
        if style.kind == "heading":
            setting.keeping.add(position)
            words = paragraph.plain().text.replace("\u2028", " ").strip()
            if words:
                setting.headings.append((style.level, words, position))
        if style.page_break or (style.kind == "heading" and style.level == 1 and position > 0):
            # Two headings in a row ("Part One", "Chapter One") share their page.
            previous = cursor.block().previous()
            if style.page_break or previous.position() not in setting.keeping:
                setting.opening.add(position)

    def _line(self, cursor: QTextCursor, sign: str, paragraph: Passage, style: ParagraphStyle, size: float) -> None:
        base = self._character_format(style, size)
        if sign:
            cursor.insertText(sign, base)
        for text, span in runs(paragraph):
            form = formatted(base, span.char_format)
            if span.link:
                form.setAnchor(True)
                form.setAnchorHref(span.link)
            inline_object = self._objects.get(span.object_key) if span.object_key else None
            if isinstance(inline_object, Note):
                self._mark(cursor, inline_object, base)
            else:
                words = words_of(inline_object) if span.object_key else text.replace(OBJECT, "")
                cursor.insertText(words.replace("\n", "\u2028"), form)

    def _mark(self, cursor: QTextCursor, note: Note, base: QTextCharFormat) -> None:
        self._number += 1
        raised = QTextCharFormat(base)
        raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        place = cursor.position()
        cursor.insertText(str(self._number), raised)
        if cursor.document() is not self._setting.text:
            return
        if note.at_end or len(note.content.text) > _LONGEST_NOTE:
            self._later.append((self._number, note))
            return
        document = self._document(self._size * 0.85)
        number = self._number
        cursor = QTextCursor(document)
        for _ in self._paragraphs(cursor, note.content, self._size * 0.85, main=False, opening=f"{number}.\u2002"):
            pass  # a note is short
        self._setting.notes.append(document)
        self._setting.places.append(place)

    def _block_format(
        self, style: ParagraphStyle, before: str, size: float, *, main: bool, alone: bool
    ) -> QTextBlockFormat:
        em = size * UNIT
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if style.alignment:
            form.setAlignment(_ALIGNMENTS[style.alignment])
        match style.kind:
            case "heading":
                form.setAlignment(_ALIGNMENTS[style.alignment or "center"])
                form.setTopMargin(0 if before in ("", "heading") else 1.8 * em)
                form.setBottomMargin(1.0 * em)
                form.setHeadingLevel(min(6, max(1, style.level)))
            case "scene":
                form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                form.setTopMargin(0.8 * em)
                form.setBottomMargin(0.8 * em)
            case "quote":
                form.setLeftMargin(2 * em)
                form.setRightMargin(2 * em)
                form.setTopMargin(0.35 * em if before == "quote" else 0.8 * em)
            case "bullet" | "number":
                form.setLeftMargin(1.6 * em * max(1, style.level))
                form.setTextIndent(-1.6 * em)
                form.setTabPositions([QTextOption.Tab(1.6 * em, QTextOption.TabType.LeftTab)])
                form.setTopMargin(0 if before in ("bullet", "number") else 0.5 * em)
            case _:
                if before in ("quote", "bullet", "number"):
                    form.setTopMargin(0.8 * em)
                elif main and not alone and before == "body" and style.alignment in ("", "left", "justify"):
                    form.setTextIndent(1.4 * em)
        return form

    def _character_format(self, style: ParagraphStyle, size: float) -> QTextCharFormat:
        form = QTextCharFormat()
        scale = _HEADING_SIZES.get(style.level, 1.0) if style.kind == "heading" else 1.0
        form.setFont(self._font(size * scale))
        form.setForeground(QColor(Qt.GlobalColor.black))
        if style.kind == "heading":
            form.setFontWeight(QFont.Weight.Bold)
        return form


def paper_palette() -> QPalette:
    """Black on white, whatever the window's colours are."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(Qt.GlobalColor.black))
    return palette
