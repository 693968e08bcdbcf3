"""The page's own commands and looks: undo, the clipboard, zoom, paper, type and spacing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QFontDatabase
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.core.commands import Command, StandardKey, Submenu, choices_of
from pandemonium.desktop.core.fonts import load_fonts
from pandemonium.desktop.core.stylesheet import style_sheet
from pandemonium.desktop.core.theme import Colours, qt_palette
from pandemonium.desktop.features.context import Context, Feature, ListedSetting, Section
from pandemonium.desktop.shell.menus import page_menu

_LOOKS = ("font", "font_size", "zoom", "line_spacing", "measure", "paragraphs")
_STEP = 10  # percent of a step of zoom


class Page(Feature):
    """What the page looks like, and what is done with its text by hand.

    Attributes:
        keys: tells whether the writer types.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._fonts = load_fonts(context.resources / "fonts")
        settings = context.settings
        editor = context.editor
        settings.watch("editor.theme", context.theme.choose)
        for name in _LOOKS:
            settings.watch(f"editor.{name}", self._apply_look, now=False)
        editor.apply_settings(settings.values.editor, anew=True)  # before, its typeface was not known
        context.theme.follow(self._apply_colours)
        context.theme.follow(editor.apply_colours)
        editor.zoom_asked.connect(self.zoom)
        editor.menu_asked.connect(self.open_menu)
        editor.after_paint.state_changed.connect(self._show_modified)
        self._show_modified()

    def commands(self) -> Iterable[Command | Submenu]:
        """Undo, redo, the clipboard; zoom, paper and the spacing of paragraphs."""
        editor = self.context.editor
        settings = self.context.settings
        model = editor.model
        changes = (editor.after_paint.state_changed.connect,)
        yield Command(
            "undoAction",
            self.tr("Undo"),
            editor.undo,
            "edit/undo",
            StandardKey.Undo,
            enabled=lambda: model.history.can_undo,
            follows=changes,
        )
        yield Command(
            "redoAction",
            self.tr("Re&do"),
            editor.redo,
            "edit/undo",
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            enabled=lambda: model.history.can_redo,
            follows=changes,
        )
        yield Command("cutAction", self.tr("Cut"), editor.cut, "edit/clipboard", StandardKey.Cut)
        yield Command("copyAction", self.tr("Copy"), editor.copy, "edit/clipboard", StandardKey.Copy)
        yield Command("pasteAction", self.tr("Paste"), editor.paste, "edit/clipboard", StandardKey.Paste)
        yield Command(
            "selectAllAction", self.tr("Select &all"), editor.selectAll, "edit/clipboard", StandardKey.SelectAll
        )
        yield Command("zoomInAction", self.tr("Zoom in"), lambda: self.zoom(1), "view/zoom", ("Ctrl++", "Ctrl+="))
        yield Command("zoomOutAction", self.tr("Zoom o&ut"), lambda: self.zoom(-1), "view/zoom", ("Ctrl+-",))
        yield Command(
            "zoomResetAction",
            self.tr("Actual size"),
            lambda: settings.set("editor.zoom", 100),
            "view/zoom",
            ("Ctrl+0",),
        )
        window = self.context.window
        menu = "goToMenu/parts"
        yield Submenu("goToMenu", self.tr("Go to"), "view/go")
        text = self.tr("Next part of the window")
        yield Command("nextPartAction", text, lambda: window.go_to_part(1), menu, ("Ctrl+Tab",))
        text = self.tr("Previous part of the window")
        yield Command("previousPartAction", text, lambda: window.go_to_part(-1), menu, ("Ctrl+Shift+Tab",))
        # Not every system opens it by these keys, and not every keyboard has one for it.
        yield Command("menuHereAction", self.tr("Menu at the cursor"), _open_menu_here, menu, ("Shift+F10",))
        yield Command(
            "wayBackAction",
            self.tr("Back to where you were"),
            editor.way_back.go,
            "goToMenu/back",
            ("Shift+F5",),
            enabled=lambda: editor.way_back.is_known,
            follows=(editor.way_back.changed.connect,),
        )
        themes = {
            "system": self.tr("Like the system"),
            "light": self.tr("Light"),
            "sepia": self.tr("Sepia"),
            "dark": self.tr("Dark"),
            "contrast": self.tr("High contrast"),
        }
        yield Submenu("paperMenu", self.tr("Paper"), "view/page")
        yield from choices_of(settings, "editor.theme", "theme", "paperMenu/theme", themes)
        paragraphs = {"spaced": self.tr("Space between them"), "indented": self.tr("First line indented")}
        yield Submenu("paragraphsMenu", self.tr("Paragraphs"), "view/page")
        yield from choices_of(settings, "editor.paragraphs", "paragraphs", "paragraphsMenu/paragraphs", paragraphs)

    def preferences(self) -> Iterable[Section]:
        """Paper, type and spacing."""
        page = self.tr("Page")
        fonts = ListedSetting("editor.font", lambda: font_choices(self._fonts))
        yield Section(page, "", ("editor.theme",))
        yield Section(page, self.tr("Type"), (fonts, "editor.font_size", "editor.zoom"))
        setting = ("editor.measure", "editor.line_spacing", "editor.paragraphs")
        yield Section(page, self.tr("Setting"), setting)

    def opened(self) -> None:
        """Watches the keys, before all others that do."""
        self.context.editor.keys.install()

    def zoom(self, steps: int) -> None:
        """Shows the page larger by so many steps, or smaller."""
        zoom = self.context.settings.value("editor.zoom") + _STEP * steps
        self.context.settings.set("editor.zoom", max(50, min(300, zoom)))

    def open_menu(self, at: QPoint) -> None:
        """Shows the page's menu at a place of the screen."""
        menu = page_menu(self.context.commands, self.context.window)
        for feature in self.context.features.values():
            feature.extend_page_menu(menu, at)
        menu.popup(at)

    def _apply_look(self, _: object = None) -> None:
        self.context.editor.apply_settings(self.context.settings.values.editor)

    def _apply_colours(self, colours: Colours) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(qt_palette(colours))
        arrow = self.context.resources / "icons" / f"arrow-{colours.name}.svg"
        self.context.window.setStyleSheet(style_sheet(colours, str(arrow)))

    def _show_modified(self) -> None:
        self.context.window.setWindowModified(self.context.editor.model.history.is_modified)


def font_choices(shipped: Sequence[str]) -> Mapping[str, str]:
    """The typefaces that come with the program, then the system's that can set prose."""
    latin = QFontDatabase.WritingSystem.Latin
    others = [
        each
        for each in QFontDatabase.families(latin)
        if each not in shipped and not each.startswith((".", "@")) and not QFontDatabase.isPrivateFamily(each)
    ]
    return {each: each for each in [*sorted(shipped), *others]}


def _open_menu_here() -> None:
    """Asks whatever has the keyboard for its menu."""
    widget = QApplication.focusWidget()
    if widget is None:
        return
    place = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    at = place.center() if isinstance(place, QRect) and place.isValid() else widget.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))
