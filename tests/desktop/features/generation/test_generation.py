"""Continue, Stop, Retry, the attempts and undo, with the real writing thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.document_model import WRITER
from pandemonium.desktop.editor.units import whole
from pandemonium.text.sentences import count_words
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids

Wait = Callable[[Desk], None]
Place = Callable[[Desk, int], None]
Arrive = Callable[[Desk, int], None]
OPENING = "I was standing upon the threshold when I heard a sound"
SLOW = '[panel]\nvoice = "small"\narrival = "reading"\n[writing]\nwords = 300\nseed = 1\n'
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
KEY = Qt.Key
AS_PLAIN_TEXT = {0xA0: " ", 0x2028: "\n"}  # what toPlainText makes of them


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.editor, key, modifier)


def type_opening(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, OPENING)


def text(desk: Desk) -> str:
    shown = desk.editor.toPlainText()
    model = whole(desk.editor.model.text.text).translate(AS_PLAIN_TEXT)
    assert ascii(model) == ascii(shown), "the model and the page differ"
    return shown


def ink_at(desk: Desk, position: int) -> QColor:
    block = desk.editor.document().findBlock(position)
    at = position - block.position()
    formats = [each for each in block.layout().formats() if each.start <= at < each.start + each.length]
    return formats[-1].format.foreground().color()


def by_voice(desk: Desk) -> int:
    return desk.editor.model.text.characters_by_voice().get("small", 0)


@pytest.mark.long
def test_prose_goes_on_at_the_cursor_and_is_marked(desk: Desk, finish: Wait) -> None:
    type_opening(desk)
    press(desk, KEY.Key_Return, CONTROL)
    assert desk.generation.writing
    finish(desk)
    written = text(desk)[len(OPENING) :]
    assert text(desk).startswith(OPENING)
    assert count_words(written) >= 15
    assert by_voice(desk) == len(written.replace("\n", ""))
    assert desk.highlighter.fresh is not None
    press(desk, KEY.Key_Space)
    assert desk.highlighter.fresh is None


@pytest.mark.long
def test_one_undo_takes_one_continuation_away_and_redo_brings_it_back(desk: Desk, finish: Wait) -> None:
    type_opening(desk)
    press(desk, KEY.Key_Return, CONTROL)
    finish(desk)
    first = text(desk)
    QTest.keyClicks(desk.editor, " Then")
    press(desk, KEY.Key_Return, CONTROL)
    finish(desk)
    states = [text(desk)]
    for _ in range(4):
        press(desk, KEY.Key_Z, CONTROL)
        states.append(text(desk))
    assert states[1:] == [first + " Then", first, OPENING, ""]
    for expected in (OPENING, first, first + " Then", states[0]):
        press(desk, KEY.Key_Y, CONTROL)
        assert text(desk) == expected
    assert by_voice(desk) > 30


def test_text_behind_the_cursor_stays(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    desk.editor.setPlainText("Before. After.")
    place_cursor(desk, 7)
    desk.generation.continue_()
    finish(desk)
    assert text(desk).startswith("Before.")
    assert text(desk).endswith(" After.")


@pytest.mark.long
@pytest.mark.parametrize("opening", ["", "x\0y", "\U0001f600", "word " * 40_000, "\ud800 lone"])
def test_continue_answers_whatever_stands_on_the_page(desk: Desk, finish: Wait, opening: str) -> None:
    desk.editor.load(opening)
    before = desk.editor.model.whole_text()
    assert before == opening
    desk.generation.continue_()
    finish(desk)
    whole = desk.editor.model.whole_text()
    assert len(whole) > len(opening)
    assert whole.endswith(opening)


class TestWhileItWrites:
    """At reading pace, with the writer's hands on the page."""

    @pytest.fixture
    def settings_text(self) -> str:
        return SLOW

    @pytest.mark.long
    def test_typing_elsewhere_is_a_step_of_its_own(self, desk: Desk, arrive: Arrive, place_cursor: Place) -> None:
        type_opening(desk)
        press(desk, KEY.Key_Return, CONTROL)
        arrive(desk, 5)
        place_cursor(desk, 0)
        QTest.keyClicks(desk.editor, "Typed before. ")
        arrive(desk, 10)
        assert desk.generation.writing
        press(desk, KEY.Key_Escape)
        assert not desk.generation.writing
        stopped = text(desk)
        assert stopped.startswith("Typed before. " + OPENING)
        press(desk, KEY.Key_Z, CONTROL)
        assert text(desk) == stopped.removeprefix("Typed before. ")
        press(desk, KEY.Key_Z, CONTROL)
        assert text(desk) == OPENING

    @pytest.mark.long
    def test_typing_where_it_arrives_stays_behind_it(self, desk: Desk, arrive: Arrive) -> None:
        type_opening(desk)
        press(desk, KEY.Key_Return, CONTROL)
        arrive(desk, 5)
        QTest.keyClicks(desk.editor, "XYZ")
        arrive(desk, 8)
        desk.generation.stop()
        assert text(desk).endswith("XYZ")
        assert by_voice(desk) >= 12

    @pytest.mark.long
    def test_stop_keeps_what_stands_there_and_drops_late_chunks(self, desk: Desk, qtbot: Any, arrive: Arrive) -> None:
        type_opening(desk)
        desk.generation.continue_()
        arrive(desk, 8)
        press(desk, KEY.Key_Escape)
        stopped = text(desk)
        qtbot.wait(200)
        assert text(desk) == stopped
        assert len(desk.generation.attempts) == 1

    @pytest.mark.long
    def test_it_stops_behind_a_whole_word(self, desk: Desk, arrive: Arrive) -> None:
        type_opening(desk)
        desk.generation.continue_()
        bridge = desk.generation.arrival
        arrive(desk, 10)
        come = text(desk) + bridge.held
        desk.generation.stop()
        stopped = text(desk)
        assert come.startswith(stopped)
        follows = come[len(stopped) : len(stopped) + 1]
        assert not (stopped[-1].isalnum() and follows.isalnum()), (stopped, come)
        attempts = desk.generation.attempts
        assert stopped == OPENING + (attempts[0].text if attempts else "")
        press(desk, KEY.Key_Z, CONTROL)
        assert text(desk) in (OPENING, "")

    @pytest.mark.long
    @pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter])
    def test_continue_pressed_again_changes_nothing(self, desk: Desk, arrive: Arrive, key: Qt.Key) -> None:
        type_opening(desk)
        modifiers = CONTROL | KEYPAD if key == KEY.Key_Enter else CONTROL
        press(desk, key, modifiers)
        arrive(desk, 8)
        edits: list[str] = []
        desk.editor.model.edited.connect(lambda _, by: edits.append(by))
        for _ in range(3):
            press(desk, key, modifiers)
        assert desk.generation.writing
        assert WRITER not in edits

    @pytest.mark.long
    def test_undo_stops_and_takes_it_away(self, desk: Desk, qtbot: Any, arrive: Arrive) -> None:
        type_opening(desk)
        desk.generation.continue_()
        arrive(desk, 8)
        press(desk, KEY.Key_Z, CONTROL)
        assert not desk.generation.writing
        assert text(desk) == OPENING
        qtbot.wait(150)
        assert text(desk) == OPENING

    def test_undo_before_the_first_chunk_only_stops(self, desk: Desk) -> None:
        type_opening(desk)
        desk.generation.continue_()
        press(desk, KEY.Key_Z, CONTROL)
        assert not desk.generation.writing
        assert text(desk) == OPENING

    @pytest.mark.long
    def test_taking_its_place_away_ends_it(self, desk: Desk, qtbot: Any, arrive: Arrive) -> None:
        desk.editor.setPlainText("Before. After.")
        cursor = desk.editor.textCursor()
        cursor.setPosition(7)
        desk.editor.setTextCursor(cursor)
        desk.generation.continue_()
        arrive(desk, 5)
        desk.editor.selectAll()
        QTest.keyClicks(desk.editor, "Gone")
        qtbot.waitUntil(lambda: not desk.generation.writing, timeout=10_000)
        assert text(desk) == "Gone"

    @pytest.mark.long
    def test_retry_while_it_writes_begins_anew(self, desk: Desk, arrive: Arrive, qtbot: Any) -> None:
        type_opening(desk)
        desk.store.update("writing", seed=0)
        desk.generation.continue_()
        arrive(desk, 8)
        press(desk, KEY.Key_R, ALT)
        assert desk.generation.writing
        assert len(desk.generation.attempts) == 1
        qtbot.waitUntil(lambda: desk.generation.attempts[0].text not in text(desk), timeout=10_000)
        desk.generation.stop()
        assert text(desk).startswith(OPENING)

    def test_closing_in_mid_sentence_is_clean(self, desk: Desk, arrive: Arrive) -> None:
        desk.generation.continue_()
        arrive(desk, 5)
        desk.generation.stop()
        desk.editor.model.mark_saved()
        assert desk.window.close()


