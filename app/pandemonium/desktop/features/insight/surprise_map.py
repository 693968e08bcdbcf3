"""The map: tints the draft by how unexpected each word is to the voice. Read gently, what is in view first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.markdown_style import prose
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.insight.surprise_legend import SurpriseLegend
from pandemonium.desktop.features.insight.surprise_store import (
    LONGEST,
    ReadingRun,
    Stretch,
    SurpriseStore,
    stretches_of,
)
from pandemonium.documents.model.paragraphing import paragraph_break
from pandemonium.documents.model.passage import BREAK
from pandemonium.errors import PandemoniumError
from pandemonium.text.language import language_name
from pandemonium.text.sentences import capitalized

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer
    from pandemonium.writing.insight.surprise import Part, WordBits

LAYER = "surprise"
# Bits from which on a word is tinted: a chance of one in 500, in 4,000 and in 30,000.
LEVELS = (math.log2(500), math.log2(4000), math.log2(30_000))
_PAUSE = 700  # milliseconds behind an edit, or a reading that came to nothing
_SAMPLE = 2000  # paragraphs by which it is told how they are parted


class SurpriseMap(Feature):
    """The map of one page.

    Attributes:
        store: what is known.
        legend: the bar below the page.

    Signals:
        changed(): more of the draft was read, or it is another voice's now.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        writing = context.feature(Writing)
        self._editor = context.editor
        self._selections = context.editor.selections
        self._bridge = writing.bridge
        self._voices = writing.voices
        self._files = context.feature(DocumentFiles)
        self.store = SurpriseStore()
        self.legend = SurpriseLegend(context.theme, context.icons)
        self._is_on = False
        self._wanted: set[str] = set()
        self._is_reading = False
        self._is_stopped = False  # by Esc, until the writer goes on or asks for it anew
        self._round = 0  # grows with every voice: answers of another are dropped
        self._last: dict[int, str] = {}  # the text of each tinted paragraph when it was painted last
        self._formats: list[QTextCharFormat] = []
        self._blank_lines: bool | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._read_on)
        context.window.add_under_page(self.legend)
        self.legend.closed.connect(lambda: self.switch(False))
        self._voices.loaded.connect(self._begin)
        self._editor.after_paint.edited.connect(self._touched)
        self._editor.model.loaded.connect(self._load)

    def start(self) -> None:
        """Follows the theme, and how voices are mixed."""
        self.context.theme.follow(self._apply_colours)
        self.context.settings.watch("writing.mix", lambda _: self._begin())

    def commands(self) -> Iterable[Command]:
        """The map, shown or not."""
        yield Command(
            "surpriseAction",
            self.tr("Tint what surprises the voice"),
            lambda: self.switch(not self._is_on),
            "view/insight",
            ("Shift+F2",),
            checked=lambda: self._is_on,
            follows=(self.changed.connect,),
        )

    @property
    def is_on(self) -> bool:
        """The draft is tinted."""
        return self._is_on

    @property
    def blank_lines(self) -> bool:
        """Blank lines part the paragraphs, so that a line goes on with the one before it."""
        if self._blank_lines is None:
            sample = BREAK.join(each.text for each in self._editor.model.text.paragraphs[:_SAMPLE])
            self._blank_lines = paragraph_break(sample, self._files.manuscript.format) == "\n\n"
        return self._blank_lines

    def switch(self, on: bool) -> None:
        """Shows the map, or takes it away."""
        if on == self._is_on:
            return
        self._is_on = on
        if on:
            self._selections.visible_changed.connect(self._paint)
        else:
            self._selections.visible_changed.disconnect(self._paint)
        self._is_stopped = False
        self.legend.setVisible(on)
        self.want("map", on)
        self._show()
        if not on:
            self._paint()

    def want(self, who: str, wanted: bool) -> None:
        """Has the draft read as long as somebody wants it."""
        if wanted:
            self._wanted.add(who)
        else:
            self._wanted.discard(who)
        self._read_on()

    def pause(self) -> bool:
        """Stops the reading, within a few sub-words; what is known stays."""
        if not self._is_reading or self._is_stopped:
            return False
        self._is_stopped = True
        self._pause.stop()
        self._bridge.stop()
        self._show()
        return True

    def close(self) -> None:
        """Reads no more."""
        self._wanted.clear()
        self._pause.stop()

    def _begin(self) -> None:
        self._round += 1
        self._is_stopped = False
        self.store.forget()
        self._last.clear()
        self._show()
        self._read_on()

    def _load(self) -> None:
        self._blank_lines = None
        self._last.clear()
        self._is_stopped = False
        self.store.place = None
        self._read_on()

    def _touched(self, *_: object) -> None:
        self._is_stopped = False
        if self._wanted:
            self._pause.start()

    def _read_on(self) -> None:
        waits = self._is_reading or self._is_stopped or self._pause.isActive()
        if self._wanted and not waits and self._voices.current is not None:
            self._is_reading = True
            self.context.tasks.start(self._read())

    async def _read(self) -> None:
        try:
            while self._wanted and not self._pause.isActive() and not self._is_stopped:
                paragraphs = self._editor.model.text.paragraphs
                first, offset = self._in_view()
                run = self.store.next_run(paragraphs, first, offset)
                if run is None or not await self._read_run(run):
                    break
        finally:
            self._is_reading = False
        self.store.tidy(self._editor.model.text.paragraphs)
        self._show()

    async def _read_run(self, run: ReadingRun) -> bool:
        """Reads a run; False where the voice cannot."""
        from pandemonium.writing.insight.surprise import Surprise, read_surprise

        before = [self._part(each) for each in run.before]
        parts = [self._part(each) for each in run.stretches]
        place = self.store.place
        round_ = self._round
        mix = self.context.settings.values.writing.mix

        def read(continuer: Continuer, stop: Callable[[], bool]) -> Surprise:
            continuer.set_mix(mix)
            return read_surprise(continuer, before, parts, stop, place)

        try:
            answer = await self._bridge.ask(read, gently=True)
        except PandemoniumError as error:
            self.context.messages.show_error(error)
            return False
        if round_ != self._round or not isinstance(answer, Surprise):
            return True
        if answer.foreign:
            self._say_foreign(answer.foreign)
            return False
        if self.store.take(run, answer):
            self._show()
        elif not self._is_stopped:
            self._pause.start()  # something else was asked for first
        return True

    def _part(self, stretch: Stretch) -> Part:
        from pandemonium.writing.insight.surprise import Part

        paragraphs = self._editor.model.text.paragraphs
        number = stretch.paragraph
        goes_on = self.blank_lines and 0 < number < len(paragraphs) and bool(paragraphs[number - 1].text.strip())
        read = prose(stretch.text) if self._files.manuscript.format == "md" else ""
        return Part(stretch.text, joined=stretch.start > 0 or goes_on, read=read)

    def _say_foreign(self, language: str) -> None:
        said = self.tr("This voice does not know {language}: it cannot say what is unexpected here.")
        self.context.messages.show_sentence(said.format(language=language_name(language)))
        self.switch(False)

    def _show(self) -> None:
        if self._is_on:
            name = capitalized(self._voices.current.name) if self._voices.current else ""
            share = self.store.share(self._editor.model.text.paragraphs)
            self.legend.show_state(name, share, is_stopped=self._is_stopped)
            self._paint()
        self.changed.emit()

    def _apply_colours(self, colours: Colours) -> None:
        self._formats = []
        for tint in (colours.unexpected, colours.rare, colours.startling):
            made = QTextCharFormat()
            made.setBackground(QColor(tint))
            self._formats.append(made)
        self._paint()

    def _in_view(self) -> tuple[int, int]:
        """The first paragraph in view, and how many of its characters lie above."""
        first, _ = self._selections.visible_paragraphs()
        paragraphs = self._editor.model.text.paragraphs
        if first >= len(paragraphs) or len(paragraphs[first].text) <= LONGEST:
            return first, 0
        top = self._editor.cursorForPosition(QPoint(0, 0)).position()
        return first, max(0, top - self._editor.document().findBlockByNumber(first).position())

    def _paint(self) -> None:
        if not self._is_on:
            self._selections.show(LAYER, [])
            return
        shown: list[QTextEdit.ExtraSelection] = []
        first, last = self._selections.visible_paragraphs()
        paragraphs = self._editor.model.text.paragraphs
        last = min(last, len(paragraphs) - 1)
        block = self._editor.document().findBlockByNumber(first)
        seen: dict[int, str] = {}
        for number in range(first, last + 1):
            text = paragraphs[number].text
            if len(text) > LONGEST:
                low, high = self._part_in_view(block.position(), len(text))
            else:
                low = 0
                high = len(text)
            for start, bits in self._bits(number, text):
                shown += self._tints(block.position() + start, bits, low - start, high - start)
            seen[number] = text if self._is_known(number, text) else self._last.get(number, text)
            block = block.next()
        self._last = seen
        self._selections.show(LAYER, shown)

    def _is_known(self, number: int, text: str) -> bool:
        return all(self.store.known(each.text) is not None for each in stretches_of(number, text))

    def _bits(self, number: int, text: str) -> list[tuple[int, WordBits]]:
        """What is known of a paragraph; while it is being changed, what was known of the words that still stand."""
        found = []
        for stretch in stretches_of(number, text):
            bits = self.store.known(stretch.text)
            if bits is not None:
                found.append((stretch.start, bits))
            elif stretch.start == 0 and len(text) <= LONGEST and (old := self._last.get(number)) is not None:
                found += self._still_standing(old, text)
        return found

    def _still_standing(self, old: str, text: str) -> list[tuple[int, WordBits]]:
        bits = self.store.known(old)
        if bits is None:
            return []
        most = min(len(old), len(text))
        left = next((i for i in range(most) if old[i] != text[i]), most)
        right = next((i for i in range(most - left) if old[-1 - i] != text[-1 - i]), most - left)
        head = bits.within(0, left - 1)
        tail = bits.within(len(old) - right + 1, len(old))
        return [(0, head), (len(text) - len(old), tail)]

    def _part_in_view(self, start: int, length: int) -> tuple[int, int]:
        rect = self._editor.viewport().rect()
        top = self._editor.cursorForPosition(rect.topLeft()).position() - start
        bottom = self._editor.cursorForPosition(rect.bottomRight()).position() - start
        return max(0, top), min(length, bottom)

    def _tints(self, origin: int, bits: WordBits, low: int, high: int) -> Iterable[QTextEdit.ExtraSelection]:
        for start, end, value in zip(bits.starts.tolist(), bits.ends.tolist(), bits.bits.tolist(), strict=True):
            level = sum(value >= limit for limit in LEVELS)
            if level and end > low and start < high:
                yield self._selections.selection(origin + start, origin + end, self._formats[level - 1])
