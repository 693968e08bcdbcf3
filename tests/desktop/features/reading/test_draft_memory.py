"""What the voice has from the draft: shown on hover, gone to and back, found again however the passage came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.generation import recalled_words
from pandemonium.desktop.features.generation.recalled_words import RecalledWords
from pandemonium.desktop.features.reading.draft_memory import DraftMemory
from pandemonium.documents.model.passage import Passage
from pandemonium.writing.reading.origins import Origin
from pandemonium.writing.request import Chunk

DRAFT = "Nobody asked for the locket <b>of</b> Eliza. It lay on the sill.\nThe night came, and"
WRITTEN = " he took the locket away."


def origin(written: str = WRITTEN, word: str = "locket") -> Origin:
    start = written.index(word)
    quote = DRAFT.split("\n")[0]
    return Origin(start, start + len(word), DRAFT.index(word), quote, quote.index(word), len(word))


def place_of(desk: Desk, word: str) -> int:
    return desk.editor.toPlainText().rindex(word) + 2


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A page on which a voice wrote a word that it has from the draft."""
    desk.editor.setPlainText(DRAFT)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.feature(DraftMemory).words.add(Chunk(7, 0, WRITTEN, (origin(),)))
    desk.generation.insert_suggestion(WRITTEN)
    return desk


def set_cursor(desk: Desk, position: int) -> None:
    cursor = desk.editor.textCursor()
    cursor.setPosition(position)
    desk.editor.setTextCursor(cursor)


def hover(desk: Desk, position: int) -> None:
    cursor = desk.editor.textCursor()
    cursor.setPosition(position)
    point = desk.editor.cursorRect(cursor).center()
    viewport = desk.editor.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point)))


def test_hover_says_from_where_as_plain_text(written: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    # Offscreen, Qt has no windows that could lie above others.
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, *_: said.append(text))
    hover(written, place_of(written, "took"))
    assert said == []
    hover(written, place_of(written, "locket"))
    [text] = said
    assert "&lt;b&gt;of&lt;/b&gt;" in text
    assert "from your page" in text
    hidden: list[bool] = []
    monkeypatch.setattr(QToolTip, "hideText", lambda: hidden.append(True))
    hover(written, place_of(written, "took"))
    assert hidden  # what is said of one word is not read as another's
    feature = written.feature(DraftMemory)
    assert feature.recalled(place_of(written, "took")) is None
    assert feature.recalled(written.editor.toPlainText().index("locket") + 2) is None  # the writer's own


def test_the_command_goes_there_and_back(written: Desk, qtbot: Any) -> None:
    position = place_of(written, "locket")
    set_cursor(written, position)
    written.actions["wordOriginAction"].trigger()
    cursor = written.editor.textCursor()
    assert (cursor.selectedText(), cursor.selectionStart()) == ("locket", DRAFT.index("locket"))
    back = next(each for each in written.window.findChildren(QPushButton) if each.text() == "Back")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert written.editor.textCursor().position() == position
    written.actions["wordOriginAction"].trigger()
    written.context.messages.show_sentence("Something else is to be said.")
    written.actions["wayBackAction"].trigger()
    assert written.editor.textCursor().position() == position
    assert written.context.messages.isVisible()
    written.actions["wordOriginAction"].trigger()
    assert "locket" in written.context.messages.sentence
    written.actions["wayBackAction"].trigger()
    assert not written.context.messages.isVisible()  # its Back would lead away


def test_a_click_with_control_goes_there(written: Desk) -> None:
    cursor = written.editor.textCursor()
    cursor.setPosition(place_of(written, "locket"))
    point = written.editor.cursorRect(cursor).center()
    QTest.mouseClick(written.editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, point)
    assert written.editor.textCursor().selectionStart() == DRAFT.index("locket")


