from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton

from pandemonium.desktop.features.training.texts_page import TextsPage


def test_sources_come_and_go(qtbot: Any) -> None:
    page = TextsPage()
    qtbot.addWidget(page)
    page.show_sources([Path("/texts/Novels"), Path("/texts/Letters")])
    take_away = page.findChild(QPushButton, "removeSourceButton")
    assert not take_away.isEnabled()
    page.list.setCurrentRow(1)
    with qtbot.waitSignal(page.removed) as heard:
        take_away.click()
    assert heard.args == [Path("/texts/Letters")]
    for name, signal in (("addFolderButton", page.folder_asked), ("addFilesButton", page.files_asked)):
        with qtbot.waitSignal(signal):
            page.findChild(QPushButton, name).click()
