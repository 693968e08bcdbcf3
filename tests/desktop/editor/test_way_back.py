"""The way back: where she stood before the first of a row of jumps, wherever that has moved to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor

from pandemonium.desktop.app.compose import Desk

PAGE = "\n".join(f"Miriam came home on day {number}." for number in range(60))
Place = Callable[[Desk, int], None]


@pytest.fixture
def page(desk: Desk) -> Desk:
    desk.editor.setPlainText(PAGE)
    return desk


def jump(desk: Desk, position: int) -> None:
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(position)
    desk.editor.go_to(cursor)


def stands(desk: Desk) -> int:
    return desk.editor.textCursor().position()


def test_a_row_of_jumps_leads_back_to_its_beginning_and_forth_again(page: Desk, place_cursor: Place) -> None:
    action = page.actions["wayBackAction"]
    assert not action.isEnabled()
    place_cursor(page, 700)
    for place in (20, 300, 900):
        jump(page, place)
    assert action.isEnabled()
    action.trigger()
    assert stands(page) == 700
    action.trigger()
    assert stands(page) == 900


def test_it_moves_with_the_text_and_begins_anew_where_she_went_on(page: Desk, place_cursor: Place) -> None:
    place_cursor(page, 700)
    jump(page, 10)
    page.editor.insertPlainText("and so on ")
    page.actions["wayBackAction"].trigger()
    assert stands(page) == 710
    place_cursor(page, 400)
    jump(page, 0)
    page.editor.insertPlainText("Well. ")  # she writes there: from there she is taken on
    jump(page, 800)
    page.actions["wayBackAction"].trigger()
    assert stands(page) == len("Well. ")


def test_another_document_has_no_way_back(page: Desk, place_cursor: Place) -> None:
    place_cursor(page, 700)
    jump(page, 10)
    page.editor.setPlainText("Something else.")
    assert not page.actions["wayBackAction"].isEnabled()
    page.actions["wayBackAction"].trigger()
    page.editor.way_back.go()
    assert stands(page) == 0
