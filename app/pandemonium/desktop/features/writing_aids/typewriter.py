"""Typewriter scrolling: the line that is written stays at one height. Only typing moves the page."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QTimer

from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.core.motion import wants_motion
from pandemonium.desktop.editor.document_editor import DocumentEditor

HEIGHT = 0.45  # of the page, from its top
_DURATION = 120  # milliseconds
_NEAR = 2  # pixels that are not worth a move


class Typewriter(QObject):
    """Scrolls a page while its writer types.

    The room that the last lines need below them is given by the scroll bar's range, so that the document's own
    layout stays as it is.
    """

    def __init__(self, editor: DocumentEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._on = False
        self._extending = False
        self._extra = 0
        bar = editor.verticalScrollBar()
        self._listening = Listening((editor.model.edited, self._hear), (bar.rangeChanged, self._range_changed))
        self._move = QPropertyAnimation(bar, b"value", self)
        self._move.setDuration(_DURATION)
        self._move.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """It follows the writer."""
        return self._on

    def switch(self, on: bool) -> None:
        """Begins or ends; neither moves the page."""
        if on == self._on:
            return
        self._on = on
        editor = self._editor
        bar = self._editor.verticalScrollBar()
        self._listening.turn(on)
        if on:
            editor.viewport().installEventFilter(self)
            self._extend(bar.maximum())
        else:
            editor.viewport().removeEventFilter(self)
            bar.setMaximum(max(0, bar.maximum() - self._extra))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets go as soon as the writer scrolls or clicks herself."""
        if event.type() in (QEvent.Type.Wheel, QEvent.Type.MouseButtonPress):
            self._move.stop()
            self._soon.stop()
        return False

    def _range_changed(self, _: int, most: int) -> None:
        self._extend(most)

    def _hear(self, *_: object) -> None:
        if self._editor.keys.typing:
            self._soon.start(0)  # when the page is laid out

    def _follow(self) -> None:
        editor = self._editor
        bar = self._editor.verticalScrollBar()
        if self._move.state() == QPropertyAnimation.State.Running:
            self._move.stop()
        rect = editor.cursorRect()
        wanted = bar.value() + rect.center().y() - round(HEIGHT * editor.viewport().height())
        wanted = max(0, min(wanted, bar.maximum()))
        if abs(wanted - bar.value()) < _NEAR:
            return
        if wants_motion():
            self._move.setStartValue(bar.value())
            self._move.setEndValue(wanted)
            self._move.start()
        else:
            bar.setValue(wanted)

    def _extend(self, most: int) -> None:
        """Lets the page, which Qt would scroll to `most`, go on until its last line stands where lines are written.

        Qt tells of a new range before it bounds the value by it, so that the page does not jump.
        """
        if not self._on or self._extending:
            return
        editor = self._editor
        margin = editor.document().rootFrame().frameFormat().bottomMargin()
        self._extra = max(0, round((1 - HEIGHT) * editor.viewport().height() - margin))
        self._extending = True
        try:
            editor.verticalScrollBar().setMaximum(most + self._extra)
        finally:
            self._extending = False
