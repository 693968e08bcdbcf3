"""Joins the copied runs to the page: the switch that underlines them, and the way to the next one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCursor

from pandemonium.desktop.core.commands import Command, switch_of
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.copied.copied_marks import CopiedMarks
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.errors import PandemoniumError
from pandemonium.writing.insight.copied import CopiedRun


class Copied(Feature):
    """What voices have copied on the page.

    Attributes:
        marks: that are underlined.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        writing = context.feature(Writing)
        self.marks = CopiedMarks(context.editor, writing.bridge, context.tasks.start)
        writing.voices.loaded.connect(lambda _: self.marks.forget())
        context.theme.follow(self.marks.apply_colours)
        context.settings.watch("editor.copied", self.marks.turn)

    def commands(self) -> Iterable[Command]:
        """The switch, and the way to the next run."""
        settings = self.context.settings
        yield switch_of(settings, "editor.copied", "copiedAction", self.tr("Underline what was copied"), "write/copied")
        yield Command("nextCopiedAction", self.tr("Next copied words"), self.go, "write/copied", ("Ctrl+F6",))

    def preferences(self) -> Iterable[Section]:
        """Whether it is underlined; whether it is avoided is the voices' own row."""
        yield Section(self.tr("Voices & machine"), self.tr("Copied words"), ("writing.copy_guard", "editor.copied"))

    def go(self) -> None:
        """Selects the next copied run from the cursor on, around the document's end."""
        self.context.tasks.start(self._go())

    async def _go(self) -> None:
        editor = self.context.editor
        revision = editor.model.revision
        cursor = editor.textCursor()
        block = editor.document().findBlock(cursor.selectionStart())
        try:
            found = await self.marks.all_from(block.blockNumber())
        except PandemoniumError as error:
            self.context.messages.show_error(error)
            return
        if editor.model.revision != revision:
            return
        if not found:
            self.context.messages.show_sentence(
                self.tr("Nothing here that a voice wrote stands so in the texts that it learned from.")
            )
            return
        here = cursor.selectionStart() - block.position()
        behind = [each for each in found if each[0] != block.blockNumber() or each[1].start > here]
        number, run = (behind or found)[0]
        self._select(number, run)

    def _select(self, number: int, run: CopiedRun) -> None:
        editor = self.context.editor
        start = editor.document().findBlockByNumber(number).position()
        cursor = QTextCursor(editor.document())
        cursor.setPosition(start + run.end)
        cursor.setPosition(start + run.start, QTextCursor.MoveMode.KeepAnchor)
        editor.go_to(cursor)
        self.context.messages.show_sentence(self.marks.where(run.source))
