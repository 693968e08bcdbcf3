"""Ghost text: shown, taken, typed through and let go, in a whole window with the real writing thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.units import split, whole
from pandemonium.desktop.features.suggestions import suggestions as ghosts
from pandemonium.errors import VoiceError
from pandemonium.text.sentences import count_words

OPENING = "I was standing upon the threshold when I heard"
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
AS_PLAIN_TEXT = {0xA0: " ", 0x2028: "\n"}  # what toPlainText makes of them


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(desk.editor, key, modifier)
    QApplication.processEvents()


def text(desk: Desk) -> str:
    shown = desk.editor.toPlainText()
    assert ascii(whole(desk.editor.model.text.text).translate(AS_PLAIN_TEXT)) == ascii(shown)
    return split(shown)


def on_page(desk: Desk) -> str:
    """What stands at the place where an input method would show what is composed, in the editor's units."""
    return split(desk.editor.textCursor().block().layout().preeditAreaText()).replace("\u2028", "\n")


def shown_lines(desk: Desk) -> str:
    """The paragraph of the cursor as it is laid out."""
    block = desk.editor.textCursor().block()
    at = desk.editor.textCursor().positionInBlock()
    return block.text()[:at] + on_page(desk) + block.text()[at:]


def by_voice(desk: Desk) -> int:
    return desk.editor.model.text.characters_by_voice().get("small", 0)


def fail(*_: object) -> None:
    raise VoiceError("The voice is broken.", "Choose another one.")


@pytest.fixture
def suggest(desk: Desk, qtbot: Any) -> Callable[[], str]:
    """Asks for a suggestion at the cursor by the key for it, and waits until it is whole."""

    def ask() -> str:
        press(desk, KEY.Key_Return, ALT)
        qtbot.waitUntil(lambda: desk.suggestions.is_shown and not desk.suggestions.is_arriving, timeout=20_000)
        assert on_page(desk) == desk.suggestions.text
        return desk.suggestions.text

    return ask


@pytest.fixture(autouse=True)
def opening(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, OPENING)


def test_a_suggestion_is_no_text_until_it_is_taken(
    desk: Desk, suggest: Callable[[], str], tmp_path: Path, qtbot: Any
) -> None:
    revision = desk.editor.model.revision
    suggested = suggest()
    assert len(suggested.split()) >= 3
    assert shown_lines(desk) == OPENING + on_page(desk)
    assert text(desk) == OPENING
    assert desk.editor.model.revision == revision
    assert desk.words.words == len(OPENING.split())
    assert "Tab takes it" in desk.status_bar._line.text()
    press(desk, KEY.Key_Escape)
    assert not desk.suggestions.is_shown
    assert on_page(desk) == ""
    assert "Tab takes it" not in desk.status_bar._line.text()
    assert text(desk) == OPENING
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == ""


def test_tab_takes_it_as_the_voices_and_one_undo_gives_it_back(desk: Desk, suggest: Callable[[], str]) -> None:
    suggested = suggest()
    press(desk, KEY.Key_Tab)
    assert text(desk) == OPENING + suggested
    assert by_voice(desk) == len(suggested.replace("\n", ""))
    assert desk.editor.textCursor().position() == len(text(desk))
    assert not desk.suggestions.is_shown
    assert "Tab takes it" not in desk.status_bar._line.text()
    assert desk.generation.can_retry
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == OPENING
    press(desk, KEY.Key_Y, CONTROL)
    assert text(desk) == OPENING + suggested


@pytest.mark.long
def test_word_by_word_and_one_undo_for_all_of_them(desk: Desk, suggest: Callable[[], str]) -> None:
    suggested = suggest()
    first = ghosts._WORD.match(suggested)
    assert first is not None
    press(desk, KEY.Key_Right, CONTROL)
    assert text(desk) == OPENING + first[0]
    assert on_page(desk) == suggested[first.end() :]
    press(desk, KEY.Key_Right, CONTROL)
    assert "Tab takes it" in desk.status_bar._line.text()
    while desk.suggestions.is_shown:
        press(desk, KEY.Key_Right, CONTROL)
    assert "Tab takes it" not in desk.status_bar._line.text()
    assert text(desk) == OPENING + suggested
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == OPENING


@pytest.mark.long
def test_what_was_continued_before_stays_where_a_suggestion_is_taken_back(
    desk: Desk, suggest: Callable[[], str], finish: Callable[[Desk], None]
) -> None:
    press(desk, KEY.Key_Return, CONTROL)
    finish(desk)
    before = text(desk)
    suggest()
    press(desk, KEY.Key_Tab)
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == before


