"""Another program at the open document's file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk

Press = Callable[[Desk, str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "folder" / "Dagon.txt"
    made.parent.mkdir()
    made.write_text("The sea.")
    return made


@pytest.fixture
def desk(make_desk: Callable[..., Desk], path: Path) -> Desk:
    return make_desk(path)


def test_a_change_is_said_and_read_again(desk: Desk, path: Path, press: Press, qtbot: Any) -> None:
    path.write_text("Another text.")
    qtbot.waitUntil(desk.offers.isVisible)
    assert "Dagon.txt was changed by another program" in desk.offers.sentence
    assert desk.editor.toPlainText() == "The sea."
    press(desk, "Read it again")
    assert desk.editor.toPlainText() == "Another text."
    assert not desk.offers.isVisible()


def test_reading_again_keeps_what_was_typed(desk: Desk, path: Path, press: Press, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "Mine. ")
    path.write_text("Another text.")
    press(desk, "Read it again")
    versions = desk.files.vault.versions
    assert "Mine. The sea." in [versions.read(each).text for each in versions.list(path)]
    assert "Earlier versions" in desk.message_bar.sentence
    assert desk.message_bar.isVisible()


def test_keeping_mine_asks_no_more(desk: Desk, path: Path, press: Press, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "Mine. ")
    path.write_text("Another text.")
    press(desk, "Keep mine")
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert path.read_text() == "Mine. The sea."
    versions = desk.files.vault.versions
    assert "Another text." in [versions.read(each).text for each in versions.list(path)]


def test_a_file_that_was_replaced_is_watched_again(desk: Desk, path: Path, press: Press, qtbot: Any) -> None:
    for text in ("First.", "Second."):
        other = path.with_name("other")
        other.write_text(text)
        os.replace(other, path)
        press(desk, "Read it again")
        assert desk.editor.toPlainText() == text


def test_a_file_that_is_gone_is_said_and_saved_again(desk: Desk, path: Path, qtbot: Any) -> None:
    path.unlink()
    qtbot.waitUntil(desk.offers.isVisible)
    assert "is not in its folder any more" in desk.offers.sentence
    QTest.keyClicks(desk.editor, "Mine. ")
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: desk.files.is_safe)
    assert path.exists()
    assert not desk.offers.isVisible()


def test_what_happens_to_the_file_is_said_before_what_was_lost_elsewhere(
    lose: Callable[..., Any], make_desk: Callable[..., Desk], path: Path, qtbot: Any
) -> None:
    lose("The sea was dark.")
    desk = make_desk(path)
    qtbot.waitUntil(desk.offers.isVisible)
    assert "ended without saving 'Untitled'" in desk.offers.sentence
    path.unlink()
    qtbot.waitUntil(lambda: "is not in its folder any more" in desk.offers.sentence)
    desk.offers.settle("disk")
    assert "ended without saving 'Untitled'" in desk.offers.sentence


def test_a_file_that_is_renamed_is_gone_on_in(desk: Desk, path: Path, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "Mine. ")
    now = path.rename(path.with_name("Novel.txt"))
    qtbot.waitUntil(lambda: desk.files.manuscript.path == now)
    assert "Dagon.txt is called Novel.txt now" in desk.message_bar.sentence
    assert desk.window.windowTitle().startswith("Novel.txt")
    assert not desk.offers.isVisible()
    assert desk.files.is_modified
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert now.read_text() == "Mine. The sea."
    assert not path.exists()


def test_what_another_window_has_open_is_nothing_to_go_on_in(
    desk: Desk, path: Path, make_desk: Callable[..., Desk], qtbot: Any
) -> None:
    now = path.with_name("Novel.txt")
    lock = desk.files.vault.locks.take(now)
    assert lock is not None
    path.rename(now)
    qtbot.waitUntil(desk.offers.isVisible)
    assert "is not in its folder any more" in desk.offers.sentence
    assert desk.files.manuscript.path == path
    lock.release()


def test_the_same_bytes_and_our_own_saving_are_nothing(desk: Desk, path: Path, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "Mine. ")
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    path.write_text("Mine. The sea.")
    desk.safekeeping.watch.look()
    qtbot.waitUntil(lambda: not desk.safekeeping.watch._looking)
    assert not desk.offers.isVisible()


def test_saving_asks_where_nobody_has_noticed(desk: Desk, path: Path, answer: Callable[..., None], qtbot: Any) -> None:
    desk.safekeeping.watch.close()
    QTest.keyClicks(desk.editor, "Mine. ")
    path.write_text("Another text.")
    desk.actions["saveAction"].trigger()
    answer(desk.window, "changedOnDiskBox", "Cancel")
    assert path.read_text() == "Another text."
    assert desk.files.is_modified
    desk.actions["saveAction"].trigger()
    answer(desk.window, "changedOnDiskBox", "Save mine")
    qtbot.waitUntil(lambda: path.read_text() == "Mine. The sea.")
    versions = desk.files.vault.versions
    assert "Another text." in [versions.read(each).text for each in versions.list(path)]
