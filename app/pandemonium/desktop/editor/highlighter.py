"""Paints the page from the model: how characters look and who wrote them. Nothing of it is in the document."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.editor.document_model import DocumentModel
from pandemonium.desktop.editor.markdown_style import formatted_parts
from pandemonium.desktop.editor.page_style import PageStyle
from pandemonium.documents.model.authored_text import Touched, style_of
from pandemonium.documents.model.passage import Mark, Passage
from pandemonium.settings import EditorSettings

_IN_VIEW = 60  # paragraphs that are painted at once
_SLICE = 0.006  # seconds of painting
_PAUSE = 12  # milliseconds from one slice to the next
Layer = tuple[int, int, QTextCharFormat]  # characters [start, end) of a paragraph


@dataclass(frozen=True)
class Fresh:
    """Text [start, end) of a voice's that the writer has not gone on from yet."""

    start: int
    end: int


class Highlighter(QSyntaxHighlighter):
    """Fresh text in verdigris, settled text in ink with a hair line under it.

    Qt asks for each changed paragraph; the answer comes from the model's paragraph of the same number. Looks and
    headings, and those of Markdown's source, are painted with them.
    """

    def __init__(self, document: QTextDocument, model: DocumentModel) -> None:
        super().__init__(document)
        self._model = model
        self._fresh: Fresh | None = None
        self._shown = True
        self._is_markdown = False
        self._page_style = PageStyle(document.defaultFont(), EditorSettings(), blank_lines=False)
        self.first_in_view: Callable[[], int] = lambda: 0
        self._waiting: deque[int] = deque()  # paragraphs that are to be painted anew
        self._slices = QTimer(self)
        self._slices.setInterval(_PAUSE)
        self._slices.timeout.connect(self._repaint_slice)
        model.edited.connect(self._follow)
        model.loaded.connect(self._waiting.clear)
        self._set_formats(LIGHT)
        model.reformatted.connect(self._reformat)

    @property
    def fresh(self) -> Fresh | None:
        """What is painted as fresh."""
        return self._fresh

    def show_fresh(self, fresh: Fresh | None) -> None:
        """Paints `fresh`, and what was fresh before as settled."""
        before = self._fresh
        self._fresh = fresh
        if before == fresh:
            return
        for each in (before, fresh):
            if each:
                self._repaint(each.start, each.end)

    def expect_fresh(self, fresh: Fresh) -> None:
        """Takes in that text about to be put on the page will be fresh; it is painted as it arrives, once."""
        if self._fresh is None or self._fresh.start == fresh.start:
            self._fresh = fresh
        else:
            self.show_fresh(fresh)

    def show_marks(self, shown: bool) -> None:
        """Shows or hides the lines under settled text."""
        if shown != self._shown:
            self._shown = shown
            self._repaint_all()

    def set_page_style(self, page_style: PageStyle, *, is_markdown: bool) -> None:
        """Takes another font or spacing, and whether the text is Markdown's source."""
        changed = is_markdown or self._is_markdown or self._model.is_rich
        self._page_style = page_style
        self._is_markdown = is_markdown
        if changed:
            self._repaint_all()

    def apply_colours(self, colours: Colours) -> None:
        """Takes another theme."""
        self._set_formats(colours)
        self._repaint_all()

    def _repaint_all(self) -> None:
        """Paints whatever is not plain anew."""
        first = self.first_in_view()
        count = min(self.document().blockCount(), len(self._model.text.paragraphs))
        order = [*range(first, count), *range(min(first, count))]
        self._waiting.clear()
        self._paint_soon([number for number in order if self._is_painted(self._model.text.paragraphs[number])])

    def _paint_soon(self, numbers: Iterable[int]) -> None:
        """Paints paragraphs anew: those in view now, the others in slices, each of which is set anew for it."""
        first = self.first_in_view()
        in_view = range(first, first + _IN_VIEW)
        waiting = dict.fromkeys(self._waiting)
        for number in numbers:
            if number in in_view:
                self.rehighlightBlock(self.document().findBlockByNumber(number))
            else:
                waiting[number] = None
        self._waiting = deque(waiting)
        if self._waiting:
            self._slices.start()

    def _repaint_slice(self) -> None:
        until = time.perf_counter() + _SLICE
        while self._waiting and time.perf_counter() < until:
            self.rehighlightBlock(self.document().findBlockByNumber(self._waiting.popleft()))
        if not self._waiting:
            self._slices.stop()

    def _follow(self, touched: Touched, _: str) -> None:
        """Paragraphs that wait to be painted may have other numbers now."""
        grown = touched.after - touched.before
        end = touched.first + touched.before
        if self._waiting and grown:
            self._waiting = deque(
                number + grown if number >= end else number
                for number in self._waiting
                if not touched.first <= number < end
            )
            self._waiting.extend(range(touched.first, touched.first + touched.after))

    def _is_painted(self, paragraph: Passage) -> bool:
        return bool(paragraph.marks or paragraph.spans or paragraph.styles or self._is_markdown)

    def highlightBlock(self, text: str) -> None:
        """Paints one paragraph."""
        block = self.currentBlock()
        number = block.blockNumber()
        paragraphs = self._model.text.paragraphs
        if number >= len(paragraphs):
            return
        paragraph = paragraphs[number]
        if not self._is_painted(paragraph):
            return
        layers = [*self._char_formats(paragraph), *self._authors(paragraph, block.position())]
        for start, end, format in _flat(layers):
            self.setFormat(start, end - start, format)

    def _char_formats(self, paragraph: Passage) -> Iterator[Layer]:
        style = style_of(paragraph)
        if style.kind == "heading":
            yield 0, len(paragraph), self._page_style.heading(style.level)
        elif style.kind == "scene":
            yield 0, len(paragraph), self._sign
        for span in paragraph.spans:
            if span.char_format:
                yield span.start, span.end, self._page_style.char_format(span.char_format)
            if span.link:
                yield span.start, span.end, self._link
        if self._is_markdown:
            for each in formatted_parts(paragraph.text):
                if each.heading:
                    yield each.start, each.end, self._page_style.heading(each.heading)
                if each.char_format:
                    yield each.start, each.end, self._page_style.char_format(each.char_format)
                if each.sign:
                    yield each.start, each.end, self._sign

    def _authors(self, paragraph: Passage, origin: int) -> Iterator[Layer]:
        for mark in paragraph.marks:
            fresh = self._fresh_part(mark, origin)
            if self._fresh is not None and fresh[0] < fresh[1]:
                yield *fresh, self._arrived
            if self._shown:
                written = paragraph.text[mark.start : mark.end]
                start = mark.end - len(written.lstrip())
                end = start + len(written.strip())
                for left, right in ((start, min(end, fresh[0])), (max(start, fresh[1]), end)):
                    if left < right:
                        yield left, right, self._settled

    def _fresh_part(self, mark: Mark, origin: int) -> tuple[int, int]:
        """Which of a mark's characters are fresh; an empty stretch at its end where none are."""
        if self._fresh is not None:
            start = max(mark.start, self._fresh.start - origin)
            end = min(mark.end, self._fresh.end - origin)
            if start < end:
                return start, end
        return mark.end, mark.end

    def _reformat(self, touched: Touched) -> None:
        if touched.after == len(self._model.text.paragraphs) and not touched.before:
            return  # a document was loaded: Qt asks for all of it anyway
        self._paint_soon(range(touched.first, touched.first + touched.after))

    def _set_formats(self, colours: Colours) -> None:
        self._sign = QTextCharFormat()
        self._sign.setForeground(QColor(colours.faint))
        self._sign.setFontWeight(QFont.Weight.Normal)
        self._link = QTextCharFormat()
        self._link.setForeground(QColor(colours.accent))
        self._settled = QTextCharFormat()
        self._settled.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        self._settled.setUnderlineColor(QColor(colours.underline))
        self._arrived = QTextCharFormat()
        self._arrived.setForeground(QColor(colours.accent))

    def _repaint(self, start: int, end: int) -> None:
        block = self.document().findBlock(max(0, min(start, self.document().characterCount() - 1)))
        while block.isValid() and block.position() <= end:
            self.rehighlightBlock(block)
            block = block.next()


def _flat(layers: list[Layer]) -> Iterator[Layer]:
    """Gives layers that may overlap as parts that do not: each part has all that lies over it, the last on top."""
    if len(layers) == 1:
        yield layers[0]
        return
    edges = sorted({edge for start, end, _ in layers for edge in (start, end)})
    last: Layer | None = None
    for start, end in pairwise(edges):
        over = [format for left, right, format in layers if left <= start and end <= right]
        if not over:
            continue
        merged = QTextCharFormat(over[0])
        for each in over[1:]:
            merged.merge(each)
        if last is not None and last[1] == start and last[2] == merged:
            last = (last[0], end, merged)
            continue
        if last is not None:
            yield last
        last = (start, end, merged)
    if last is not None:
        yield last
