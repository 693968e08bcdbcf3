"""The Format menu: what can be set, its keys, and which of it holds where the cursor is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from pandemonium.desktop.core.commands import Actions
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.formatting.formatting_commands import Formatting
from pandemonium.desktop.features.formatting.note_dialog import NoteDialog
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.documents.passage import Alignment, Kind, Look


def _tr(text: str) -> str:
    return QCoreApplication.translate("FormatMenu", text)


class FormatMenu:
    """Makes the menu, and keeps its ticks true whenever it is about to be seen."""

    def __init__(self, window: QMainWindow, actions: Actions, editor: DocumentEditor, message_bar: MessageBar) -> None:
        self._window, self._actions = window, actions
        self.commands = Formatting(editor)
        self.commands.refused.connect(message_bar.show_sentence)
        self.commands.note_wanted.connect(self._ask_for_note)
        editor.note_asked.connect(self.commands.edit_note)
        self._holds: dict[QAction, Callable[[], bool]] = {}
        self.menu = window.findChild(QMenu, "formatMenu") or actions.menu(_tr("F&ormat"))
        self._add_looks()
        self.menu.addSeparator()
        self._add_kinds()
        self.menu.addSeparator()
        self._add_alignments()
        self.menu.addSeparator()
        self._add("sceneBreakAction", _tr("Scene break"), "Ctrl+Shift+Return", self.commands.insert_scene_break)
        self._add("footnoteAction", _tr("Footnote\u2026"), "Ctrl+Alt+F", self.commands.ask_for_note)
        self.menu.aboutToShow.connect(self._show_what_holds)

    def _add_looks(self) -> None:
        for name, text, keys, look in (
            ("boldAction", _tr("Bold"), "Ctrl+B", Look.BOLD),
            ("italicAction", _tr("Italic"), "Ctrl+I", Look.ITALIC),
            ("underlineAction", _tr("Underline"), "Ctrl+U", Look.UNDERLINE),
            ("strikeAction", _tr("Strike through"), "", Look.STRIKE),
            ("smallCapsAction", _tr("Small capitals"), "", Look.SMALL_CAPS),
            ("superscriptAction", _tr("Superscript"), "", Look.SUPERSCRIPT),
            ("subscriptAction", _tr("Subscript"), "", Look.SUBSCRIPT),
        ):
            self._add(name, text, keys, partial(self.commands.toggle, look), partial(self.commands.has, look))

    def _add_kinds(self) -> None:
        kinds: tuple[tuple[str, str, str, Kind, int], ...] = (
            ("bodyAction", _tr("Body text"), "Ctrl+Shift+N", "body", 0),
            ("heading1Action", _tr("Heading 1"), "Ctrl+1", "heading", 1),
            ("heading2Action", _tr("Heading 2"), "Ctrl+2", "heading", 2),
            ("heading3Action", _tr("Heading 3"), "Ctrl+3", "heading", 3),
            ("quoteAction", _tr("Block quotation"), "Ctrl+Shift+9", "quote", 0),
            ("bulletAction", _tr("List"), "Ctrl+Shift+8", "bullet", 1),
            ("numberAction", _tr("Numbered list"), "Ctrl+Shift+7", "number", 1),
        )
        for name, text, keys, kind, level in kinds:
            self._add(
                name, text, keys, partial(self.commands.set_kind, kind, level),
                partial(self._is_kind, kind, level),
            )  # fmt: skip

    def _add_alignments(self) -> None:
        menu = self.menu.addMenu(_tr("Alignment"))
        menu.setAccessibleName(_tr("Alignment"))
        alignments: tuple[tuple[str, str, Alignment], ...] = (
            ("alignDefaultAction", _tr("As the page has it"), ""),
            ("alignLeftAction", _tr("Left"), "left"),
            ("alignCenterAction", _tr("Centred"), "center"),
            ("alignRightAction", _tr("Right"), "right"),
            ("alignJustifyAction", _tr("Both sides"), "justify"),
        )
        for name, text, alignment in alignments:
            action = self._actions.add(
                menu, name, text, None, partial(self.commands.set_alignment, alignment)
            )  # fmt: skip
            self._watch(action, partial(self._is_aligned, alignment))

    def _add(
        self, name: str, text: str, keys: str, act: Callable[[], object], holds: Callable[[], bool] | None = None
    ) -> None:
        action = self._actions.add(self.menu, name, text, keys or None, act)
        if holds is not None:
            self._watch(action, holds)

    def _watch(self, action: QAction, holds: Callable[[], bool]) -> None:
        action.setCheckable(True)
        self._holds[action] = holds

    def _is_kind(self, kind: Kind, level: int) -> bool:
        style = self.commands.style
        return (style.kind, style.level) == (kind, level)

    def _is_aligned(self, alignment: Alignment) -> bool:
        return self.commands.style.alignment == alignment

    def _show_what_holds(self) -> None:
        for action, holds in self._holds.items():
            action.setChecked(holds())

    def _ask_for_note(self, key: str, text: str) -> None:
        NoteDialog(self._window, text, lambda written: self.commands.write_note(key, written)).open()
