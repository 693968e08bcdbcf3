"""Joins the outline to the page: follows edits and the cursor while it is open, and does nothing while it is not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor

from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.core.listening import Listening
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.document_words import DocumentWords
from pandemonium.desktop.features.outline.heading_index import Entry, OutlineIndex
from pandemonium.desktop.features.outline.outline_panel import Chapter, OutlinePanel
from pandemonium.documents.model.authored_text import Touched

_DELAY = 200  # milliseconds from an edit to the panel


class Outline(Feature):
    """Keeps a panel in step with a page.

    Attributes:
        panel: what is seen.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        editor = context.editor
        panel = OutlinePanel()
        self._editor = editor
        self.panel = panel
        self._words = context.feature(DocumentWords)
        self._counts = self._words.counts
        self._files = context.feature(DocumentFiles)
        self._index = OutlineIndex()
        self._fresh = False  # the index is that of the document as it is
        self._open = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.refresh)
        self._listening = Listening(
            (editor.after_paint.edited, self._touched),
            (editor.model.loaded, self._begin),
            (editor.after_paint.caret_moved, self._follow),
            (self._words.counted, self._soon),
            (self._files.changed, self._begin),
        )
        panel.chosen.connect(self.go_to)
        panel.left.connect(editor.setFocus)
        context.window.add_beside_page(panel, left=True)
        context.theme.follow(panel.apply_colours)
        context.settings.watch("habits.outline", self.open)

    def commands(self) -> Iterable[Command]:
        """The panel, open or closed."""
        settings = self.context.settings
        yield Command(
            "outlineAction",
            self.tr("Outline"),
            self._switch,
            "view/parts",
            ("F4", "Ctrl+Shift+O"),
            checked=lambda: bool(settings.value("habits.outline")),
            follows=(settings.watching("habits.outline"),),
        )

    @property
    def is_open(self) -> bool:
        """The panel is to be seen, or would be without focus mode."""
        return self._open

    def open(self, opened: bool) -> None:
        """Opens or closes the panel."""
        if opened == self._open:
            return
        self._open = opened
        self.context.window.show_panel(self.panel, opened)
        self._listening.turn(opened)
        if opened:
            self._fresh = False  # nobody listened while it was closed
            self.refresh()
        elif self.panel.list.hasFocus():
            self._editor.setFocus()

    def refresh(self) -> None:
        """Shows what is known now."""
        self._timer.stop()
        if not self._open:
            return
        self._editor.after_paint.catch_up()
        if not self._fresh:
            self._index.begin(self._editor.model.text.paragraphs, self._files.manuscript.format)
            self._fresh = True
        entries = self._index.entries
        levels = sorted({each.level for each in entries})
        ends = _ends(entries, len(self._editor.model.text.paragraphs))
        chapters = [
            Chapter(each.paragraph, levels.index(each.level), each.title, self._counts.between(each.paragraph + 1, end))
            for each, end in zip(entries, ends, strict=True)
        ]
        self.panel.show_chapters(chapters, self._current(chapters))

    def go_to(self, paragraph: int) -> None:
        """Puts the cursor at the head of a paragraph, and that near the top of the page."""
        editor = self._editor
        block = editor.document().findBlockByNumber(paragraph)
        if not block.isValid():
            return
        editor.way_back.leave()
        editor.setTextCursor(QTextCursor(block))
        editor.way_back.arrive()
        bar = editor.verticalScrollBar()
        bar.setValue(bar.value() + editor.cursorRect().top() - editor.viewport().height() // 6)
        editor.setFocus()

    def _switch(self) -> None:
        if self.context.window.bring_back(self.panel):
            return
        opened = not self.context.settings.value("habits.outline")
        self.context.settings.set("habits.outline", opened)
        if opened:
            # In focus mode too, where it is asked for; the page keeps the keyboard.
            self.context.window.show_panel(self.panel, True, insist=True)

    def _begin(self) -> None:
        self._fresh = False
        self._soon()

    def _touched(self, touched: Touched, _: str) -> None:
        if self._fresh:
            self._index.touch(touched, self._editor.model.text.paragraphs)
        self._soon()

    def _soon(self) -> None:
        if self._open and not self._timer.isActive():
            self._timer.start()

    def _follow(self) -> None:
        if self._open and self._fresh:
            chapters = self.panel.model.chapters
            current = self._current(chapters)
            if current != self.panel.model.current:
                self.panel.show_chapters(chapters, current)

    def _current(self, chapters: list[Chapter]) -> int:
        number = self._editor.textCursor().blockNumber()
        return bisect_right(chapters, number, key=lambda each: each.paragraph) - 1


def _ends(entries: list[Entry], last: int) -> list[int]:
    """Where each chapter ends: at the next heading that is as large, so that a part has its chapters' words."""
    ends = [last] * len(entries)
    open_: list[int] = []
    for index, each in enumerate(entries):
        while open_ and entries[open_[-1]].level >= each.level:
            ends[open_.pop()] = each.paragraph
        open_.append(index)
    return ends
