"""Reads the names of the page beside the window, as it stands and no oftener than it must."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from pandemonium.desktop.core.background import call_in
from pandemonium.desktop.core.latest_only import LatestOnlyWorker
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.errors import PandemoniumError
from pandemonium.text.naming import DraftNames, FoundName, Place

_BREATH = 40  # paragraphs between two rests
_REST = 0.002  # seconds
_TELLS = 0.3  # seconds between two words about how far it is
_DELAY = 700  # milliseconds without an edit before the draft is read again


@dataclass(frozen=True)
class _Answer:
    names: tuple[FoundName, ...]
    places: list[Place]
    form: str


class CastReader(QObject):
    """The names of one page.

    Signals:
        found(tuple[FoundName, ...]): what the draft names now.
        progressed(float): how much of what is new was read, from 0 to 1; told now and then while it takes time.
    """

    found = Signal(object)
    progressed = Signal(float)

    def __init__(self, editor: DocumentEditor, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(editor)
        self._model = editor.model
        self._loop = loop
        self._draft = DraftNames()  # the thread's own
        self._worker = LatestOnlyWorker(loop, "cast")
        self._follows = False
        self._revision = -1  # of the text whose names were told
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.read)
        editor.after_paint.edited.connect(self._soon)
        editor.model.loaded.connect(self._soon)

    @property
    def is_settled(self) -> bool:
        """What was told is about the text as it stands."""
        return self._revision == self._model.revision

    def follow(self, follows: bool) -> None:
        """Reads the page, and again whenever it has changed; or no more."""
        before = self._follows
        self._follows = follows
        if follows and not before:
            self.read()
        elif not follows:
            self._timer.stop()

    def read(self) -> None:
        """Reads the page now."""
        self._timer.stop()
        if not self.is_settled:
            self._ask((), None, lambda _: None)

    def find(self, forms: Sequence[str], then: Callable[[list[Place]], None]) -> None:
        """Looks where a name stands in the text as it is; `then` is not called where that has changed meanwhile."""
        self._ask(forms, None, lambda answer: then(answer.places))

    def name_at(self, paragraph: int, offset: int, then: Callable[[str], None]) -> None:
        """Looks which name stands at a place of the text as it is: one of its forms, or empty."""
        self._ask((), (paragraph, offset), lambda answer: then(answer.form))

    def close(self) -> None:
        """Ends the thread."""
        self._timer.stop()
        self._worker.close()

    def _ask(self, forms: Sequence[str], place: tuple[int, int] | None, then: Callable[[_Answer], None]) -> None:
        paragraphs = [each.text for each in self._model.text.paragraphs]
        revision = self._model.revision
        draft = self._draft

        def work(stopped: Callable[[], bool]) -> _Answer | None:
            if not draft.read(paragraphs, _gently(stopped), self._teller()):
                return None
            form = draft.form_at(*place) if place is not None else ""
            return _Answer(draft.names, draft.places(forms) if forms else [], form)

        def take(answer: _Answer | None) -> None:
            if answer is None:
                return
            self._revision = revision
            self.found.emit(answer.names)
            if revision == self._model.revision:
                then(answer)
            else:
                self._soon()

        self._worker.ask(work, take, _no_error)

    def _teller(self) -> Callable[[float], None]:
        """Tells the window how far the reading is, a few times a second."""
        told = time.monotonic()

        def tell(share: float) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told > _TELLS:
                told = now
                call_in(self._loop, lambda: self.progressed.emit(share))

        return tell

    def _soon(self, *_: object) -> None:
        if self._follows:
            self._timer.start()


def _gently(stopped: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, which lets the window go first now and then: both hold one interpreter's lock."""
    asked = itertools.count(1)

    def ask() -> bool:
        if next(asked) % _BREATH == 0:
            time.sleep(_REST)
        return stopped()

    return ask


def _no_error(error: PandemoniumError) -> None:
    raise error
