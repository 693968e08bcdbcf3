"""The list of next words at the cursor: shown, walked through, taken, typed through and let go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.next_words.next_word_list import as_percent

OPENING = "The old house stood upon the hill. I heard a sound from the"
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def show(desk: Desk, qtbot: Any, text: str = OPENING) -> QListWidget:
    desk.editor.setPlainText(text)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.actions["nextWordsAction"].trigger()
    qtbot.waitUntil(lambda: desk.next_words.is_shown)
    found = desk.window.findChild(QListWidget, "nextWordsList")
    assert found is desk.next_words.list.words
    return found


def press(widget: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(widget, key, modifier)
    QApplication.processEvents()


def by_voice(desk: Desk) -> int:
    return desk.editor.model.text.characters_by_voice().get("small", 0)


def shown(words: QListWidget) -> list[str]:
    return [words.item(row).text() for row in range(words.count())]


def test_return_takes_one_as_the_voices_and_one_undo_gives_it_back(desk: Desk, qtbot: Any) -> None:
    words = show(desk, qtbot)
    assert 0 < words.count() <= 10
    press(words, KEY.Key_Down)
    chosen = words.currentItem().text()
    assert chosen == shown(words)[1]
    press(words, KEY.Key_Return)
    assert not desk.next_words.is_shown
    taken = desk.editor.toPlainText()
    assert taken.startswith(OPENING)
    assert taken.endswith(chosen)
    assert by_voice(desk) == len(taken) - len(OPENING)
    desk.editor.undo()
    assert desk.editor.toPlainText() == OPENING
    assert by_voice(desk) == 0


def test_a_click_takes_one(desk: Desk, qtbot: Any) -> None:
    words = show(desk, qtbot)
    chosen = words.item(2).text()
    place = words.visualItemRect(words.item(2)).center()
    QTest.mouseClick(words.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(place))
    assert desk.editor.toPlainText().endswith(chosen)
    assert not desk.next_words.is_shown


@pytest.mark.parametrize("key", [KEY.Key_Escape, KEY.Key_F2, KEY.Key_Left])
def test_it_goes_and_nothing_has_changed(desk: Desk, qtbot: Any, key: Qt.Key) -> None:
    words = show(desk, qtbot)
    press(words, key)
    assert not desk.next_words.is_shown
    assert desk.editor.toPlainText() == OPENING
    assert not desk.editor.model.history.can_undo


def test_typing_narrows_and_is_the_writers(desk: Desk, qtbot: Any) -> None:
    words = show(desk, qtbot, f"{OPENING} ")
    first = shown(words)[0]
    QTest.keyClicks(words, first[:1])
    assert desk.editor.toPlainText() == f"{OPENING} {first[:1]}"
    assert by_voice(desk) == 0
    assert desk.next_words.is_shown
    assert all(each.casefold().startswith(first[:1].casefold()) for each in shown(words))
    # Taken before the voice has answered anew, what is typed already does not come twice.
    chosen = words.currentItem().text()
    press(words, KEY.Key_Return)
    assert desk.editor.toPlainText() == f"{OPENING} {first[:1]}{chosen[1:]}"


def test_a_letter_that_no_word_goes_on_with_asks_no_more(desk: Desk, qtbot: Any) -> None:
    words = show(desk, qtbot, f"{OPENING} ")
    QTest.keyClicks(words, "7")
    assert not desk.next_words.is_shown
    QTest.keyClicks(desk.editor, " x")
    assert desk.editor.toPlainText() == f"{OPENING} 7 x"


def test_a_space_is_the_one_before_the_word_and_a_second_ends_it(desk: Desk, qtbot: Any) -> None:
    opening = f"{OPENING} door,"
    words = show(desk, qtbot, opening)
    found = [words.item(row).data(Qt.ItemDataRole.UserRole) for row in range(words.count())]
    behind = [word.word for word in found if word.insertion.startswith(" ")]
    assert behind
    QTest.keyClicks(words, " ")
    assert desk.next_words.is_shown
    assert shown(words) == behind
    assert desk.editor.toPlainText() == f"{opening} "
    press(words, KEY.Key_Return)  # before the voice has answered anew
    assert desk.editor.toPlainText() == f"{opening} {behind[0]}"
    assert by_voice(desk) == len(behind[0])
    words = show(desk, qtbot, opening)
    QTest.keyClicks(words, "  ")
    assert not desk.next_words.is_shown
    assert desk.editor.toPlainText() == f"{opening}  "


def test_in_the_midst_of_a_word_it_looks_behind_it(
    desk: Desk, qtbot: Any, place_cursor: Callable[[Desk, int], None]
) -> None:
    desk.editor.setPlainText("The house stood")
    place_cursor(desk, 6)
    desk.actions["nextWordsAction"].trigger()
    qtbot.waitUntil(lambda: desk.next_words.is_shown)
    assert desk.editor.textCursor().position() == len("The house")
    press(desk.next_words.list.words, KEY.Key_Return)
    assert desk.editor.toPlainText().startswith("The house")
    assert desk.editor.toPlainText().endswith(" stood")


@pytest.mark.long
def test_continue_and_undo_let_it_go(desk: Desk, qtbot: Any, finish: Callable[[Desk], None]) -> None:
    show(desk, qtbot)
    desk.actions["continueAction"].trigger()
    assert not desk.next_words.is_shown
    assert not desk.actions["nextWordsAction"].isEnabled()
    finish(desk)
    desk.actions["nextWordsAction"].trigger()
    qtbot.waitUntil(lambda: desk.next_words.is_shown)
    desk.editor.undo()
    assert not desk.next_words.is_shown
    assert desk.editor.toPlainText() == OPENING


def test_a_late_answer_is_for_nobody(desk: Desk, qtbot: Any) -> None:
    desk.editor.setPlainText(OPENING)
    desk.actions["nextWordsAction"].trigger()
    QTest.keyClicks(desk.editor, "So ")
    asked = []
    desk.tasks.start(_record(desk, asked))
    qtbot.waitUntil(lambda: bool(asked))
    assert not desk.next_words.is_shown


async def _record(desk: Desk, asked: list[object]) -> None:
    from pandemonium.desktop.features.generation.writing import Writing

    asked.append(await desk.context.feature(Writing).bridge.ask(lambda continuer, stop: True))


def test_every_word_has_its_chance_for_a_screen_reader(desk: Desk, qtbot: Any) -> None:
    words = show(desk, qtbot)
    for row in range(words.count()):
        said = words.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said.startswith(words.item(row).text())
        assert said.endswith("%")
    assert words.accessibleName()


def test_it_lies_on_the_page(desk: Desk, qtbot: Any, place_cursor: Callable[[Desk, int], None]) -> None:
    desk.window.resize(800, 600)
    show(desk, qtbot, "\n".join([OPENING] * 30))
    shown_list = desk.next_words.list
    assert desk.editor.rect().contains(shown_list.geometry())
    caret = desk.editor.cursorRect().translated(desk.editor.viewport().pos())
    assert not shown_list.geometry().intersects(caret)


@pytest.mark.long
def test_a_broken_voice_is_a_sentence(desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from pandemonium.errors import VoiceError
    from pandemonium.writing.insight import next_words

    def fail(*_: object, **__: object) -> None:
        raise VoiceError("The voice is broken.", "Choose another one.")

    monkeypatch.setattr(next_words, "next_words", fail)
    desk.editor.setPlainText(OPENING)
    desk.actions["nextWordsAction"].trigger()
    qtbot.waitUntil(lambda: "broken" in desk.message_bar.sentence)
    assert not desk.next_words.is_shown


@pytest.mark.parametrize(("chance", "said"), [(0.943, "94%"), (0.0489, "4.9%"), (0.0012, "0.1%"), (0.0996, "10%")])
def test_percent(chance: float, said: str) -> None:
    assert as_percent(chance) == said


def test_a_page_that_is_read_only_has_no_list(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(OPENING, "utf-8")
    desk = make_desk(path)
    desk.editor.setReadOnly(True)
    desk.actions["nextWordsAction"].trigger()
    QApplication.processEvents()
    assert not desk.next_words.is_shown
    desk.editor.setReadOnly(False)


def test_on_a_low_page_the_arrows_lead_to_what_is_below(desk: Desk, qtbot: Any) -> None:
    desk.editor.setFixedHeight(120)
    words = show(desk, qtbot)
    seen = desk.next_words.list
    assert words.count() > 5
    assert seen.geometry().bottom() <= desk.editor.height()
    assert not words.viewport().rect().contains(words.visualItemRect(words.item(words.count() - 1)))
    for _ in range(words.count() - 1):
        press(words, KEY.Key_Down)
    assert words.viewport().rect().contains(words.visualItemRect(words.item(words.count() - 1)))


def test_the_list_stays_while_the_page_is_measured_and_goes_where_it_is_scrolled(desk: Desk, qtbot: Any) -> None:
    rest = "\n".join("The lamp burned low, and nobody spoke. " * (1 + number % 9) for number in range(900))
    desk.editor.setPlainText(f"{rest}\n{OPENING}")
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    moved: list[int] = []
    desk.editor.verticalScrollBar().valueChanged.connect(moved.append)
    desk.actions["nextWordsAction"].trigger()
    qtbot.waitUntil(lambda: desk.editor.page.is_measured)
    assert moved
    qtbot.waitUntil(lambda: desk.next_words.is_shown)
    bar = desk.editor.verticalScrollBar()
    bar.setValue(bar.value() - 40)
    assert not desk.next_words.is_shown
