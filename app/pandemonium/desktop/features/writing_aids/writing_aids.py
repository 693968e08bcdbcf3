"""What helps the writer at the page: typography as typed, focus mode, full screen, typewriter scrolling."""

from __future__ import annotations

from collections.abc import Iterable

from pandemonium.desktop.core.commands import Command, Submenu, switch_of
from pandemonium.desktop.features.context import Context, Feature, Section
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.writing_aids.focus import FocusMode
from pandemonium.desktop.features.writing_aids.full_screen import FullScreen
from pandemonium.desktop.features.writing_aids.typewriter import Typewriter
from pandemonium.desktop.features.writing_aids.typography import SmartTypography

_FOCUS = ("dims", "hides_panel", "hides_foot", "hides_menus")


class WritingAids(Feature):
    """The aids of one page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings
        editor = context.editor
        files = context.feature(DocumentFiles)
        self.typography = SmartTypography(editor, lambda: settings.values.typing, lambda: files.manuscript.format)
        self.typewriter = Typewriter(editor)
        self.focus = FocusMode(editor, context.window, lambda: settings.values.habits)
        self.full_screen = FullScreen(context.window)
        context.theme.follow(self.focus.apply_colours)
        settings.watch("habits.typewriter", self.typewriter.switch)
        for name in _FOCUS:
            settings.watch(f"habits.{name}", lambda _: self.focus.apply() if self.focus.is_on else None, now=False)

    def commands(self) -> Iterable[Command | Submenu]:
        """Focus, full screen, typewriter scrolling; quotes and dashes of a selection."""
        focus = self.focus
        screen = self.full_screen
        yield Command(
            "focusAction",
            self.tr("Focus"),
            lambda: focus.switch(not focus.is_on),
            "view/parts",
            ("F8",),
            checked=lambda: focus.is_on,
            follows=(focus.switched.connect,),
        )
        yield Command(
            "fullScreenAction",
            self.tr("Full screen"),
            lambda: screen.switch(not screen.is_on),
            "view/parts",
            ("F11",),
            checked=lambda: screen.is_on,
            follows=(screen.switched.connect,),
        )
        text = self.tr("Typewriter scrolling")
        yield switch_of(self.context.settings, "habits.typewriter", "typewriterAction", text, "view/parts")
        yield Submenu("quotesMenu", self.tr("Quotes and dashes"), "edit/quotes")
        text = self.tr("Make them typographic")
        menu = "quotesMenu/quotes"
        yield Command("educateAction", text, self.typography.educate, menu)
        yield Command("straightenAction", self.tr("Make them straight"), self.typography.straighten, menu)

    def preferences(self) -> Iterable[Section]:
        """Focus mode, scrolling, and what is typed."""
        page = self.tr("Writing")
        yield Section(page, self.tr("Focus"), [f"habits.{name}" for name in _FOCUS])
        yield Section(page, self.tr("Scrolling"), ("habits.typewriter",))
        rows = ("typing.quotes", "typing.dashes", "typing.custom")
        yield Section(self.tr("Typing"), self.tr("Quotes and dashes"), rows)

    def dismiss(self) -> bool:
        """Leaves full screen, or else focus mode."""
        was_on = self.full_screen.is_on or self.focus.is_on
        if self.full_screen.is_on:
            self.full_screen.switch(False)
        else:
            self.focus.switch(False)
        return was_on
