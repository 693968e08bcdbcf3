from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.training.wizard_flow import Page

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def carried(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(desk: Desk, data: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(300, 300), COPY, data, LEFT, NONE)
    event.ignore()
    desk.window.dragEnterEvent(event)
    return event.isAccepted()


def drop(desk: Desk, data: QMimeData) -> None:
    desk.window.dropEvent(QDropEvent(QPointF(300, 300), COPY, data, LEFT, NONE))


@pytest.mark.long
def test_a_folder_dims_the_page_and_opens_the_wizard(desk: Desk, novels: Path, qtbot: Any) -> None:
    data = carried(novels)
    assert drag(desk, data)
    assert desk.drops.overlay.isVisible()
    assert desk.drops.overlay.sentence == "Train a voice on 'Novels' (3 texts)?"
    desk.window.dragLeaveEvent(QDragLeaveEvent())
    assert not desk.drops.overlay.isVisible()
    drag(desk, data)
    drop(desk, data)
    assert not desk.drops.overlay.isVisible()
    wizard = desk.training.wizard
    assert wizard is not None
    assert wizard.isVisible()
    assert not wizard.isModal()
    qtbot.waitUntil(lambda: wizard.flow.selection is not None, timeout=20_000)
    assert wizard.flow.page is Page.FOUND


def test_a_document_is_opened(desk: Desk, novels: Path, qtbot: Any) -> None:
    data = carried(novels / "two.md")
    drag(desk, data)
    assert not desk.drops.overlay.isVisible()
    drop(desk, data)
    qtbot.waitUntil(lambda: desk.files.name == "two.md")
    assert desk.training.wizard is None


def test_a_voice_goes_into_the_library(desk: Desk, small_voice: Path, tmp_path: Path) -> None:
    mailed = tmp_path / "From Anna.voice"
    shutil.copy(small_voice, mailed)
    drag(desk, carried(mailed))
    assert "'From Anna'" in desk.drops.overlay.sentence
    drop(desk, carried(mailed))
    assert desk.panel.voice_box.findData("From Anna") >= 0
    assert desk.library.window is not None
    assert desk.library.window.isVisible()


def test_a_hostile_voice_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.voice").write_bytes(b"\0" * 5000)
    drop(desk, carried(tmp_path / "bad.voice"))
    assert desk.panel.voice_box.findData("bad") < 0
    assert desk.library.window is not None
    assert "bad.voice" in desk.library.window.message_bar.sentence


def test_text_is_none_of_the_windows_business(desk: Desk, tmp_path: Path) -> None:
    data = QMimeData()
    data.setText("words")
    assert not drag(desk, data)
    assert not drag(desk, carried(tmp_path / "gone"))
