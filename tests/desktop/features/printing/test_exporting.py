"""Export asks for a format and a place, remembers both, and leaves the document alone; the preview shows pages."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QProgressBar, QProgressDialog, QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.printing.export_dialog import ExportDialog
from pandemonium.desktop.features.printing.long_work import LongWork, Steps
from pandemonium.desktop.features.printing.paper import Paper


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


@pytest.mark.long
def test_it_is_printed_beside_the_window(
    tale: Desk, tmp_path: Path, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    class Watched(Paper):
        def paint(self, *given: Any) -> Steps[bool]:
            threads.append(threading.current_thread())
            return super().paint(*given)

    monkeypatch.setattr("pandemonium.desktop.features.printing.paper.Paper", Watched)
    printer = tale.exporting._printer()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    loop.run_until_complete(tale.exporting._print_on(printer))
    assert "It was dark." in PdfReader(tmp_path / "printed.pdf").pages[0].extract_text().replace("\n", "").replace(
        "\t", " "
    )
    assert threads
    assert threading.main_thread() not in threads


def forever(told: list[float]) -> Steps[int]:
    while True:
        told.append(0.25)
        time.sleep(0.002)
        yield 0.25


def at_once() -> Steps[int]:
    yield 1.0
    return 7


@pytest.mark.parametrize("place", ["in slices", "on a thread"])
def test_what_takes_long_says_how_far_it_is_and_can_be_stopped(
    tale: Desk, qtbot: Any, loop: asyncio.AbstractEventLoop, place: str
) -> None:
    told: list[float] = []

    async def work(make: Callable[[], Steps[int]]) -> int | None:
        beside = LongWork(tale.window, loop, "testDialog", "It is being done")
        return await (beside.in_slices(make()) if place == "in slices" else beside.on_thread(make))

    task = loop.create_task(work(lambda: forever(told)))
    qtbot.waitUntil(lambda: bool(told) and (bar := shown_bar(tale)) is not None and bar.value() == 25)
    dialog = tale.window.findChild(QProgressDialog, "testDialog")
    assert not dialog.isModal()
    assert shown_bar(tale).accessibleName() == "It is being done"
    QTest.keyClicks(tale.editor, "The window goes on. ")
    QTest.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert loop.run_until_complete(task) is None
    assert loop.run_until_complete(work(at_once)) == 7


def shown_bar(desk: Desk) -> Any:
    dialog = desk.window.findChild(QProgressDialog, "testDialog")
    return None if dialog is None else dialog.findChild(QProgressBar)


def test_a_page_of_another_size_is_set_anew(tale: Desk, qtbot: Any) -> None:
    tale.actions["printPreviewAction"].trigger()
    qtbot.waitUntil(lambda: shown("printPreviewDialog") is not None)
    preview = shown("printPreviewDialog")
    pages = preview.findChild(QPrintPreviewWidget)
    calls: list[int] = []
    pages.previewChanged.connect(lambda: calls.append(pages.pageCount()))
    pages.setLandscapeOrientation()
    qtbot.waitUntil(lambda: len(calls) >= 2)  # that the pages are being set, then the pages
    preview.reject()
    qtbot.waitUntil(lambda: shown("printPreviewDialog") is None)
