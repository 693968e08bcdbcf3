"""Has the voice read the manuscript while the writer rests, so that Continue begins at once wherever she goes.

What stands before the cursor is read as soon as it rests somewhere; the rest of the manuscript after some seconds
without a key, a window after the other with pauses between, and never on battery. Everything else goes first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import psutil
from PySide6.QtCore import QTimer

from pandemonium.desktop.editor.units import words_from_units
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.generation.read_before import read_before
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.documents.model.passage import BREAK, Passage
from pandemonium.errors import PandemoniumError

REST = 400  # milliseconds that the cursor rests
IDLE = 4_000  # and without an edit, before the rest of the manuscript is read
AT_ONCE = 8  # places that one question asks for
_LEAST_PAUSE = 0.05  # seconds between two questions; else as long as the last one took


class Reading(Feature):
    """Reading ahead, in one window.

    Attributes:
        is_at_work: the manuscript is being read.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._writing = context.feature(Writing)
        self._model = context.editor.model
        self.is_at_work = False
        self._read_revision = -1  # the document's, of which everything was read
        self._near = self._timer(REST, self._read_near)
        self._far = self._timer(IDLE, self._read_far)
        context.editor.after_paint.caret_moved.connect(self._near.start)
        context.editor.after_paint.edited.connect(lambda *_: self._far.start())
        self._model.loaded.connect(self._begin)
        self._writing.voices.loaded.connect(lambda _: self._begin())

    def preferences(self) -> Iterable[Section]:
        """How much room what was read may take."""
        yield Section(self.tr("Voices & machine"), self.tr("Reading"), ("machine.reading_room",))

    def close(self) -> None:
        """Reads no more."""
        self._near.stop()
        self._far.stop()

    def _timer(self, interval: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    def _begin(self) -> None:
        self._read_revision = -1
        self._far.start()

    def _read_near(self) -> None:
        self._writing.generation.read_ahead()

    def _read_far(self) -> None:
        if self._writing.generation.writing:
            self._far.start()  # a voice is waited for, and is not to be held up
            return
        if self.is_at_work or self._read_revision == self._model.revision or on_battery():
            return
        if self.context.settings.value("machine.reading_room") > 0 and len(self._model.text):
            self.is_at_work = True
            self.context.tasks.start(self.read())

    async def read(self) -> None:
        """Reads the manuscript as it stands, from the cursor on, until it changes or all of it was read."""
        revision = self._model.revision
        manuscript = Snapshot(self._model.text.paragraphs, self._writing.generation.requests.format)
        start = self.context.editor.textCursor().position()
        try:
            for forward in (True, False):
                done = 0
                while revision == self._model.revision:
                    began = time.monotonic()
                    read, is_all = await self._ask(partial(manuscript.read, start, forward, done))
                    done += read
                    if is_all:
                        break
                    await self._pause(max(_LEAST_PAUSE, time.monotonic() - began))
            if revision == self._model.revision:
                self._read_revision = revision
        except PandemoniumError:
            pass  # whoever continues here hears of it
        finally:
            self.is_at_work = False
            if revision != self._model.revision:
                self._far.start()

    async def _pause(self, seconds: float) -> None:
        loop = self.context.tasks.loop
        waiter: asyncio.Future[None] = loop.create_future()
        pause = loop.call_later(seconds, lambda: None if waiter.done() else waiter.set_result(None))
        try:
            await waiter
        finally:
            pause.cancel()

    async def _ask(self, question: Callable[..., tuple[int, bool]]) -> tuple[int, bool]:
        answer = await self._writing.bridge.ask(question, gently=True)
        assert isinstance(answer, tuple)
        return answer


class Snapshot:
    """A manuscript as it stood, to be read on the writing thread."""

    def __init__(self, paragraphs: Sequence[Passage], form: str) -> None:
        """Begins.

        Args:
            paragraphs: the document's, in the editor's units; none of them changes.
            form: the document's format.
        """
        self._paragraphs = list(paragraphs)
        self._form = form
        self._text: str | None = None

    def read(
        self, start: int, forward: bool, done: int, continuer: object, stop: Callable[[], bool]
    ) -> tuple[int, bool]:
        """A question to the voice: reads the next few places, see `writing.manuscript`.

        Args:
            start: where the cursor stands.
            forward: what stands behind that is read, not what stands before.
            done: how many places were read already.
            continuer: the voice.
            stop: see `writing.worker.Question`.

        Returns:
            how many places were read now, and whether these were the last ones.
        """
        # Here, on the writing thread: the window does not wait for ONNX Runtime.
        from pandemonium.writing.continuer import Continuer
        from pandemonium.writing.manuscript import positions_from, read_manuscript

        assert isinstance(continuer, Continuer)
        positions = positions_from(start, len(self.text))[0 if forward else 1][done:]
        if not positions or not continuer.can_keep:
            return len(positions), True
        read = read_manuscript(continuer, self.read_before, positions, stop, most=AT_ONCE)
        return read, read == len(positions)

    @property
    def text(self) -> str:
        """The whole text, in the editor's units."""
        if self._text is None:
            self._text = BREAK.join(paragraph.text for paragraph in self._paragraphs)
        return self._text

    def read_before(self, position: int) -> tuple[str, str]:
        """What a voice reads before a position, and what stands between paragraphs: as when it continues there."""
        return read_before(self._text_between, position, self._form)

    def _text_between(self, start: int, end: int) -> str:
        return words_from_units(self.text[start:end])


def on_battery() -> bool:
    """Tells whether this machine runs on its battery now."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):
        return False
    return battery is not None and battery.power_plugged is False
