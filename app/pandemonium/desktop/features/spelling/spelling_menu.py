"""What the menus say about spelling: suggestions at a word, the language, and the writer's own words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from pandemonium.desktop.core.commands import Actions
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.spelling.spelling_marks import SpellingMarks
from pandemonium.text.dictionaries import find_dictionaries
from pandemonium.text.sentences import capitalized


def _tr(text: str) -> str:
    return QCoreApplication.translate("Spelling", text)


class SpellingMenu(QObject):
    """Fills the Spelling menu, and the head of the page's menu at a misspelt word."""

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        store: SettingsStore,
        marks: SpellingMarks,
        edit_words: Callable[[], object],
    ) -> None:
        """Args:
        window: whose menu "spellingMenu" is filled.
        actions: of the window.
        store: where the choices are kept.
        marks: the page's spelling.
        edit_words: shows the writer's own words.
        """
        menu = window.findChild(QMenu, "spellingMenu") or QMenu(window)
        super().__init__(menu)
        self._menu, self._store, self._marks = menu, store, marks
        self._switch = actions.add_switch(
            menu, "spellingAction", _tr("Mark misspelt words"), "F7", lambda on: store.update("editor", spelling=on)
        )
        self._capitals = actions.add_switch(
            menu, "spellingCapitalsAction", _tr("Words in CAPITALS too"), None,
            lambda on: store.update("editor", spelling_capitals=on),
        )  # fmt: skip
        actions.add(menu, "ownWordsAction", _tr("My words…"), None, edit_words)
        menu.addSeparator()
        self._languages = QActionGroup(self)
        self._languages.triggered.connect(self._choose)
        menu.aboutToShow.connect(self.refresh)
        store.changed.connect(lambda table: self._show_choices() if table == "editor" else None)
        self.refresh()

    def refresh(self) -> None:
        """Looks which dictionaries there are now, and shows what is chosen."""
        codes = sorted(find_dictionaries(self._marks.speller.folders), key=language_name)
        if codes != [action.data() for action in self._languages.actions()]:
            for action in self._languages.actions():
                self._languages.removeAction(action)
                self._menu.removeAction(action)
                action.deleteLater()
            for code in codes:
                action = QAction(language_name(code), self)
                action.setObjectName(f"spellingLanguage-{code}")
                action.setData(code)
                action.setCheckable(True)
                self._languages.addAction(action)
                self._menu.addAction(action)
        self._show_choices()

    def extend(self, menu: QMenu, editor: DocumentEditor, at: QPoint) -> None:
        """Puts what can be done about the word at a place on the screen before everything else in `menu`."""
        place = self._marks.misspelt_at(editor.viewport().mapFromGlobal(at))
        if place is None:
            return
        word = editor.model.text_between(*place)
        entries = [
            self._entry(menu, "suggestionAction", each, lambda each=each: self._marks.correct(*place, each))  # type: ignore[misc]
            for each in self._marks.suggestions(word)
        ]
        for entry in entries:
            font = entry.font()
            font.setBold(True)
            entry.setFont(font)
        if not entries:
            entries = [self._entry(menu, "noSuggestionAction", _tr("No suggestions"), lambda: None)]
            entries[0].setEnabled(False)
        own = _tr("Add “{word}” to my words").format(word=word)
        entries += [
            self._separator(menu),
            self._entry(menu, "addWordAction", own, lambda: self._marks.add_to_own(word)),
            self._entry(menu, "ignoreWordAction", _tr("Ignore here"), lambda: self._marks.ignore(word)),
            self._separator(menu),
        ]
        first = menu.actions()[0] if menu.actions() else None
        for entry in entries:
            if first is None:
                menu.addAction(entry)
            else:
                menu.insertAction(first, entry)

    def _choose(self, action: QAction) -> None:
        self._store.update("editor", spelling_language=str(action.data()), spelling=True)

    def _show_choices(self) -> None:
        settings = self._store.values.editor
        self._switch.setChecked(settings.spelling)
        self._capitals.setChecked(settings.spelling_capitals)
        for action in self._languages.actions():
            action.setChecked(action.data() == settings.spelling_language)

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
