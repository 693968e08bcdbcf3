"""Tells those who merely observe a page what has changed there, once the page shows it: no key waits for them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.editor.document_model import UNDO, VOICE, WRITER, DocumentModel
from pandemonium.desktop.editor.key_watch import KeyWatch
from pandemonium.documents.model.authored_text import Touched

_LATEST = 300  # milliseconds until it is told of a page that nobody sees
_UNSEEN = 1_000  # milliseconds until what waits for a paint waits no more
_RANKS = (VOICE, UNDO, WRITER)


class AfterPaint(QObject):
    """What a page's observers hear, in the order of the signals; each comes once a paint, however often it happened.

    What has to be true at once (undo, provenance, what is painted) listens to the model itself.

    Attributes:
        typed: some of what is being told came by the writer's keys.

    Signals:
        edited(Touched, str): paragraphs changed, as `DocumentModel.edited` says it; once for each stretch of them,
            from the first to the last, and by the writer where several had a hand in it.
        caret_moved(): the cursor stands elsewhere.
        state_changed(): as of the model.
    """

    edited = Signal(object, str)
    caret_moved = Signal()
    state_changed = Signal()

    def __init__(self, editor: QTextEdit, model: DocumentModel, keys: KeyWatch) -> None:
        super().__init__(editor)
        self._keys = keys
        self._waiting: list[Callable[[], object]] = []
        self._touched: list[Touched] = []
        self._by = VOICE
        self._has_moved = False
        self._has_state = False
        self._is_typed = False
        self._is_telling = False
        self.typed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.catch_up)
        self._behind = QTimer(self)
        self._behind.setSingleShot(True)
        self._behind.timeout.connect(self._call_waiting)
        model.edited.connect(self._edit)
        model.loaded.connect(self._forget)
        model.state_changed.connect(self._change_state)
        editor.cursorPositionChanged.connect(self._move)

    def once(self, call: Callable[[], object]) -> None:
        """Calls when the page was painted next: for what would keep the writer from seeing it."""
        self._waiting.append(call)
        if not self._behind.isActive():
            self._behind.start(_UNSEEN)

    def painted(self) -> None:
        """The page was painted."""
        if self._behind.isActive():
            self._behind.start(0)
        if self._timer.isActive():
            self._timer.start(0)

    def catch_up(self) -> None:
        """Tells now what was not told yet: for whoever needs to know at this moment."""
        if self._is_telling:
            return
        self._is_telling = True
        self._timer.stop()
        touched = list(self._touched)
        self._touched.clear()
        by = self._by
        self._by = VOICE
        self.typed = self._is_typed
        self._is_typed = False
        has_moved = self._has_moved
        self._has_moved = False
        has_state = self._has_state
        self._has_state = False
        try:
            for each in touched:
                self.edited.emit(each, by)
            if has_moved:
                self.caret_moved.emit()
            if has_state:
                self.state_changed.emit()
        finally:
            self._is_telling = False

    def _call_waiting(self) -> None:
        waiting = list(self._waiting)
        self._waiting.clear()
        for call in waiting:
            call()

    def _forget(self) -> None:
        self._touched.clear()  # another text has come, and whoever observes begins anew

    def _edit(self, touched: Touched, by: str) -> None:
        add_touched(self._touched, touched)
        self._by = max(self._by, by, key=_RANKS.index)
        self._is_typed = self._is_typed or self._keys.typing
        self._soon()

    def _move(self) -> None:
        self._has_moved = True
        self._soon()

    def _change_state(self) -> None:
        self._has_state = True
        self._soon()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start(_LATEST)


def add_touched(stretches: list[Touched], new: Touched) -> None:
    """Takes one more edit into the stretches of paragraphs that edits have changed.

    Args:
        stretches: apart from each other and ascending; `first` counts in the text as it is behind all edits so far.
            Told one after the other, they make the old paragraphs into the new ones.
        new: the edit behind those.
    """
    end = new.first + new.before
    grown = new.after - new.before
    low = bisect_left(stretches, new.first, key=lambda each: each.first + each.after)
    high = bisect_right(stretches, end, low, key=lambda each: each.first)
    if near := stretches[low:high]:
        first = min(new.first, near[0].first)
        size = max(end, near[-1].first + near[-1].after) - first
        new = Touched(first, size - sum(each.after - each.before for each in near), size + grown)
    if grown:
        stretches[high:] = [replace(each, first=each.first + grown) for each in stretches[high:]]
    stretches[low:high] = [new]
