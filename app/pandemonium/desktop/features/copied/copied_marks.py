"""Underlines runs that a voice has copied, in view; the voice looks them up, and they are no part of the document."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.generation.writing_bridge import WritingBridge
from pandemonium.documents.model.passage import Passage
from pandemonium.errors import PandemoniumError
from pandemonium.text.ngrams import find_words
from pandemonium.voice.profile import LONG_RUN
from pandemonium.writing.insight.copied import CopiedRun, copied_in

_AHEAD = 10  # paragraphs looked up above and below those in view
_REMEMBERED = 3000  # paragraphs whose runs are remembered
_TINT = 24  # of 255
_AGAIN = 700  # milliseconds until a voice that was busy is asked again


class CopiedMarks(QObject):
    """The copied runs of one page, of what voices wrote.

    What was found is remembered by the text that it was found in, so that a late answer can never mark another text.

    Args:
        editor: the page.
        bridge: to the voice.
        start: runs a coroutine.
    """

    def __init__(
        self,
        editor: DocumentEditor,
        bridge: WritingBridge,
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._bridge = bridge
        self._start = start
        self._is_on = False
        self._is_asking = False
        self._known: dict[str, list[CopiedRun]] = {}
        self._age = 0  # grows with every other voice
        self._shown: list[tuple[int, int, str]] = []
        self._form = QTextCharFormat()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AGAIN)
        self._timer.timeout.connect(self.look)
        self._scrolling = Listening((editor.selections.visible_changed, self.look))
        editor.model.loaded.connect(self.look)
        editor.hover_texts.append(self._on_hover)

    @property
    def marked(self) -> list[tuple[int, int, str]]:
        """What is underlined now, in view: [start, end) and the name of the text, empty where it is not known."""
        return list(self._shown)

    def turn(self, on: bool) -> None:
        """Turns it on or off."""
        if on != self._is_on:
            self._is_on = on
            self._scrolling.turn(on)
            self.look()

    def forget(self) -> None:
        """Another voice is there, which learned from other texts."""
        self._known.clear()
        self._age += 1
        self.look()

    def apply_colours(self, colours: Colours) -> None:
        """Takes another theme."""
        self._form = QTextCharFormat()
        self._form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._form.setUnderlineColor(QColor(colours.warning))
        tint = QColor(colours.warning)
        tint.setAlpha(_TINT)  # what a voice wrote is underlined already
        self._form.setBackground(tint)
        self._paint()

    def look(self) -> None:
        """Underlines what is known, and asks for the rest."""
        self._paint()
        if not self._is_on or self._is_asking:
            return
        wanted = [each.text for _, each in self._paragraphs() if each.text not in self._known]
        if wanted:
            self._is_asking = True
            self._start(self._ask(list(dict.fromkeys(wanted))))

    async def all_from(self, number: int) -> list[tuple[int, CopiedRun]]:
        """The copied runs of the whole page with their paragraphs' numbers, from paragraph `number` on and around.

        Raises:
            PandemoniumError: no voice is there.
        """
        paragraphs = self._editor.model.text.paragraphs
        order = [*range(number, len(paragraphs)), *range(number)]
        written = [(each, paragraphs[each]) for each in order if paragraphs[each].marks]
        found = await self._bridge.ask(copied_in([each.text for _, each in written]))
        assert isinstance(found, dict)
        return [(each, run) for each, passage in written for run in of_voices(passage, found.get(passage.text, []))]

    def source_at(self, position: int) -> str | None:
        """The name of the text that stands at a position of the page; None where nothing is underlined."""
        return next((source for start, end, source in self._shown if start <= position <= end), None)

    def _on_hover(self, point: QPoint) -> str:
        """Where underlined words stand."""
        if not self._shown:
            return ""
        source = self.source_at(self._editor.cursorForPosition(point).position())
        return self.where(source) if source is not None else ""

    def where(self, source: str) -> str:
        """In words, where a run stands."""
        if not source:
            return self.tr("Stands so in the texts that this voice learned from.")
        return self.tr("Stands so in \u201c{name}\u201d, which this voice learned from.").format(name=source)

    async def _ask(self, texts: list[str]) -> None:
        age = self._age
        try:
            found = await self._bridge.ask(copied_in(texts), gently=True)
        except PandemoniumError:  # without a voice nothing is underlined, and Continue says why
            return
        finally:
            self._is_asking = False
        assert isinstance(found, dict)
        if age == self._age:
            self._take(found)
        if age != self._age or len(found) < len(texts):
            self._timer.start()

    def _take(self, found: dict[str, list[CopiedRun]]) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(found)
        self._paint()

    def _paint(self) -> None:
        shown: list[tuple[int, int, str]] = []
        selections: list[QTextEdit.ExtraSelection] = []
        for start, passage in self._paragraphs() if self._is_on else ():
            for run in of_voices(passage, self._known.get(passage.text, [])):
                shown.append((start + run.start, start + run.end, run.source))
                selections.append(self._editor.selections.selection(start + run.start, start + run.end, self._form))
        self._shown = shown
        self._editor.selections.show("copied", selections)

    def _paragraphs(self) -> Iterator[tuple[int, Passage]]:
        """Paragraphs in view and near it in which a voice wrote, each with its position."""
        first, last = self._editor.selections.visible_paragraphs()
        paragraphs = self._editor.model.text.paragraphs
        first = max(0, first - _AHEAD)
        block = self._editor.document().findBlockByNumber(first)
        for number in range(first, min(last + _AHEAD, len(paragraphs) - 1) + 1):
            if paragraphs[number].marks:
                yield block.position(), paragraphs[number]
            block = block.next()


def of_voices(passage: Passage, runs: list[CopiedRun]) -> list[CopiedRun]:
    """What of a paragraph's runs a voice has copied: from eight words on whose last one is a voice's, to its last one.

    Her own words are seen only as far as such eight need them, as with the guard that avoids them.
    """
    return [part for run in runs if (part := _of_voices(passage, run)) is not None]


def _of_voices(passage: Passage, run: CopiedRun) -> CopiedRun | None:
    places = [match.span() for match in find_words(passage.text[run.start : run.end])]
    ends = [
        number
        for number in range(LONG_RUN - 1, len(places))
        if any(mark.start <= run.start + places[number][0] < mark.end for mark in passage.marks)
    ]
    if not ends:
        return None
    first = places[ends[0] - LONG_RUN + 1][0]
    return replace(run, start=run.start + first, end=run.start + places[ends[-1]][1])
