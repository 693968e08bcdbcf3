"""Continue, Stop, Retry and the attempts: what the voice does on the page, in one place."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE, WRITER
from pandemonium.desktop.editor.highlighter import Fresh, Highlighter
from pandemonium.desktop.editor.markdown_style import prose
from pandemonium.desktop.editor.units import from_units, to_units
from pandemonium.desktop.features.generation.arrival import Arrival
from pandemonium.desktop.features.generation.writing_bridge import PieceStream, WritingBridge
from pandemonium.documents.history import Edit, Step
from pandemonium.documents.paragraphing import paragraph_break
from pandemonium.documents.passage import BODY, BREAK, Passage
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.typography import Typography
from pandemonium.writing.context import reading_start
from pandemonium.writing.request import ContinueRequest

AFTER = 600  # characters behind the cursor that go with a request
_WORD_END = re.compile(r"[\w'\u2019-]*")
# What may be cut off as the beginning of a word: scripts that write no spaces have no words to cut at.
_LAST_WORD = re.compile(r"\s*[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+\Z")
_LONGEST_WORD = 40


@dataclass(frozen=True)
class Attempt:
    """One text that a voice proposed for a place.

    Attributes:
        text: in the editor's units.
        seed: that it can be written again with; 0 if it was stopped before that was known.
        voice: who wrote it.
    """

    text: str
    voice: str
    seed: int = 0


class Generation(QObject):
    """Everything that happens between Continue and the writer's going on.

    Signals:
        state_changed(): writing began or ended.
        attempts_changed(): there are others, or another one stands in the text.
        pace_changed(float): characters a second so far.
        failed(PandemoniumError): a request could not be answered.
        noted(str): a sentence that the writer should know.
    """

    state_changed = Signal()
    attempts_changed = Signal()
    pace_changed = Signal(float)
    failed = Signal(object)
    noted = Signal(str)

    def __init__(
        self,
        editor: DocumentEditor,
        highlighter: Highlighter,
        bridge: WritingBridge,
        settings: Callable[[], WritingSettings],
        loop: asyncio.AbstractEventLoop,
        start: Callable[[Coroutine[Any, Any, None]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._model = editor.model
        self._highlighter = highlighter
        self._bridge = bridge
        self._settings = settings
        self._start = start
        self.arrival = Arrival(loop, self._paint, self)
        self.may_replace: Callable[[], Awaitable[bool]] = _always
        self._is_asking = False
        self.format = "txt"
        self.voice = ""
        self.attempts: list[Attempt] = []
        self.current = -1
        self._run = 0  # grows with every start and stop: late news of another run is dropped
        self._writing = False
        self._step: Step | None = None
        self._place: QTextCursor | None = None
        self._waiting_to_replace = False
        self._shown = ""
        self._others: dict[int, str] = {}
        self._began = 0.0
        self._heard = 0
        self._noted: set[str] = set()
        self.usual_typography: Callable[[], Typography] = Typography  # of a page that has no example
        self._model.edited.connect(self._writer_went_on)
        self._model.went_back.connect(self._step_travelled)
        self._model.went_forward.connect(self._step_travelled)
        self._model.loaded.connect(self.forget)

    @property
    def writing(self) -> bool:
        """A continuation is arriving."""
        return self._writing

    @property
    def can_retry(self) -> bool:
        """There is a place where another attempt could stand."""
        return self._place is not None

    def continue_(self) -> None:
        """Goes on at the cursor, behind the selection where there is one."""
        if self._writing:
            return
        self.settle()
        position = self._editor.textCursor().selectionEnd()
        self._editor.select_nothing()
        self._keep_place(position)
        self._step = self._model.history.begin(position)
        self.attempts = []
        self.current = -1
        self._waiting_to_replace = False
        self._begin(position)

    def read_ahead(self) -> None:
        """Has the text before the cursor read already, so that Continue begins at once."""
        if not self._writing:
            self._bridge.read_ahead(*self._read_before(self._editor.textCursor().selectionEnd()))

    def retry(self) -> None:
        """Writes another attempt in the place of the last; that one stays until the first piece is there."""
        if self._place is None:
            self.continue_()
            return
        if self._writing:
            self.stop()
        self._replacing(self._retry)

    def _retry(self) -> None:
        self._waiting_to_replace = True
        self._begin(self._span()[0])

    def _replacing(self, act: Callable[[], None]) -> None:
        """Does what takes the attempt off the page; asks first where the writer has words of her own in it."""
        if not self._holds_own_words():
            act()
        elif not self._is_asking:
            self._is_asking = True
            self._start(self._replace_if_wanted(act))

    async def _replace_if_wanted(self, act: Callable[[], None]) -> None:
        place = self._place
        revision = self._model.revision
        try:
            may = await self.may_replace()
        finally:
            self._is_asking = False
        if may and not self._writing and self._place is place and self._model.revision == revision:
            act()
        else:
            self.attempts_changed.emit()  # the list goes back to the attempt that stands in the text

    def _holds_own_words(self) -> bool:
        """There is something in the attempt's place that no voice wrote."""
        part = self._model.text.part(*self._span())
        written = sum(mark.end - mark.start for mark in part.marks)
        return len(part.text.replace(BREAK, "")) > written

    def suggestion(self, words: int) -> PieceStream:
        """Asks for a few words at the cursor, with which nothing is done."""
        position = self._editor.textCursor().selectionEnd()
        return self._ask(position, position, replace(self._settings(), words=words, alternatives=1, join=False))

    def let_go(self, stream: PieceStream) -> None:
        """Nobody waits for a suggestion any more."""
        self._bridge.let_go(stream)

    def insert_suggestion(self, text: str, *, goes_on: bool = False) -> None:
        """Puts words that the voice has suggested in at the cursor, as a continuation of their own.

        Args:
            text: in the editor's units.
            goes_on: they belong to what was taken last, and one undo takes both away.
        """
        if self._writing:
            return
        self.settle()
        position = self._editor.textCursor().selectionEnd()
        last = self._step if goes_on else None
        if last is None or not self._model.history.is_last(last) or self._span()[1] != position:
            self._keep_place(position)
            self._step = self._model.history.begin(position)
            self._shown = ""
        self._waiting_to_replace = False
        self._insert(text, self.voice)
        self._shown += text
        self.attempts = [Attempt(self._shown, self.voice)]
        self.current = 0
        self.attempts_changed.emit()
        self.state_changed.emit()

    def stop(self) -> None:
        """Ends the continuation at once, behind a whole word; what stands on the page stays."""
        if self._writing:
            self._bridge.stop()
            held = self.arrival.held
            self.arrival.drop()
            self._finish_word(held)
            self._end()

    def _finish_word(self, held: str) -> None:
        """Writes the word to its end where that is known from what is `held` back, else takes its beginning away."""
        if self._waiting_to_replace or self._step is None or not self._shown:
            return
        rest = _WORD_END.match(held)
        length = rest.end() if rest is not None else 0
        if not self._shown[-1].isspace() and length < len(held):
            if length and self._insert(held[:length], self.voice):
                self._shown += held[:length]
            return
        word = _LAST_WORD.search(self._shown[-2 * _LONGEST_WORD :])
        if word is None or not self._shown[-1].isalnum() or len(word[0].strip()) > _LONGEST_WORD:
            return
        edit = self._model.history.shorten(self._step, len(word[0]))
        if edit is not None:
            self._model.apply(edit, VOICE)
            self._shown = self._shown[: -len(word[0])]

    def choose(self, index: int) -> None:
        """Puts another attempt in the place of the one in the text."""
        if self._writing or not 0 <= index < len(self.attempts) or self._place is None:
            return
        attempt = self.attempts[index]
        if index == self.current and self._shown == attempt.text and self._is_in_text():
            return
        self._replacing(lambda: self._put(attempt, index))

    def _put(self, attempt: Attempt, index: int) -> None:
        self._clear_span()
        self._insert(attempt.text, attempt.voice)
        self._shown = attempt.text
        self.current = index
        self.attempts_changed.emit()

    def choose_next(self, by: int) -> None:
        """Goes to the next attempt (1), or the one before (-1)."""
        if self.attempts:
            self.choose((self.current + by) % len(self.attempts))

    def settle(self) -> None:
        """Lets what the voice wrote become ink."""
        if not self._writing:
            self._highlighter.show_fresh(None)

    def forget(self) -> None:
        """Begins anew with another document."""
        self._noted.clear()
        self.stop()
        self._highlighter.show_fresh(None)
        self._step = self._place = None
        self.attempts = []
        self.current = -1
        self._shown = ""
        self.attempts_changed.emit()
        self.state_changed.emit()

    def _begin(self, position: int) -> None:
        self._run += 1
        self._writing = True
        self._others = {}
        if not self._waiting_to_replace:
            self._shown = ""
        self._began = time.monotonic()
        self._heard = 0
        end = self._span()[1] if self._waiting_to_replace else position
        self._start(self._write(self._run, self._ask(position, end, self._settings())))
        self.attempts_changed.emit()
        self.state_changed.emit()

    def _ask(self, position: int, end: int, settings: WritingSettings) -> PieceStream:
        """Asks for what stands between `position` and `end`."""
        before, paragraph = self._read_before(position)
        request = ContinueRequest(
            number=self._bridge.next_number(),
            revision=self._model.revision,
            before=before,
            after=self._prose(self._model.text_between(end, end + AFTER)),
            settings=settings,
            paragraph=paragraph,
            usual=self.usual_typography(),
        )
        return self._bridge.continue_(request)

    def context_at(self, position: int) -> tuple[str, str, str]:
        """The prose before a position, what the document puts between paragraphs, and the prose behind the position."""
        before, paragraph = self._read_before(position)
        return before, paragraph, self._prose(self._model.text_between(position, position + AFTER))

    def _read_before(self, position: int) -> tuple[str, str]:
        """What the voice reads before `position`, and what the document puts between paragraphs."""
        before = self._prose(self._model.text_between(reading_start(position), position))
        return before, paragraph_break(before, self.format)

    def _prose(self, text: str) -> str:
        return prose(text) if self.format == "md" else text

    async def _write(self, run: int, stream: PieceStream) -> None:
        try:
            async for piece in stream:
                if run != self._run:
                    return
                self._heard += len(piece.text)
                if piece.alternative == 0:
                    self.arrival.add(to_units(piece.text))
                else:
                    self._others[piece.alternative] = self._others.get(piece.alternative, "") + to_units(piece.text)
            if run == self._run:
                await self.arrival.drained()
        except PandemoniumError as error:
            if run == self._run:
                self.arrival.drop()
                self._end()
                self.failed.emit(error)
            return
        if run == self._run:
            self._end(stream)

    def _end(self, stream: PieceStream | None = None) -> None:
        self._run += 1
        self._writing = False
        result = stream.result if stream else None
        seeds = result.seeds if result else ()
        if self._shown and not self._waiting_to_replace:
            self.attempts.append(Attempt(self._shown, self.voice, seeds[0] if seeds else 0))
            self.current = len(self.attempts) - 1
            for index, text in sorted(self._others.items()):
                self.attempts.append(Attempt(text, self.voice, seeds[index] if index < len(seeds) else 0))
        self._waiting_to_replace = False
        if self._step is not None:
            self._model.history.discard_if_empty(self._step)
        if result is not None:
            self.pace_changed.emit(result.characters_per_second)
            self._note_seam()
            self._note(result.notes)
        self.attempts_changed.emit()
        self.state_changed.emit()

    def _note(self, notes: tuple[str, ...]) -> None:
        """Says what the voice does not know of the text: once, while the same document is open."""
        for note in notes:
            if note not in self._noted:
                self._noted.add(note)
                self.noted.emit(note)

    def _note_seam(self) -> None:
        """Says so where the sentence behind the cursor goes on and the voice was not to heed it."""
        if self._settings().join:
            return
        end = self._span()[1]
        behind = self._model.text_between(end, end + AFTER).split(BREAK, 1)[0].lstrip()
        goes_on = behind[:1] in tuple(",;:\u2013\u2014)") or (behind[:1].isalpha() and not behind[0].isupper())
        if self._shown and behind and goes_on:
            self.noted.emit(
                self.tr("The voice reads what stands before the cursor, not what follows: see that the two join.")
            )

    def _paint(self, text: str) -> None:
        """Puts arrived text on the page."""
        if not self._writing:
            return
        if self._waiting_to_replace:
            self._clear_span()
            self._waiting_to_replace = False
            self._shown = ""
        if not self._insert(text, self.voice):
            self.stop()
            return
        self._shown += text
        seconds = time.monotonic() - self._began
        if seconds > 0.2:
            self.pace_changed.emit(self._heard / seconds)

    def _insert(self, text: str, voice: str) -> bool:
        """Lets the continuation grow; False if the writer has taken its place away."""
        assert self._step is not None
        edit = self._model.history.extend(self._step, self._passage(voice, text))
        if edit is None:
            return False
        follow = self._editor.textCursor().position() == edit.position and self._editor.caret_is_visible()
        self._highlighter.expect_fresh(Fresh(*self._span()))
        self._model.apply(edit, VOICE)
        if follow:
            self._editor.ensureCursorVisible()
        return True

    def _passage(self, voice: str, text: str) -> Passage:
        """What the voice wrote; behind a heading it goes on in body text."""
        passage = Passage.by(voice, text)
        if self._model.is_rich and BREAK in text:
            index, _ = self._model.text.locate(self._span()[1])
            if self._model.text.styles(index, 1)[0].kind in ("heading", "scene"):
                return replace(passage, styles=(None, *[BODY] * text.count(BREAK)))
        return passage

    def _clear_span(self) -> None:
        """Takes the attempt out of the text, so that another can be written in its place.

        That belongs to the same undo step where nothing but the voice has worked on the span; else it is a step
        of its own, so that what the writer did there comes back with Ctrl+Z.
        """
        history = self._model.history
        start, end = self._span()
        edit = history.retract(self._step) if self._step is not None else None
        if edit is None:
            removed = self._model.text.part(start, end)
            self._step = history.begin(start, removed)
            edit = Edit(start, removed, Passage())
        if not edit.is_empty:
            self._model.apply(edit, VOICE)
        self._highlighter.show_fresh(None)

    def _span(self) -> tuple[int, int]:
        """Where the attempt stands now; empty where it was undone."""
        span = self._model.history.span(self._step) if self._step is not None else None
        if span is None:
            assert self._place is not None
            span = (self._place.position(), self._place.position())
        return span

    def _is_in_text(self) -> bool:
        return self._step is not None and self._model.history.is_done(self._step)

    def _keep_place(self, position: int) -> None:
        self._place = QTextCursor(self._editor.document())
        self._place.setPosition(position)
        self._place.setKeepPositionOnInsert(True)

    def _writer_went_on(self, _: object, by: str) -> None:
        if by == WRITER:
            self.settle()
        fresh = self._highlighter.fresh
        if self._writing and fresh is not None and by != VOICE:
            self._highlighter.show_fresh(replace(fresh, start=self._span()[0], end=self._span()[1]))

    def _step_travelled(self, step: Step) -> None:
        """A step was undone or redone; the attempts go where what they went on from is no more."""
        if step is self._step:
            self.stop()
        self.settle()
        history = self._model.history
        is_undone = self._step is not None and not history.is_done(self._step)
        if is_undone and (step is not self._step or not history.can_undo):
            self.forget()

    def stop_if_nothing_came(self) -> bool:
        """Takes back a continuation of which nothing has arrived yet; tells whether there was one to take back."""
        waits = self._writing and not self._shown and self._step is not None
        if waits and self._step is not None and self._model.history.is_last(self._step):
            self.stop()
            return True
        return False

    def attempt_text(self, index: int) -> str:
        """An attempt's text as it would be saved."""
        return from_units(self.attempts[index].text)


async def _always() -> bool:
    return True
