"""Spelling: the marks on the page, the menus, the language, and the writer's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QLocale, QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.commands import Command, Submenu, switch_of
from pandemonium.desktop.features.cast.cast import Cast
from pandemonium.desktop.features.context import Context, Feature, ListedSetting, Section
from pandemonium.desktop.features.spelling.own_words_window import OwnWordsWindow
from pandemonium.desktop.features.spelling.speller import Speller
from pandemonium.desktop.features.spelling.spelling_marks import SpellingMarks
from pandemonium.text.dictionaries import find_dictionaries
from pandemonium.text.sentences import capitalized

_WATCHED = ("spelling", "spelling_language", "spelling_capitals")


class Spelling(Feature):
    """Spelling of one page.

    Attributes:
        marks: on the page.
        own_words: the window with the writer's own.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._settings = context.settings
        self.marks = SpellingMarks(
            context.editor, context.editor.selections, context.tasks.loop, Speller.of_this_computer()
        )
        self.marks.failed.connect(context.messages.show_error)
        context.feature(Cast).named.connect(self.marks.take_names)
        context.theme.follow(self.marks.apply_colours)
        self.own_words = OwnWordsWindow(context.window, self.marks)
        self._languages = QActionGroup(self)
        self._languages.triggered.connect(self._choose)
        for name in _WATCHED:
            self._settings.watch(f"editor.{name}", self._apply_settings, now=False)

    def commands(self) -> Iterable[Command | Submenu]:
        """The switches, the languages, and the own words."""
        settings = self._settings
        menu = "spellingMenu/spelling"
        yield Submenu("spellingMenu", self.tr("Spelling"), "edit/spelling", self._fill)
        yield switch_of(settings, "editor.spelling", "spellingAction", self.tr("Mark misspelt words"), menu, ("F7",))
        text = self.tr("Words in CAPITALS too")
        yield switch_of(settings, "editor.spelling_capitals", "spellingCapitalsAction", text, menu)
        yield Command("ownWordsAction", self.tr("My words…"), self.own_words.open_words, menu)

    def preferences(self) -> Iterable[Section]:
        """What is marked, and in which language."""
        languages = ListedSetting("editor.spelling_language", self._language_names)
        rows = ("editor.spelling", languages, "editor.spelling_capitals")
        yield Section(self.tr("Typing"), self.tr("Spelling"), rows)

    def start(self) -> None:
        """Looks the page up."""
        self._apply_settings()

    def close(self) -> None:
        """Ends the thread."""
        self.marks.close()

    def extend_page_menu(self, menu: QMenu, at: QPoint) -> None:
        """Puts what can be done about the word at a place on the screen before everything else in `menu`."""
        editor = self.context.editor
        place = self.marks.misspelt_at(editor.viewport().mapFromGlobal(at))
        if place is None:
            return
        word = editor.model.text_between(*place)
        entries = [
            self._entry(menu, "suggestionAction", each, lambda each=each: self.marks.correct(*place, each))  # type: ignore[misc]
            for each in self.marks.suggestions(word)
        ]
        for entry in entries:
            font = entry.font()
            font.setBold(True)
            entry.setFont(font)
        if not entries:
            entries = [self._entry(menu, "noSuggestionAction", self.tr("No suggestions"), lambda: None)]
            entries[0].setEnabled(False)
        own = self.tr("Add “{word}” to my words").format(word=word)
        entries += [
            self._separator(menu),
            self._entry(menu, "addWordAction", own, lambda: self.marks.add_to_own(word)),
            self._entry(menu, "ignoreWordAction", self.tr("Ignore here"), lambda: self.marks.ignore(word)),
            self._separator(menu),
        ]
        first = menu.actions()[0] if menu.actions() else None
        for entry in entries:
            if first is None:
                menu.addAction(entry)
            else:
                menu.insertAction(first, entry)

    def _fill(self, menu: QMenu) -> None:
        """Lists the dictionaries that there are now."""
        codes = sorted(find_dictionaries(self.marks.speller.folders), key=language_name)
        if codes != [action.data() for action in self._languages.actions()]:
            for action in self._languages.actions():
                self._languages.removeAction(action)
                menu.removeAction(action)
                action.deleteLater()
            if codes and not menu.actions()[-1].isSeparator():
                menu.addSeparator()
            for code in codes:
                action = QAction(language_name(code), self)
                action.setObjectName(f"spellingLanguage-{code}")
                action.setData(code)
                action.setCheckable(True)
                self._languages.addAction(action)
                menu.addAction(action)
        for action in self._languages.actions():
            action.setChecked(action.data() == self._settings.value("editor.spelling_language"))

    def _language_names(self) -> dict[str, str]:
        return {code: language_name(code) for code in find_dictionaries(self.marks.speller.folders)}

    def _choose(self, action: QAction) -> None:
        self._settings.update("editor", spelling_language=str(action.data()), spelling=True)

    def _apply_settings(self, _: object = None) -> None:
        self.marks.apply_settings(self._settings.values.editor)

    @staticmethod
    def _entry(menu: QMenu, name: str, text: str, act: Callable[[], object]) -> QAction:
        made = QAction(text.replace("&", "&&"), menu)
        made.setObjectName(name)
        made.triggered.connect(lambda _=False: act())
        return made

    @staticmethod
    def _separator(menu: QMenu) -> QAction:
        made = QAction(menu)
        made.setSeparator(True)
        return made


def language_name(code: str) -> str:
    """A language's own name for itself ("British English"), or its code where Qt knows none."""
    locale = QLocale(code)
    name = locale.nativeLanguageName()
    if locale.language() == QLocale.Language.C or not name:
        return code
    if "_" in code and "(" not in name and code.split("_")[0] != "en":
        territory = locale.nativeTerritoryName()
        name = f"{name} ({territory})" if territory else name
    return capitalized(name)
