"""Keeps every attempt with its document, and finds those of the place where the cursor stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.tasks import Tasks
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.units import from_units
from pandemonium.desktop.features.choices.attempt_files import AttemptFiles
from pandemonium.desktop.features.choices.kept_attempts import REACH, FoundPlace, KeptAttempts, place_of
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.desktop.features.generation.attempt_place import AttemptPlace
from pandemonium.desktop.features.generation.generation import Generation
from pandemonium.desktop.features.generation.recalled_words import RecalledWords
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError

_LOOK = 150  # milliseconds from the cursor's last move
_WRITE = 2000  # from the last attempt to the file


class AttemptKeeper(QObject):
    """Follows one page through its documents.

    Args:
        editor: the page.
        generation: whose attempts are kept.
        files: where they lie.
        recalled: the words that the draft gave, which are kept with the attempts that they stand in.
        tasks: that run what is done beside the window.
        say: tells her what could not be kept.
    """

    def __init__(
        self,
        editor: DocumentEditor,
        generation: Generation,
        files: AttemptFiles,
        recalled: RecalledWords,
        tasks: Tasks,
        say: Callable[[PandemoniumError], object],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._generation = generation
        self._files = files
        self._recalled = recalled
        self._tasks = tasks
        self._say = say
        self._keys = DocumentKeys.of(None)
        self._came = False  # another text is on the page, and it is not known yet which
        self._unread: DocumentKeys | None = None  # a document whose kept attempts are being read
        self._seen: tuple[object, ...] = ()
        self.kept = KeptAttempts()
        self._look_timer = self._timer(_LOOK, self.look)
        self._write_timer = self._timer(_WRITE, self._write_beside)
        editor.model.loaded.connect(self._load)
        editor.after_paint.caret_moved.connect(self._look_timer.start)
        generation.attempts_changed.connect(self._keep)

    def set_document(self, keys: DocumentKeys) -> None:
        """The page's document has these keys now; it was loaded, or saved as another file."""
        before = self._keys
        self._keys = keys
        if self._came:
            self._came = False
            self._unread = keys
            self._tasks.start(self._read(keys))
        elif keys != before:
            if self.kept.places:
                self._write_timer.start()
            if before.is_untitled:
                self._files.forget(before)

    def find(self, position: int) -> FoundPlace | None:
        """The place of the document that a position stands in, or right behind of."""
        if not self.kept.places:
            return None
        text = self._editor.model.text
        start = max(0, position - REACH)
        return self.kept.find(position, start, text.part(start, min(len(text), position + REACH)))

    def look(self) -> None:
        """Shows the attempts of the place where the cursor stands; where it stands in none, those shown stay."""
        generation = self._generation
        position = self._editor.textCursor().position()
        place = generation.place
        if generation.writing or self._editor.textCursor().hasSelection():
            return
        is_within = place is not None and bool(generation.attempts) and place.span[0] <= position <= place.span[1]
        found = self.find(position)
        if found is None or (place is not None and place.span == found[:2]):
            return
        if is_within and not found.place.original:
            return
        start, end, kept = found
        shown = self._editor.model.text.part(start, end).text
        attempts = list(kept.attempts)
        texts = [each.text for each in attempts]
        current = texts.index(shown) if shown in texts else kept.current if shown else -1
        generation.show_place(AttemptPlace(self._editor, start, end, shown, kept.original), attempts, current)

    def close(self, *, forget: bool = False) -> None:
        """The window closes; what is kept goes with a document that nobody wants."""
        self._look_timer.stop()
        self._write_now()
        if forget:
            self._files.forget(self._keys)

    def _keep(self) -> None:
        """Takes in what was written, and lists what was written at the same place before."""
        generation = self._generation
        place = generation.place
        if generation.writing or place is None or not generation.attempts:
            return
        if place.original and not place.is_in_text:
            return  # other words that were not taken are asked for again as easily, and hers need no list
        shown = place.shown if place.is_in_text else ""
        seen = (place, shown, generation.current, tuple(generation.attempts))
        if seen == self._seen:
            return
        self._seen = seen
        wanted = place_of(place.tail, shown, generation.attempts, generation.current, place.original)
        kept = self.kept.keep(replace(wanted, attempts=tuple(map(self._with_origins, wanted.attempts))))
        self._write_timer.start()
        generation.add_attempts(kept.attempts[len(wanted.attempts) :])

    def _with_origins(self, attempt: Attempt) -> Attempt:
        """An attempt with what is known of where its words come from."""
        return attempt if attempt.origins else replace(attempt, origins=self._recalled.of(from_units(attempt.text)))

    def _load(self) -> None:
        self._write_now()
        self._came = True
        self._unread = None
        self._seen = ()
        self.kept = KeptAttempts()

    async def _read(self, keys: DocumentKeys) -> None:
        kept = await in_thread(self._tasks.loop, lambda: self._files.read(keys))
        if keys == self._unread:
            self._join(kept)
            self._look_timer.start()

    def _join(self, kept: KeptAttempts) -> None:
        """Puts what was kept before in front of what has come since the document was opened."""
        self._unread = None
        for attempt in (each for place in kept.places for each in place.attempts):
            self._recalled.bring_back(from_units(attempt.text), attempt.origins)
        for each in self.kept.places:
            kept.keep(each)
        self.kept = kept

    def _write_beside(self) -> None:
        if self.kept.places:
            if self._unread is not None:
                self._write_timer.start()
                return
            self._tasks.start(self._write(self._keys, KeptAttempts(self.kept.places)))

    async def _write(self, keys: DocumentKeys, kept: KeptAttempts) -> None:
        await in_thread(self._tasks.loop, lambda: self._files.write(keys, kept.to_json()))

    def _write_now(self) -> None:
        if self._write_timer.isActive() and self.kept.places:
            if self._unread is not None:
                self._join(self._files.read(self._unread))
            try:
                self._files.write(self._keys, self.kept.to_json())
            except PandemoniumError as error:
                self._say(error)
        self._write_timer.stop()

    def _timer(self, milliseconds: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer
