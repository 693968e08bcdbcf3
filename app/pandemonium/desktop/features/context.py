"""What every feature is made of: the services it is given, and what it declares of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.commands import Command, Commands, Submenu
from pandemonium.desktop.core.controls import Fold
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.core.tasks import Tasks
from pandemonium.desktop.core.theme import Theme
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.main_window import MainWindow
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.desktop.shell.status_bar import StatusBar

_Feature = TypeVar("_Feature", bound="Feature")


@dataclass(frozen=True)
class Note:
    """A sentence on a page of the preferences."""

    text: str


@dataclass(frozen=True)
class Button:
    """A button on a page of the preferences, with its caption."""

    name: str
    text: str
    run: Callable[[], object]
    caption: str = ""


@dataclass(frozen=True)
class ListedSetting:
    """A setting of free text whose values are listed, words by key; `choose` takes one where keeping is not enough."""

    setting: str
    choices: Callable[[], Mapping[str, str]]
    choose: Callable[[str], object] | None = None


@dataclass(frozen=True)
class Section:
    """A part of a page of the preferences.

    Attributes:
        page: the page's title; one that no other section names is a new page.
        title: of the part; empty for none.
        rows: settings by their names ("editor.zoom"), shown as they are declared, and what else is there.
    """

    page: str
    title: str
    rows: Sequence[str | ListedSetting | Button | Note]


@dataclass(frozen=True)
class Context:
    """The services of one window.

    Attributes:
        window: that other windows stand before.
        editor: the page.
        settings: those in force.
        theme, icons: the colours, and pictures in them.
        commands: every command of the window.
        messages: says a sentence above the page.
        status_bar: says a word below it.
        dialogs: asks the writer.
        tasks: runs coroutines on the window's loop.
        resources: the folder of what comes with the program.
    """

    window: MainWindow
    editor: DocumentEditor
    settings: SettingsStore
    theme: Theme
    icons: Icons
    commands: Commands
    messages: MessageBar
    status_bar: StatusBar
    dialogs: Dialogs
    tasks: Tasks
    resources: Path
    features: dict[type[Feature], Feature] = field(default_factory=dict)

    def dismiss(self) -> None:
        """Lets the feature that lies on top end or hide what Esc is for; the last in the list lies on top.

        Where there is nothing of the kind, the keyboard goes back to the page.
        """
        for feature in reversed(list(self.features.values())):
            if feature.dismiss():
                return
        for feature in reversed(list(self.features.values())):
            if feature.pause():
                return
        self.editor.setFocus()

    def feature(self, kind: type[_Feature]) -> _Feature:
        """A feature that was made before.

        Raises:
            KeyError: it stands behind the asking one in the list of features, or is not in it.
        """
        found = self.features[kind]
        assert isinstance(found, kind)
        return found


class Feature(QObject):
    """Something that a writer can do with the window, which declares its commands and preferences.

    A feature is given its services when it is made; `start` is called once all are there. What it does not need of
    the methods below it leaves out.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self.context = context

    def commands(self) -> Iterable[Command | Submenu]:
        """What it adds to the menus and to the page of keys."""
        return ()

    def preferences(self) -> Iterable[Section]:
        """What it adds to the preferences."""
        return ()

    def panel_folds(self) -> Iterable[Fold]:
        """What it adds to the panel beside the page, below what is there."""
        return ()

    def start(self) -> None:
        """Begins its work; every feature is made, and the first document is not yet shown."""

    def opened(self) -> None:
        """The first document is on the page."""

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Adds to the page's menu, opened at a place of the screen."""

    def accept_drop(self, kind: str, paths: Sequence[Path]) -> None:
        """Takes what was dropped on the window where it is of this feature's kind: "document", "voice", "texts"."""

    def pause(self) -> bool:
        """Ends what is done beside the page, where Esc has nothing to dismiss; tells whether there was something."""
        return False

    def dismiss(self) -> bool:
        """Ends or hides what Esc would end or hide; False where there is nothing of the kind."""
        return False

    @property
    def is_safe(self) -> bool:
        """The window may close without a question."""
        return True

    async def may_go(self) -> bool:
        """Asks what has to be asked before the window closes; False if it is to stay open."""
        return True

    def close(self) -> None:
        """The window is closed."""
