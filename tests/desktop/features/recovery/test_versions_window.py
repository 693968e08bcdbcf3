"""The earlier versions of the open document, looked at and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.recovery.versions_window import VersionsWindow
from pandemonium.documents.safekeeping.differences import Stretch

TEXTS = ("The sea was calm.\n\nNo wind blew.", "The sea was dark.\n\nNo wind blew.", "The sea was dark.\n\nWe slept.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Dagon.txt"


@pytest.fixture
def desk(make_desk: Callable[..., Desk], path: Path, qtbot: Any) -> Desk:
    """A document that was saved three times."""
    path.write_text(TEXTS[0])
    desk = make_desk(path)
    versions = desk.files.vault.versions
    for text in TEXTS[1:]:
        length = len(desk.editor.model.text)
        desk.editor.model.replace_many([(0, length, text)])
        count = len(versions.list(path))
        desk.actions["saveAction"].trigger()
        qtbot.waitUntil(lambda: not desk.files.is_modified)
        qtbot.waitUntil(lambda count=count: len(versions.list(path)) > count)
    qtbot.waitUntil(lambda: len(versions.list(path)) == 3)
    return desk


@pytest.fixture
def window(desk: Desk, qtbot: Any) -> VersionsWindow:
    desk.actions["versionsAction"].trigger()
    made = desk.safekeeping.versions
    assert made is not None
    qtbot.waitUntil(made.restore_button.isEnabled)
    return made


def look_at(window: VersionsWindow, row: int, qtbot: Any) -> None:
    window.list.setCurrentRow(row)
    qtbot.waitUntil(window.restore_button.isEnabled)


def test_it_lists_them_with_time_and_words(window: VersionsWindow, qtbot: Any) -> None:
    assert window.objectName() == "versionsWindow"
    assert not window.isModal()
    assert window.list.count() == 3
    qtbot.waitUntil(lambda: all("words" in window.list.item(row).text() for row in range(3)))
    assert window.list.item(0).text().startswith("Today, ")
    assert "6 words" in window.list.item(0).text()
    for each in window.findChildren(QAbstractButton):
        assert each.accessibleName()


def test_it_shows_what_has_changed_since(window: VersionsWindow, qtbot: Any) -> None:
    qtbot.waitUntil(window.restore_button.isEnabled)
    assert window.summary.text() == "This is the text on the page."
    look_at(window, 2, qtbot)
    assert window._shown is not None
    assert Stretch("removed", "calm") in window._shown[2]
    assert "3 words added, 4 words removed" in window.summary.text()
    assert "calm" in window.preview.toPlainText()
    looks = {}
    block = window.preview.document().firstBlock()
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        looks[fragment.text()] = fragment.charFormat().fontStrikeOut()
        fragments += 1
    assert looks["calm"] is True
    assert looks["The sea was "] is False


def test_restoring_is_one_step_on_the_page(desk: Desk, window: VersionsWindow, path: Path, qtbot: Any) -> None:
    look_at(window, 2, qtbot)
    QTest.mouseClick(window.restore_button, Qt.MouseButton.LeftButton)
    assert desk.editor.toPlainText() == TEXTS[0]
    assert "is not saved yet" in desk.message_bar.sentence
    assert desk.files.is_modified
    assert path.read_text() == TEXTS[2]
    desk.editor.undo()
    assert desk.editor.toPlainText() == TEXTS[2]
    assert not desk.files.is_modified


def test_a_version_is_saved_elsewhere(desk: Desk, window: VersionsWindow, tmp_path: Path, qtbot: Any) -> None:
    look_at(window, 2, qtbot)
    QTest.mouseClick(window.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.findChild(QFileDialog, "targetDialog") is not None)
    dialog = desk.window.findChild(QFileDialog, "targetDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "old.txt"))
    QTest.mouseClick(next(b for b in dialog.findChildren(QPushButton) if "&S" in b.text()), Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "old.txt").exists)
    assert (tmp_path / "old.txt").read_text() == TEXTS[0]
    assert "old.txt" in window.message_bar.sentence


def test_a_damaged_version_is_a_sentence(
    desk: Desk, window: VersionsWindow, pandemonium_home: Path, qtbot: Any
) -> None:
    for content in (pandemonium_home / "data" / "versions").glob("*/*.z"):
        content.write_bytes(b"x")
    window.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: "cannot be read" in window.preview.toPlainText())
    assert not window.restore_button.isEnabled()


def test_a_document_without_a_file_says_how_it_begins(make_desk: Callable[..., Desk], qtbot: Any) -> None:
    desk = make_desk()
    desk.actions["versionsAction"].trigger()
    assert desk.safekeeping.versions is not None
    assert desk.safekeeping.versions.list.count() == 0
    qtbot.waitUntil(lambda: "Nothing is kept yet" in desk.safekeeping.versions.preview.toPlainText())  # type: ignore[union-attr]
    assert not desk.safekeeping.versions.save_button.isEnabled()


def test_what_is_saved_meanwhile_is_listed_and_the_chosen_one_stays(
    window: VersionsWindow, desk: Desk, qtbot: Any
) -> None:
    window.list.setCurrentRow(2)
    chosen = window._versions[2].at
    desk.editor.setFocus()
    QTest.keyClicks(desk.editor, "Later. ")
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: window.list.count() == 4)
    assert window._versions[window.list.currentRow()].at == chosen


def test_saving_takes_away_the_sentence_that_it_is_not_saved(window: VersionsWindow, desk: Desk, qtbot: Any) -> None:
    look_at(window, 2, qtbot)
    QTest.mouseClick(window.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(desk.message_bar.isVisible)
    assert "not saved yet" in desk.message_bar.sentence
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.message_bar.isVisible())
