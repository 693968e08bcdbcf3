"""A slow disk never stops the window: its document comes when it comes, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features import document_files
from pandemonium.desktop.features import document_reading as reading
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.errors import DocumentError


class SlowDisk:
    """Gives the documents whose names begin with "slow" only when it is told to."""

    def __init__(self) -> None:
        self.gives = threading.Event()
        self.threads: list[threading.Thread] = []

    def read(self, path: Path) -> Manuscript:
        self.threads.append(threading.current_thread())
        if path.name.startswith("slow"):
            self.gives.wait(60)
        return read_document(path)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    made = SlowDisk()
    monkeypatch.setattr(reading, "read_document", made.read)
    monkeypatch.setattr(document_files, "_START_PATIENCE", 0.05)
    monkeypatch.setattr(reading, "PATIENCE", 0.05)
    yield made
    made.gives.set()


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Path, Path]:
    slow = tmp_path / "slow.txt"
    quick = tmp_path / "quick.txt"
    slow.write_text("From a slow disk.")
    quick.write_text("From a quick one.")
    return slow, quick


def text(desk: Desk) -> str:
    return desk.editor.model.text.part(0, len(desk.editor.model.text)).text


def says_so(desk: Desk) -> bool:
    return desk.message_bar.isVisible() and "is being read" in desk.message_bar.sentence


def test_the_window_goes_on_until_the_document_is_there(
    desk: Desk, disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any
) -> None:
    desk.tasks.start(as_task(desk.files.open_path(documents[0])))
    qtbot.waitUntil(lambda: says_so(desk))
    assert text(desk) == ""
    disk.gives.set()
    qtbot.waitUntil(lambda: text(desk) == "From a slow disk.")
    assert not desk.message_bar.isVisible()
    assert threading.main_thread() not in disk.threads


def test_it_can_be_cancelled(desk: Desk, disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any) -> None:
    desk.tasks.start(as_task(desk.files.open_path(documents[0])))
    qtbot.waitUntil(lambda: says_so(desk))
    button = next(each for each in desk.message_bar.findChildren(QPushButton) if each.text() == "Cancel")
    button.click()
    disk.gives.set()
    qtbot.waitUntil(lambda: not disk.threads[0].is_alive())
    qtbot.wait(20)
    assert text(desk) == ""
    assert desk.files.manuscript.path is None
    assert not desk.message_bar.isVisible()


def test_another_document_takes_its_place(desk: Desk, disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any) -> None:
    for path in documents:
        desk.tasks.start(as_task(desk.files.open_path(path)))
    qtbot.waitUntil(lambda: text(desk) == "From a quick one.")
    disk.gives.set()
    qtbot.waitUntil(lambda: not disk.threads[0].is_alive())
    qtbot.wait(20)
    assert text(desk) == "From a quick one."


def test_what_was_written_meanwhile_is_asked_about(
    desk: Desk, disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def answer(name: str) -> str:
        asked.append(name)
        return "cancel"

    monkeypatch.setattr(desk.files._dialogs, "ask_to_save", answer)
    desk.tasks.start(as_task(desk.files.open_path(documents[0])))
    qtbot.waitUntil(lambda: says_so(desk))
    desk.editor.insertPlainText("Not saved.")
    disk.gives.set()
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(20)
    assert text(desk) == "Not saved."


def test_a_window_opens_before_its_document_where_that_takes_time(
    make_desk: Callable[..., Desk], disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any
) -> None:
    desk = make_desk(documents[0])
    assert text(desk) == ""
    disk.gives.set()
    qtbot.waitUntil(lambda: text(desk) == "From a slow disk.")
    assert desk.files.manuscript.path == documents[0]


def test_keys_typed_before_it_is_there_go_into_it(
    make_desk: Callable[..., Desk], disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any
) -> None:
    desk = make_desk(documents[0])
    QTest.keyClicks(desk.editor, "Harkk")
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Exclam, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Tab):
        QTest.keyClick(desk.editor, key)
    QTest.keyClick(desk.editor, Qt.Key.Key_Backspace)
    desk.actions["continueAction"].trigger()
    assert text(desk) == ""
    assert not desk.generation.writing
    qtbot.waitUntil(lambda: says_so(desk))
    assert "What you type waits for it." in desk.message_bar.sentence
    disk.gives.set()
    qtbot.waitUntil(lambda: text(desk) == "Hark!From a slow disk.")
    assert desk.files.manuscript.path == documents[0]
    QTest.keyClicks(desk.editor, " ")
    assert text(desk) == "Hark! From a slow disk."


def test_what_was_typed_stays_where_the_document_does_not_come(
    make_desk: Callable[..., Desk], disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any
) -> None:
    desk = make_desk(documents[0])
    QTest.keyClicks(desk.editor, "Hark")
    assert not desk.files.is_safe  # a window that closes asks about it
    qtbot.waitUntil(lambda: says_so(desk))
    desk.files.cancel_opening()
    qtbot.waitUntil(lambda: text(desk) == "Hark")
    disk.gives.set()
    qtbot.waitUntil(lambda: not disk.threads[0].is_alive())
    qtbot.wait(20)
    assert text(desk) == "Hark"


def test_keys_wait_for_the_last_document_that_is_asked_for(
    desk: Desk, disk: SlowDisk, documents: tuple[Path, Path], qtbot: Any
) -> None:
    desk.tasks.start(as_task(desk.files.open_path(documents[0])))
    qtbot.waitUntil(lambda: says_so(desk))
    QTest.keyClicks(desk.editor, "Hark! ")
    desk.tasks.start(as_task(desk.files.load_beside(documents[1])))
    qtbot.waitUntil(lambda: text(desk) == "Hark! From a quick one.")


def test_a_document_that_cannot_be_read_is_said_when_that_is_known(
    make_desk: Callable[..., Desk], disk: SlowDisk, tmp_path: Path, qtbot: Any
) -> None:
    (tmp_path / "slow.txt").mkdir()
    desk = make_desk(tmp_path / "slow.txt")
    disk.gives.set()
    qtbot.waitUntil(lambda: "is a folder" in desk.message_bar.sentence)
    with pytest.raises(DocumentError):
        desk.files.load(tmp_path / "slow.txt")


async def as_task(opening: Any) -> None:
    await opening
