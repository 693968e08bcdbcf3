"""What stands behind the cursor is led to, and a sentence between two others finds other words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.commands import Command, switch_of
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.documents.model.passage import BREAK, OBJECT
from pandemonium.text.sentences import sentence_around, whole_words

LONGEST = 600  # characters of what other words are found for
LONGEST_WORD = 60


class Joining(Feature):
    """What Continue makes of the text behind the cursor, and other words for a sentence."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._generation = context.feature(Writing).generation

    def commands(self) -> Iterable[Command]:
        """The switch, and the other words."""
        yield switch_of(
            self.context.settings,
            "writing.join",
            "joinAction",
            self.tr("Lead to what follows"),
            "write/join",
            ("Ctrl+J",),
        )
        yield Command(
            "rewriteAction",
            self.tr("Other words for the sentence"),
            self.reword,
            "write/join",
            ("Ctrl+Shift+R",),
            at_rest=True,
        )

    def preferences(self) -> Iterable[Section]:
        """The switch with what it means."""
        yield Section(self.tr("Voices & machine"), self.tr("Text behind the cursor"), ("writing.join",))

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Adds the other words."""
        menu.addAction(self.context.commands["rewriteAction"])

    def reword(self) -> None:
        """Has other words written for the selection, or the sentence of the cursor; hers stay until one is taken."""
        start, end = self._passage()
        text = self.context.editor.model.text.part(start, end).text
        if not text.strip():
            self.context.messages.show_sentence(self.tr("Put the cursor into a sentence, or select one."))
        elif BREAK in text or len(text) > LONGEST:
            self.context.messages.show_sentence(self.tr("Select a sentence, or a part of one paragraph."))
        elif OBJECT in text:
            self.context.messages.show_sentence(
                self.tr("Other words would take the note or picture in it away: select what stands beside.")
            )
        else:
            self._generation.reword(start, end)

    def _passage(self) -> tuple[int, int]:
        """Where what is selected begins and ends, without white space around; else the sentence of the cursor."""
        cursor = self.context.editor.textCursor()
        if cursor.hasSelection():
            start = cursor.selectionStart()
            text = self.context.editor.model.text.part(start, cursor.selectionEnd()).text
        else:
            block = cursor.block()
            begin, end = sentence_around(block.text(), cursor.positionInBlock())
            start = block.position() + begin
            text = block.text()[begin:end]
        start += len(text) - len(text.lstrip())
        return self._whole_words(start, start + len(text.strip()))

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        """The passage with the whole of the words in which it begins and ends: nobody wants half a word in others."""
        if start == end:
            return start, end
        text = self.context.editor.model.text
        low = max(0, start - LONGEST_WORD)
        around = text.part(low, min(len(text), end + LONGEST_WORD)).text
        first, last = whole_words(around, start - low, end - low)
        return low + first, low + last
