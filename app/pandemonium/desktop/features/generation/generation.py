"""Continue, Stop, Retry and the attempts: what the voice does on the page, in one place."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE, WRITER
from pandemonium.desktop.editor.highlighter import Fresh
from pandemonium.desktop.editor.units import from_units, to_units
from pandemonium.desktop.features.generation.arrival import Arrival
from pandemonium.desktop.features.generation.attempt import Attempt, first_sentence
from pandemonium.desktop.features.generation.attempt_place import AttemptPlace
from pandemonium.desktop.features.generation.read_before import prose_of, read_before
from pandemonium.desktop.features.generation.writing_bridge import ChunkStream, WritingBridge
from pandemonium.documents.model.history import Step
from pandemonium.documents.model.passage import BODY, BREAK, Passage
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.typography import Typography
from pandemonium.writing.reading.context import gap_behind, to_word_end
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import ContinueRequest, draw_seed, for_choices
from pandemonium.writing.worker import LoadedVoice

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer

_AHEAD = 60  # characters that mixed voices are ahead of what is seen: what is written hears of no share any more
AFTER = 600  # characters behind the cursor that go with a request
_WORD_END = re.compile(r"[\w'\u2019-]*")
# What may be cut off as the beginning of a word: scripts that write no spaces have no words to cut at.
_LAST_WORD = re.compile(r"\s*[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+\Z")
_LONGEST_WORD = 40


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


@dataclass
class _Running:
    """A continuation that is being written.

    Attributes:
        request: what was asked; `remixes` are those heeded so far.
        voice: who writes it; None where none is loaded yet.
        beside: its texts are shown beside the page, and none of them is put on it.
        replaces: the attempt on the page stays until the first chunk is there.
        repeats: which of its texts is wanted again; None for an attempt of its own.
        heard: characters so far, all texts together.
        others: the texts of the alternatives behind the first, in the editor's units.
    """

    request: ContinueRequest
    voice: LoadedVoice | None
    beside: bool = False
    replaces: bool = False
    repeats: int | None = None
    began: float = field(default_factory=time.monotonic)
    heard: int = 0
    others: dict[int, str] = field(default_factory=dict)
    asked_at: str = field(default_factory=_now)

    @property
    def name(self) -> str:
        """The voice's."""
        return self.voice.name if self.voice is not None else ""

    @property
    def recipe(self) -> Recipe:
        """Of its first text."""
        return _recipe_of(self.request, self.voice, self.asked_at)


