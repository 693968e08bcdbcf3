"""How it reads: a pane beside the page with what is worn in the draft and the pace of the chapter."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.core.background import call_in
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.core.latest_only import LatestOnlyWorker
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.insight.draft_reading import DraftReader, DraftReading, Item, Snapshot
from pandemonium.desktop.features.insight.reading_panel import ReadingPanel
from pandemonium.desktop.features.insight.surprise_map import SurpriseMap
from pandemonium.errors import PandemoniumError
from pandemonium.text.sentences import capitalized

_DELAY = 1200  # milliseconds from an edit, or from more that was read, to the pane
_RESTS = 4  # times as long as the last reading took, before the next
_TELLS = 0.3  # seconds between two words about how far it is
_BREATH = 0.0005  # seconds, every few paragraphs
_WHO = "pane"


class HowItReads(Feature):
    """The pane of one page.

    Attributes:
        panel: what is seen.
        reading: what it shows; None before anything was read.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._editor = context.editor
        self._files = context.feature(DocumentFiles)
        self._map = context.feature(SurpriseMap)
        self._voices = context.feature(Writing).voices
        self._reader = DraftReader()
        self._worker = LatestOnlyWorker(context.tasks.loop, "how it reads")
        self._wanted = ""  # of the line whose next place is looked for in the text as it stands
        self._is_open = False
        self._is_asking = False
        self._is_stopped = False  # by Esc, until the writer goes on
        self._began = 0.0
        self.reading: DraftReading | None = None
        self.panel = panel = ReadingPanel()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._read)
        panel.place_wanted.connect(self.go_to_next)
        panel.chosen.connect(self.go_to)
        panel.left.connect(self._editor.setFocus)
        context.window.add_beside_page(panel, left=True)
        context.theme.follow(panel.apply_colours)

    def commands(self) -> Iterable[Command]:
        """The pane, open or closed."""
        yield Command(
            "howItReadsAction",
            self.tr("How it reads"),
            self._switch,
            "view/insight",
            ("F5",),
            checked=lambda: self._is_open,
        )

    def _switch(self) -> None:
        if not self.context.window.bring_back(self.panel):
            self.open(not self._is_open)

    @property
    def is_open(self) -> bool:
        """The pane is to be seen."""
        return self._is_open

    def open(self, opened: bool) -> None:
        """Opens or closes the pane."""
        if opened == self._is_open:
            return
        self._is_open = opened
        has_keyboard = self._has_keyboard()
        self.context.window.show_panel(self.panel, opened, insist=opened)
        for signal, slot in (
            (self._editor.model.edited, self._soon),
            (self._editor.model.loaded, self._begin_anew),
            (self._files.changed, self._soon),
            (self._map.changed, self._read_more),
            (self._editor.cursorPositionChanged, self._follow),
        ):
            if opened:
                signal.connect(slot)
            else:
                signal.disconnect(slot)
        self._map.want(_WHO, opened)
        self._is_stopped = False
        if opened:
            self._read()
        else:
            self._timer.stop()
            self._worker.drop()
            self._is_asking = False
            self.context.status_bar.set_part("place", "")
            if has_keyboard:
                self._editor.setFocus()

    def dismiss(self) -> bool:
        """Gives the keyboard back to the page."""
        has_keyboard = self._has_keyboard()
        if has_keyboard:
            self._editor.setFocus()
        return has_keyboard

    def pause(self) -> bool:
        """Stops the first reading of a draft."""
        if not self._is_asking or self.reading is not None:
            return False
        self._worker.drop()
        self._is_asking = False
        self._is_stopped = True
        self.panel.show_state(self.tr("Stopped. It is read again when you write on."))
        return True

    def close(self) -> None:
        """Ends the thread."""
        self._worker.close()

    def go_to_next(self, item: Item) -> None:
        """Selects the next place of a line behind the cursor; behind the last comes the first."""
        if self.reading is None or self.reading.revision != self._editor.model.revision:
            # The text has changed since: the line is looked for again, in the text as it stands.
            self._wanted = item.words
            self._read()
            return
        self._go_to_place(item)

    def go_to(self, paragraph: int) -> None:
        """Puts the cursor at the head of a paragraph."""
        block = self._editor.document().findBlockByNumber(paragraph)
        if block.isValid():
            self._editor.go_to(QTextCursor(block))

    def _go_to_place(self, item: Item) -> None:
        if not item.places:
            return
        cursor = self._editor.textCursor()
        block = self._editor.document().findBlock(cursor.selectionEnd())
        here = (block.blockNumber(), cursor.selectionEnd() - block.position())
        at = next((n for n, (paragraph, start, _) in enumerate(item.places) if (paragraph, start) >= here), 0)
        paragraph, start, end = item.places[at]
        origin = self._editor.document().findBlockByNumber(paragraph).position()
        cursor.setPosition(origin + start)
        cursor.setPosition(origin + end, QTextCursor.MoveMode.KeepAnchor)
        self._editor.go_to(cursor)
        said = self.tr("{n} of {all}: {words}").format(n=at + 1, all=len(item.places), words=item.words)
        self.context.status_bar.set_part("place", said)

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.panel.isAncestorOf(focus)

    def _begin_anew(self) -> None:
        """Another document is on the page."""
        self.reading = None
        self._soon()

    def _read_more(self) -> None:
        """The voice knows more of the draft now."""
        if not self._is_stopped:
            self._soon()

    def _soon(self, *_: object) -> None:
        self._is_stopped = False
        if self._is_open and not self._timer.isActive():
            self._timer.start()

    def _follow(self) -> None:
        """Another chapter has another pace."""
        pace = self.reading.pace if self.reading is not None else None
        number = self._editor.textCursor().blockNumber()
        if pace is not None and not pace.first - 1 <= number < max(pace.end, 1):
            self._soon()

    def _read(self) -> None:
        if not self._is_open:
            return
        if self._is_asking:
            self._soon()  # a reading that was dropped each time would never come to its end
            return
        self._timer.stop()
        model = self._editor.model
        cursor = self._editor.textCursor().blockNumber()
        draft = Snapshot(model.revision, list(model.text.paragraphs), self._files.manuscript.format, cursor)
        store = self._map.store
        expected = store.expected()
        self._is_asking = True
        self._is_stopped = False
        self._began = time.monotonic()
        if self.reading is None:
            self._show_progress(0.0)
        loop = self.context.tasks.loop
        told = self._began

        def read(stopped: Callable[[], bool]) -> DraftReading | None:
            def gives_way() -> bool:
                time.sleep(_BREATH)  # a thread that only counts would hold Python's lock against the keys
                return stopped()

            def progress(share: float) -> None:
                nonlocal told
                if time.monotonic() - told > _TELLS:
                    told = time.monotonic()
                    call_in(loop, lambda: self._show_progress(share))

            return self._reader.read(draft, store.mean, expected, gives_way, progress)

        self._worker.ask(read, self._take, self._fail)

    def _show_progress(self, share: float) -> None:
        """Says how far the first reading is; where something is shown already, that stays until there is more."""
        if self._is_asking and self.reading is None:
            said = self.tr("Reading your text: {n}%. Esc stops it.").format(n=round(100 * share))
            self.panel.show_state(said)

    def _take(self, reading: DraftReading | None) -> None:
        self._is_asking = False
        # A draft that takes long to read is read less often.
        self._timer.setInterval(max(_DELAY, round(_RESTS * 1000 * (time.monotonic() - self._began))))
        if reading is None or not self._is_open:
            return
        self.reading = reading
        name = capitalized(self._voices.current.name) if self._voices.current else self.tr("The voice")
        self.panel.show_reading(reading, name, self._map.store.share(self._editor.model.text.paragraphs))
        wanted = self._wanted
        self._wanted = ""
        item = self.panel.line_of(wanted) if wanted else None
        if item is not None and reading.revision == self._editor.model.revision:
            self._go_to_place(item)

    def _fail(self, error: PandemoniumError) -> None:
        self._is_asking = False
        self.context.messages.show_error(error)
