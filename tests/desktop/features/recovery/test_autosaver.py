"""Autosave in whole windows, with the real disk."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.safekeeping.autosave import Autosaves
from pandemonium.documents.safekeeping.journal import read_journal

SaveTo = Callable[[Desk, Path], None]

Slots = Callable[[], list[Path]]


@pytest.fixture
def small_disk() -> Iterator[Callable[[], None]]:
    """Lets the disk take files again that are larger than 2 KiB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def fill_disk() -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, hard))


def kept_text(slot: Path) -> str:
    return "\n".join(each.text for each in read_journal(slot / "journal").paragraphs)


@pytest.mark.long
def test_what_was_typed_is_kept_by_itself(desk: Desk, slots: Slots, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "The sea was dark.")
    assert slots() == []
    qtbot.waitUntil(lambda: len(slots()) == 1 and (slots()[0] / "journal").exists())
    qtbot.waitUntil(lambda: not desk.safekeeping.autosaver.is_waiting)
    assert kept_text(slots()[0]) == "The sea was dark."
    QTest.keyClicks(desk.editor, " So was the sky.")
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    assert kept_text(slots()[0]) == "The sea was dark. So was the sky."
    qtbot.waitUntil(lambda: not desk.safekeeping.autosaver.is_waiting)


def test_where_the_cursor_stands_is_kept_with_it(desk: Desk, slots: Slots, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "The sea was dark.")
    desk.editor.begin_at(4)
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    assert read_journal(slots()[0] / "journal").place == 4


def test_characters_beyond_the_first_plane_are_kept_as_they_are_in_a_file(
    make_desk: Callable[..., Desk], tmp_path: Path, slots: Slots, qtbot: Any
) -> None:
    text = "a \U0001d4d5\U0001f600 b\ud800 c"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    desk = make_desk(tmp_path / "a.txt")
    QTest.keyClicks(desk.editor, "x")
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    assert kept_text(slots()[0]) == "x" + text


def test_saving_takes_the_slot_away(desk: Desk, slots: Slots, tmp_path: Path, qtbot: Any, save_to: SaveTo) -> None:
    QTest.keyClicks(desk.editor, "x")
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    save_to(desk, tmp_path / "a.txt")
    qtbot.waitUntil(lambda: slots() == [])
    QTest.keyClicks(desk.editor, "y")
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    desk.editor.undo()  # it is what is in the file
    qtbot.waitUntil(lambda: slots() == [])


def test_a_document_that_is_saved_while_it_is_being_kept_leaves_nothing(desk: Desk, slots: Slots, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "x")
    desk.safekeeping.autosaver.keep()
    desk.editor.model.mark_saved()
    qtbot.waitUntil(lambda: not desk.safekeeping.autosaver.is_waiting and slots() == [])


def test_closing_waits_for_the_worker_and_leaves_nothing(desk: Desk, slots: Slots) -> None:
    QTest.keyClicks(desk.editor, "x")
    desk.safekeeping.autosaver.keep()
    desk.editor.model.history.mark_saved()  # as if she had said: don't save
    assert desk.window.close()
    assert slots() == []


def test_a_full_disk_is_said_once_and_tried_again(
    desk: Desk, pandemonium_home: Path, small_disk: Callable[[], None], qtbot: Any
) -> None:
    autosaver = desk.safekeeping.autosaver
    QTest.keyClicks(desk.editor, "The sea. ")
    with qtbot.waitSignal(autosaver.kept):
        autosaver.keep()
    desk.editor.insertPlainText("It was dark. " * 400)
    fill_disk()
    said: list[str] = []
    autosaver.failed.connect(lambda error: said.append(str(error)))
    for _ in range(2):
        autosaver.keep()
        qtbot.waitUntil(lambda: not autosaver._busy)
        QTest.keyClicks(desk.editor, "x")
    assert len(said) == 1
    assert "cannot be kept safe" in said[0]
    assert "cannot be kept safe" in desk.message_bar.sentence
    assert desk.editor.toPlainText().startswith("The sea. It was dark.")
    small_disk()
    with qtbot.waitSignal(autosaver.kept):
        autosaver.keep()
    autosaver.close(leave=True)
    [lost] = Autosaves(pandemonium_home / "data" / "autosaves").lost()
    assert lost.manuscript.text == desk.editor.toPlainText()


def test_a_file_that_does_not_fit_is_a_sentence_and_the_text_stays(
    make_desk: Callable[..., Desk], tmp_path: Path, small_disk: Callable[[], None], qtbot: Any
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    desk = make_desk(path)
    desk.editor.insertPlainText("It was dark. " * 400)
    text = desk.editor.toPlainText()
    fill_disk()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: "could not be saved" in desk.message_bar.sentence)
    assert path.read_text() == "old"
    assert desk.editor.toPlainText() == text
    assert desk.files.is_modified
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.txt"]
    small_disk()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert path.read_text() == text


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB, where one may be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.long
def test_a_full_disk_is_called_by_its_name(make_desk: Callable[..., Desk], full_disk: Path, qtbot: Any) -> None:
    (full_disk / "a.txt").write_text("old")
    desk = make_desk(full_disk / "a.txt")
    desk.editor.insertPlainText("It was dark. " * 10_000)
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: "could not be saved: the disk is full" in desk.message_bar.sentence)
    assert (full_disk / "a.txt").read_text() == "old"
    assert len(list(full_disk.iterdir())) == 1
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    desk.safekeeping.watch.close()  # lets go of the folder


def test_user_data_that_is_no_folder_is_a_sentence(desk: Desk, pandemonium_home: Path, qtbot: Any) -> None:
    (pandemonium_home / "data" / "autosaves").write_text("")
    QTest.keyClicks(desk.editor, "x")
    with qtbot.waitSignal(desk.safekeeping.autosaver.failed):
        desk.safekeeping.autosaver.keep()
    assert "cannot be kept safe" in desk.message_bar.sentence


def test_a_long_book_is_kept_by_what_changed(desk: Desk, slots: Slots, qtbot: Any) -> None:
    desk.editor.setPlainText("\n".join("The sea was dark, and nobody spoke." for _ in range(3000)))
    autosaver = desk.safekeeping.autosaver
    for _ in range(3):
        QTest.keyClicks(desk.editor, "x")
        with qtbot.waitSignal(autosaver.kept):
            autosaver.keep()
    journal = slots()[0] / "journal"
    assert journal.read_bytes().count(b"nobody spoke") == 3000 + 2
    assert kept_text(slots()[0]) == desk.editor.toPlainText()