class Generation(QObject):
    """Everything that happens between Continue and the writer's going on.

    Signals:
        state_changed(): writing began or ended.
        attempts_changed(): there are others, or another one stands in the text, or writing began or ended.
        attempt_grew(int): more of that one was written.
        choices_written(): what was written beside the page is there, whole or stopped.
        repeated(str): what was to be written again is, in the editor's units; empty where it was stopped.
        pace_changed(float): characters a second so far.
        failed(PandemoniumError): a request could not be answered.
        noted(str): a sentence that the writer should know.
    """

    state_changed = Signal()
    attempts_changed = Signal()
    attempt_grew = Signal(int)
    choices_written = Signal()
    repeated = Signal(str)
    pace_changed = Signal(float)
    failed = Signal(object)
    noted = Signal(str)

    def __init__(
        self,
        editor: DocumentEditor,
        bridge: WritingBridge,
        settings: Callable[[], WritingSettings],
        loop: asyncio.AbstractEventLoop,
        start: Callable[[Coroutine[Any, Any, None]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._model = editor.model
        self._bridge = bridge
        self._settings = settings
        self._start = start
        self.arrival = Arrival(loop, self._paint, self)
        self.may_replace: Callable[[], Awaitable[bool]] = _always
        self._is_asking = False
        self.format = "txt"
        self.loaded: LoadedVoice | None = None
        self.attempts: list[Attempt] = []
        self.current = -1  # the attempt that stands in the text
        self.place: AttemptPlace | None = None
        self.choices: Callable[[], int] = lambda: 3  # how many are written beside the page
        self.may_sort: Callable[[], bool] = lambda: True  # nobody points at one of the attempts
        self._sorted: list[Attempt] = []  # as they are to stand once they may be
        self._running: _Running | None = None
        self._suggested: tuple[ContinueRequest, ChunkStream, str] | None = None  # what was suggested last, and when
        self._noted: set[str] = set()
        self.usual_typography: Callable[[], Typography] = Typography  # of a page that has no example
        self._model.edited.connect(self._writer_went_on)
        self._model.went_back.connect(self._step_travelled)
        self._model.went_forward.connect(self._step_travelled)
        self._model.loaded.connect(self.forget)

    @property
    def writing(self) -> bool:
        """A continuation is arriving."""
        return self._running is not None

    @property
    def is_beside(self) -> bool:
        """What is arriving is shown beside the page."""
        return self._running is not None and self._running.beside

    @property
    def voice(self) -> str:
        """The name of the voice that writes."""
        return self.loaded.name if self.loaded is not None else ""

    @property
    def can_retry(self) -> bool:
        """There is a place where another attempt could stand."""
        return self.place is not None

    @property
    def _may_begin(self) -> bool:
        """Nothing is being written, and the page is not waiting for its document."""
        return not (self.writing or self._editor.isReadOnly())

    def continue_(self) -> None:
        """Goes on at the cursor, behind the selection where there is one."""
        if not self._may_begin:
            return
        position = self._begin_place()
        assert self.place is not None
        self.place.open()
        self._begin(self._request(position, position, self._settings()))

    def write_choices(self) -> None:
        """Has several continuations written beside the page; the text stays as it is until one of them is taken."""
        if not self._may_begin:
            return
        before = self.place
        kept = [] if before is None or before.is_in_text else self.attempts
        start = before.span[0] if before is not None else -1
        self.attempts = kept if self._begin_place() == start else []
        self.write_others()

    def reword(self, start: int, end: int) -> None:
        """Has other wordings of a passage written beside the page; the passage stays until one of them is taken."""
        if self.writing:
            return
        self.settle()
        self._editor.select_nothing()
        original = self._prose(self._model.text_between(start, end))
        self.place = AttemptPlace(self._editor, start, end, original=original)
        self._set_attempts([], -1)
        self.write_others()

    def _begin_place(self) -> int:
        """Takes the place of the cursor for what is written next; gives its position."""
        self.settle()
        position = self._behind_word(self._editor.textCursor().selectionEnd())
        self._editor.select_nothing()
        self.place = AttemptPlace(self._editor, position)
        self.attempts = []  # whoever begins there tells of it
        self.current = -1
        self._sorted = []
        return position

    def _behind_word(self, position: int) -> int:
        """The end of the word that a position stands in the midst of: nobody wants another word in it."""
        text = self._model.text
        before = text.part(max(0, position - 2), position).text
        after = text.part(position, min(len(text), position + _LONGEST_WORD)).text
        return position + to_word_end(before, after)

    def write_others(self) -> None:
        """Has several attempts for the same place written beside the page; what stands there stays."""
        if self.writing or self.place is None:
            return
        settings = for_choices(self._settings(), self.choices())
        request = self._request(*self.place.span, settings, self.place.original)
        recipe = _recipe_of(request, self.loaded, _now())
        count = request.settings.alternatives
        fresh = [Attempt("", self.voice, 0, recipe.other(number)) for number in range(count)]
        current = self.current + count if self.current >= 0 else -1
        self._set_attempts([*fresh, *self.attempts], current)
        self._begin(request, beside=True)

    def repeat(self, recipe: Recipe) -> bool:
        """Has a text of this place written again, beside the page and not as an attempt; `repeated` gives it.

        Returns:
            whether it began; False where another text stands before the place than was read then.

        Raises:
            PandemoniumError: another version of the program has written it.
        """
        if self.writing or self.place is None:
            return False
        position = self.place.span[0]
        before, _ = self._read_before(position)
        if not recipe.fits(before):  # the same text may stand farther on in the document now
            before = self._prose(self._model.text_between(position - recipe.before_length, position))
        if not recipe.fits(before):
            return False
        request = recipe.request(self._bridge.next_number, self._model.revision, before)
        self._begin(request, beside=True, repeats=recipe.alternative)
        return True

    def read_ahead(self) -> None:
        """Has the text before the cursor read already, so that Continue begins at once."""
        if not self.writing:
            self._bridge.read_ahead(*self._read_before(self._editor.textCursor().selectionEnd()))

    def retry(self) -> None:
        """Writes another attempt in the place of the last; that one stays until the first chunk is there.

        Where several are shown beside the page and none is taken, others are written beside them.
        """
        if self.writing:
            self.stop()
        if self.place is None:
            self.continue_()
        elif self.current < 0 and self.attempts:
            self.settle()
            self.write_others()
        else:
            self._replacing(self._retry)

    def _retry(self) -> None:
        assert self.place is not None
        request = self._request(*self.place.span, self._settings(), self.place.original)
        self._begin(request, replaces=True)

    def _replacing(self, act: Callable[[], None]) -> None:
        """Does what takes the attempt off the page; asks first where the writer has words of her own in it."""
        if self.place is None or not self.place.holds_own_words:
            act()
        elif not self._is_asking:
            self._is_asking = True
            self._start(self._replace_if_wanted(act))

    async def _replace_if_wanted(self, act: Callable[[], None]) -> None:
        place = self.place
        revision = self._model.revision
        try:
            may = await self.may_replace()
        finally:
            self._is_asking = False
        if may and not self.writing and self.place is place and self._model.revision == revision:
            act()
        else:
            self.attempts_changed.emit()  # the list goes back to the attempt that stands in the text

    def suggestion(self, words: int) -> ChunkStream:
        """Asks for a few words at the cursor, with which nothing is done."""
        position = self._editor.textCursor().selectionEnd()
        settings = replace(self._settings(), words=words, alternatives=1, join=False)
        request = self._request(position, position, settings)
        stream = self._bridge.continue_(request)
        self._suggested = request, stream, _now()
        return stream

    @property
    def suggested(self) -> Recipe | None:
        """The recipe of what was suggested last."""
        if self._suggested is None:
            return None
        request, stream, at = self._suggested
        return _recipe_of(request, stream.voice or self.loaded, at)

    def let_go(self, stream: ChunkStream) -> None:
        """Nobody waits for a suggestion any more."""
        self._bridge.let_go(stream)

    def insert_suggestion(self, text: str, *, goes_on: bool = False, recipe: Recipe | None = None) -> None:
        """Puts words that the voice has suggested in at the cursor, as a continuation of their own.

        Args:
            text: in the editor's units.
            goes_on: they belong to what was taken last, and one undo takes both away.
            recipe: how they were written.
        """
        if self.writing:
            return
        self.settle()
        position = self._editor.textCursor().selectionEnd()
        place = self.place if goes_on else None
        step = place.step if place is not None else None
        if place is None or step is None or not self._model.history.is_last(step) or place.span[1] != position:
            place = self.place = AttemptPlace(self._editor, position)
            place.open()
        voice = recipe.voice if recipe is not None else self.voice
        self._insert(text, voice)
        place.shown += text
        seed = recipe.settings.seed if recipe is not None else 0
        self._set_attempts([Attempt(place.shown, voice, seed, recipe)], 0)
        self.state_changed.emit()

    def stop(self) -> None:
        """Ends the continuation at once, behind a whole word; what stands on the page stays."""
        if self._running is not None:
            self._bridge.stop()
            held = self.arrival.held
            self.arrival.drop()
            self._finish_word(self._running, held)
            self._part_from_behind(self._running)
            self._end()

    def _finish_word(self, run: _Running, held: str) -> None:
        """Writes the word to its end where that is known from what is `held` back, else takes its beginning away."""
        place = self.place
        if run.beside or run.replaces or place is None or not place.shown:
            return
        rest = _WORD_END.match(held)
        length = rest.end() if rest is not None else 0
        if not place.shown[-1].isspace() and length < len(held):
            if length and self._insert(held[:length], run.name):
                place.shown += held[:length]
            return
        word = _LAST_WORD.search(place.shown[-2 * _LONGEST_WORD :])
        if word is None or not place.shown[-1].isalnum() or len(word[0].strip()) > _LONGEST_WORD:
            return
        edit = place.shorten(len(word[0]))
        if edit is not None:
            self._model.apply(edit, VOICE)
            place.shown = place.shown[: -len(word[0])]

    def _part_from_behind(self, run: _Running) -> None:
        """Lets what was stopped run into nothing behind it: no word, and no paragraph of hers."""
        place = self.place
        if run.beside or run.replaces or place is None or not place.shown or not place.is_in_text:
            return
        gap = self._gap_behind_place()
        if gap and not place.shown[-1].isspace() and self._insert(gap, run.name):
            place.shown += gap

    def _gap_behind_place(self) -> str:
        """White space that is wanting between the place and what stands behind it."""
        assert self.place is not None
        start, end = self.place.span
        before, paragraph = self._read_before(start)
        return gap_behind(before, self._prose(self._model.text_between(end, end + AFTER)), paragraph)

    def choose(self, index: int) -> None:
        """Puts another attempt in the place of the one in the text."""
        if self.is_beside:
            index = self._stop_for(index)
        place = self.place
        if self.writing or not 0 <= index < len(self.attempts) or place is None:
            return
        attempt = self.attempts[index]
        if index == self.current and place.shown == attempt.text and place.is_in_text:
            return
        self._replacing(lambda: self._put(attempt, index, attempt.text))

    def take(self, index: int, *, sentence: bool = False) -> None:
        """Puts an attempt into the text, or its next sentence, and the cursor behind it, so that typing goes on there.

        What of it stands in the text already stays, and the rest comes behind it.
        """
        if self.is_beside:
            index = self._stop_for(index)
        if self.writing or self.place is None or not 0 <= index < len(self.attempts):
            return
        attempt = self.attempts[index]
        _, rest, hidden = self.seen(index)
        text = first_sentence(rest) if sentence else rest
        if not text:
            self._go_behind()
        elif hidden[0] == hidden[1] and self.place.is_in_text and index == self.current:
            self._close_gap()
            if self._insert(text, attempt.voice):
                self.place.shown += text
            self._open_gap(attempt)
            self._go_behind()
            self.attempts_changed.emit()
        else:
            self._replacing(lambda: self._put(attempt, index, text, goes_behind=True))

    def _open_gap(self, attempt: Attempt) -> None:
        """Parts a sentence that was taken from the paragraph behind it, as the whole attempt would be."""
        assert self.place is not None
        if self.place.shown and not self.place.shown[-1].isspace():
            gap = self._gap_behind_place()
            if gap == BREAK and self._insert(gap, attempt.voice):
                self.place.gap = gap

    def _close_gap(self) -> None:
        """Takes that away again, so that the next sentence comes right behind."""
        assert self.place is not None
        edit = self.place.shorten(len(self.place.gap)) if self.place.gap else None
        if edit is not None:
            self._model.apply(edit, VOICE)
        self.place.gap = ""

    def seen(self, index: int) -> tuple[int, str, tuple[int, int]]:
        """What taking an attempt would do: the position, the text that would come there, and what would go for it."""
        assert self.place is not None
        start, end = self.place.span
        text = self.attempts[index].text
        if index == self.current and self.place.is_in_text and text.startswith(self.place.shown):
            end = max(start, end - len(self.place.gap))
            return end, text[len(self.place.shown) :], (end, end)
        return start, text, (start, end)

    def _stop_for(self, index: int) -> int:
        """Stops what is written beside the page; gives the number that an attempt has then, -1 where it is none."""
        recipe = self.attempts[index].recipe if 0 <= index < len(self.attempts) else None
        self.stop()
        recipes = [each.recipe for each in self.attempts]
        return recipes.index(recipe) if recipe is not None and recipe in recipes else -1

    def _put(self, attempt: Attempt, index: int, text: str, *, goes_behind: bool = False) -> None:
        assert self.place is not None
        self._clear_place()
        self._insert(text, attempt.voice)
        self.place.shown = text
        self.current = index
        if goes_behind:
            self._open_gap(attempt)
            self._go_behind()
        self.attempts_changed.emit()
        self.state_changed.emit()

    def _go_behind(self) -> None:
        """Puts the cursor behind what was taken."""
        self._put_cursor(self._end_of_words())
        self._editor.ensureCursorVisible()
        self._editor.setFocus()

    def _end_of_words(self) -> int:
        """Where the place's words end: what parts them from the paragraph behind is nowhere to type."""
        assert self.place is not None
        start, end = self.place.span
        return start + len(self._model.text.part(start, end).text.rstrip(BREAK))

    def _go_back_over_gap(self) -> None:
        """Leaves the line that parts what was written from the paragraph behind, where the cursor has come to it."""
        if self.place is not None and self.place.is_in_text:
            cursor = self._editor.textCursor()
            if not cursor.hasSelection() and cursor.position() == self.place.span[1]:
                self._put_cursor(self._end_of_words())

    def _put_cursor(self, position: int) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(position)
        self._editor.setTextCursor(cursor)

    def show_place(self, place: AttemptPlace, attempts: list[Attempt], current: int) -> None:
        """Goes to another place of the document, with the attempts that were written for it."""
        if not self.writing:
            self.place = place
            self._set_attempts(attempts, current)
            self.state_changed.emit()

    def add_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Lists earlier attempts at the same place behind the others."""
        if attempts and not self.writing:
            self._set_attempts([*self.attempts, *attempts], self.current)

    def sort(self) -> None:
        """Puts the attempts written last in the order of the voice's judge, where nobody points at one of them."""
        if not self._sorted or self.writing or not self.may_sort():
            return
        standing = self.attempts[self.current] if self.current >= 0 else None
        attempts = [*self._sorted, *(each for each in self.attempts if each not in self._sorted)]
        self._set_attempts(attempts, attempts.index(standing) if standing is not None else -1)

    def _set_attempts(self, attempts: list[Attempt], current: int) -> None:
        self.attempts = attempts
        self.current = current
        self._sorted = []
        self.attempts_changed.emit()

    def choose_next(self, by: int) -> None:
        """Goes to the next attempt (1), or the one before (-1)."""
        if self.attempts:
            self.choose((self.current + by) % len(self.attempts))

    def settle(self) -> None:
        """Lets what the voice wrote become ink."""
        if not self.writing:
            self._editor.highlighter.show_fresh(None)

    def forget(self) -> None:
        """Begins anew with another document."""
        self._noted.clear()
        self.stop()
        self._editor.highlighter.show_fresh(None)
        self.place = None
        self._set_attempts([], -1)
        self.state_changed.emit()

    def _begin(
        self, request: ContinueRequest, *, beside: bool = False, replaces: bool = False, repeats: int | None = None
    ) -> None:
        run = _Running(request, self.loaded, beside, replaces, repeats)
        self._running = run
        self._start(self._write(run, self._bridge.continue_(request)))
        self.attempts_changed.emit()
        self.state_changed.emit()

    def _request(self, position: int, end: int, settings: WritingSettings, original: str = "") -> ContinueRequest:
        """What is to be asked for what stands between `position` and `end`, and was `original` at first."""
        before, paragraph = self._read_before(position)
        return ContinueRequest(
            number=self._bridge.next_number,
            revision=self._model.revision,
            before=before,
            after=self._prose(self._model.text_between(end, end + AFTER)),
            settings=replace(settings, seed=settings.seed or draw_seed()),
            paragraph=paragraph,
            usual=self.usual_typography(),
            original=original,
            cast=self._bridge.cast,
            known=self._bridge.known,
        )

    def context_at(self, position: int) -> tuple[str, str, str]:
        """The prose before a position, what the document puts between paragraphs, and the prose behind the position."""
        before, paragraph = self._read_before(position)
        return before, paragraph, self._prose(self._model.text_between(position, position + AFTER))

    def _read_before(self, position: int) -> tuple[str, str]:
        """What the voice reads before `position`, and what the document puts between paragraphs."""
        return read_before(self._model.text_between, position, self.format)

    def _prose(self, text: str) -> str:
        return prose_of(text, self.format)

    async def _write(self, run: _Running, stream: ChunkStream) -> None:
        try:
            async for chunk in stream:
                if run is not self._running:
                    return
                if not run.heard:
                    self._credit(run, stream)
                run.heard += len(chunk.text)
                text = to_units(chunk.text)
                if chunk.remixes:
                    run.request = replace(run.request, remixes=chunk.remixes)
                if run.beside and run.repeats is None:
                    self._grow(run, chunk.alternative, text, run.recipe if chunk.remixes else None)
                elif chunk.alternative == 0 and not run.beside:
                    self.arrival.add(text)
                    self._keep_near()
                else:
                    run.others[chunk.alternative] = run.others.get(chunk.alternative, "") + text
            if run is self._running:
                await self.arrival.drained()
        except PandemoniumError as error:
            if run is self._running:
                self.arrival.drop()
                self._end()
                self.failed.emit(error)
            return
        if run is self._running:
            self._end(stream)

    def _credit(self, run: _Running, stream: ChunkStream) -> None:
        """Says who writes it: a voice that was still being loaded when it was asked for, it may be."""
        run.voice = stream.voice or run.voice
        if run.beside and run.repeats is None:
            recipe = run.recipe
            for number in range(run.request.settings.alternatives):
                self.attempts[number] = replace(self.attempts[number], voice=run.name, recipe=recipe.other(number))

    def _grow(self, run: _Running, alternative: int, text: str, recipe: Recipe | None) -> None:
        attempt = self.attempts[alternative]
        if recipe is not None:
            attempt = replace(attempt, recipe=recipe.other(alternative))
        self.attempts[alternative] = replace(attempt, text=attempt.text + text)
        self.attempt_grew.emit(alternative)
        self._show_pace(run)

    def _end(self, stream: ChunkStream | None = None) -> None:
        run = self._running
        self._running = None
        result = stream.result if stream else None
        if run is not None:
            first = run.request.settings.seed
            seeds = result.seeds if result else tuple(range(first, first + run.request.settings.alternatives))
            if run.repeats is None and run.beside:
                self._end_beside(run, seeds, is_whole=result is not None)
            elif not run.beside and self.place is not None and self.place.shown and not run.replaces:
                texts = [self.place.shown, *(text for _, text in sorted(run.others.items()))]
                numbers = [0, *sorted(run.others)]
                recipe = run.recipe
                written = [
                    Attempt(text, run.name, seeds[number], recipe.other(number))
                    for number, text in zip(numbers, texts, strict=True)
                ]
                current = len(self.attempts)
                self.attempts = [*self.attempts, *written]
                self.current = current
                self._go_back_over_gap()
        if self.place is not None:
            self.place.discard_if_empty()
        if result is not None:
            self.pace_changed.emit(result.characters_per_second)
            if run is not None and not run.beside:
                self._note_seam()
            self._note(result.notes)
        self.attempts_changed.emit()
        self.state_changed.emit()
        if run is not None and run.beside and run.repeats is None:
            self.choices_written.emit()
        if run is not None and run.repeats is not None:
            self.repeated.emit(run.others.get(run.repeats, "") if result is not None else "")

    def _end_beside(self, run: _Running, seeds: Sequence[int], *, is_whole: bool) -> None:
        """Keeps what was written beside the page, and asks which of it is best."""
        count = run.request.settings.alternatives
        fresh = [replace(each, seed=seed) for each, seed in zip(self.attempts[:count], seeds, strict=True)]
        written = [each for each in fresh if each.text]
        self.current = self.current - count + len(written) if self.current >= 0 else -1
        self.attempts = [*written, *self.attempts[count:]]
        if is_whole and len(written) > 1 and not run.request.original:
            self._start(self._judge(run.request, written))

    async def _judge(self, request: ContinueRequest, written: list[Attempt]) -> None:
        texts = [from_units(each.text) for each in written]

        def rank(voice: Continuer, stop: Callable[[], bool]) -> list[int]:
            from pandemonium.writing.ranking import (
                rank_texts,
            )  # on the thread that has loaded a voice's runtime already

            return rank_texts(voice, request, texts, stop)

        try:
            answer = await self._bridge.ask(rank, gently=True)
        except PandemoniumError:
            return  # they stay in the order in which they were written
        order = answer if isinstance(answer, list) else []
        if order and self.attempts[: len(written)] == written and not self.writing:
            self._sorted = [written[index] for index in order]
            self.sort()

    def _note(self, notes: tuple[str, ...]) -> None:
        """Says what the voice does not know of the text: once, while the same document is open."""
        for note in notes:
            if note not in self._noted:
                self._noted.add(note)
                self.noted.emit(note)

    def _note_seam(self) -> None:
        """Says so where the sentence behind the cursor goes on and the voice was not to heed it."""
        if self.place is None or self._settings().join:
            return
        end = self.place.span[1]
        behind = self._model.text_between(end, end + AFTER).split(BREAK, 1)[0].lstrip()
        goes_on = behind[:1] in tuple(",;:\u2013\u2014)") or (behind[:1].isalpha() and not behind[0].isupper())
        if self.place.shown and behind and goes_on:
            self.noted.emit(
                self.tr("The voice reads what stands before the cursor, not what follows: see that the two join.")
            )

    def _paint(self, text: str) -> None:
        """Puts arrived text on the page."""
        run = self._running
        if run is None or self.place is None:
            return
        if run.replaces:
            self._clear_place()
            run.replaces = False
        if not self._insert(text, run.name):
            self.stop()
            return
        self.place.shown += text
        self._keep_near()
        self._show_pace(run)

    def remix(self, mix: Sequence[str]) -> None:
        """Gives mixed voices other shares: what is being written heeds them from its next word on."""
        run = self._running
        if run is not None and run.repeats is None and not run.request.original:
            self._bridge.remix(mix)

    def _keep_near(self) -> None:
        """Lets mixed voices wait where they are far ahead of what is seen, so that a moved share is heard."""
        if self.loaded is not None and self.loaded.others:
            self._bridge.hold(len(self.arrival.held) > _AHEAD)

    def _show_pace(self, run: _Running) -> None:
        seconds = time.monotonic() - run.began
        if seconds > 0.2:
            self.pace_changed.emit(run.heard / seconds)

    def _insert(self, text: str, voice: str) -> bool:
        """Lets the continuation grow; False if the writer has taken its place away."""
        assert self.place is not None
        edit = self.place.extend(self._passage(voice, text))
        if edit is None:
            return False
        follow = self._editor.textCursor().position() == edit.position and self._editor.caret_is_visible()
        self._editor.highlighter.expect_fresh(Fresh(*self.place.span))
        self._model.apply(edit, VOICE)
        if follow:
            self._editor.ensureCursorVisible()
        return True

    def _passage(self, voice: str, text: str) -> Passage:
        """What the voice wrote; behind a heading it goes on in body text."""
        passage = Passage.by(voice, text)
        if self._model.is_rich and BREAK in text:
            assert self.place is not None
            index, _ = self._model.text.locate(self.place.span[1])
            if self._model.text.styles(index, 1)[0].kind in ("heading", "scene"):
                return replace(passage, styles=(None, *[BODY] * text.count(BREAK)))
        return passage

    def _clear_place(self) -> None:
        """Takes the attempt out of the text, so that another can be written in its place."""
        assert self.place is not None
        edit = self.place.clear()
        if not edit.is_empty:
            self._model.apply(edit, VOICE)
        self._editor.highlighter.show_fresh(None)

    def _writer_went_on(self, _: object, by: str) -> None:
        if by == WRITER:
            self.settle()
            self._leave_if_gone()
        fresh = self._editor.highlighter.fresh
        if self.writing and not self.is_beside and fresh is not None and by != VOICE and self.place is not None:
            start, end = self.place.span
            self._editor.highlighter.show_fresh(replace(fresh, start=start, end=end))

    def _leave_if_gone(self) -> None:
        """The attempts go with their place."""
        if self.place is not None and (self.is_beside or not self.writing) and self.place.is_gone:
            self.forget()

    def _step_travelled(self, step: Step) -> None:
        """A step was undone or redone; the attempts go where what they went on from is no more."""
        place = self.place
        own = place is not None and step is place.step
        if own:
            self.stop()
        self.settle()
        if place is None:
            return
        is_undone = place.step is not None and not self._model.history.is_done(place.step)
        if (is_undone and (not own or place.was_passage)) or place.is_gone:
            self.forget()

    def stop_if_nothing_came(self) -> bool:
        """Takes back a continuation of which nothing has arrived yet; tells whether there was one to take back."""
        place = self.place
        waits = self.writing and not self.is_beside and place is not None and not place.shown
        if waits and place is not None and place.step is not None and self._model.history.is_last(place.step):
            self.stop()
            return True
        return False

    def attempt_text(self, index: int) -> str:
        """An attempt's text as it would be saved."""
        return from_units(self.attempts[index].text)


def _recipe_of(request: ContinueRequest, voice: LoadedVoice | None, at: str) -> Recipe:
    if voice is None:
        return Recipe.of(request, "", "", "cpu", at)
    return Recipe.of(request, voice.name, voice.sha256, voice.device, at, mixed=voice.mixed)


async def _always() -> bool:
    return True