@pytest.mark.long
def test_blank_lines_part_what_the_voice_writes_as_well(
    make_desk: Callable[..., Desk], tmp_path: Path, finish: Wait
) -> None:
    path = tmp_path / "tale.txt"
    before = "It was late.\n\nNobody slept in the house.\n"  # as files end
    path.write_text(before, "utf-8")
    desk = make_desk(path)
    desk.editor.moveCursor(QTextCursor.MoveOperation.End)
    desk.generation.continue_()
    finish(desk)
    written = text(desk)
    assert written.startswith(f"{before}\n")
    assert not written[len(before) + 1].isspace()
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == before
    desk.choices.write()
    finish(desk)
    for attempt in desk.generation.attempts:
        assert attempt.text[0] == "\n"
        assert attempt.text[1] != "\n"


def test_retry_replaces_exactly_the_span(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    desk.editor.setPlainText("Before. After.")
    place_cursor(desk, 7)
    desk.generation.continue_()
    finish(desk)
    first = text(desk)
    place_cursor(desk, 0)
    QTest.keyClicks(desk.editor, "T")
    desk.store.update("writing", seed=2)
    press(desk, KEY.Key_R, ALT)
    finish(desk)
    second = text(desk)
    assert second != "T" + first
    assert second.startswith("TBefore.")
    assert second.endswith(" After.")
    assert len(desk.generation.attempts) == 2
    press(desk, KEY.Key_Z, CONTROL)
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == "Before. After."


@pytest.mark.long
def test_earlier_attempts_stay_reachable(desk: Desk, finish: Wait) -> None:
    type_opening(desk)
    seen = []
    for seed in (1, 2, 3):
        desk.store.update("writing", seed=seed)
        desk.generation.retry()
        finish(desk)
        seen.append(text(desk))
    assert len(set(seen)) == 3
    assert desk.panel.attempts.count() == 3
    press(desk, KEY.Key_Up, ALT)
    assert text(desk) == seen[1]
    assert desk.highlighter.fresh is not None
    accent = QColor(desk.theme.colours.accent)
    assert ink_at(desk, len(OPENING) + 3) == accent
    desk.panel.attempts.setCurrentRow(0)
    assert text(desk) == seen[0]
    press(desk, KEY.Key_Up, ALT)
    assert text(desk) == seen[2]
    press(desk, KEY.Key_Down, ALT)
    assert text(desk) == seen[0]
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == OPENING


def test_retry_after_undo_writes_in_the_same_place(desk: Desk, finish: Wait) -> None:
    type_opening(desk)
    desk.generation.continue_()
    finish(desk)
    press(desk, KEY.Key_Z, CONTROL)
    press(desk, KEY.Key_R, ALT)
    finish(desk)
    assert text(desk).startswith(OPENING)
    assert len(text(desk)) > len(OPENING) + 20
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == OPENING


def answer(qtbot: Any, box: str, words: str) -> None:
    """Presses a button of a question that is being asked."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QMessageBox)
    assert asked.objectName() == box
    next(each for each in asked.buttons() if each.text() == words).click()


@pytest.mark.long
@pytest.mark.parametrize("key", [KEY.Key_R, KEY.Key_Up])
def test_the_writers_own_words_in_an_attempt_are_asked_for(
    desk: Desk, finish: Wait, place_cursor: Place, qtbot: Any, key: Qt.Key
) -> None:
    desk.store.update("writing", alternatives=2)
    type_opening(desk)
    desk.generation.continue_()
    finish(desk)
    place_cursor(desk, len(OPENING) + 3)
    QTest.keyClicks(desk.editor, "MINE")
    worked = text(desk)
    desk.store.update("writing", seed=5)
    press(desk, key, ALT)
    answer(qtbot, "ownWordsBox", "Keep them")
    qtbot.wait(50)
    assert text(desk) == worked
    press(desk, key, ALT)
    answer(qtbot, "ownWordsBox", "Replace")
    qtbot.waitUntil(lambda: "MINE" not in text(desk), timeout=20_000)
    finish(desk)
    press(desk, KEY.Key_Z, CONTROL)
    assert text(desk) == worked


@pytest.mark.long
def test_attempts_go_with_the_text_that_they_went_on_from(desk: Desk, finish: Wait) -> None:
    type_opening(desk)
    desk.store.update("writing", alternatives=2)
    desk.generation.continue_()
    finish(desk)
    while desk.editor.model.history.can_undo:
        press(desk, KEY.Key_Z, CONTROL)
    assert not desk.generation.attempts
    assert not desk.generation.can_retry
    press(desk, KEY.Key_Up, ALT)
    assert text(desk) == ""


@pytest.mark.parametrize("behind", [" goes on.", " is, and was.", ", and so on"])
def test_a_sentence_that_goes_on_behind_the_cursor_is_told_of(
    desk: Desk, finish: Wait, place_cursor: Place, behind: str
) -> None:
    desk.store.update("writing", join=False)
    desk.editor.setPlainText("The night" + behind)
    place_cursor(desk, 9)
    desk.generation.continue_()
    finish(desk)
    assert "not what follows" in desk.message_bar.sentence
    assert desk.message_bar.isVisible()


@pytest.mark.parametrize("behind", ["", "\nanother paragraph", " Then it was over.", " goes on."])
def test_a_seam_that_joins_is_not_told_of(desk: Desk, finish: Wait, place_cursor: Place, behind: str) -> None:
    desk.editor.setPlainText("The night" + behind)
    place_cursor(desk, 9)
    desk.generation.continue_()
    finish(desk)
    assert not desk.message_bar.isVisible()


def test_alternatives_come_with_the_first(desk: Desk, finish: Wait) -> None:
    desk.store.update("writing", alternatives=3)
    type_opening(desk)
    desk.generation.continue_()
    finish(desk)
    assert len(desk.generation.attempts) == 3
    assert desk.generation.current == 0
    assert len({attempt.seed for attempt in desk.generation.attempts}) == 3
    desk.generation.choose_next(1)
    assert desk.editor.model.whole_text() == OPENING + desk.generation.attempt_text(1)


def test_another_document_begins_without_attempts(desk: Desk, finish: Wait) -> None:
    type_opening(desk)
    desk.generation.continue_()
    finish(desk)
    desk.editor.load("Another.")
    assert desk.generation.attempts == []
    assert not desk.generation.can_retry
    assert not desk.editor.model.history.can_undo


@pytest.mark.long
def test_an_opened_document_is_read_before_continue_is_pressed(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks: list[Desk] = []
    read: list[tuple[int, bool]] = []
    count = CpuRuntime.read

    def counted(self: CpuRuntime, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        read.append((len(tokens), bool(desks) and desks[0].generation.writing))
        return count(self, tokens, state)

    monkeypatch.setattr(CpuRuntime, "read", counted)
    file = tmp_path / "tale.txt"
    file.write_text("The old house stood upon the hill. " * 40, "utf-8")
    desks.append(make_desk(file))
    end = QTextCursor(desks[0].editor.document())
    end.movePosition(QTextCursor.MoveOperation.End)
    desks[0].editor.setTextCursor(end)
    desks[0].generation.read_ahead()
    qtbot.waitUntil(lambda: sum(length for length, _ in read) > 200, timeout=20_000)
    qtbot.wait(50)
    desks[0].generation.continue_()
    qtbot.waitUntil(lambda: not desks[0].generation.writing, timeout=20_000)
    assert {length for length, writing in read if writing} == {1}


BETWEEN = "Nobody came home that night.\n\nThe clock struck nine in the hall.\n\nIn the morning the sea was still."


@pytest.mark.parametrize("is_stopped", [False, True])
def test_on_a_blank_line_it_stands_by_itself(
    desk: Desk, place_cursor: Place, finish: Wait, arrive: Arrive, is_stopped: bool
) -> None:
    desk.editor.setPlainText(BETWEEN)
    place_cursor(desk, BETWEEN.index("\n\nIn the") + 1)
    if is_stopped:
        desk.store.update("panel", arrival="reading")
    desk.generation.continue_()
    if is_stopped:
        arrive(desk, 12)
        desk.generation.stop()
    else:
        finish(desk)
    before, _, behind = BETWEEN.rpartition("\n\n")
    written = text(desk).removeprefix(f"{before}\n\n").removesuffix(f"\n\n{behind}")
    assert text(desk) == f"{before}\n\n{written}\n\n{behind}"
    assert written.strip() == written != ""
    assert desk.generation.attempts[0].text == f"\n{written}\n"
    QTest.keyClicks(desk.editor, " So")  # behind it, and not on the line that parts it from the next paragraph
    assert text(desk) == f"{before}\n\n{written} So\n\n{behind}"
    desk.editor.undo()
    desk.editor.undo()
    assert text(desk) == BETWEEN
