"""Who wrote what, in one window: its commands, the share in the status bar, the window, and the statement."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.commands import Actions
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.features.authorship.authorship_window import AuthorshipWindow
from pandemonium.desktop.features.authorship.passage_actions import Authorship
from pandemonium.desktop.features.authorship.share_texts import format_status
from pandemonium.desktop.features.context import Context
from pandemonium.documents.safekeeping.locks import real_path
from pandemonium.documents.statement import make_statement, write_statement
from pandemonium.errors import DocumentError


class AuthorshipController(QObject):
    """Who wrote what, in one window.

    Attributes:
        acts: what can be done on the page, and the counts.
        window: with the shares; None until it is opened.
    """

    def __init__(self, context: Context, actions: Actions) -> None:
        super().__init__(context.window)
        self._actions = actions
        self._context = context
        self._colours: Colours | None = None
        self.acts = Authorship(context.editor)
        self.window: AuthorshipWindow | None = None
        self.acts.noted.connect(context.message_bar.show_sentence)
        self.acts.changed.connect(self._say_share)
        self._add_entries(actions)
        self._say_share()

    def open(self) -> None:
        """Shows the window."""
        if self.window is None:
            self.window = AuthorshipWindow(self._context.window, self._context.editor, self.acts)
            self.window.clear_asked.connect(lambda: self._context.start(self.clear()))
            self.window.statement_asked.connect(lambda: self._context.start(self.export_statement()))
            if self._colours is not None:
                self.window.apply_colours(self._colours)
        self.window.show_shares()
        self.window.show()
        self.window.activateWindow()

    def apply_colours(self, colours: Colours) -> None:
        """Takes a theme."""
        self._colours = colours
        if self.window is not None:
            self.window.apply_colours(colours)

    def extend(self, menu: QMenu) -> None:
        """Adds to the page's menu what can be done with a selection of a voice's words."""
        if self.acts.has_theirs():
            menu.addAction(self._actions["makeMineAction"])

    async def clear(self) -> None:
        """Asks, and takes all marks away."""
        parent = self.window if self.window is not None and self.window.isVisible() else None
        answer = await self._context.dialogs.ask(
            "clearMarksBox",
            self.tr("Take the marks away from everything that voices wrote?"),
            self.tr("Not a word changes, but all of them count as yours. Ctrl+Z brings the marks back."),
            {"clear": self.tr("Remove them"), "cancel": self.tr("Keep them")},
            parent,
        )
        if answer == "clear":
            self.acts.clear()

    async def export_statement(self) -> None:
        """Asks for a place and writes a statement there."""
        files, parent = self._context.files, self.window or self._context.window
        name, content, at = files.name, files.current().content, datetime.now()
        proposed = self.tr("{name}, who wrote what.txt").format(name=Path(name).stem)
        folder = files.manuscript.path.parent if files.manuscript.path is not None else Path.home()
        path = await self._context.dialogs.choose_target(self.tr("Export a statement"), parent, str(folder / proposed))
        if path is None:
            return
        if files.manuscript.path is not None and real_path(path) == real_path(files.manuscript.path):
            raise DocumentError(
                self.tr("{name} is the document itself.").format(name=path.name),
                self.tr("Give the statement another name."),
            )
        await in_thread(self._context.loop, lambda: write_statement(make_statement(content, name, at), path))
        self._context.message_bar.show_sentence(self.tr("The statement is in {name}.").format(name=path.name))

    def _say_share(self) -> None:
        self._context.status_bar.show_authors(format_status(self.acts.shares.of_voices, self.acts.shares.total))

    def _add_entries(self, actions: Actions) -> None:
        marks = actions["marksAction"]
        menu = next(each for each in actions.window.menuBar().findChildren(QMenu) if marks in each.actions())
        listed = menu.actions()
        before = listed[listed.index(marks) + 1]
        entries: list[QAction] = [
            actions.add(menu, "authorsAction", self.tr("Who wrote what…"), None, self.open),
            actions.add(menu, "nextVoicedAction", self.tr("Next passage of a voice"), "F6", self._next),
            actions.add(
                menu, "previousVoicedAction", self.tr("Previous passage of a voice"), "Shift+F6", self._previous
            ),
            actions.add(menu, "makeMineAction", self.tr("These words are mine"), None, self.acts.make_mine),
        ]  # fmt: skip
        menu.insertActions(before, entries)
        menu.insertSeparator(marks)

    def _next(self) -> None:
        self.acts.go(1, self._voice)

    def _previous(self) -> None:
        self.acts.go(-1, self._voice)

    @property
    def _voice(self) -> str:
        """The voice that is chosen in the window, where that is open; empty for any."""
        return self.window.voice if self.window is not None and self.window.isVisible() else ""