def test_elsewhere_nothing_is_said_and_nobody_is_sent_away(written: Desk) -> None:
    set_cursor(written, 3)
    written.actions["wordOriginAction"].trigger()
    assert written.editor.textCursor().position() == 3
    assert "Nothing says" in written.context.messages.sentence


def test_it_is_known_again_after_undo_and_edits_around_it(written: Desk) -> None:
    feature = written.feature(DraftMemory)
    text = written.editor.toPlainText()
    written.editor.undo()
    assert written.editor.toPlainText() == DRAFT
    written.editor.redo()
    assert written.editor.toPlainText() == text
    assert feature.recalled(place_of(written, "locket")) is not None
    set_cursor(written, 0)
    written.editor.insertPlainText("Chapter One\n")
    assert feature.recalled(place_of(written, "locket")) is not None
    set_cursor(written, place_of(written, "locket"))
    written.actions["wordOriginAction"].trigger()
    assert written.editor.textCursor().selectionStart() == written.editor.toPlainText().index("locket")


def test_where_the_source_is_gone_it_says_so(written: Desk) -> None:
    text = written.editor.model.text
    written.editor.model.replace_many([(0, text.text.index("\n"), "Gone.")])
    position = place_of(written, "locket")
    set_cursor(written, position)
    written.actions["wordOriginAction"].trigger()
    assert written.editor.textCursor().position() == position
    assert "do not stand there any more" in written.context.messages.sentence


def test_what_comes_in_chunks_is_one_text() -> None:
    words = RecalledWords()
    assert not words
    words.add(Chunk(1, 0, " he took the"))
    words.add(Chunk(1, 0, " locket away.", (origin(),)))
    assert words.find("The night came, and he took the ", "locket") is not None
    assert words.find("The night came, and he took the ", "lockets") is None
    assert words.find("Something else before the ", "locket") is None
    for number in range(2, recalled_words._MOST + 2):
        words.add(Chunk(number, 0, "x"))
    assert words.find("The night came, and he took the ", "locket") is None


def test_where_it_comes_from_is_seen_with_what_stands_around_it(written: Desk) -> None:
    editor = written.editor
    page = "\n".join(f"Line {number}." for number in range(200))
    editor.model.replace(0, 0, Passage(f"{page}\n"), "paste")
    editor.model.replace(len(f"{page}\n{DRAFT}"), len(f"{page}\n{DRAFT}"), Passage(f"\n{page}"), "paste")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    end = editor.verticalScrollBar().value()
    set_cursor(written, place_of(written, "locket"))
    editor.verticalScrollBar().setValue(end)
    written.feature(DraftMemory).go()
    assert editor.textCursor().selectedText() == "locket"
    top = editor.cursorRect().top()
    assert editor.viewport().height() // 4 < top < editor.viewport().height() // 2


@pytest.mark.long
def test_tomorrow_it_is_known_as_well(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any, save_to: Callable[[Desk, Path], None]
) -> None:
    file = tmp_path / "tale.txt"
    today = make_desk()
    today.editor.setPlainText(DRAFT)
    today.editor.moveCursor(today.editor.textCursor().MoveOperation.End)
    today.feature(DraftMemory).words.add(Chunk(7, 0, WRITTEN, (origin(),)))
    today.generation.insert_suggestion(WRITTEN)
    save_to(today, file)
    today.window.close()

    tomorrow = make_desk(file)
    feature = tomorrow.feature(DraftMemory)
    qtbot.waitUntil(lambda: bool(feature.words))
    recalled = feature.recalled(place_of(tomorrow, "locket"))
    assert recalled is not None
    assert recalled.quote == DRAFT.split("\n")[0]
    assert feature.recalled(place_of(tomorrow, "took")) is None
    # Her own words, and a passage that was changed right before the word, say nothing.
    position = tomorrow.editor.toPlainText().rindex("took")
    tomorrow.editor.model.replace_many([(position, position + 4, "left")])
    assert feature.recalled(place_of(tomorrow, "locket")) is None
