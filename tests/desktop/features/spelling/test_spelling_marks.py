"""Misspelt words are marked in view, not while they are typed, and never as a part of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk

TEXT = "I beleive the lamp was lit.\nTeh sea was dark, and Zkxauba sang."


@pytest.fixture
def open_desk(qtbot: Any, desk: Desk) -> Desk:
    desk.editor.load(TEXT)
    qtbot.waitUntil(lambda: marked(desk) == ["beleive", "Teh", "Zkxauba"], timeout=10_000)
    return desk


def marked(desk: Desk) -> list[str]:
    return [desk.editor.model.text_between(*place) for place in desk.spelling.marked]


def place(desk: Desk, position: int) -> None:
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(position)
    desk.editor.setTextCursor(cursor)


def test_marks_are_dotted_lines_outside_the_document(open_desk: Desk) -> None:
    first = open_desk.editor.extraSelections()[0]
    assert first.cursor.selectedText() == "beleive"
    assert first.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    assert first.format.underlineColor().name() == open_desk.theme.colours.misspelt
    assert not open_desk.editor.model.history.can_undo


def test_f7_clears_the_marks_and_brings_them_back(qtbot: Any, open_desk: Desk) -> None:
    QTest.keyClick(open_desk.editor, Qt.Key.Key_F7)
    assert open_desk.store.values.editor.spelling is False
    assert open_desk.editor.extraSelections() == []
    QTest.keyClick(open_desk.editor, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: len(marked(open_desk)) == 3)


def test_the_word_that_is_typed_is_marked_when_it_is_left(qtbot: Any, open_desk: Desk) -> None:
    place(open_desk, len(TEXT))
    QTest.keyClicks(open_desk.editor, " Wehn")
    qtbot.wait(150)
    assert "Wehn" not in marked(open_desk)
    QTest.keyClick(open_desk.editor, Qt.Key.Key_Left)
    qtbot.wait(80)
    assert "Wehn" not in marked(open_desk)
    QTest.keyClick(open_desk.editor, Qt.Key.Key_Right)
    QTest.keyClicks(open_desk.editor, " ")
    qtbot.waitUntil(lambda: marked(open_desk)[-1] == "Wehn")


def test_a_word_that_is_left_by_the_mouse_is_marked(qtbot: Any, open_desk: Desk) -> None:
    place(open_desk, len(TEXT))
    QTest.keyClicks(open_desk.editor, " Wehn")
    qtbot.wait(100)
    place(open_desk, 0)
    qtbot.waitUntil(lambda: marked(open_desk)[-1] == "Wehn")
    place(open_desk, len(TEXT) + 2)
    qtbot.wait(80)
    assert marked(open_desk)[-1] == "Wehn"


def test_marks_move_with_the_text_before_the_answer_comes(open_desk: Desk) -> None:
    place(open_desk, 0)
    QTest.keyClicks(open_desk.editor, "Oh, ")
    assert marked(open_desk) == ["beleive", "Teh", "Zkxauba"]


def test_mended_words_lose_their_mark(qtbot: Any, open_desk: Desk) -> None:
    open_desk.editor.model.replace_many([(2, 9, "believe")], "paste")
    qtbot.waitUntil(lambda: marked(open_desk) == ["Teh", "Zkxauba"])


def test_another_language(qtbot: Any, open_desk: Desk) -> None:
    open_desk.editor.load("The color of the colour.")
    qtbot.waitUntil(lambda: marked(open_desk) == ["colour"])
    open_desk.store.update("editor", spelling_language="en_GB")
    qtbot.waitUntil(lambda: marked(open_desk) == ["color"])


def test_a_language_that_is_gone_is_told_and_american_taken(qtbot: Any, open_desk: Desk) -> None:
    open_desk.store.update("editor", spelling_language="xx_XX")
    qtbot.waitUntil(lambda: "xx_XX" in open_desk.message_bar.sentence)
    qtbot.waitUntil(lambda: len(marked(open_desk)) == 3)


def test_capitals_if_asked(qtbot: Any, open_desk: Desk) -> None:
    open_desk.editor.load("TEH SEA")
    qtbot.wait(100)
    assert marked(open_desk) == []
    open_desk.store.update("editor", spelling_capitals=True)
    qtbot.waitUntil(lambda: marked(open_desk) == ["TEH"])


def test_ignored_words_are_marked_again_in_another_document(qtbot: Any, open_desk: Desk) -> None:
    open_desk.spelling.ignore("Zkxauba")
    assert marked(open_desk) == ["beleive", "Teh"]
    open_desk.editor.load("Zkxauba")
    qtbot.waitUntil(lambda: marked(open_desk) == ["Zkxauba"])


def test_own_words_are_kept_in_a_file_that_may_be_edited(qtbot: Any, open_desk: Desk, pandemonium_home: Path) -> None:
    open_desk.spelling.add_to_own("Zkxauba")
    qtbot.waitUntil(lambda: marked(open_desk) == ["beleive", "Teh"])
    path = pandemonium_home / "data" / "own-words.txt"
    assert path.read_text("utf-8") == "Zkxauba\n"
    path.write_text("Teh\nbeleive\n", "utf-8")
    place(open_desk, len(TEXT))
    QTest.keyClicks(open_desk.editor, " ")
    open_desk.spelling.look_again()
    qtbot.waitUntil(lambda: marked(open_desk) == ["Zkxauba"])


def test_a_dictionary_of_her_own_comes_first(qtbot: Any, open_desk: Desk, pandemonium_home: Path) -> None:
    folder = pandemonium_home / "data" / "dictionaries"
    folder.mkdir()
    (folder / "de_DE.aff").write_text("SET UTF-8\n", "utf-8")
    (folder / "de_DE.dic").write_text("2\nMeer\ndunkel\n", "utf-8")
    open_desk.editor.load("Meer dunkel Mer")
    open_desk.store.update("editor", spelling_language="de_DE")
    qtbot.waitUntil(lambda: marked(open_desk) == ["Mer"])


def test_only_what_is_in_view_is_marked(qtbot: Any, open_desk: Desk) -> None:
    open_desk.editor.load("\n".join(["teh sea"] * 3000))
    qtbot.waitUntil(lambda: len(marked(open_desk)) > 10)
    assert len(marked(open_desk)) < 120
    bar = open_desk.editor.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: open_desk.spelling.marked[-1][1] > len(open_desk.editor.model.text) - 10)


def test_one_paragraph_as_long_as_a_book(qtbot: Any, open_desk: Desk) -> None:
    open_desk.editor.load("teh sea was dark and " * 4000)
    qtbot.waitUntil(lambda: len(marked(open_desk)) > 5)
    assert set(marked(open_desk)) == {"teh"}
    assert len(marked(open_desk)) < 400


def test_what_the_voice_writes_is_looked_up_too(qtbot: Any, open_desk: Desk) -> None:
    place(open_desk, len(TEXT))
    open_desk.generation.continue_()
    qtbot.waitUntil(lambda: not open_desk.generation.writing, timeout=20_000)
    qtbot.waitUntil(lambda: not open_desk.spelling._asked)
    assert marked(open_desk)[:3] == ["beleive", "Teh", "Zkxauba"]


def test_the_cast_is_spelled_as_it_is_called(qtbot: Any, desk: Desk) -> None:
    desk.editor.load("She saw Zkxauba. Zkxauba sang, and she heard Zkxauba\u2019s lamp.\nZkauxba went.")
    qtbot.waitUntil(lambda: marked(desk) == ["Zkxauba", "Zkxauba", "Zkxauba\u2019s", "Zkauxba"], timeout=10_000)
    desk.actions["castAction"].trigger()
    qtbot.waitUntil(lambda: marked(desk) == ["Zkauxba"], timeout=10_000)
    desk.editor.load("She saw Zkxauba.")
    qtbot.waitUntil(lambda: marked(desk) == ["Zkxauba"], timeout=10_000)