def test_who_types_the_same_goes_through_it(desk: Desk, suggest: Callable[[], str]) -> None:
    suggested = suggest()
    QTest.keyClicks(desk.editor, suggested[:2])
    QApplication.processEvents()
    assert text(desk) == OPENING + suggested[:2]
    assert desk.suggestions.text == suggested[2:]
    assert on_page(desk) == suggested[2:]
    assert by_voice(desk) == 0
    press(desk, KEY.Key_Tab)
    assert text(desk) == OPENING + suggested
    assert by_voice(desk) == len(suggested[2:].replace("\n", ""))


def leave_by_other_letters(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, "@")


def leave_by_going_elsewhere(desk: Desk) -> None:
    press(desk, KEY.Key_Home)


def leave_by_a_click(desk: Desk) -> None:
    QTest.mouseClick(desk.editor.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(20, 60))


def leave_by_a_new_paragraph(desk: Desk) -> None:
    press(desk, KEY.Key_Return)


def leave_by_erasing(desk: Desk) -> None:
    press(desk, KEY.Key_Backspace)


def leave_by_undo(desk: Desk) -> None:
    desk.editor.undo()


def leave_by_another_document(desk: Desk) -> None:
    desk.editor.load("Something else stands here.")


def leave_by_composing(desk: Desk) -> None:
    QApplication.sendEvent(desk.editor, QInputMethodEvent("k", []))
    QApplication.processEvents()
    assert on_page(desk) == "k"
    QApplication.sendEvent(desk.editor, QInputMethodEvent("", []))


def leave_by_selecting_all(desk: Desk) -> None:
    desk.editor.selectAll()


@pytest.mark.long
@pytest.mark.parametrize(
    "leave",
    [
        leave_by_other_letters,
        leave_by_going_elsewhere,
        leave_by_a_click,
        leave_by_a_new_paragraph,
        leave_by_erasing,
        leave_by_undo,
        leave_by_another_document,
        leave_by_composing,
        leave_by_selecting_all,
    ],
)
def test_whoever_goes_on_otherwise_lets_it_go(
    desk: Desk, suggest: Callable[[], str], leave: Callable[[Desk], None]
) -> None:
    suggest()
    leave(desk)
    QApplication.processEvents()
    assert not desk.suggestions.is_shown
    block = desk.editor.document().begin()
    while block.isValid():
        assert block.layout().preeditAreaText() == ""
        block = block.next()
    assert by_voice(desk) == 0


def test_a_look_at_the_page_in_between_lets_it_stand(desk: Desk, suggest: Callable[[], str]) -> None:
    suggested = suggest()
    QApplication.sendEvent(desk.editor, QInputMethodEvent("", []))  # some input methods send these with every key
    QApplication.processEvents()
    desk.highlighter.rehighlight()
    desk.store.update("editor", zoom=120)
    QApplication.processEvents()
    assert desk.suggestions.text == suggested
    assert on_page(desk) == suggested
    press(desk, KEY.Key_Tab)
    assert text(desk) == OPENING + suggested


@pytest.mark.long
def test_continue_takes_its_place(desk: Desk, suggest: Callable[[], str], finish: Callable[[Desk], None]) -> None:
    suggest()
    press(desk, KEY.Key_Return, CONTROL)
    assert on_page(desk) == ""
    finish(desk)
    assert not desk.suggestions.is_shown
    assert count_words(text(desk)[len(OPENING) :]) >= 15


@pytest.mark.long
def test_continue_while_one_is_being_written_is_not_stopped(desk: Desk, finish: Callable[[Desk], None]) -> None:
    press(desk, KEY.Key_Return, ALT)
    press(desk, KEY.Key_Return, CONTROL)
    finish(desk)
    assert count_words(text(desk)[len(OPENING) :]) >= 15


def test_in_the_middle_of_a_paragraph_what_stands_behind_stays(
    desk: Desk, suggest: Callable[[], str], place_cursor: Callable[[Desk, int], None]
) -> None:
    place_cursor(desk, 5)
    suggested = suggest()
    assert shown_lines(desk) == OPENING[:5] + suggested + OPENING[5:]
    press(desk, KEY.Key_Tab)
    assert text(desk) == OPENING[:5] + suggested + OPENING[5:]


def test_it_stands_behind_what_is_selected(desk: Desk, suggest: Callable[[], str]) -> None:
    cursor = desk.editor.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(2, cursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)
    suggested = suggest()
    press(desk, KEY.Key_Tab)
    assert text(desk) == OPENING[:9] + suggested + OPENING[9:]


