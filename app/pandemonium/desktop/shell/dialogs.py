"""Questions to the writer, asked beside the event loop: each is awaited, none blocks the window."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from pandemonium.desktop.core.controls import name_answers
from pandemonium.desktop.core.icons import tint_buttons
from pandemonium.desktop.core.plain_text import fill_box
from pandemonium.desktop.shell.file_kinds import open_kinds, save_kinds, suffix_of
from pandemonium.desktop.shell.name_dialog import NameDialog

Answer = Literal["save", "discard", "cancel"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)


class Dialogs:
    """Asks in front of one window.

    Attributes:
        loop: the window's.
    """

    def __init__(self, parent: QWidget, loop: asyncio.AbstractEventLoop) -> None:
        self._parent = parent
        self.loop = loop

    async def ask_to_save(self, name: str) -> Answer:
        """Asks what is to become of the changes in the document called `name`."""
        box = QMessageBox(self._parent)
        box.setObjectName("saveChangesBox")
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setIcon(QMessageBox.Icon.NoIcon)
        fill_box(box, _tr("Save the changes to {name}?").format(name=name), _tr("They are lost otherwise."))
        save = box.addButton(_tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_tr("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(_tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        await self.done(box)
        clicked = box.clickedButton()
        return "save" if clicked is save else "discard" if clicked is discard else "cancel"

    async def choose_to_open(self, folder: Path) -> Path | None:
        """Asks for a file to open; None if the writer would rather not."""
        dialog = self._file_dialog(_tr("Open"), folder)
        dialog.setObjectName("openDialog")
        dialog.setNameFilters(open_kinds())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return await self._chosen(dialog)

    async def choose_to_save(self, folder: Path, name: str) -> Path | None:
        """Asks where to save; None if the writer would rather not."""
        dialog = self._file_dialog(_tr("Save as"), folder)
        dialog.setObjectName("saveDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        suffix = Path(name).suffix
        kinds, kind = save_kinds(suffix)
        dialog.setNameFilters(kinds)
        dialog.selectNameFilter(kind)
        dialog.setDefaultSuffix(suffix.lstrip(".") or "txt")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(suffix_of(chosen) or "txt"))
        dialog.selectFile(name)
        return await self._chosen(dialog)

    async def ask(
        self,
        name: str,
        text: str,
        more: str,
        answers: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        escape: str = "",
    ) -> str:
        """Asks a question; gives the key of the answer. The first is proposed.

        Args:
            name: of the box.
            text, more: the question, and what it means.
            answers: what the buttons say, by key.
            parent: the window that asks; the main one where None.
            escape: the key of what Esc says; the last where empty.
        """
        box = QMessageBox(parent or self._parent)
        box.setObjectName(name)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setIcon(QMessageBox.Icon.NoIcon)
        fill_box(box, text, more)
        role = QMessageBox.ButtonRole.AcceptRole
        buttons = {key: box.addButton(words, role) for key, words in answers.items()}
        keys = list(buttons)
        way_out = escape or keys[-1]
        box.setDefaultButton(buttons[keys[0]])
        box.setEscapeButton(buttons[way_out])
        await self.done(box)
        clicked = box.clickedButton()
        return next((key for key in keys if buttons[key] is clicked), way_out)

    async def ask_name(self, title: str, proposed: str, parent: QWidget) -> str:
        """Asks for a name; empty if the writer would rather not."""
        dialog = NameDialog(parent, title, proposed)
        return dialog.name if await self.done(dialog) else ""

    async def choose_folder(self, title: str, parent: QWidget) -> Path | None:
        """Asks for a folder; None if the writer would rather not."""
        dialog = QFileDialog(parent, title, str(Path.home()))
        dialog.setObjectName("folderDialog")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return await self._chosen(dialog)

    async def choose_files(self, title: str, parent: QWidget, kinds: str = "") -> list[Path]:
        """Asks for files; none if the writer would rather not."""
        dialog = QFileDialog(parent, title, str(Path.home()))
        dialog.setObjectName("filesDialog")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        if kinds:
            dialog.setNameFilters([kinds, _tr("All files (*)")])
        accepted = await self.done(dialog)
        return [Path(each) for each in dialog.selectedFiles()] if accepted else []

    async def choose_target(self, title: str, parent: QWidget, name: str, kinds: str = "") -> Path | None:
        """Asks where a file called `name` is to be written; None if the writer would rather not.

        Args:
            title: of the dialog.
            parent: the window that it belongs to.
            name: of the file.
            kinds: which files are shown beside it, as Qt's dialogs have it; all for none.
        """
        dialog = QFileDialog(parent, title, str(Path.home()))
        dialog.setObjectName("targetDialog")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if kinds:
            dialog.setNameFilter(kinds)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        return await self._chosen(dialog)

    def _file_dialog(self, title: str, folder: Path) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, str(folder))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        return dialog

    async def _chosen(self, dialog: QFileDialog) -> Path | None:
        accepted = await self.done(dialog)
        files = dialog.selectedFiles()
        return Path(files[0]) if accepted and files else None

    async def done(self, dialog: QDialog) -> bool:
        """Opens a dialog and waits for its end; tells whether what it asks for is wanted."""
        future: asyncio.Future[int] = self.loop.create_future()
        dialog.finished.connect(lambda result: None if future.done() else future.set_result(result))
        if isinstance(dialog, QFileDialog):
            tint_buttons(dialog)
        name_answers(dialog)
        try:
            QDialog.open(dialog)  # Qt's own dialogs have another `open`
            return bool(await future)
        finally:
            dialog.deleteLater()
