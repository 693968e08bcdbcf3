"""The menus read as one hand: their order, a letter for each entry, no keys that desktops or keyboards want."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.shell.menus import in_menu_order, letter_places

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "resources" / "guide"


def menus(menu: QMenu) -> Iterator[QMenu]:
    """A menu as it is when it is opened, and those in it."""
    menu.aboutToShow.emit()
    yield menu
    for action in menu.actions():
        if isinstance(inner := action.menu(), QMenu):
            yield from menus(inner)


def bar(desk: Desk) -> list[QMenu]:
    return [menu for action in desk.window.menuBar().actions() if isinstance(menu := action.menu(), QMenu)]


def test_their_order(desk: Desk) -> None:
    assert [menu.title().replace("&", "") for menu in bar(desk)] == ["File", "Edit", "Format", "Write", "View", "Help"]


def test_every_entry_has_a_letter_of_its_own(desk: Desk) -> None:
    for top in bar(desk):
        for menu in menus(top):
            entries = [action.text() for action in menu.actions() if action.text()]
            letters = [QKeySequence.mnemonic(text).toString() for text in entries]
            assert all(letters), (menu.title(), entries)
            assert len(set(letters)) == len(letters), (menu.title(), entries)


@pytest.mark.parametrize(
    ("texts", "taken", "places"),
    [
        (["Wide caret", "Words"], "", [0, 1]),
        (["ab", "bc", "a"], "", [1, 1, 0]),
        (["ab", "ab", "ab"], "", [0, 1, None]),
        (["ab", "b-a"], "a", [1, None]),
    ],
)
def test_a_letter_is_found_wherever_there_is_one(texts: list[str], taken: str, places: list[int | None]) -> None:
    assert letter_places(texts, set(taken)) == places


def test_letters_stay_when_a_menu_is_opened_again(desk: Desk) -> None:
    first = [action.text() for top in bar(desk) for menu in menus(top) for action in menu.actions()]
    assert first == [action.text() for top in bar(desk) for menu in menus(top) for action in menu.actions()]


def test_no_keys_that_type_or_lock_the_screen(desk: Desk) -> None:
    """Ctrl+Alt with a digit or one of these letters is AltGr where Windows is, or locks the screen."""
    unwanted = {f"Ctrl+Alt+{key}" for key in "0123456789ELQTSNAOZC"} | {"Ctrl+Alt+Del"}
    keys = {each.toString() for action in desk.window.actions() for each in action.shortcuts()}
    assert not keys & unwanted


def test_the_guide_has_the_usual_keys_and_its_pictures(desk: Desk) -> None:
    place = ROOT / "docs" / "screenshots" / "keys.py"
    specification = spec_from_file_location("keys", place)
    assert specification is not None
    assert specification.loader is not None
    keys = module_from_spec(specification)
    specification.loader.exec_module(keys)
    guide = (GUIDE / "guide.md").read_text("utf-8")
    assert guide.endswith("\n".join(keys.table(in_menu_order(desk.window, desk.actions))) + "\n"), (
        f"print them with {place}"
    )
    for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", guide):
        assert (GUIDE / name).is_file(), name


def test_the_menu_at_the_cursor_comes_by_a_key(desk: Desk) -> None:
    desk.editor.load("One.\nTwo.")
    desk.window.show()
    desk.editor.moveCursor(QTextCursor.MoveOperation.End)
    asked: list[QPoint] = []
    desk.editor.menu_asked.disconnect()
    desk.editor.menu_asked.connect(asked.append)
    desk.editor.setFocus()
    desk.actions["menuHereAction"].trigger()
    (at,) = asked
    assert desk.editor.cursorRect().adjusted(-2, -2, 2, 2).contains(desk.editor.viewport().mapFromGlobal(at))
    assert desk.actions["menuHereAction"].shortcut().toString() == "Shift+F10"
