"""An empty page offers an opening: a quiet line below the first, which has the voice write several to choose from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.core.plain_text import in_lines, plain_text
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.writing import Writing

_BELOW = 8  # pixels between the first line and the offer


class EmptyPage(Feature):
    """The offer on one page.

    Attributes:
        offer: what is clicked.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        writing = context.feature(Writing)
        self._editor = context.editor
        self._generation = writing.generation
        self._voices = writing.voices
        self._words = self.tr("Or choose one of the voice\u2019s openings")
        self.offer = QPushButton(self._words, self._editor.viewport())
        self.offer.setObjectName("openingButton")
        self.offer.setAccessibleName(self.tr("Choose one of the voice\u2019s openings"))
        self.offer.setCursor(Qt.CursorShape.PointingHandCursor)
        self.offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the page keeps the keyboard; the command has keys
        self.offer.setFlat(True)
        self.offer.hide()
        signals = (
            self._editor.textChanged,
            self._editor.page_style_changed,
            self._editor.resized,
            self._generation.state_changed,
            self._generation.attempts_changed,
            self._voices.loaded,
        )
        self._listening = Listening(*((each, self._look) for each in signals))
        self._editor.model.loaded.connect(self._look)
        self._editor.after_paint.edited.connect(self._look)
        self._look()

    def start(self) -> None:
        """Does what the command does, and says by which keys it can be had as well."""
        action = self.context.commands["choicesAction"]

        def show_keys() -> None:
            self.offer.setToolTip(plain_text(action.shortcut().toString()))

        self.offer.clicked.connect(action.trigger)
        self.context.commands.keys_changed.connect(show_keys)
        show_keys()

    def _look(self, *_: object) -> None:
        editor = self._editor
        self._listening.turn(editor.document().isEmpty())  # an edit tells when it is again
        is_empty = editor.document().isEmpty() and not editor.textCursor().block().layout().preeditAreaText()
        is_idle = not self._generation.writing and not self._generation.attempts
        shown = is_empty and is_idle and self._voices.current is not None and not editor.isReadOnly()
        if shown:
            area = editor.placeholder_area()
            self.offer.setText(in_lines(self._words, self.offer.fontMetrics(), round(area.width())))
            self.offer.adjustSize()
            top = max(round(area.bottom()), editor.cursorRect().bottom())
            self.offer.move(round(area.left()), top + _BELOW)
        self.offer.setVisible(shown)
