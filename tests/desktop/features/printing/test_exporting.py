"""Export asks for a format and a place, remembers both, and leaves the document alone; the preview shows pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.printing.export_dialog import ExportDialog


def shown(name: str) -> Any:
    return next(
        (each for each in QApplication.topLevelWidgets() if each.objectName() == name and each.isVisible()), None
    )


@pytest.fixture
def tale(make_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    path = tmp_path / "tale.md"
    path.write_text("# One\n\nIt was *dark*.\n", "utf-8")
    return make_desk(path)


def export(desk: Desk, qtbot: Any, format: str, name: str) -> None:
    desk.actions["exportAction"].trigger()
    qtbot.waitUntil(lambda: shown("exportDialog") is not None)
    dialog: ExportDialog = shown("exportDialog")
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(format))
    dialog.go_on.click()
    qtbot.waitUntil(lambda: shown("exportPlaceDialog") is not None)
    place: QFileDialog = shown("exportPlaceDialog")
    place.setOption(QFileDialog.Option.DontConfirmOverwrite)
    line = place.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    line.setText(name)
    place.accept()


@pytest.mark.long
@pytest.mark.parametrize("format", ["pdf", "epub", "html", "docx"])
def test_a_copy_is_written_and_the_document_stays(tale: Desk, qtbot: Any, tmp_path: Path, format: str) -> None:
    target = tmp_path / f"copy.{format}"
    before = (tale.files.manuscript, tale.editor.model.text.text)
    with qtbot.waitSignal(tale.exporting.noted, timeout=20_000) as told:
        export(tale, qtbot, format, str(target))
        qtbot.waitUntil(lambda: target.name in tale.message_bar.sentence)  # that it is being written
    assert target.stat().st_size > 100
    assert target.name in told.args[0]
    assert (tale.files.manuscript, tale.editor.model.text.text) == before
    assert not tale.files.is_modified
    assert tale.store.values.files.export_format == format
    assert tale.store.values.files.export_folder == str(tmp_path)


def test_the_dialog_says_what_a_copy_will_not_have(tale: Desk, qtbot: Any) -> None:
    tale.actions["exportAction"].trigger()
    qtbot.waitUntil(lambda: shown("exportDialog") is not None)
    dialog: ExportDialog = shown("exportDialog")
    assert dialog.format == "docx"
    assert dialog.manuscript_box.isEnabled()
    assert "everything" in dialog.sentence.text()
    dialog.format_box.setCurrentIndex(dialog.format_box.findData("txt"))
    assert "bold" in dialog.sentence.text()
    assert not dialog.manuscript_box.isEnabled()
    dialog.reject()


def test_the_document_itself_is_no_place_for_a_copy(tale: Desk, qtbot: Any, tmp_path: Path) -> None:
    export(tale, qtbot, "md", str(tmp_path / "tale.md"))
    qtbot.waitUntil(lambda: tale.message_bar.isVisible())
    assert (tmp_path / "tale.md").read_text("utf-8") == "# One\n\nIt was *dark*.\n"


def test_the_preview_opens_and_closes(tale: Desk, qtbot: Any) -> None:
    tale.actions["printPreviewAction"].trigger()
    qtbot.waitUntil(lambda: shown("printPreviewDialog") is not None, timeout=20_000)
    preview = shown("printPreviewDialog")
    preview.reject()
    qtbot.waitUntil(lambda: shown("printPreviewDialog") is None)
