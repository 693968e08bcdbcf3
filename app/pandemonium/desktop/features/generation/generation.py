"""Continue, Stop, Retry and the attempts: what the voice does on the page, in one place."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE, WRITER
from pandemonium.desktop.editor.units import from_units
from pandemonium.desktop.features.generation.arrival import Arrival
from pandemonium.desktop.features.generation.attempt import Attempt, first_sentence
from pandemonium.desktop.features.generation.attempt_place import AttemptPlace
from pandemonium.desktop.features.generation.attempt_writer import AttemptWriter
from pandemonium.desktop.features.generation.attempts import Attempts
from pandemonium.desktop.features.generation.requests import Requests
from pandemonium.desktop.features.generation.runs import Again, Beside, OnPage, Run, now, recipe_of
from pandemonium.desktop.features.generation.writing_bridge import ChunkStream, WritingBridge
from pandemonium.documents.model.history import Step
from pandemonium.documents.model.passage import BREAK
from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.writing.reading.context import BEHIND
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import ContinueRequest, for_choices
from pandemonium.writing.worker import LoadedVoice

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer

_AHEAD = 60  # characters that mixed voices are ahead of what is seen: what is written hears of no share any more


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
        self._running: Run | None = None
        self._attempts = Attempts()
        self._is_asking = False
        self._suggested: tuple[ContinueRequest, ChunkStream, str] | None = None  # what was suggested last, and when
        self._noted: set[str] = set()
        self.requests = Requests(editor.model, bridge)
        self._writer = AttemptWriter(editor, self.requests)
        self.arrival = Arrival(loop, self._paint, self)
        self.loaded: LoadedVoice | None = None
        self.place: AttemptPlace | None = None
        self.may_replace: Callable[[], Awaitable[bool]] = _always
        self.may_sort: Callable[[], bool] = lambda: True  # nobody points at one of the attempts
        self.choices: Callable[[], int] = lambda: 3  # how many are written beside the page
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
        return self._running is not None and self._running.is_beside

    @property
    def attempts(self) -> list[Attempt]:
        """The texts that were proposed for the place, as they are listed."""
        return self._attempts.all

    @property
    def current(self) -> int:
        """The number of the attempt that stands in the text; -1 where none does."""
        return self._attempts.current

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
        place = self._begin_place()
        place.open()
        position = place.span[0]
        self._begin(self._on_page(place, self.requests.between(position, position, self._settings())))

    def write_choices(self) -> None:
        """Has several continuations written beside the page; the text stays as it is until one of them is taken."""
        if not self._may_begin:
            return
        before = self.place
        kept = [] if before is None or before.is_in_text else self.attempts
        start = before.span[0] if before is not None else -1
        if self._begin_place().span[0] == start:
            self._attempts.replace(kept)
        self.write_others()

    def reword(self, start: int, end: int) -> None:
        """Has other wordings of a passage written beside the page; the passage stays until one of them is taken."""
        if self.writing:
            return
        self.settle()
        self._editor.select_nothing()
        original = self.requests.prose(start, end)
        self.place = AttemptPlace(self._editor, start, end, original=original)
        self._set_attempts([], -1)
        self.write_others()

    def _begin_place(self) -> AttemptPlace:
        """Takes the place of the cursor for what is written next."""
        self.settle()
        position = self.requests.behind_word(self._editor.textCursor().selectionEnd())
        self._editor.select_nothing()
        place = self.place = AttemptPlace(self._editor, position)
        self._attempts.replace()  # whoever begins there tells of it
        return place

    def _on_page(self, place: AttemptPlace, request: ContinueRequest, *, replaces: bool = False) -> OnPage:
        return OnPage(request, self.loaded, place, self._writer, self.arrival, self._attempts, replaces=replaces)

    def write_others(self) -> None:
        """Has several attempts for the same place written beside the page; what stands there stays."""
        if self.writing or self.place is None:
            return
        settings = for_choices(self._settings(), self.choices())
        request = self.requests.between(*self.place.span, settings, self.place.original)
        self._begin(Beside(request, self.loaded, self._attempts))

    def repeat(self, recipe: Recipe) -> bool:
        """Has a text of this place written again, beside the page and not as an attempt; `repeated` gives it.

        Returns:
            whether it began; False where another text stands before the place than was read then.

        Raises:
            PandemoniumError: another version of the program has written it.
        """
        if self.writing or self.place is None:
            return False
        request = self.requests.again(recipe, self.place.span[0])
        if request is None:
            return False
        self._begin(Again(request, self.loaded, recipe.alternative))
        return True

    def read_ahead(self) -> None:
        """Has the text before the cursor read already, so that Continue begins at once."""
        if not self.writing:
            self._bridge.read_ahead(*self.requests.before(self._editor.textCursor().selectionEnd()))

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
        request = self.requests.between(*self.place.span, self._settings(), self.place.original)
        self._begin(self._on_page(self.place, request, replaces=True))

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
        request = self.requests.between(position, position, settings)
        stream = self._bridge.continue_(request)
        self._suggested = request, stream, now()
        return stream

    @property
    def suggested(self) -> Recipe | None:
        """The recipe of what was suggested last."""
        if self._suggested is None:
            return None
        request, stream, at = self._suggested
        return recipe_of(request, stream.voice or self.loaded, at)

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
        self._writer.write(place, text, voice)
        seed = recipe.settings.seed if recipe is not None else 0
        self._set_attempts([Attempt(place.shown, voice, seed, recipe)], 0)
        self.state_changed.emit()

    def stop(self) -> None:
        """Ends the continuation at once, behind a whole word; what stands on the page stays."""
        if self._running is not None:
            self._bridge.stop()
            self._running.stop()
            self._end()

    def choose(self, index: int) -> None:
        """Puts another attempt in the place of the one in the text."""
        if self.is_beside:
            index = self._stop_for(index)
        place = self.place
        if self.writing or not self._attempts.has(index) or place is None:
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
        place = self.place
        if self.writing or place is None or not self._attempts.has(index):
            return
        attempt = self.attempts[index]
        _, rest, hidden = self.seen(index)
        text = first_sentence(rest) if sentence else rest
        if not text:
            self._writer.go_behind(place)
        elif hidden[0] == hidden[1] and place.is_in_text and index == self.current:
            self._writer.close_gap(place)
            self._writer.write(place, text, attempt.voice)
            self._writer.open_gap(place, attempt.voice)
            self._writer.go_behind(place)
            self.attempts_changed.emit()
        else:
            self._replacing(lambda: self._put(attempt, index, text, goes_behind=True))

    def seen(self, index: int) -> tuple[int, str, tuple[int, int]]:
        """What taking an attempt would do: the position, the text that would come there, and what would go for it."""
        assert self.place is not None
        start, end = self.place.span
        text = self.attempts[index].text
        if index == self.current and self.place.is_in_text and text.startswith(self.place.shown):
            end = max(start, end - len(self.place.gap))
            return end, text[len(self.place.shown) :], (end, end)
        return start, text, (start, end)

    def number_of(self, recipe: Recipe | None) -> int:
        """The number of the attempt that was written so; -1 where there is none."""
        return self._attempts.number_of(recipe)

    def _stop_for(self, index: int) -> int:
        """Stops what is written beside the page; gives the number that an attempt has then, -1 where it is none."""
        recipe = self.attempts[index].recipe if self._attempts.has(index) else None
        self.stop()
        return self.number_of(recipe)

    def _put(self, attempt: Attempt, index: int, text: str, *, goes_behind: bool = False) -> None:
        place = self.place
        assert place is not None
        self._writer.clear(place)
        self._writer.write(place, text, attempt.voice)
        self._attempts.current = index
        if goes_behind:
            self._writer.open_gap(place, attempt.voice)
            self._writer.go_behind(place)
        self.attempts_changed.emit()
        self.state_changed.emit()

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
        if not self.writing and self.may_sort() and self._attempts.sort():
            self.attempts_changed.emit()

    def _set_attempts(self, attempts: Sequence[Attempt], current: int) -> None:
        self._attempts.replace(attempts, current)
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

    def _begin(self, run: Run) -> None:
        self._running = run
        self._start(self._write(run, self._bridge.continue_(run.request)))
        self.attempts_changed.emit()
        self.state_changed.emit()

    async def _write(self, run: Run, stream: ChunkStream) -> None:
        try:
            async for chunk in stream:
                if run is not self._running:
                    return
                run.take(chunk, stream.voice)
                if isinstance(run, Beside):
                    self.attempt_grew.emit(chunk.alternative)
                    self._show_pace(run)
                elif isinstance(run, OnPage):
                    self._keep_near()
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

    def _end(self, stream: ChunkStream | None = None) -> None:
        run = self._running
        self._running = None
        result = stream.result if stream else None
        if run is not None:
            run.end(result.seeds if result else run.seeds)
        if isinstance(run, Beside) and result is not None and len(run.written) > 1 and not run.request.original:
            self._start(self._judge(run.request, run.written))
        if self.place is not None:
            self.place.discard_if_empty()
        if result is not None:
            self.pace_changed.emit(result.characters_per_second)
            if isinstance(run, OnPage):
                self._note_seam()
            self._note(result.notes)
        self.attempts_changed.emit()
        self.state_changed.emit()
        if isinstance(run, Beside):
            self.choices_written.emit()
        elif isinstance(run, Again):
            self.repeated.emit(run.text if result is not None else "")

    async def _judge(self, request: ContinueRequest, written: list[Attempt]) -> None:
        texts = [from_units(each.text) for each in written]

        def rank(voice: Continuer, stop: Callable[[], bool]) -> list[int]:
            # Here: the thread that asks has loaded a voice's runtime already.
            from pandemonium.writing.ranking import rank_texts

            return rank_texts(voice, request, texts, stop)

        try:
            answer = await self._bridge.ask(rank, gently=True)
        except PandemoniumError:
            return  # they stay in the order in which they were written
        order = answer if isinstance(answer, list) else []
        if order and self.attempts[: len(written)] == written and not self.writing:
            self._attempts.set_best_first([written[index] for index in order])
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
        behind = self._model.text_between(end, end + BEHIND).split(BREAK, 1)[0].lstrip()
        goes_on = behind[:1] in tuple(",;:\u2013\u2014)") or (behind[:1].isalpha() and not behind[0].isupper())
        if self.place.shown and behind and goes_on:
            self.noted.emit(
                self.tr("The voice reads what stands before the cursor, not what follows: see that the two join.")
            )

    def _paint(self, text: str) -> None:
        """Puts arrived text on the page."""
        run = self._running
        if not isinstance(run, OnPage):
            return
        if not run.paint(text):
            self.stop()
            return
        self._keep_near()
        self._show_pace(run)

    def remix(self, mix: Sequence[str]) -> None:
        """Gives mixed voices other shares: what is being written heeds them from its next word on."""
        run = self._running
        if run is not None and run.may_remix:
            self._bridge.remix(mix)

    def _keep_near(self) -> None:
        """Lets mixed voices wait where they are far ahead of what is seen, so that a moved share is heard."""
        if self.loaded is not None and self.loaded.others:
            self._bridge.hold(len(self.arrival.held) > _AHEAD)

    def _show_pace(self, run: Run) -> None:
        pace = run.pace
        if pace is not None:
            self.pace_changed.emit(pace)

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


async def _always() -> bool:
    return True
