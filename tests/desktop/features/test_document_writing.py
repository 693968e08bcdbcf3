"""Saving goes on beside the window: what is typed meanwhile stays and is not taken for saved, and closing waits."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features import document_writing
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, Passage, Span
from pandemonium.errors import DocumentError

ENDS = ("txt", "md", "docx", "odt")


class Disk:
    """Writes documents when it is let: a disk that takes its time."""

    def __init__(self, write: Callable[..., Any]) -> None:
        self.write = write
        self.is_full = False
        self.waiting = 0
        self._free = threading.Event()
        self._free.set()

    def hold(self) -> None:
        """From now on everything waits."""
        self._free.clear()

    def let_go(self) -> None:
        """What waits is written."""
        self._free.set()

    def __call__(self, *arguments: Any) -> Any:
        assert threading.current_thread() is not threading.main_thread()
        self.waiting += 1
        assert self._free.wait(60)
        self.waiting -= 1
        if self.is_full:
            raise DocumentError("a.txt could not be saved: the disk is full.")
        return self.write(*arguments)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """The disk that documents are written to."""
    made = Disk(document_writing.write_document)
    monkeypatch.setattr(document_writing, "write_document", made)
    yield made
    made.let_go()


def type_at_end(desk: Desk, words: str) -> None:
    cursor = desk.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    desk.editor.setTextCursor(cursor)
    for number, line in enumerate(words.split("\n")):
        if number:
            QTest.keyClick(desk.editor, Qt.Key.Key_Return)
        QTest.keyClicks(desk.editor, line)


def test_she_writes_on_while_it_is_saved(desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The sea")
    desk.files.load(path)
    type_at_end(desk, " was")
    disk.hold()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: disk.waiting == 1)
    type_at_end(desk, " dark")
    assert not desk.files.is_safe
    disk.let_go()
    qtbot.waitUntil(lambda: not desk.files.is_saving)
    assert path.read_text() == "The sea was"
    assert desk.editor.toPlainText() == "The sea was dark"
    assert desk.files.is_modified
    desk.editor.undo()
    assert (desk.editor.toPlainText(), desk.files.is_modified) == ("The sea was", False)
    desk.editor.redo()
    assert desk.files.is_modified
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: desk.files.is_safe)
    assert path.read_text() == "The sea was dark"
    assert desk.files.stamp is not None


def test_closing_waits_for_the_disk(desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("")
    desk.files.load(path)
    type_at_end(desk, "words")
    disk.hold()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: disk.waiting == 1)
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert desk.window.findChild(QMessageBox, "saveChangesBox") is None
    disk.let_go()
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert path.read_text() == "words"


def test_a_disk_that_fails_while_she_writes_on_loses_nothing(
    desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    desk.files.load(path)
    type_at_end(desk, " new")
    disk.hold()
    disk.is_full = True
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: disk.waiting == 1)
    type_at_end(desk, " newer")
    disk.let_go()
    qtbot.waitUntil(desk.message_bar.isVisible)
    assert "the disk is full" in desk.message_bar.sentence
    assert (path.read_text(), desk.editor.toPlainText()) == ("old", "old new newer")
    assert desk.files.is_modified
    desk.editor.undo()
    desk.editor.undo()
    assert not desk.files.is_modified  # what is in the file is what was in it


def test_a_new_form_takes_what_was_typed_while_it_was_written(
    desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any, save_to: Callable[[Desk, Path], None]
) -> None:
    (tmp_path / "a.md").write_text("The *sea*.\n")
    desk.files.load(tmp_path / "a.md")
    disk.hold()
    desk.tasks.start(desk.files.write_to(tmp_path / "a.docx"))
    qtbot.waitUntil(lambda: disk.waiting == 1)
    type_at_end(desk, "\nAnd **more**.")
    disk.let_go()
    qtbot.waitUntil(lambda: not desk.files.is_saving)
    content = desk.editor.model.content()
    assert (content.text, desk.files.manuscript.format) == ("The sea.\nAnd more.", "docx")
    assert [content.text[span.start : span.end] for span in content.spans if span.char_format == CharFormat.BOLD] == [
        "more"
    ]
    assert desk.files.is_modified
    assert read_document(tmp_path / "a.docx").text == "The sea."
    save_to(desk, tmp_path / "a.docx")
    assert read_document(tmp_path / "a.docx").text == "The sea.\nAnd more."
    assert not desk.files.is_modified


def test_another_document_is_not_taken_for_the_one_that_was_saved(
    desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    desk.files.load(tmp_path / "a.txt")
    type_at_end(desk, " new")
    disk.hold()
    desk.tasks.start(desk.files.write_to(tmp_path / "c.txt"))
    qtbot.waitUntil(lambda: disk.waiting == 1)
    desk.files.load(tmp_path / "b.txt")
    type_at_end(desk, " typed")
    disk.let_go()
    qtbot.waitUntil(lambda: not desk.files.is_saving)
    assert (tmp_path / "c.txt").read_text() == "a.txt new"
    assert (desk.files.manuscript.path, desk.editor.toPlainText()) == (tmp_path / "b.txt", "b.txt typed")
    assert desk.files.is_modified
    locks = desk.files.vault.locks
    assert locks.take(tmp_path / "b.txt") is None
    for name in ("a.txt", "c.txt"):
        lock = locks.take(tmp_path / name)
        assert lock is not None
        lock.release()


def test_its_own_hand_is_no_other_program(desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    desk.files.load(path)
    type_at_end(desk, " new")
    disk.hold()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: disk.waiting == 1)
    path.write_text("as if it were just being written")
    found: list[str] = []
    desk.safekeeping.watch.found.connect(found.append)
    desk.safekeeping.watch.look()
    qtbot.wait(50)
    disk.let_go()
    qtbot.waitUntil(lambda: not desk.files.is_saving)
    desk.safekeeping.watch.look()
    qtbot.waitUntil(lambda: not desk.safekeeping.watch._looking)
    assert "changed" not in found


@pytest.mark.long
def test_what_is_typed_meanwhile_is_kept_as_an_edit_of_the_new_file(
    desk: Desk, tmp_path: Path, disk: Disk, qtbot: Any
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    desk.files.load(path)
    type_at_end(desk, " new")
    disk.hold()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: disk.waiting == 1)
    type_at_end(desk, " newer")
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept, timeout=60_000):
        disk.let_go()
        qtbot.waitUntil(lambda: not desk.files.is_saving)
    (slot,) = (each for each in (tmp_path / "pandemonium-home" / "data" / "autosaves").iterdir())
    assert desk.files.stamp is not None
    assert any(desk.files.stamp.hash in part.read_text("utf-8") for part in slot.iterdir() if part.is_file())


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_while_it_is_written_the_file_holds_one_moment(
    desk: Desk, tmp_path: Path, disk: Disk, loop: asyncio.AbstractEventLoop, qtbot: Any, seed: int
) -> None:
    """Types, undoes, saves and lets the disk write in any order; what says it is saved is what the file holds."""
    chance = random.Random(seed)
    desk.files._show(Manuscript(Passage("The sea.", (), (Span(4, 7, CharFormat.ITALIC),))), None, "")
    desk.files._accepted_loss = ("", "")
    moments: list[str] = []
    number = 0
    for _ in range(40):
        match chance.randrange(6):
            case 0 | 1:
                number += 1
                type_at_end(desk, f" word{number}.")
            case 2:
                desk.editor.undo()
            case 3:
                desk.editor.redo()
            case 4:
                if not desk.files.is_saving:
                    disk.hold()
                    moments.append(desk.editor.toPlainText())
                    kind = chance.choice(("docx", "odt"))
                    desk.tasks.start(desk.files.write_to(tmp_path / f"a.{kind}"))
                    qtbot.waitUntil(lambda: disk.waiting == 1)
            case _:
                disk.let_go()
                qtbot.waitUntil(lambda: not desk.files.is_saving)
                path = desk.files.manuscript.path
                if path is not None:
                    said = read_document(path).text
                    assert said == moments[-1]
                    if not desk.files.is_modified:
                        assert said == desk.editor.model.content().text
    disk.let_go()
    qtbot.waitUntil(lambda: not desk.files.is_saving)
    loop.run_until_complete(desk.files.write_to(tmp_path / "end.docx"))
    assert not desk.files.is_modified
    assert read_document(tmp_path / "end.docx").text == desk.editor.model.content().text
