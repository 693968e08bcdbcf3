"""Text behind the cursor, and other words for a sentence: hers come back, and marks tell whose they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMessageBox

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.generation.generation import Generation
from pandemonium.desktop.features.generation.runs import Run
from pandemonium.documents.model.passage import OBJECT
from pandemonium.writing.request import ContinueRequest

Wait = Callable[[Desk], None]
Place = Callable[[Desk, int], None]
SENTENCE = "I heard a sound from the cellar of the house."
TEXT = f"The old house stood upon the hill. {SENTENCE} The sea was dark.\nIt was over."
AT = TEXT.index(SENTENCE)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ContinueRequest]:
    """What is asked of the voice."""
    requests: list[ContinueRequest] = []
    begin = Generation._begin

    def listen(generation: Generation, run: Run) -> None:
        requests.append(run.request)
        begin(generation, run)

    monkeypatch.setattr(Generation, "_begin", listen)
    return requests


def reword(desk: Desk, finish: Wait, place_cursor: Place, at: int = AT + 5) -> None:
    desk.editor.load(TEXT)
    place_cursor(desk, at)
    desk.actions["rewriteAction"].trigger()
    finish(desk)


def by_voice(desk: Desk) -> int:
    return int(desk.editor.model.text.characters_by_voice().get("small", 0))


def test_the_switch_is_heard(desk: Desk) -> None:
    assert desk.actions["joinAction"].isChecked()
    desk.actions["joinAction"].trigger()
    assert not desk.store.values.writing.join


def test_continue_ends_in_what_follows(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    desk.editor.load("The house goes on.")
    place_cursor(desk, len("The house "))
    desk.generation.continue_()
    finish(desk)
    text = desk.editor.toPlainText()
    assert text.startswith("The house ")
    assert text.endswith(" goes on.")
    assert "  " not in text


def test_in_the_midst_of_a_word_it_goes_on_behind_it(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    desk.editor.load("The house goes on.")
    place_cursor(desk, len("The ho"))
    desk.generation.continue_()
    finish(desk)
    text = desk.editor.toPlainText()
    assert text.startswith("The house")
    assert len(text) > len("The house goes on.")
    assert text.endswith(" goes on.")
    desk.editor.model.undo()
    assert desk.editor.toPlainText() == "The house goes on."


def test_wordings_are_shown_and_the_text_stays_until_one_is_taken(
    desk: Desk, finish: Wait, place_cursor: Place, asked: list[ContinueRequest]
) -> None:
    reword(desk, finish, place_cursor)
    assert desk.editor.toPlainText() == TEXT
    assert asked[-1].original == SENTENCE
    assert asked[-1].before == TEXT[:AT]
    assert asked[-1].after == TEXT[AT + len(SENTENCE) :]
    assert desk.generation.attempts
    assert desk.generation.current == -1
    desk.generation.take(0)
    taken = desk.generation.attempts[0].text
    assert desk.editor.toPlainText() == TEXT.replace(SENTENCE, taken)
    assert by_voice(desk) == len(taken)
    desk.editor.model.undo()
    assert desk.editor.toPlainText() == TEXT
    assert by_voice(desk) == 0
    desk.editor.model.redo()
    assert desk.editor.toPlainText() == TEXT.replace(SENTENCE, taken)


@pytest.mark.long
def test_another_wording_takes_the_place_of_the_first_and_one_undo_gives_hers(
    desk: Desk, finish: Wait, place_cursor: Place
) -> None:
    reword(desk, finish, place_cursor)
    assert len(desk.generation.attempts) > 1
    desk.generation.take(0)
    desk.generation.choose(1)
    assert desk.editor.toPlainText() == TEXT.replace(SENTENCE, desk.generation.attempts[1].text)
    desk.generation.retry()
    finish(desk)
    desk.editor.model.undo()
    assert desk.editor.toPlainText() == TEXT
    assert not desk.editor.model.history.can_undo


def test_a_selection_is_reworded_without_the_white_space_around(
    desk: Desk, finish: Wait, asked: list[ContinueRequest]
) -> None:
    desk.editor.load(TEXT)
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(TEXT.index(" stood"))
    cursor.setPosition(TEXT.index("hill") + 0, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)
    desk.actions["rewriteAction"].trigger()
    finish(desk)
    assert asked[-1].original == "stood upon the"


def test_words_that_a_selection_cuts_in_two_are_reworded_whole(
    desk: Desk, finish: Wait, asked: list[ContinueRequest]
) -> None:
    desk.editor.load(TEXT)
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(TEXT.index("ood upon"))
    cursor.setPosition(TEXT.index("ll. I"), QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)
    desk.actions["rewriteAction"].trigger()
    finish(desk)
    assert asked[-1].original == "stood upon the hill"


def test_what_cannot_be_reworded_gets_a_sentence(desk: Desk, place_cursor: Place, asked: list[ContinueRequest]) -> None:
    desk.actions["rewriteAction"].trigger()
    assert "into a sentence" in desk.message_bar.sentence
    desk.editor.load(TEXT)
    desk.editor.selectAll()
    desk.actions["rewriteAction"].trigger()
    assert "one paragraph" in desk.message_bar.sentence
    desk.editor.load(TEXT.replace("sound", f"so{OBJECT}und"))
    place_cursor(desk, AT + 3)
    desk.actions["rewriteAction"].trigger()
    assert asked == [] or OBJECT not in asked[-1].original


@pytest.mark.long
def test_words_that_she_changed_meanwhile_are_asked_about(
    desk: Desk, finish: Wait, place_cursor: Place, qtbot: Any
) -> None:
    reword(desk, finish, place_cursor)
    place_cursor(desk, AT + 7)
    desk.editor.textCursor().insertText("MINE")
    changed = desk.editor.toPlainText()
    desk.generation.take(0)
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(QMessageBox)))
    box = desk.window.findChildren(QMessageBox)[-1]
    next(each for each in box.buttons() if each.text() == "Keep them").click()
    qtbot.wait(50)
    assert desk.editor.toPlainText() == changed


@pytest.mark.long
def test_wordings_are_not_kept_as_ways_on(desk: Desk, finish: Wait, place_cursor: Place) -> None:
    reword(desk, finish, place_cursor)
    assert desk.generation.attempts
    assert not desk.choices.keeper.kept.places


def test_the_page_offers_it(desk: Desk) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QMenu

    menu = QMenu()
    for feature in desk.context.features.values():
        feature.extend_page_menu(menu, QPoint(0, 0))
    assert desk.actions["rewriteAction"] in menu.actions()
