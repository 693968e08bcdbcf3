"""Typography as it is typed on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.model.passage import Mark, Passage


@pytest.fixture(autouse=True)
def english(desk: Desk) -> None:
    desk.store.update("typing", custom="en")


def page(desk: Desk) -> str:
    return desk.editor.model.whole_text()


def test_quotes_dashes_and_ellipses_come_as_they_are_typed(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, '"It\'s--well..." he said.')
    assert page(desk) == desk.editor.toPlainText() == "“It’s—well…” he said."


def test_one_undo_takes_back_the_substitution_alone(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, 'She said "')
    assert page(desk) == "She said “"
    desk.editor.undo()
    assert page(desk) == 'She said "'
    QTest.keyClicks(desk.editor, "no")
    assert page(desk) == 'She said "no'
    desk.editor.undo()
    desk.editor.undo()
    assert page(desk) == ""


def test_it_can_be_brought_back(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, "a--")
    desk.editor.undo()
    desk.editor.redo()
    assert page(desk) == "a—"


def test_it_can_be_switched_off(desk: Desk) -> None:
    desk.store.update("typing", quotes=False, dashes=False)
    QTest.keyClicks(desk.editor, '"a--b..."')
    assert page(desk) == '"a--b..."'


def test_an_input_method_is_served_too(desk: Desk) -> None:
    event = QInputMethodEvent()
    event.setCommitString('"')
    QApplication.sendEvent(desk.editor, event)
    assert page(desk) == "“"


def test_a_preedit_is_left_alone(desk: Desk) -> None:
    QApplication.sendEvent(desk.editor, QInputMethodEvent('"', []))
    assert desk.editor.textCursor().block().layout().preeditAreaText() == '"'
    assert page(desk) == ""


@pytest.mark.long
def test_markdowns_code_and_tags_stay(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("```\n\n```\n\n", "utf-8")
    desk = make_desk(path)
    desk.store.update("typing", custom="en")
    QTest.keyClick(desk.editor, Qt.Key.Key_Down)
    QTest.keyClicks(desk.editor, 'x = "--"')
    QTest.keyClick(desk.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.editor, "it's `it's` <a href=\"x\">")
    lines = page(desk).split("\n")
    assert lines[1] == 'x = "--"'
    assert lines[-1] == 'it’s `it\'s` <a href="x">'


def test_a_selection_is_made_typographic_and_straight_as_one_step(desk: Desk) -> None:
    desk.editor.setPlainText('"Who\'s there?"\n"\'Twas--"')
    desk.editor.selectAll()
    desk.actions["educateAction"].trigger()
    assert page(desk) == "“Who’s there?”\n“’Twas—”"
    desk.editor.selectAll()
    desk.actions["straightenAction"].trigger()
    assert page(desk) == '"Who\'s there?"\n"\'Twas—"'
    desk.editor.undo()
    desk.editor.undo()
    assert page(desk) == '"Who\'s there?"\n"\'Twas--"'


def test_a_voices_quotes_stay_the_voices(desk: Desk) -> None:
    desk.editor.model.replace(0, 0, Passage("he said 'no'", (Mark(0, 12, "small"),)))
    desk.editor.selectAll()
    desk.writing_aids.typography.educate()
    assert page(desk) == "he said ‘no’"
    assert desk.editor.model.text.characters_by_voice() == {"small": 12}


@pytest.mark.long
def test_code_that_is_begun_while_writing_is_seen(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("prose\n", "utf-8")
    desk = make_desk(path)
    desk.store.update("typing", custom="en")
    QTest.keyClick(desk.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.editor, '"a" ')
    for line in ("", "```", 'b = "c"', "```", 'said "d"'):
        QTest.keyClicks(desk.editor, line)
        QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    assert page(desk).split("\n")[1:] == ["“a” ", "```", 'b = "c"', "```", "said “d”", ""]
