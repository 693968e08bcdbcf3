"""Questions to the writer, asked beside the event loop: each is awaited, none blocks the window."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

Answer = Literal["save", "discard", "cancel"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)


class Dialogs:
    """Asks in front of one window."""

    def __init__(self, parent: QWidget, loop: asyncio.AbstractEventLoop) -> None:
        self._parent = parent
        self._loop = loop

    async def ask_to_save(self, name: str) -> Answer:
        """Asks what is to become of the changes in the document called `name`."""
        box = QMessageBox(self._parent)
        box.setObjectName("saveChangesBox")
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(_tr("Save the changes to {name}?").format(name=name))
        box.setInformativeText(_tr("They are lost otherwise."))
        save = box.addButton(_tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_tr("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(_tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        await self._done(box)
        clicked = box.clickedButton()
        return "save" if clicked is save else "discard" if clicked is discard else "cancel"

    async def choose_to_open(self, folder: Path) -> Path | None:
        """Asks for a file to open; None if the writer would rather not."""
        dialog = self._file_dialog(_tr("Open"), folder)
        dialog.setObjectName("openDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return await self._chosen(dialog)

    async def choose_to_save(self, folder: Path, name: str) -> Path | None:
        """Asks where to save; None if the writer would rather not."""
        dialog = self._file_dialog(_tr("Save as"), folder)
        dialog.setObjectName("saveDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip(".") or "txt")
        dialog.selectFile(name)
        return await self._chosen(dialog)

    def _file_dialog(self, title: str, folder: Path) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, str(folder))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setNameFilters([_tr("Documents (*.txt *.md *.markdown *.text)"), _tr("All files (*)")])
        return dialog

    async def _chosen(self, dialog: QFileDialog) -> Path | None:
        accepted = await self._done(dialog)
        files = dialog.selectedFiles()
        return Path(files[0]) if accepted and files else None

    async def _done(self, dialog: QDialog) -> bool:
        future: asyncio.Future[int] = self._loop.create_future()
        dialog.finished.connect(lambda result: None if future.done() else future.set_result(result))
        try:
            dialog.open()
            return bool(await future)
        finally:
            dialog.deleteLater()
