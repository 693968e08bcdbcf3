"""A sentence above the page: what went wrong, what the writer should know, or what she might do. It never insists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QToolButton

from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.plain_text import plain_label
from pandemonium.desktop.core.theme import Theme
from pandemonium.errors import PandemoniumError

_LEAST = 28  # characters of a line beside the buttons; where there is less room they stand below the sentence


class MessageBar(QFrame):
    """One sentence and a way to dismiss it; a new one takes the place of the old."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Message"))
        self._lasts = False
        self._text = plain_label()
        self._text.setObjectName("bannerText")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Dismiss the message"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 9, 12, 9)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addWidget(self._text, 1)
        self._offers = QHBoxLayout()
        self._body.addLayout(self._offers)
        self._body.setAlignment(self._offers, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._body, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, or said last."""
        return self._text.text()

    def show_error(self, error: PandemoniumError, *, lasting: bool = False) -> None:
        """Says what went wrong and what to do."""
        self._say(str(error), "warning", lasting=lasting)

    def show_sentence(self, sentence: str, *, lasting: bool = False) -> None:
        """Says something that is no error. It is about the document on the page, unless it is `lasting`."""
        self._say(sentence, "plain", lasting=lasting)

    def leave_document(self) -> None:
        """Another document is on the page: what was said about the last one goes."""
        if not self._lasts:
            self.hide()

    def offer(self, sentence: str, acts: Mapping[str, Callable[[], object]]) -> None:
        """Says something with a button for each thing that can be done about it; each dismisses the sentence."""
        self._say(sentence, "plain", lasting=True)
        for words, act in acts.items():
            button = QPushButton(words)
            button.setProperty("role", "offer")
            button.setAccessibleName(words)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _=False, act=act: act())
            self._offers.addWidget(button)
            button.show()
        self._close.raise_()  # Tab goes by the order of the children: what can be done comes first
        self._arrange()

    def withdraw(self, sentence: str) -> None:
        """Takes a sentence away if it is still the one that is shown."""
        if self._text.text() == sentence:
            self.hide()

    def follow(self, theme: Theme, icons: Icons) -> None:
        """Tints its icon as a theme has it."""
        icons.put_on(self._close, "x", theme, "quiet")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the buttons where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self._body.geometry().width() - self._offers.sizeHint().width()
        is_narrow = self._offers.count() > 0 and room < _LEAST * self.fontMetrics().averageCharWidth()
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def _say(self, sentence: str, tone: str, *, lasting: bool) -> None:
        self._lasts = lasting
        while (item := self._offers.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        self._text.setText(sentence)
        self._text.setAccessibleName(sentence)
        self._text.setProperty("tone", tone)
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._arrange()
        self.show()
