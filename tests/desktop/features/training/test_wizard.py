from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.training.wizard import TrainingWizard
from pandemonium.desktop.features.training.wizard_flow import Page

SLOW = 30_000


@pytest.fixture
def wizard(desk: Desk, novels: Path, qtbot: Any) -> TrainingWizard:
    """Open on what was found in the folder."""
    desk.training.begin([novels])
    made = desk.training.wizard
    assert made is not None
    qtbot.waitUntil(lambda: made.flow.selection is not None, timeout=SLOW)
    return made


def press(wizard: TrainingWizard, name: str) -> None:
    button = wizard.findChild(QPushButton, name)
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


@pytest.mark.long
def test_every_control_has_a_name(wizard: TrainingWizard) -> None:
    assert wizard.objectName() == "trainingWizard"
    for widget in wizard.findChildren(QAbstractButton):
        if not widget.objectName().startswith("qt_"):
            assert widget.accessibleName(), widget.text()


@pytest.mark.long
def test_an_overrule_by_a_click(wizard: TrainingWizard, novels: Path, qtbot: Any) -> None:
    model = wizard.found.model
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == "two.md")
    model.setData(model.index(row, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert wizard.flow.overrules.exclude == {novels / "two.md"}
    assert wizard.found.summary.startswith("1 text kept")
    assert model.index(row, 3).data() == "You left this out."


@pytest.mark.long
def test_the_preview_is_of_the_text_that_is_looked_at(wizard: TrainingWizard, qtbot: Any, novels: Path) -> None:
    wizard.found.table.setCurrentIndex(wizard.found.model.index(3, 0))
    shown = wizard.found.findChild(QLabel, "foundSummary")
    assert shown is not None
    preview = wizard.found._preview
    qtbot.waitUntil(lambda: preview.toPlainText()[:20] in (novels / "two.md").read_text("utf-8"), timeout=SLOW)


@pytest.mark.long
def test_back_and_on_again(wizard: TrainingWizard, novels: Path) -> None:
    press(wizard, "wizardBack")
    assert wizard.flow.page is Page.TEXTS
    assert wizard.texts.list.count() == 1
    wizard.texts.removed.emit(novels)
    assert not wizard.findChild(QPushButton, "wizardNext").isEnabled()
    assert wizard.findChild(QLabel, "obstacleText").text() == "Add a folder of your texts first."


@pytest.mark.long
def test_a_name_that_is_taken_is_said_at_once(wizard: TrainingWizard) -> None:
    press(wizard, "wizardNext")
    assert wizard.flow.page is Page.PLAN
    field = wizard.findChild(QLineEdit, "voiceNameField")
    assert field.text() == "Novels"
    wizard.stop_reading()
    field.setText("small")
    field.textEdited.emit("small")
    assert wizard.findChild(QLabel, "obstacleText").text() == "There is a voice of that name already."
    assert not wizard.findChild(QPushButton, "wizardNext").isEnabled()


def test_a_folder_that_is_gone_is_a_sentence(desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    desk.training.begin([tmp_path / "gone"])
    wizard = desk.training.wizard
    assert wizard is not None
    qtbot.waitUntil(lambda: "gone" in wizard.found.summary, timeout=SLOW)


@pytest.mark.long
def test_closing_while_it_reads_ends_the_reading(desk: Desk, novels: Path, qtbot: Any) -> None:
    desk.training.begin([novels])
    wizard = desk.training.wizard
    assert wizard is not None
    wizard.close()
    qtbot.wait(300)
    assert wizard.flow.selection is None
    desk.training.open()
    qtbot.waitUntil(lambda: wizard.flow.selection is not None, timeout=SLOW)
