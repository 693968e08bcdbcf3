"""Continue with choices: beside the page until one is taken, seen in place, taken whole or by the sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.generation.attempt import Attempt, first_sentence
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage

Wait = Callable[[Desk], None]
Place = Callable[[Desk, int], None]
OPENING = "I was standing upon the threshold when I heard a sound"
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.editor, key, modifier)


def text(desk: Desk) -> str:
    return str(desk.editor.model.whole_text())


def shown(desk: Desk) -> str:
    """What is seen in grey."""
    block = desk.editor.document().firstBlock()
    while block.isValid():
        if found := block.layout().preeditAreaText():
            return str(found)
        block = block.next()
    return ""


def click(desk: Desk, row: int) -> None:
    attempts = desk.panel.attempts
    where = attempts.visualItemRect(attempts.item(row)).center()
    QTest.mouseClick(attempts.viewport(), Qt.MouseButton.LeftButton, pos=where)


def point_at(desk: Desk, row: int) -> None:
    attempts = desk.panel.attempts
    attempts.itemEntered.emit(attempts.item(row))


def leave(desk: Desk) -> None:
    QApplication.sendEvent(desk.panel.attempts.viewport(), QEvent(QEvent.Type.Leave))


@pytest.fixture
def choices(desk: Desk, finish: Wait) -> Desk:
    """A window with an opening, and three continuations beside it."""
    QTest.keyClicks(desk.editor, OPENING)
    press(desk, KEY.Key_Return, ALT | SHIFT)
    assert desk.generation.is_beside
    finish(desk)
    return desk


@pytest.mark.long
def test_three_are_written_and_none_is_in_the_text(choices: Desk) -> None:
    assert text(choices) == OPENING
    assert choices.panel.attempts.count() == 3
    assert len({each.text for each in choices.generation.attempts}) == 3
    assert choices.generation.current == -1
    assert not choices.editor.model.text.characters_by_voice()
    press(choices, KEY.Key_Z, CONTROL)
    assert text(choices) == ""


@pytest.mark.long
def test_how_many_is_a_setting(desk: Desk, finish: Wait) -> None:
    desk.store.update("panel", choices=5)
    desk.generation.write_choices()
    finish(desk)
    assert desk.panel.attempts.count() == 5


def test_cards_grow_while_they_are_written(desk: Desk, qtbot: Any, finish: Wait) -> None:
    seen: set[int] = set()
    desk.generation.attempt_grew.connect(seen.add)
    desk.store.update("panel", shown=False)
    press(desk, KEY.Key_Return, ALT | SHIFT)
    assert desk.panel.isVisible()
    finish(desk)
    assert seen == {0, 1, 2}
    for row in range(3):
        beginning = " ".join(desk.generation.attempt_text(row).split())[:20]
        assert desk.panel.attempts.item(row).text().startswith(beginning)
        accessible = desk.panel.attempts.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        assert accessible == " ".join(desk.generation.attempt_text(row).split())


def test_what_is_seen_while_they_are_written_is_seen_when_they_are_whole(desk: Desk, qtbot: Any, finish: Wait) -> None:
    QTest.keyClicks(desk.editor, OPENING)
    press(desk, KEY.Key_Return, ALT | SHIFT)
    qtbot.waitUntil(lambda: all(each.text for each in desk.generation.attempts))
    press(desk, KEY.Key_Up, ALT)
    recipe = desk.generation.attempts[2].recipe
    finish(desk)
    at = desk.generation.number_of(recipe)
    assert shown(desk).replace("\u2028", "\n").rstrip() == desk.generation.attempts[at].text.rstrip()
    assert desk.panel.attempts.currentRow() == at
    press(desk, KEY.Key_Escape)
    assert shown(desk) == ""
    assert text(desk) == OPENING


@pytest.mark.long
def test_pointing_shows_one_in_its_place_and_a_click_takes_it(choices: Desk) -> None:
    second = choices.generation.attempts[1].text
    point_at(choices, 1)
    assert shown(choices).replace("\u2028", "\n") == second
    assert text(choices) == OPENING
    leave(choices)
    assert shown(choices) == ""
    point_at(choices, 1)
    click(choices, 1)
    assert shown(choices) == ""
    assert text(choices) == OPENING + choices.generation.attempt_text(1)
    assert choices.editor.textCursor().atEnd()
    QTest.keyClicks(choices.editor, " Then")
    assert text(choices).endswith(choices.generation.attempt_text(1) + " Then")
    marks = sum(choices.editor.model.text.characters_by_voice().values())
    assert marks == len(second.replace("\n", ""))


@pytest.mark.long
@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Tab])
def test_by_keys_alone(choices: Desk, key: Qt.Key) -> None:
    press(choices, KEY.Key_Down, ALT)
    press(choices, KEY.Key_Down, ALT)
    assert choices.choices.preview.index == 1
    assert choices.panel.attempts.currentRow() == 1
    second = choices.generation.attempt_text(1)
    press(choices, key)
    assert text(choices) == OPENING + second
    press(choices, KEY.Key_Z, CONTROL)
    assert text(choices) == OPENING
    assert choices.generation.attempts
    press(choices, KEY.Key_Y, CONTROL)
    assert text(choices) == OPENING + second


@pytest.mark.long
@pytest.mark.parametrize("where", ["voiceBox", "alternativesList"])
def test_the_page_answers_wherever_the_keyboard_was(choices: Desk, where: str) -> None:
    control = choices.window.findChild(QWidget, where)
    assert control is not None
    control.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(control, KEY.Key_Down, ALT)
    at = choices.choices.preview.index
    assert at >= 0
    assert choices.editor.hasFocus()
    wanted = choices.generation.attempt_text(at)
    press(choices, KEY.Key_Return)
    assert text(choices) == OPENING + wanted


@pytest.mark.long
def test_the_page_is_scrolled_to_what_is_pointed_at_and_back(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    desk.editor.setPlainText("A line above.\n" * 80 + OPENING)
    place_cursor(desk, len(desk.editor.model.text))
    desk.generation.write_choices()
    finish(desk)
    bar = desk.editor.verticalScrollBar()
    # The last line stands upon the foot.
    bar.setValue(bar.value() + desk.editor.cursorRect().bottom() - desk.editor.viewport().height())
    stood = bar.value()
    point_at(desk, 1)
    assert bar.value() > stood
    leave(desk)
    assert bar.value() == stood
    point_at(desk, 1)
    bar.setValue(100)  # she has scrolled herself
    leave(desk)
    assert bar.value() == 100


@pytest.mark.long
def test_what_can_be_done_is_said_until_it_is_done(choices: Desk) -> None:
    line = choices.status_bar._line
    assert "Alt+Down" in line.text()
    press(choices, KEY.Key_Down, ALT)
    assert "Alt+Down" not in line.text()
    assert "Enter takes it" in line.text()
    press(choices, KEY.Key_Escape)
    press(choices, KEY.Key_Return, ALT | SHIFT)
    QApplication.processEvents()
    choices.generation.stop()
    assert "Alt+Down" in line.text()
    QTest.keyClicks(choices.editor, " and")
    assert "Alt+Down" not in line.text()


@pytest.mark.long
def test_escape_and_typing_let_the_preview_go(choices: Desk) -> None:
    press(choices, KEY.Key_Down, ALT)
    press(choices, KEY.Key_Escape)
    assert shown(choices) == ""
    assert text(choices) == OPENING
    press(choices, KEY.Key_Down, ALT)
    QTest.keyClicks(choices.editor, " and")
    assert shown(choices) == ""
    assert text(choices) == OPENING + " and"
    press(choices, KEY.Key_Return)
    assert text(choices) == OPENING + " and\n"


@pytest.mark.long
def test_a_preview_is_in_no_file(choices: Desk, tmp_path: Path, save_to: Callable[[Desk, Path], None]) -> None:
    press(choices, KEY.Key_Down, ALT)
    assert choices.files.current().text == OPENING
    assert choices.editor.toPlainText() == OPENING
    save_to(choices, tmp_path / "tale.txt")
    assert read_document(tmp_path / "tale.txt").text == OPENING


@pytest.mark.long
def test_a_sentence_is_kept_and_the_rest_stays_in_sight(choices: Desk, finish: Wait) -> None:
    whole = "It was dark. Nobody came! The end"
    generation = choices.generation
    generation.attempts[1] = type(generation.attempts[1])(" " + whole, "small", 9)
    press(choices, KEY.Key_Down, ALT)
    press(choices, KEY.Key_Down, ALT)
    press(choices, KEY.Key_Right, ALT)
    assert text(choices) == OPENING + " It was dark."
    assert shown(choices) == " Nobody came! The end"
    press(choices, KEY.Key_Right, ALT)
    assert text(choices) == OPENING + " It was dark. Nobody came!"
    press(choices, KEY.Key_Z, CONTROL)
    assert text(choices) == OPENING
    press(choices, KEY.Key_Y, CONTROL)
    choices.editor.moveCursor(choices.editor.textCursor().MoveOperation.End)
    press(choices, KEY.Key_Return, ALT | SHIFT)
    finish(choices)
    assert text(choices) == OPENING + " It was dark. Nobody came!"
    assert generation.current == -1
    assert len(generation.attempts) == 3
    choices.choices.take(0)
    assert text(choices).startswith(OPENING + " It was dark. Nobody came!")


def test_a_sentence_on_a_blank_line_has_one_behind_it_as_well(desk: Desk, place_cursor: Callable[..., None]) -> None:
    desk.files._show(Manuscript(Passage("One went.\n\nTwo came.\n\nThree sat.")), None, "")
    place_cursor(desk, len("One went.\n\nTwo came.\n"))
    generation = desk.generation
    generation._begin_place()
    generation._set_attempts([Attempt("\nIt was dark. Nobody came! The end.\n", "small", 9)], -1)
    press(desk, KEY.Key_Down, ALT)
    press(desk, KEY.Key_Right, ALT)
    assert text(desk) == "One went.\n\nTwo came.\n\nIt was dark.\n\nThree sat."
    assert shown(desk).startswith(" Nobody came! The end.")
    press(desk, KEY.Key_Right, ALT)
    assert text(desk) == "One went.\n\nTwo came.\n\nIt was dark. Nobody came!\n\nThree sat."
    QTest.keyClicks(desk.editor, " So")
    assert text(desk) == "One went.\n\nTwo came.\n\nIt was dark. Nobody came! So\n\nThree sat."
    for _ in range(2):
        press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == "One went.\n\nTwo came.\n\nThree sat."
    press(desk, KEY.Key_Y, CONTROL)
    desk.choices.take(0)
    assert text(desk) == "One went.\n\nTwo came.\n\nIt was dark. Nobody came! The end.\n\nThree sat."
    QTest.keyClicks(desk.editor, " So")  # behind it, and not on the line that parts it from the next paragraph
    assert text(desk) == "One went.\n\nTwo came.\n\nIt was dark. Nobody came! The end. So\n\nThree sat."


@pytest.mark.long
def test_the_keyboard_in_the_list(choices: Desk) -> None:
    attempts = choices.panel.attempts
    attempts.setFocus(Qt.FocusReason.TabFocusReason)
    assert choices.choices.preview.index == 0
    QTest.keyClick(attempts, KEY.Key_Down)
    assert choices.choices.preview.index == 1
    assert text(choices) == OPENING
    second = choices.generation.attempt_text(1)
    QTest.keyClick(attempts, KEY.Key_Return)
    assert text(choices) == OPENING + second
    assert choices.editor.hasFocus()


def test_stop_keeps_what_was_written_and_a_click_takes_it_amid(desk: Desk, qtbot: Any) -> None:
    desk.store.update("writing", words=400, candidates=1)
    QTest.keyClicks(desk.editor, OPENING)
    desk.generation.write_choices()
    qtbot.waitUntil(lambda: all(len(each.text) > 10 for each in desk.generation.attempts))
    click(desk, 2)
    assert not desk.generation.writing
    assert text(desk) == OPENING + desk.generation.attempt_text(2)
    assert len(desk.generation.attempts) == 3
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.generation.write_choices()
    qtbot.waitUntil(lambda: any(each.text for each in desk.generation.attempts))
    press(desk, KEY.Key_Escape)
    assert not desk.generation.writing
    assert all(each.text for each in desk.generation.attempts)


@pytest.mark.long
def test_more_choices_at_the_same_place_leave_the_first_in_reach(choices: Desk, finish: Wait) -> None:
    choices.store.update("writing", seed=50)
    first = [each.text for each in choices.generation.attempts]
    press(choices, KEY.Key_R, ALT)
    finish(choices)
    texts = [each.text for each in choices.generation.attempts]
    assert texts[3:] == first
    assert text(choices) == OPENING


@pytest.mark.long
def test_they_go_with_what_they_went_on_from(choices: Desk) -> None:
    for _ in range(3):
        press(choices, KEY.Key_Backspace)
    assert not choices.generation.attempts
    assert choices.panel.attempts.count() == 0
    assert not choices.generation.can_retry


@pytest.mark.long
def test_another_one_than_the_taken_is_seen_in_its_place(choices: Desk) -> None:
    choices.choices.take(0)
    before = text(choices)
    point_at(choices, 2)
    third = choices.generation.attempts[2].text
    assert shown(choices).replace("\u2028", "\n").rstrip(" ") == third.rstrip(" ")
    assert text(choices) == before
    struck = [each for each in choices.editor.extraSelections() if each.format.fontStrikeOut()]
    assert len(struck) == 1
    click(choices, 2)
    assert text(choices) == OPENING + choices.generation.attempt_text(2)
    assert not [each for each in choices.editor.extraSelections() if each.format.fontStrikeOut()]
    press(choices, KEY.Key_Z, CONTROL)
    assert text(choices) == OPENING


@pytest.mark.long
def test_the_best_comes_first_but_not_under_the_mouse(choices: Desk, qtbot: Any) -> None:
    generation = choices.generation
    written = list(generation.attempts)
    generation.may_sort = lambda: False
    generation._attempts.set_best_first([written[2], written[0], written[1]])
    generation.sort()
    assert generation.attempts == written
    generation.may_sort = lambda: True
    generation.sort()
    assert generation.attempts == [written[2], written[0], written[1]]
    generation.sort()
    assert generation.attempts == [written[2], written[0], written[1]]


@pytest.mark.long
def test_nothing_is_sorted_while_one_is_pointed_at(choices: Desk, qtbot: Any) -> None:
    generation = choices.generation
    attempts = choices.panel.attempts
    at = QPointF(attempts.viewport().mapFromGlobal(QPoint(0, 0)))
    QApplication.sendEvent(attempts.viewport(), QEnterEvent(at, at, at))
    point_at(choices, 0)
    written = list(generation.attempts)
    generation._attempts.set_best_first(written[::-1])
    generation.sort()
    assert generation.attempts == written
    leave(choices)
    assert generation.attempts == written[::-1]


@pytest.mark.long
def test_the_note_below_a_card_is_no_way_out_of_the_list(
    choices: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = choices.panel.attempts
    point_at(choices, 0)
    monkeypatch.setattr(QToolTip, "isVisible", lambda: True)
    over = attempts.viewport().mapToGlobal(attempts.visualItemRect(attempts.item(1)).center())
    monkeypatch.setattr(QCursor, "pos", lambda: over)
    leave(choices)
    assert choices.choices.preview.index == 0
    assert attempts.is_pointed_at  # nothing is sorted meanwhile
    qtbot.waitUntil(lambda: choices.choices.preview.index == -1)  # the mouse did not come back
    assert not attempts.is_pointed_at
    point_at(choices, 0)
    leave(choices)
    inside = QPointF(attempts.viewport().mapFromGlobal(over))
    QApplication.sendEvent(attempts.viewport(), QEnterEvent(inside, inside, inside))
    qtbot.waitUntil(lambda: choices.choices.preview.index == 1)  # the card that the note has covered


@pytest.mark.parametrize(
    ("whole", "first"),
    [
        (" One. Two.", " One."),
        ("\n\n\u201cNo!\u201d he said. Then", "\n\n\u201cNo!\u201d he said."),
        ("no end", "no end"),
        ("end of it.\n\nMore.", "end of it."),
        ("", ""),
        (" Mr. Smith came. He", " Mr. Smith came."),
    ],
)
def test_the_first_sentence(whole: str, first: str) -> None:
    assert first_sentence(whole) == first
