"""One document and two windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.safekeeping.locks import FileLock

SaveTo = Callable[[Desk, Path], None]


def other_window(desk: Desk, path: Path) -> FileLock:
    """As another process would, a window of its own holds the lock."""
    lock = desk.files.vault.locks.take(path)
    assert lock is not None
    return lock


def test_the_second_window_gets_a_copy(
    desk: Desk, tmp_path: Path, press: Callable[[Desk, str], None], qtbot: Any
) -> None:
    path = tmp_path / "Dagon.txt"
    path.write_text("The sea.")
    other = other_window(desk, path)
    desk.files.load(path)
    assert "is open in another window" in desk.offers.sentence
    assert desk.editor.toPlainText() == "The sea."
    assert desk.files.manuscript.path is None
    assert desk.files.name == "Copy of Dagon.txt"
    assert desk.files._proposed_name() == "Copy of Dagon.txt"
    other.release()
    press(desk, "Try again")
    qtbot.waitUntil(lambda: desk.files.manuscript.path == path)
    assert not desk.offers.isVisible()
    assert desk.files.vault.locks.take(path) is None


def test_saving_over_what_another_window_has_open_is_a_sentence(desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    mine = tmp_path / "mine.txt"
    theirs = tmp_path / "theirs.txt"
    mine.write_text("mine")
    theirs.write_text("theirs")
    desk.files.load(mine)
    other = other_window(desk, theirs)
    QTest.keyClicks(desk.editor, "x")

    async def save() -> None:
        await desk.files._save_to(theirs)

    desk.tasks.start(save())
    qtbot.waitUntil(desk.message_bar.isVisible)
    assert "theirs.txt is open in another window" in desk.message_bar.sentence
    assert theirs.read_text() == "theirs"
    assert desk.files.is_modified
    assert desk.files.vault.locks.take(mine) is None  # still ours
    other.release()


def test_saving_elsewhere_lets_go_of_the_first_file(desk: Desk, tmp_path: Path, save_to: SaveTo) -> None:
    (tmp_path / "a.txt").write_text("a")
    desk.files.load(tmp_path / "a.txt")
    save_to(desk, tmp_path / "b.txt")
    assert desk.files.vault.locks.take(tmp_path / "a.txt") is not None
    assert desk.files.vault.locks.take(tmp_path / "b.txt") is None
    assert desk.window.close()
    assert desk.files.vault.locks.take(tmp_path / "b.txt") is not None


def test_a_folder_that_vanished_keeps_the_lock_and_the_text(desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    desk.files.load(folder / "a.txt")
    QTest.keyClicks(desk.editor, "x")
    (folder / "a.txt").unlink()
    folder.rmdir()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(desk.message_bar.isVisible)
    assert "could not be saved: the folder is gone" in desk.message_bar.sentence
    assert desk.editor.toPlainText() == "xa"
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
