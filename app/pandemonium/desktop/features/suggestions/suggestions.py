"""Ghost text: what the voice would write next, in grey at the cursor, and no text until the writer takes it.

Tab takes it, Ctrl+Right a word of it, Esc or going on elsewhere lets it go; who types the same words goes through it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from pandemonium.desktop.core.commands import Command, switch_of
from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.editor.document_model import WRITER
from pandemonium.desktop.editor.key_watch import types_text
from pandemonium.desktop.editor.preview_area import PreviewArea
from pandemonium.desktop.editor.units import to_units
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.generation.writing_bridge import ChunkStream
from pandemonium.errors import PandemoniumError

WORDS = 12  # then on to the end of the sentence
PAUSE = 900  # milliseconds without a key, after which it comes unasked where the writer wants that
_WORD = re.compile(r"\s*\S+")
_Key = Qt.Key


class Suggestions(Feature):
    """The suggestion of one page.

    Signals:
        shown(bool): there is one now, or none any more.
        failed(PandemoniumError): one that was asked for could not be written.
    """

    shown = Signal(bool)
    failed = Signal(object)
    _touched = Signal(bool)  # by the writer

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        editor = context.editor
        generation = context.feature(Writing).generation
        self._editor = editor
        self._generation = generation
        self._start = context.tasks.start
        self.area = PreviewArea(editor.document())
        context.theme.follow(self.area.apply_colours)
        self.failed.connect(context.messages.show_error)
        self.shown.connect(self._show_keys)
        self.text = ""
        self._from = 0  # where it stands
        self._stream: ChunkStream | None = None
        self._is_asked_for = False
        self._taken = False  # a part of it
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._come_unasked)
        # Behind the whole edit, and before the page is painted again.
        self._touched.connect(self._look_again, Qt.ConnectionType.QueuedConnection)
        self._listening = Listening(
            (editor.model.edited, self._edited),
            (editor.cursorPositionChanged, self._moved),
            (editor.selectionChanged, self._moved),
            (editor.model.loaded, self.dismiss),
            (generation.state_changed, self._give_way),
        )
        context.settings.watch("typing.suggests", lambda _: self._listen())

    def commands(self) -> Iterable[Command]:
        """A suggestion now, and whether they come unasked."""
        yield Command(
            "suggestAction", self.tr("Suggest the next words"), self.suggest, "write/suggestions", ("Alt+Return",)
        )
        text = self.tr("Suggest when I pause")
        yield switch_of(self.context.settings, "typing.suggests", "suggestsAction", text, "write/suggestions")

    def preferences(self) -> Iterable[Section]:
        """Whether they come unasked."""
        yield Section(self.tr("Typing"), self.tr("Suggestions"), ("typing.suggests",))

    def start(self) -> None:
        """Goes away for the list of next words, which stands in the same place."""
        self.context.commands["nextWordsAction"].triggered.connect(self.dismiss)

    @property
    def is_shown(self) -> bool:
        """There is one on the page."""
        return bool(self.text)

    @property
    def is_arriving(self) -> bool:
        """It was asked for, and there may be more of it than is shown."""
        return self._stream is not None

    def suggest(self) -> None:
        """Has the voice suggest what comes next at the cursor, behind the selection where there is one."""
        self._begin(is_asked_for=True)

    def _listen(self) -> None:
        """Follows the page as long as there is a suggestion, or one may come unasked."""
        listens = self.is_shown or self.is_arriving or self._comes_unasked()
        if listens != self._listening.is_on:
            self._listening.turn(listens)
            for watched in (self._editor, self._editor.viewport()):
                if listens:
                    watched.installEventFilter(self)
                else:
                    watched.removeEventFilter(self)

    def _edited(self, _: object, by: str) -> None:
        self._touched.emit(by == WRITER)

    def _moved(self) -> None:
        self._touched.emit(False)

    def _begin(self, *, is_asked_for: bool) -> None:
        if self._generation.writing or self._editor.isReadOnly() or self._is_composing():
            return
        self.dismiss()
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self._editor.setTextCursor(cursor)
        self._from = cursor.position()
        self._taken = False
        self._is_asked_for = is_asked_for
        self._stream = self._generation.suggestion(WORDS)
        self._listen()
        self._start(self._hear(self._stream))

    def take(self, *, whole: bool = True) -> None:
        """Puts the suggestion, or its next word, into the text, as the voice's."""
        found = _WORD.match(self.text)
        part = self.text if whole or found is None else found[0]
        if not part:
            return
        rest = self.text[len(part) :]
        stream = self._stream
        self.area.clear()
        self._generation.insert_suggestion(part, goes_on=self._taken, recipe=self._generation.suggested)
        self._from = self._from + len(part)
        self._taken = True
        self._become(rest)
        if rest:
            self.area.show(self._from, rest)
        elif whole or stream is None:
            self.dismiss()
            self._wait_for_pause()

    def dismiss(self) -> bool:
        """Lets it go; tells whether there was one."""
        was_shown = self.is_shown
        self._pause.stop()
        stream = self._stream
        self._stream = None
        if stream is not None:
            self._generation.let_go(stream)
        if was_shown:
            self.area.clear()
            self._become("")
        self._listen()
        return was_shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the keys that are the suggestion's while there is one; nothing else meets it on the page."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.dismiss()
        elif watched is self._editor and kind == QEvent.Type.InputMethod:
            self._step_aside()
        elif watched is self._editor and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._answer(event)
        return False

    def _answer(self, event: QKeyEvent) -> bool:
        if not self.is_shown:
            return False
        if event.key() == _Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.take()
            return True
        if event.matches(QKeySequence.StandardKey.MoveToNextWord):
            self.take(whole=False)
            return True
        if event.text() and types_text(event):
            self._step_aside()
        elif event.key() not in (_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta):
            self.dismiss()
        return False

    def _step_aside(self) -> None:
        """Takes it off the page for what is being typed; the look behind that brings it back, or lets it go."""
        if self.area.is_shown:
            self.area.clear()
            self._touched.emit(False)

    def _look_again(self, by_writer: bool) -> None:
        """Goes with the cursor through its own words; anywhere else it is let go."""
        if self._stream is not None or self.is_shown:
            cursor = self._editor.textCursor()
            behind = not cursor.hasSelection() and cursor.position() >= self._from
            typed = self._editor.model.text.part(self._from, cursor.position()).text if behind else ""
            if not behind or not self._goes_through(typed):
                self.dismiss()
            elif self.text and (typed or not self.area.is_shown):
                self._from = cursor.position()
                self._become(self.text[len(typed) :])
                self.area.show(self._from, self.text)
        if by_writer and not self.is_shown:
            self._wait_for_pause()

    def _goes_through(self, typed: str) -> bool:
        """The writer has typed nothing but the beginning of it."""
        if self._is_composing():
            return False
        return not typed or (len(typed) < len(self.text) and self.text.startswith(typed))

    def _is_composing(self) -> bool:
        """An input method has its own text at the cursor."""
        return not self.area.is_shown and bool(self._editor.textCursor().block().layout().preeditAreaText())

    def _give_way(self) -> None:
        if self._generation.writing:
            self.dismiss()

    def _comes_unasked(self) -> bool:
        return bool(self.context.settings.value("typing.suggests"))

    def _show_keys(self, shown: bool) -> None:
        keys = self.tr("Tab takes it, Ctrl+Right a word, Esc leaves it")
        self.context.status_bar.set_part("suggestion", keys if shown else "")

    def _wait_for_pause(self) -> None:
        if self._comes_unasked():
            self._pause.start()

    def _come_unasked(self) -> None:
        cursor = self._editor.textCursor()
        at_end = cursor.atBlockEnd() and not cursor.hasSelection()
        if at_end and cursor.block().text().strip() and self._editor.hasFocus() and self._comes_unasked():
            self._begin(is_asked_for=False)

    def _bring_into_view(self) -> None:
        """Scrolls down to its end, as far as the cursor stays in view."""
        bar = self._editor.verticalScrollBar()
        caret = self._editor.cursorRect()
        hidden = self.area.bottom - bar.value() - self._editor.viewport().height()
        if (more := min(math.ceil(hidden), caret.top())) > 0:
            bar.setValue(bar.value() + more)

    async def _hear(self, stream: ChunkStream) -> None:
        try:
            async for chunk in stream:
                if stream is self._stream and chunk.alternative == 0:
                    self._grow(to_units(chunk.text))
        except PandemoniumError as error:
            if stream is self._stream and self._is_asked_for:
                self.failed.emit(error)
        if stream is self._stream:
            self._stream = None
            self._listen()

    def _grow(self, text: str) -> None:
        follows = self._editor.caret_is_visible()
        self._become(self.text + text)
        self.area.show(self._from, self.text)
        if follows:
            self._bring_into_view()

    def _become(self, text: str) -> None:
        was_shown = self.is_shown
        self.text = text
        if self.is_shown != was_shown:
            self.shown.emit(self.is_shown)
