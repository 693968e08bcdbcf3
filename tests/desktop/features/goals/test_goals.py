"""Which words count, and what is shown of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.goals.written_words import own_words
from pandemonium.documents.model.passage import Mark, Passage
from pandemonium.text.sentences import count_words


def written(desk: Desk) -> int:
    return desk.goals.sitting


def test_what_is_typed_counts_and_goes_when_it_goes(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, "one two three")
    assert written(desk) == 3
    for _ in range(5):
        QTest.keyClick(desk.editor, Qt.Key.Key_Backspace)
    assert written(desk) == 2
    desk.editor.undo()
    assert written(desk) == 3


def test_a_document_that_is_opened_or_emptied_counts_for_nothing(desk: Desk) -> None:
    desk.editor.setPlainText("there were many words before")
    assert written(desk) == 0
    desk.editor.selectAll()
    QTest.keyClick(desk.editor, Qt.Key.Key_Delete)
    assert written(desk) == 0
    QTest.keyClicks(desk.editor, "new ones")
    assert written(desk) == 2


def test_what_a_voice_writes_does_not_count(desk: Desk, finish: Callable[[Desk], None]) -> None:
    QTest.keyClicks(desk.editor, "The old house stood")
    desk.generation.continue_()
    finish(desk)
    assert len(desk.editor.model.text) > len("The old house stood")
    assert written(desk) == 4
    desk.editor.undo()
    assert written(desk) == 4


def test_pasting_counts_only_as_far_as_it_was_cut(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("six words from an other place")
    desk.editor.paste()
    assert written(desk) == 0
    desk.editor.undo()
    assert written(desk) == 0
    QTest.keyClicks(desk.editor, "four of my own ")
    assert written(desk) == 4
    desk.editor.selectAll()
    desk.editor.cut()
    assert written(desk) == 0
    desk.editor.paste()
    assert written(desk) == 4
    desk.editor.paste()
    assert written(desk) == 4


def test_an_input_method_types_too(desk: Desk) -> None:
    event = QInputMethodEvent()
    event.setCommitString("drei kurze Worte")
    QApplication.sendEvent(desk.editor, event)
    assert written(desk) == 3


def test_the_ring_shows_the_goal_and_opens_the_days(desk: Desk, qtbot: Any) -> None:
    ring = desk.goals.ring
    assert not ring.isVisible()
    desk.store.update("habits", goal_day=10)
    assert ring.isVisible()
    QTest.keyClicks(desk.editor, "one two three ")
    qtbot.waitUntil(lambda: ring.accessibleName() == "3 of 10 words written today")
    QTest.mouseClick(ring, Qt.MouseButton.LeftButton)
    window = desk.goals.days_window
    assert window is not None
    assert window.isVisible()
    box = window.findChild(QSpinBox, "goal_sitting")
    box.setValue(200)
    assert desk.store.values.habits.goal_sitting == 200
    assert window.chart.accessibleDescription().endswith(": 3")
    window.close()


WORDS = st.text(alphabet="ab c\u2019-.", max_size=30)


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_long_paragraph_is_counted_by_what_changed(head: str, old: str, new: str, tail: str) -> None:
    long = "word " * 500
    before = Passage(f"{long}{head}{old}{tail} {long}")
    after = Passage(f"{long}{head}{new}{tail} {long}")
    assert own_words([after], [before]) == count_words(after.text) - count_words(before.text)


def test_marked_words_are_not_her_own() -> None:
    passage = Passage("mine not mine", (Mark(5, 8, "small"),))
    assert own_words([passage], [Passage()]) == 2
