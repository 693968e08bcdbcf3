"""What stands in the menus, in the window's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from pandemonium.desktop.core.commands import Actions
from pandemonium.settings import EditorSettings, PanelSettings, TypingSettings

Act = Callable[[], object]
_KEY = QKeySequence.StandardKey


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


def make_menus(
    window: QMainWindow,
    acts: Mapping[str, Act],
    switches: Mapping[str, Callable[[bool], object]],
    choices: Mapping[str, Callable[[str], object]],
    editor: EditorSettings,
    panel: PanelSettings,
    typing: TypingSettings,
) -> Actions:
    """Fills the menu bar.

    Args:
        window: whose bar it is.
        acts: what each entry does, by its name.
        switches: what each entry that is on or off does.
        choices: what each group of entries does with the chosen key.
        editor, panel, typing: what is chosen now.
    """
    actions = Actions(window)

    file = actions.menu(_tr("&File"))
    actions.add(file, "newAction", _tr("New"), "Ctrl+N", acts["new"])
    actions.add(file, "openAction", _tr("Open…"), "Ctrl+O", acts["open"])
    file.addSeparator()
    actions.add(file, "saveAction", _tr("Save"), "Ctrl+S", acts["save"])
    actions.add(file, "saveAsAction", _tr("Save as…"), "Ctrl+Shift+S", acts["save_as"])
    actions.add(file, "versionsAction", _tr("Earlier versions…"), None, acts["versions"])
    file.addSeparator()
    actions.add(file, "exportAction", _tr("Export…"), "Ctrl+Shift+E", acts["export"])
    actions.add(file, "printPreviewAction", _tr("Print preview…"), None, acts["print_preview"])
    actions.add(file, "printAction", _tr("Print…"), "Ctrl+P", acts["print"])
    file.addSeparator()
    actions.add(file, "quitAction", _tr("Quit"), "Ctrl+Q", acts["quit"])

    edit = actions.menu(_tr("&Edit"))
    actions.add(edit, "undoAction", _tr("Undo"), _KEY.Undo, acts["undo"])
    actions.add(edit, "redoAction", _tr("Re&do"), ["Ctrl+Shift+Z", "Ctrl+Y"], acts["redo"])
    edit.addSeparator()
    actions.add(edit, "cutAction", _tr("Cut"), _KEY.Cut, acts["cut"])
    actions.add(edit, "copyAction", _tr("Copy"), _KEY.Copy, acts["copy"])
    actions.add(edit, "pasteAction", _tr("Paste"), _KEY.Paste, acts["paste"])
    actions.add(edit, "selectAllAction", _tr("Select &all"), _KEY.SelectAll, acts["select_all"])
    edit.addSeparator()
    actions.add(edit, "findAction", _tr("Find…"), "Ctrl+F", acts["find"])
    actions.add(edit, "replaceAction", _tr("Replace…"), "Ctrl+H", acts["replace"])
    actions.add(edit, "findNextAction", _tr("Find next"), "F3", acts["find_next"])
    actions.add(edit, "findPreviousAction", _tr("Find previous"), "Shift+F3", acts["find_previous"])
    edit.addSeparator()
    _sub(edit, _tr("Spelling")).setObjectName("spellingMenu")

    actions.menu(_tr("F&ormat")).setObjectName("formatMenu")

    write = actions.menu(_tr("&Write"))
    actions.add(write, "continueAction", _tr("Continue"), ["Ctrl+Return", "Ctrl+Enter"], acts["continue"])
    actions.add(write, "stopAction", _tr("Stop"), "Esc", acts["stop"])
    actions.add(write, "retryAction", _tr("Retry"), "Alt+R", acts["retry"])
    write.addSeparator()
    actions.add(write, "nextAttemptAction", _tr("Next attempt"), "Alt+Down", acts["next_attempt"])
    actions.add(write, "previousAttemptAction", _tr("Previous attempt"), "Alt+Up", acts["previous_attempt"])
    write.addSeparator()
    actions.add(write, "suggestAction", _tr("Suggest the next words"), "Alt+Return", acts["suggest"])
    actions.add_switch(
        write, "suggestsAction", _tr("Suggest when I pause"), None, switches["suggests"]
    ).setChecked(typing.suggests)  # fmt: skip
    write.addSeparator()
    actions.add(write, "trainAction", _tr("Train a voice…"), None, acts["train"])
    actions.add(write, "voicesAction", _tr("Voices…"), None, acts["voices"])

    view = actions.menu(_tr("&View"))
    actions.add_switch(view, "panelAction", _tr("Panel"), "F9", switches["panel"]).setChecked(panel.shown)
    actions.add_switch(
        view, "marksAction", _tr("Underline what voices wrote"), None, switches["marks"]
    ).setChecked(editor.marks)  # fmt: skip
    view.addSeparator()
    actions.add(view, "zoomInAction", _tr("Zoom in"), ["Ctrl++", "Ctrl+="], acts["zoom_in"])
    actions.add(view, "zoomOutAction", _tr("Zoom o&ut"), "Ctrl+-", acts["zoom_out"])
    actions.add(view, "zoomResetAction", _tr("Actual size"), "Ctrl+0", acts["zoom_reset"])
    view.addSeparator()
    parts = _sub(view, _tr("Go to"))
    actions.add(parts, "nextPartAction", _tr("Next part of the window"), "Ctrl+Tab", acts["next_part"])
    actions.add(
        parts, "previousPartAction", _tr("Previous part of the window"), "Ctrl+Shift+Tab", acts["previous_part"]
    )
    view.addSeparator()
    themes = {
        "system": _tr("Like the system"),
        "light": _tr("Light"),
        "sepia": _tr("Sepia"),
        "dark": _tr("Dark"),
    }
    actions.add_choice(_sub(view, _tr("Paper")), "theme", themes, editor.theme, choices["theme"])
    paragraphs = {"spaced": _tr("Space between them"), "indented": _tr("First line indented")}
    menu = _sub(view, _tr("Paragraphs"))
    actions.add_choice(menu, "paragraphs", paragraphs, editor.paragraphs, choices["paragraphs"])

    help_ = actions.menu(_tr("&Help"))
    actions.add(help_, "guideAction", _tr("Guide"), "F1", acts["guide"])
    actions.add(help_, "aboutAction", _tr("About Pandemonium"), None, acts["about"])
    return actions


def page_menu(actions: Actions, parent: QMainWindow) -> QMenu:
    """The menu of the page."""
    menu = QMenu(parent)
    for group in (
        ("continueAction", "retryAction"),
        ("undoAction", "redoAction"),
        ("cutAction", "copyAction", "pasteAction", "selectAllAction"),
    ):
        for name in group:
            menu.addAction(actions[name])
        menu.addSeparator()
    return menu


def _sub(menu: QMenu, title: str) -> QMenu:
    made = menu.addMenu(title)
    made.setAccessibleName(title)
    return made