def test_only_who_asks_hears_that_there_is_none(desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    desk.suggestions.failed.connect(heard.append)
    monkeypatch.setattr("pandemonium.writing.decoding.sequence.DecodingSequence.choose", fail)
    desk.suggestions._begin(is_asked_for=False)
    qtbot.waitUntil(lambda: not desk.suggestions.is_arriving, timeout=20_000)
    assert heard == []
    desk.suggestions.suggest()
    qtbot.waitUntil(lambda: not desk.suggestions.is_arriving, timeout=20_000)
    assert len(heard) == 1


def test_tab_is_a_tab_where_nothing_is_suggested(desk: Desk) -> None:
    press(desk, KEY.Key_Tab)
    assert text(desk) == OPENING + "\t"


@pytest.mark.long
def test_it_comes_unasked_only_where_that_is_wanted(
    desk: Desk, qtbot: Any, place_cursor: Callable[[Desk, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.suggestions._pause.setInterval(20)
    monkeypatch.setattr(desk.editor, "hasFocus", lambda: True)
    QTest.keyClicks(desk.editor, " a")
    qtbot.wait(120)
    assert not desk.suggestions.is_shown
    desk.actions["suggestsAction"].trigger()
    assert desk.store.values.typing.suggests
    QTest.keyClicks(desk.editor, " sound")
    qtbot.waitUntil(lambda: desk.suggestions.is_shown, timeout=20_000)
    QTest.keyClicks(desk.editor, "@")
    qtbot.waitUntil(lambda: desk.suggestions.is_shown and on_page(desk) != "", timeout=20_000)
    place_cursor(desk, 5)
    QTest.keyClicks(desk.editor, "@")
    qtbot.wait(120)
    assert not desk.suggestions.is_shown  # in the middle of a paragraph it would push her words about


def test_the_switch_stands_in_the_menu_and_in_the_preferences_alike(desk: Desk) -> None:
    assert not desk.actions["suggestsAction"].isChecked()
    desk.store.update("typing", suggests=True)
    assert desk.actions["suggestsAction"].isChecked()


@pytest.mark.long
def test_with_formats_beside_it_all_is_as_it_was(
    desk: Desk, suggest: Callable[[], str], finish: Callable[[Desk], None]
) -> None:
    press(desk, KEY.Key_Return, CONTROL)
    finish(desk)
    desk.generation.settle()
    cursor = desk.editor.textCursor()
    cursor.setPosition(len(OPENING) + 6)  # within what the voice wrote
    desk.editor.setTextCursor(cursor)
    lines = cursor.block().layout()
    before = [(each.start, each.length) for each in lines.formats()]
    height = lines.boundingRect().height()
    assert before
    suggested = suggest()
    at = cursor.positionInBlock()
    length = len(suggested)
    inner = [each for each in lines.formats() if (each.start, each.length) == (at, length)]
    assert len(inner) == 1
    assert inner[0].format.foreground().color().name() == desk.theme.colours.faint.lower()
    press(desk, KEY.Key_Escape)
    assert [(each.start, each.length) for each in lines.formats()] == before
    assert lines.boundingRect().height() == height


@pytest.mark.long
def test_at_the_foot_of_the_page_it_comes_into_view(desk: Desk, suggest: Callable[[], str]) -> None:
    desk.editor.load("\n".join(f"Line {number}." for number in range(60)))
    bar = desk.editor.verticalScrollBar()
    cursor = desk.editor.textCursor()
    cursor.setPosition(desk.editor.cursorForPosition(QPoint(5, desk.editor.viewport().height() - 12)).position())
    desk.editor.setTextCursor(cursor)
    QApplication.processEvents()
    before = bar.value()
    words = desk.suggestions.text
    suggest()
    visible = bar.value() + desk.editor.viewport().height()
    assert desk.suggestions.area.bottom <= visible
    assert desk.editor.caret_is_visible()
    assert words == ""
    assert bar.value() > before


def test_nobody_listens_where_none_is_shown_nor_wanted(desk: Desk, suggest: Callable[[], str]) -> None:
    listening = desk.suggestions._listening
    assert not listening.is_on
    suggest()
    assert listening.is_on
    press(desk, KEY.Key_Escape)
    assert not desk.suggestions.is_shown
    assert not listening.is_on
    desk.store.set("typing.suggests", True)
    assert listening.is_on
    desk.store.set("typing.suggests", False)
    assert not listening.is_on
