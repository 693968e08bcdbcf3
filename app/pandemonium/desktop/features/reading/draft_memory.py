"""Shows from where in her draft a voice has a word: on hover, by a command, and the way there and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.editor.units import to_units
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.writing import Writing

_WORD = re.compile(r"[^\W_]+")
_BEFORE = 200  # characters
_AROUND = (60, 12)  # of the quotation on either side that are looked for; the fewer where the others have changed


@dataclass(frozen=True)
class Recalled:
    """A word on the page that the draft gave.

    Attributes:
        word: that the voice wrote.
        quote: what stood around the recalled one.
        at, length: of the recalled one in the quotation.
    """

    word: str
    quote: str
    at: int
    length: int


class DraftMemory(Feature):
    """What the voice has from the draft, on one page.

    Attributes:
        words: that were recalled.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._editor = context.editor
        self._model = context.editor.model
        self.words = context.feature(Writing).recalled
        context.editor.hover_texts.append(self._on_hover)
        context.editor.ctrl_clicked.connect(self._on_click)

    def commands(self) -> Iterable[Command]:
        """The way to where a word comes from."""
        text = self.tr("Where this word is from")
        yield Command("wordOriginAction", text, self.go, "write/attempts", ("Ctrl+Shift+F6",))

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Offers the way where the cursor is in such a word."""
        if self.recalled(self._editor.textCursor().position()) is not None:
            menu.addAction(self.context.commands["wordOriginAction"])

    def recalled(self, position: int) -> Recalled | None:
        """What the draft gave of the word at a position; None where it gave nothing, or the word is the writer's."""
        index, offset = self._model.text.locate(position)
        paragraph = self._model.text.paragraphs[index]
        if not self.words or not any(mark.start <= offset <= mark.end for mark in paragraph.marks):
            return None
        low = max(0, offset - _BEFORE)
        for found in _WORD.finditer(paragraph.text, low, offset + _BEFORE):
            if found.start() <= offset <= found.end():
                start = position - offset + found.start()
                before = self._model.text.part(max(0, start - _BEFORE), start).text
                origin = self.words.find(before, found[0])
                if origin is not None:
                    return Recalled(found[0], origin[0].quote, origin[0].at, origin[0].length)
        return None

    def say(self, recalled: Recalled) -> str:
        """A sentence that tells where a word comes from."""
        quote = recalled.quote.strip()
        return self.tr("“{word}” is from your page: “… {quote} …”").format(word=recalled.word, quote=quote)

    def go(self) -> None:
        """Goes to the place that the word at the cursor comes from, and offers the way back."""
        cursor = self._editor.textCursor()
        recalled = self.recalled(cursor.position())
        if recalled is None:
            self.context.messages.show_sentence(self.tr("Nothing says that the voice has this word from your pages."))
            return
        place = self._find(recalled, cursor.position())
        if place is None:
            self.context.messages.show_sentence(
                self.tr("“{word}” came from words that do not stand there any more.").format(word=recalled.word)
            )
            return
        length = len(to_units(recalled.quote[recalled.at : recalled.at + recalled.length]))
        self._select(place, place + length)
        # The sentence may give way to another; Shift+F5 leads back all the same.
        said = self.say(recalled)
        way_back = self._editor.way_back
        self.context.messages.offer(said, {self.tr("Back"): way_back.go})
        once = Qt.ConnectionType.SingleShotConnection
        way_back.went.connect(lambda: self.context.messages.withdraw(said), once)  # by its key as well

    def _on_hover(self, point: QPoint) -> str:
        recalled = self._under(point)
        return self.say(recalled) if recalled is not None else ""

    def _on_click(self, point: QPoint) -> None:
        if self._under(point) is not None:
            self.go()

    def _under(self, point: QPoint) -> Recalled | None:
        """What was recalled of the word under a point of the page."""
        if not self.words:
            return None
        cursor = self._editor.cursorForPosition(point)
        if not self._editor.cursorRect(cursor).adjusted(-12, 0, 12, 0).contains(point):
            return None  # beside the text
        return self.recalled(cursor.position())

    def _find(self, recalled: Recalled, before: int) -> int | None:
        """Where the recalled word stands now: the last place before the cursor, else the first behind it."""
        text = self._model.text.text
        for around in _AROUND:
            low = max(0, recalled.at - around)
            part = to_units(recalled.quote[low : recalled.at + recalled.length + around])
            ahead = len(to_units(recalled.quote[low : recalled.at]))
            found = text.rfind(part, 0, before)
            if found < 0:
                found = text.find(part, before)
            if found >= 0:
                return found + ahead
        return None

    def _select(self, start: int, end: int) -> None:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(end)
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        self._editor.go_to(cursor)
