from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.library.library_window import VoiceLibraryWindow
from pandemonium.desktop.shell.name_dialog import NameDialog


@pytest.fixture
def library(desk: Desk) -> VoiceLibraryWindow:
    """Open, on the own voice."""
    desk.actions["voicesAction"].trigger()
    made = desk.library.window
    assert made is not None
    made.select("small")
    return made


def names(library: VoiceLibraryWindow) -> list[str]:
    return [library.list.item(row).data(256) for row in range(library.list.count())]


def button(library: VoiceLibraryWindow, name: str) -> QPushButton:
    return library.findChild(QPushButton, name)


def give_name(qtbot: Any, library: VoiceLibraryWindow, name: str) -> None:
    def asked() -> NameDialog | None:
        # One that was answered may still be there, unseen.
        return next((each for each in library.findChildren(NameDialog, "nameDialog") if each.isVisible()), None)

    qtbot.waitUntil(lambda: asked() is not None)
    dialog = asked()
    assert dialog is not None
    assert dialog.field.accessibleName()
    dialog.field.setText(name)
    dialog.accept()


def test_it_lists_the_voices_and_which_one_writes(library: VoiceLibraryWindow) -> None:
    assert library.objectName() == "voiceLibrary"
    assert not library.isModal()
    assert names(library) == ["lovecraft", "classics", "small"]
    assert "writes in this document" in library.list.item(2).text()
    assert "comes with the program" in library.list.item(0).text()
    assert "Random weights." in library.card.toPlainText()
    for each in library.findChildren(QAbstractButton):
        assert each.accessibleName()


def test_what_comes_with_the_program_stays(library: VoiceLibraryWindow) -> None:
    library.select("lovecraft")
    assert not button(library, "renameVoiceButton").isEnabled()
    assert not button(library, "removeVoiceButton").isEnabled()
    assert button(library, "duplicateVoiceButton").isEnabled()


def test_the_card_bears_the_name_that_the_voice_has(desk: Desk, library: VoiceLibraryWindow, qtbot: Any) -> None:
    button(library, "duplicateVoiceButton").click()
    give_name(qtbot, library, "anna")
    qtbot.waitUntil(lambda: "anna" in names(library))
    assert library.card.toPlainText().startswith("Anna")
    button(library, "renameVoiceButton").click()
    give_name(qtbot, library, "berta")
    qtbot.waitUntil(lambda: "berta" in names(library))
    assert library.card.toPlainText().startswith("Berta")
    desk.voices.choose_voice("berta")
    qtbot.waitUntil(lambda: desk.voices.current is not None and desk.voices.current.name == "berta", timeout=20_000)
    assert desk.panel.voice_box.toolTip().startswith("Berta")


def test_renaming_and_duplicating(desk: Desk, library: VoiceLibraryWindow, qtbot: Any) -> None:
    button(library, "renameVoiceButton").click()
    give_name(qtbot, library, "Novels")
    qtbot.waitUntil(lambda: names(library) == ["lovecraft", "classics", "Novels"])
    assert desk.panel.voice_box.currentData() == "Novels"
    button(library, "duplicateVoiceButton").click()
    give_name(qtbot, library, "Letters")
    qtbot.waitUntil(lambda: names(library) == ["lovecraft", "classics", "Letters", "Novels"])
    assert desk.panel.voice_box.findData("Letters") >= 0


def test_an_impossible_name_is_a_sentence(library: VoiceLibraryWindow, qtbot: Any) -> None:
    button(library, "renameVoiceButton").click()
    give_name(qtbot, library, "a/b")
    qtbot.waitUntil(library.message_bar.isVisible)
    assert "cannot be called" in library.message_bar.sentence
    assert "small" in names(library)


def test_removing_can_be_taken_back(desk: Desk, library: VoiceLibraryWindow, qtbot: Any) -> None:
    button(library, "removeVoiceButton").click()
    assert names(library) == ["lovecraft", "classics"]
    assert desk.panel.voice_box.findData("small") < 0
    back = next(each for each in library.message_bar.findChildren(QPushButton) if each.text() == "Bring it back")
    back.click()
    assert names(library) == ["lovecraft", "classics", "small"]


def test_exporting_and_importing(library: VoiceLibraryWindow, qtbot: Any, tmp_path: Path) -> None:
    target = tmp_path / "out" / "Mine.voice"
    target.parent.mkdir()
    button(library, "exportVoiceButton").click()
    qtbot.waitUntil(lambda: library.findChild(QFileDialog, "targetDialog") is not None)
    dialog = library.findChild(QFileDialog, "targetDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(target))
    save = next(each for each in dialog.findChildren(QPushButton) if each.isDefault() or "&S" in each.text())
    save.click()
    qtbot.waitUntil(target.exists)
    assert "Mine.voice" in library.message_bar.sentence
    library.import_file(target)
    assert names(library) == ["lovecraft", "classics", "Mine", "small"]
    assert library.current is not None
    assert library.current.name == "Mine"
    (tmp_path / "bad.voice").write_bytes(target.read_bytes()[:-100])
    library.import_file(tmp_path / "bad.voice")
    assert "bad" not in names(library)
    assert "bad.voice" in library.message_bar.sentence


def test_writing_with_another(desk: Desk, library: VoiceLibraryWindow, qtbot: Any) -> None:
    library.select("lovecraft")
    button(library, "useVoiceButton").click()
    qtbot.waitUntil(lambda: desk.generation.voice == "lovecraft", timeout=20_000)
    assert desk.panel.voice_box.currentData() == "lovecraft"
    assert not button(library, "useVoiceButton").isEnabled()


def test_training_is_one_click_away(desk: Desk, library: VoiceLibraryWindow) -> None:
    button(library, "trainVoiceButton").click()
    assert desk.training.wizard is not None
    assert desk.training.wizard.isVisible()


def test_a_document_remembers_its_voice(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any, loop: asyncio.AbstractEventLoop
) -> None:
    desk = make_desk()
    one = tmp_path / "one.txt"
    other = tmp_path / "other.txt"
    for path in (one, other):
        path.write_text("It was late.", "utf-8")
    desk.files.load(one)
    desk.voices.duplicate("small", "Letters")
    desk.voices.choose_voice("Letters")
    desk.files.load(other)
    desk.voices.choose_voice("small")
    desk.files.load(one)
    assert desk.panel.voice_box.currentData() == "Letters"
    qtbot.waitUntil(lambda: desk.generation.voice == "Letters", timeout=20_000)
    desk.files.load(other)
    assert desk.panel.voice_box.currentData() == "small"
