"""Finds and replaces on the page: searches beside the window, keeps the count true, paints what is in view."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from pandemonium.desktop.core.latest_only import LatestOnlyWorker
from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.extra_selections import ExtraSelections
from pandemonium.desktop.features.find.snapshot import Snapshot, Task
from pandemonium.documents.model.passage import CharFormat, Passage, Span, lines_of
from pandemonium.errors import PandemoniumError
from pandemonium.text.searching import Found, Query, Replacement

_DELAY = 200  # milliseconds without an edit before the next count
_LATEST = 2.0  # seconds after an edit when it is counted though more are made
_MOST_PAINTED = 600


class Finder(QObject):
    """What is searched for in one editor, where it stands, and how it is replaced.

    Positions are the editor's. A search runs on a snapshot; while the text changes the last count stays, and
    whatever needs exact places waits for a new search, or makes it at once where the text does not come to rest.

    Attributes:
        editor: the page.
        wraps: after the last place comes the first.
        error: why the last search came to nothing; None where it did not.
        wrapped: the last step went on from the other end of the text.
        replaced: how many places the last replacement changed; None where nothing was replaced since.
        left: how many of them were left because a note or a picture stands in them.

    Signals:
        changed(): the count, the place, or the error is another.
    """

    changed = Signal()

    def __init__(self, editor: DocumentEditor, selections: ExtraSelections, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(editor)
        self.editor = editor
        self._selections = selections
        self._worker = LatestOnlyWorker(loop, "finding")
        self.wraps = True
        self.error: PandemoniumError | None = None
        self.wrapped = False
        self.replaced: int | None = None
        self.left = 0
        self._query = Query("")
        self._found = Found()
        self._revision = -1  # of the text that `_found` is about
        self._range: QTextCursor | None = None
        self._scrolling = Listening((selections.visible_changed, self._paint))  # while it searches
        self._anchor = 0
        self._edited_at = 0.0
        self._pending: Callable[[], None] | None = None
        self._form = QTextCharFormat()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(lambda: self._search())
        editor.after_paint.edited.connect(self._text_changed)
        editor.model.loaded.connect(self._forget_places)

    @property
    def query(self) -> Query:
        """What is searched for."""
        return self._query

    @property
    def count(self) -> int:
        """How many places were found."""
        return len(self._found)

    @property
    def current(self) -> int | None:
        """The number, from 0, of the place that is selected on the page; None if none is."""
        cursor = self.editor.textCursor()
        index = bisect_left(self._found.starts, cursor.selectionStart())
        here = (cursor.selectionStart(), cursor.selectionEnd())
        while index < len(self._found) and self._found.starts[index] == here[0]:
            if self._found[index] == here:
                return index
            index += 1
        return None

    @property
    def is_settled(self) -> bool:
        """The count is about the text as it stands."""
        return self._revision == self.editor.model.revision

    @property
    def is_limited(self) -> bool:
        """Only a part of the text is searched."""
        return self._range is not None

    def begin(self) -> None:
        """Starts painting and counting; the first place is looked for from the cursor on."""
        self._scrolling.turn(True)
        self._anchor = self.editor.textCursor().selectionStart()
        self.replaced = None
        self._search()

    def end(self) -> None:
        """Stops painting and counting; what was searched for is kept."""
        self._scrolling.turn(False)
        self._pending = None
        self._timer.stop()
        self._worker.drop()
        if self._range is not None:
            self._range = None
            self._revision = -1
        self._selections.show("found", ())

    def close(self) -> None:
        """Ends the thread."""
        self.end()
        self._worker.close()

    def search_for(self, query: Query) -> None:
        """Searches for something else, and goes to the first place from where the search began."""
        if query != self._query:
            self._query = query
            self.error = self.replaced = None
            self._search(self._go_to_first)

    def limit_to_selection(self, limited: bool) -> None:
        """Searches what is selected now and nothing else, or everything again."""
        cursor = self.editor.textCursor()
        self._range = QTextCursor(cursor) if limited and cursor.hasSelection() else None
        if self._range is not None:
            self._anchor = cursor.selectionStart()
            cursor.setPosition(self._anchor)
            self.editor.setTextCursor(cursor)
        self._search()

    def go(self, step: int) -> None:
        """Selects the next place (1) or the one before (-1)."""
        self.replaced = None
        self._with_places(lambda: self._go(step))

    def replace(self, template: str, *, keep_case: bool) -> None:
        """Replaces the place that is selected and goes to the next; selects one first where none is."""
        self.replaced = None

        def replace() -> None:
            if self.current is None:
                self._go(1)
                return
            start, end = self._found[self.current]
            model = self.editor.model
            limit = self._range.selectionEnd() if self._range else None
            task = Task(self._query, template, keep_case, single=True)
            try:
                changes = Snapshot(list(model.text.paragraphs), model.revision, start, limit).changes(task)
            except PandemoniumError as error:
                self._fail(error)
                return
            if changes and (changes[0].start, changes[0].end) == (start, end):
                self._make(changes)
                self._move_to(start + len(changes[0].text), start + len(changes[0].text))
            else:
                self._move_to(end, end)
                self.left = 1
            self._with_places(lambda: self._go(1, keep=True))

        self._with_places(replace)

    def replace_all(self, template: str, *, keep_case: bool) -> None:
        """Replaces every place as one step that one undo takes back."""
        task = Task(self._query, template, keep_case)
        self._attempt(task, 2)

    def apply_colours(self, colours: Colours) -> None:
        """Takes another theme."""
        self._form = QTextCharFormat()
        self._form.setBackground(QColor(colours.found))
        self._paint()

    def _attempt(self, task: Task, tries: int) -> None:
        if not self._query.words:
            return
        self.editor.after_paint.catch_up()
        self._timer.stop()  # a count that came meanwhile would be the newer question
        snapshot = self._snapshot()

        def take(changes: list[Replacement]) -> None:
            if snapshot.revision == self.editor.model.revision:
                self._replace_all(changes)
            elif tries > 1:
                self._attempt(task, tries - 1)
            else:  # prose keeps arriving: it has proven quick, so it may be done here
                try:
                    self._replace_all(self._snapshot().changes(task))
                except PandemoniumError as error:
                    self._fail(error)

        self._worker.ask(lambda stopped: snapshot.changes(task), take, self._fail)

    def _replace_all(self, changes: list[Replacement]) -> None:
        self.error = None
        places = self.count if self.is_settled else len(changes)
        self._make(changes)
        self.replaced = len(changes)
        self.left = max(0, places - len(changes))
        self._search()
        self.changed.emit()

    def _make(self, changes: list[Replacement]) -> None:
        model = self.editor.model
        made: list[tuple[int, int, Passage | str]] = []
        for each in changes:
            char_format = model.text.part(each.start, each.end).char_format_at(0) if model.is_rich else CharFormat.PLAIN
            spans = tuple(Span(start, end, char_format) for start, end in lines_of(each.text)) if char_format else ()
            made.append((each.start, each.end, Passage(each.text, spans=spans)))
        if made:
            model.replace_many(made, "replace")
            self.editor.after_paint.catch_up()  # what is said of the replacement is not for this edit to take back

    def _text_changed(self, _touched: object, _by: str) -> None:
        self.replaced = None
        self.left = 0
        if not self._scrolling.is_on or self.error is not None:
            return
        now = time.monotonic()
        if not self._timer.isActive():
            self._edited_at = now
        if now - self._edited_at < _LATEST:
            self._timer.start()

    def _forget_places(self) -> None:
        self._range = None
        self._anchor = 0
        self._found = Found()
        self._revision = -1
        if self._scrolling.is_on:
            self._search()

    def _snapshot(self) -> Snapshot:
        model = self.editor.model
        if self._range is None:
            return Snapshot(list(model.text.paragraphs), model.revision)
        start = self._range.selectionStart()
        end = self._range.selectionEnd()
        return Snapshot(list(model.text.paragraphs), model.revision, start, end)

    def _search(self, then: Callable[[], None] | None = None, tries: int = 2) -> None:
        """Searches beside the window; `then` is called when the places are those of the text as it stands.

        What was to be called after an earlier search is called after this one, if `then` is not given.
        """
        self.editor.after_paint.catch_up()  # what was edited until now is searched as well
        self._timer.stop()
        self._pending = then or self._pending
        if not self._query.words:
            self._pending = None
            self._take(Found(), self.editor.model.revision)
            return
        self._revision = -1
        snapshot = self._snapshot()
        task = Task(self._query)

        def take(found: Found) -> None:
            if snapshot.revision == self.editor.model.revision:
                self._take(found, snapshot.revision)
            elif tries > 1:
                self._search(tries=tries - 1)
            else:  # prose keeps arriving: the search has proven quick, so it may be made here
                now = self._snapshot()
                try:
                    self._take(now.find(task), now.revision)
                except PandemoniumError as error:
                    self._fail(error)

        self._worker.ask(lambda stopped: snapshot.find(task, stopped), take, self._fail)

    def _with_places(self, act: Callable[[], None]) -> None:
        if not self._query.words:
            return
        if self.is_settled:
            act()
        else:
            self._search(act)

    def _take(self, found: Found, revision: int) -> None:
        self._found = found
        self._revision = revision
        self.error = None
        self._paint()
        self.changed.emit()
        pending = self._pending
        self._pending = None
        if pending is not None:
            pending()

    def _fail(self, error: PandemoniumError) -> None:
        self._found = Found()
        self._revision = -1
        self.error = error
        self._pending = None
        self._selections.show("found", ())
        self.changed.emit()

    def _go_to_first(self) -> None:
        if not len(self._found):
            return
        index = bisect_left(self._found.starts, self._anchor)
        if index == len(self._found):
            index = 0
        self._select(index)
        self.changed.emit()

    def _go(self, step: int, *, keep: bool = False) -> None:
        """Selects the next place; `keep` leaves what was said about a replacement."""
        count = len(self._found)
        cursor = self.editor.textCursor()
        current = self.current
        if current is not None:
            index = current + step
        elif step > 0:
            index = bisect_left(self._found.starts, cursor.selectionEnd())
        else:
            index = bisect_left(self._found.ends, cursor.selectionStart() + 1) - 1
        self.wrapped = not 0 <= index < count
        if count and (self.wraps or not self.wrapped):
            self._select(index % count)
        self.changed.emit()

    def _select(self, index: int) -> None:
        start, end = self._found[index]
        self._move_to(start, end)
        self._anchor = start

    def _move_to(self, start: int, end: int) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)
        rect = self.editor.cursorRect()
        height = self.editor.viewport().height()
        if not 40 < rect.center().y() < height - 60:
            bar = self.editor.verticalScrollBar()
            bar.setValue(bar.value() + rect.center().y() - height // 3)

    def _paint(self) -> None:
        if not self._scrolling.is_on or not self.is_settled:
            return
        first, last = self._selections.visible_paragraphs()
        document = self.editor.document()
        start = document.findBlockByNumber(first).position()
        block = document.findBlockByNumber(last)
        end = block.position() + block.length()
        index = bisect_left(self._found.ends, start)
        shown: list[QTextEdit.ExtraSelection] = []
        while index < len(self._found) and self._found.starts[index] < end and len(shown) < _MOST_PAINTED:
            place = self._found[index]
            if place[0] < place[1]:
                shown.append(self._selections.selection(*place, self._form))
            index += 1
        self._selections.show("found", shown)
