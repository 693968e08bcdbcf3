"""Recent documents and the cursor's place, in a whole window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.app.compose import Desk

TEXT = "\n\n".join(f"Paragraph {n}." for n in range(80))


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Path, Path]:
    one = tmp_path / "one.txt"
    two = tmp_path / "two.txt"
    one.write_text(TEXT, "utf-8")
    two.write_text(TEXT, "utf-8")
    return one, two


def place(desk: Desk) -> int:
    return desk.editor.textCursor().position()


def recent_menu(desk: Desk) -> QMenu:
    found: QMenu = desk.window.findChild(QMenu, "recentMenu")
    return found


def recent(desk: Desk) -> list[str]:
    recent_menu(desk).aboutToShow.emit()
    return [each.toolTip() for each in recent_menu(desk).actions() if each.toolTip().endswith(".txt")]


@pytest.mark.long
def test_the_cursor_comes_back_to_its_place(
    make_desk: Callable[..., Desk], documents: tuple[Path, Path], place_cursor: Any
) -> None:
    one, two = documents
    desk = make_desk(one)
    place_cursor(desk, 200)
    desk.files.load(two)
    assert place(desk) == 0
    place_cursor(desk, 50)
    desk.files.load(one)
    assert place(desk) == 200
    desk.window.close()
    again = make_desk(two)
    assert place(again) == 50
    again.files.load(one)
    assert place(again) == 200


def test_a_place_beyond_the_end_is_the_end(
    make_desk: Callable[..., Desk], documents: tuple[Path, Path], place_cursor: Any
) -> None:
    one, two = documents
    desk = make_desk(one)
    place_cursor(desk, 600)
    desk.files.load(two)
    one.write_text("Short.", "utf-8")
    desk.files.load(one)
    assert place(desk) == len("Short.")


def test_the_menu_lists_what_was_open_and_opens_it(
    make_desk: Callable[..., Desk], documents: tuple[Path, Path], qtbot: Any
) -> None:
    one, two = documents
    desk = make_desk(one)
    desk.files.load(two)
    assert recent(desk) == [str(two), str(one)]
    recent_menu(desk).actions()[1].trigger()
    qtbot.waitUntil(lambda: desk.files.name == "one.txt")
    two.unlink()
    assert recent(desk) == [str(one)]
    recent_menu(desk).actions()[-1].trigger()
    assert recent(desk) == []


def test_switched_off_it_forgets_and_lists_nothing(
    make_desk: Callable[..., Desk], documents: tuple[Path, Path]
) -> None:
    one, two = documents
    desk = make_desk(one)
    desk.store.update("files", recent=False)
    assert recent(desk) == []
    assert not recent_menu(desk).menuAction().isEnabled()
    desk.files.load(two)
    assert recent(desk) == []


@pytest.mark.long
def test_the_last_document_is_opened_again_where_that_is_wanted(
    make_desk: Callable[..., Desk], documents: tuple[Path, Path]
) -> None:
    first = make_desk(documents[0])
    first.window.close()
    plain = make_desk()
    assert plain.files.manuscript.path is None
    plain.store.update("files", reopen=True)
    plain.window.close()
    assert make_desk().files.manuscript.path == documents[0]


def test_saving_does_not_move_the_cursor(
    make_desk: Callable[..., Desk], documents: tuple[Path, Path], place_cursor: Any, qtbot: Any
) -> None:
    desk = make_desk(documents[0])
    place_cursor(desk, 200)
    desk.files.load(documents[0])
    assert place(desk) == 200
    desk.editor.setPlainText(TEXT)
    place_cursor(desk, 20)
    QTest.keyClicks(desk.editor, "x")
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert place(desk) == 21
