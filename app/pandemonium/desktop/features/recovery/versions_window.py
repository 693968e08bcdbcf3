"""The earlier versions of the document: when each was written, what it says, and what has changed since."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.background import in_thread
from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.core.theme import LIGHT, Colours
from pandemonium.desktop.features.document_files import DocumentFiles
from pandemonium.desktop.features.recovery.version_preview import show_differences
from pandemonium.desktop.features.recovery.version_texts import format_day, format_time, format_words
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.message_bar import MessageBar
from pandemonium.documents.formats import write_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.safekeeping.differences import Stretch, count_changes, differences
from pandemonium.documents.safekeeping.versions import Version
from pandemonium.errors import DocumentError


class VersionsWindow(QDialog):
    """A list by time, a preview with what differs, and what can be done with a version.

    Signals:
        restored(Manuscript, str): the writer wants this on the page; the second says when it was written.
    """

    restored = Signal(object, str)

    def __init__(
        self,
        parent: QWidget,
        files: DocumentFiles,
        dialogs: Dialogs,
        loop: asyncio.AbstractEventLoop,
        start: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("versionsWindow")
        self.setWindowTitle(self.tr("Earlier versions"))
        self.setAccessibleName(self.windowTitle())
        self._files = files
        self._dialogs = dialogs
        self._loop = loop
        self._start = start
        self._colours = LIGHT
        self._versions: list[Version] = []
        self._shown: tuple[Version, Manuscript, list[Stretch]] | None = None
        self._asked = 0
        self.message_bar = MessageBar()
        self._title = label(self.windowTitle(), "title")
        self.list = QListWidget()
        self.list.setObjectName("versionsList")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setFixedWidth(220)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _: self._look())
        self.summary = label("", "caption")
        self.summary.setObjectName("versionSummary")
        self.summary.setWordWrap(True)
        self.whole = QCheckBox(self.tr("Show the whole text"))
        self.whole.setObjectName("versionWholeBox")
        self.whole.setAccessibleName(self.whole.text())
        self.whole.toggled.connect(lambda _: self._show_preview())
        self.preview = QTextBrowser()
        self.preview.setObjectName("versionPreview")
        self.preview.setAccessibleName(self.tr("What this version says"))
        self.preview.setProperty("role", "prose")
        self.restore_button = push_button("restoreVersionButton", self.tr("Restore"), self._restore)
        self.restore_button.setProperty("role", "primary")
        self.save_button = push_button(
            "saveVersionButton", self.tr("Save it elsewhere…"), lambda: self._start(self._save_elsewhere())
        )
        self._lay_out()
        files.shown.connect(self._document_changed)
        files.kept.connect(self._version_kept)
        make_scrollable(self)
        open_at(self, 940, 640)

    @property
    def current(self) -> Version | None:
        """The version that is looked at."""
        row = self.list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def show_versions(self) -> None:
        """Lists what is kept of the document on the page."""
        path = self._files.manuscript.path
        self._title.setText(self.tr("Earlier versions of {name}").format(name=self._files.name))
        self._versions = [] if path is None else self._files.vault.versions.list(path)
        today = date.today()
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._versions:
            self.list.addItem(QListWidgetItem(self._format_version(each, today)))
        self.list.setCurrentRow(0 if self._versions else -1)
        self.list.blockSignals(False)
        self._look()
        if any(each.words < 0 for each in self._versions):
            self._start(self._count())

    def apply_colours(self, colours: Colours) -> None:
        """Takes the theme's colours."""
        self._colours = colours
        self._show_preview()

    def _document_changed(self) -> None:
        if self.isVisible():
            self.show_versions()

    def _version_kept(self) -> None:
        """Lists the one that was saved just now too; the one that is looked at stays chosen."""
        if self.isVisible():
            row = self.list.currentRow()
            chosen = self._versions[row].at if 0 <= row < len(self._versions) else None
            self.show_versions()
            rows = [row for row, each in enumerate(self._versions) if each.at == chosen]
            if rows:
                self.list.setCurrentRow(rows[0])

    def _format_version(self, version: Version, today: date) -> str:
        day = format_day(version.at.date(), today)
        lines = [f"{day[:1].upper()}{day[1:]}, {version.at:%H:%M}"]
        if version.words >= 0:
            lines.append(format_words(version.words))
        if version.kind == "page":
            lines.append(self.tr("on the page, not saved"))
        return "\n".join(lines)

    async def _count(self) -> None:
        """Counts the words of versions that another program wrote."""
        for index, version in enumerate(self._versions):
            if version.words >= 0:
                continue
            try:
                counted = await in_thread(self._loop, lambda each=version: self._files.vault.versions.count(each))  # type: ignore[misc]
            except DocumentError:
                continue
            if index < len(self._versions) and self._versions[index] == version:
                self._versions[index] = counted
                self.list.item(index).setText(self._format_version(counted, date.today()))

    def _look(self) -> None:
        """Prepares the preview of the chosen version; the one before cannot be restored by mistake meanwhile."""
        self._asked += 1
        self._shown = None
        self.restore_button.setEnabled(False)
        self.save_button.setEnabled(self.current is not None)
        self._start(self._preview(self._asked))

    async def _preview(self, asked: int) -> None:
        version = self.current
        if version is None:
            said = self.tr(
                "Nothing is kept yet. Each time you save, the text that was in the file before is kept here."
            )
            self.preview.setPlainText(said)
            self.summary.setText("")
            return
        now = self._files.current().content.text

        def work() -> tuple[Manuscript, list[Stretch]]:
            manuscript = self._files.vault.versions.read(version)
            return manuscript, differences(manuscript.text, now)

        try:
            manuscript, stretches = await in_thread(self._loop, work)
        except DocumentError as error:
            if asked == self._asked:
                self.preview.setPlainText(str(error))
                self.summary.setText("")
            return
        if asked == self._asked:
            self._shown = version, manuscript, stretches
            self.restore_button.setEnabled(True)
            self._show_preview()

    def _show_preview(self) -> None:
        if self._shown is None:
            return
        version, _, stretches = self._shown
        added, removed = count_changes(stretches)
        when = format_time(version.at, date.today())
        if added or removed:
            said = self.tr("Since {time}: {added} added, {removed} removed.")
            self.summary.setText(said.format(time=when, added=format_words(added), removed=format_words(removed)))
        elif len(stretches) > 1:
            self.summary.setText(self.tr("The words are those on the page."))
        else:
            self.summary.setText(self.tr("This is the text on the page."))
        show_differences(self.preview, stretches, self._colours, whole=self.whole.isChecked())

    def _restore(self) -> None:
        if self._shown is not None:
            version, manuscript, _ = self._shown
            self.restored.emit(manuscript, format_time(version.at, date.today()))
            self.close()

    async def _save_elsewhere(self) -> None:
        version = self.current
        if version is None:
            return
        name = f"{version.document.stem} {version.at:%Y-%m-%d %H.%M}{version.document.suffix}"
        target = await self._dialogs.choose_target(self.tr("Save this version"), self, name)
        if target is None:
            return
        try:
            manuscript = await in_thread(self._loop, lambda: self._files.vault.versions.read(version))
            write_document(replace(manuscript, path=None), target)
        except DocumentError as error:
            self.message_bar.show_error(error)
        else:
            said = self.tr("The text of {time} is in {name}.")
            when = format_time(version.at, datetime.now().date())
            self.message_bar.show_sentence(said.format(time=when, name=target.name))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        row = QHBoxLayout()
        right = QVBoxLayout()
        body = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.whole)
        row.addWidget(self.save_button)
        row.addStretch()
        row.addWidget(self.restore_button)
        right.setSpacing(10)
        right.addLayout(head)
        right.addWidget(self.preview, 1)
        right.addLayout(row)
        body.setSpacing(28)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(36, 24, 36, 26)
        inside.setSpacing(14)
        inside.addWidget(self._title)
        inside.addLayout(body, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message_bar)
        layout.addLayout(inside, 1)
