"""Who wrote what, in one window: its commands, the share in the status bar, the window, and the statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.commands import Command, switch_of
from pandemonium.desktop.features.authorship.authorship_window import AuthorshipWindow
from pandemonium.desktop.features.authorship.passage_actions import Authorship
from pandemonium.desktop.features.authorship.share_texts import format_status
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.documents.safekeeping.locks import real_path
from pandemonium.documents.statement import make_statement, write_statement
from pandemonium.errors import DocumentError


class AuthorshipController(Feature):
    """Who wrote what, in one window.

    Attributes:
        acts: what can be done on the page, and the counts.
        window: with the shares; None until it is opened.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._files = context.feature(DocumentFiles)
        self.acts = Authorship(context.editor)
        self.window: AuthorshipWindow | None = None
        self.acts.noted.connect(context.messages.show_sentence)
        self.acts.changed.connect(self._show_share)
        context.settings.watch("editor.marks", context.editor.highlighter.show_marks)
        self._show_share()

    def commands(self) -> Iterable[Command]:
        """The window, the way from passage to passage, and whose words are whose."""
        menu = "view/authors"
        text = self.tr("Underline what voices wrote")
        yield switch_of(self.context.settings, "editor.marks", "marksAction", text, menu)
        yield Command("authorsAction", self.tr("Who wrote what…"), self.open, menu)
        text = self.tr("Next passage of a voice")
        yield Command("nextVoicedAction", text, lambda: self.acts.go(1, self._voice), menu, ("F6",))
        text = self.tr("Previous passage of a voice")
        yield Command("previousVoicedAction", text, lambda: self.acts.go(-1, self._voice), menu, ("Shift+F6",))
        yield Command("makeMineAction", self.tr("These words are mine"), self.acts.make_mine, menu)

    def preferences(self) -> Iterable[Section]:
        """Whether the words of voices are underlined."""
        yield Section(self.tr("Page"), self.tr("Who wrote what"), ("editor.marks",))

    def open(self) -> None:
        """Shows the window."""
        if self.window is None:
            start = self.context.tasks.start
            self.window = AuthorshipWindow(self.context.window, self.context.editor, self.acts)
            self.window.clear_asked.connect(lambda: start(self.clear()))
            self.window.statement_asked.connect(lambda: start(self.export_statement()))
            self.window.recipe_asked.connect(self.context.commands["recipeAction"].trigger)
            self.context.theme.follow(self.window.bar.apply_colours)
        self.window.show_shares()
        self.window.show()
        self.window.activateWindow()

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Adds what can be done with a selection of a voice's words."""
        if self.acts.has_theirs():
            menu.addAction(self.context.commands["makeMineAction"])

    async def clear(self) -> None:
        """Asks, and takes all marks away."""
        parent = self.window if self.window is not None and self.window.isVisible() else None
        answer = await self.context.dialogs.ask(
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
        files = self._files
        parent = self.window or self.context.window
        name = files.name
        content = files.current().content
        at = datetime.now()
        proposed = self.tr("{name}, who wrote what.txt").format(name=Path(name).stem)
        folder = files.manuscript.path.parent if files.manuscript.path is not None else Path.home()
        path = await self.context.dialogs.choose_target(self.tr("Export a statement"), parent, str(folder / proposed))
        if path is None:
            return
        if files.manuscript.path is not None and real_path(path) == real_path(files.manuscript.path):
            raise DocumentError(
                self.tr("{name} is the document itself.").format(name=path.name),
                self.tr("Give the statement another name."),
            )
        await in_thread(self.context.tasks.loop, lambda: write_statement(make_statement(content, name, at), path))
        self.context.messages.show_sentence(self.tr("The statement is in {name}.").format(name=path.name))

    def _show_share(self) -> None:
        text = format_status(self.acts.shares.of_voices, self.acts.shares.total)
        self.context.status_bar.set_part("authors", text, soon=True)

    @property
    def _voice(self) -> str:
        """The voice that is chosen in the window, where that is open; empty for any."""
        return self.window.voice if self.window is not None and self.window.isVisible() else ""
