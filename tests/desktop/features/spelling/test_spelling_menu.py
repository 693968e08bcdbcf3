"""The menus of spelling: what was meant, the languages, and own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.spelling.spelling_menu import language_name
from pandemonium.documents.model.passage import Passage


@pytest.fixture
def open_desk(qtbot: Any, desk: Desk) -> Desk:
    desk.editor.load("I beleive the lamp was lit.")
    qtbot.waitUntil(lambda: len(desk.spelling.marked) == 1, timeout=10_000)
    return desk


def menu_at(desk: Desk, position: int) -> list[QAction]:
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(position)
    at: QPoint = desk.editor.viewport().mapToGlobal(desk.editor.cursorRect(cursor).center())
    menu = QMenu(desk.window)
    menu.addAction("Cut")
    desk.spelling_menu.extend_page_menu(menu, at)
    return menu.actions()


def named(actions: list[QAction], name: str) -> list[QAction]:
    return [each for each in actions if each.objectName() == name]


def test_a_suggestion_is_one_step_and_the_writers(qtbot: Any, open_desk: Desk) -> None:
    model = open_desk.editor.model
    model.replace_many([(0, len(model.text), Passage.by("small", "I beleive it."))], "paste")
    qtbot.waitUntil(lambda: [each[0] for each in open_desk.spelling.marked] == [2])
    actions = menu_at(open_desk, 4)
    assert actions[0].text() == "believe"
    assert actions[-1].text() == "Cut"
    actions[0].trigger()
    assert model.whole_text() == "I believe it."
    assert not any(mark.start < 9 and mark.end > 2 for mark in model.text.paragraphs[0].marks)
    qtbot.waitUntil(lambda: not open_desk.spelling.marked)
    open_desk.editor.undo()
    assert model.whole_text() == "I beleive it."


def test_a_word_that_is_right_has_no_suggestions(open_desk: Desk) -> None:
    assert [each.text() for each in menu_at(open_desk, 17)] == ["Cut"]


@pytest.mark.long
def test_ignore_and_add(qtbot: Any, open_desk: Desk, pandemonium_home: Path) -> None:
    named(menu_at(open_desk, 4), "ignoreWordAction")[0].trigger()
    assert not open_desk.spelling.marked
    open_desk.editor.load("beleive")
    qtbot.waitUntil(lambda: len(open_desk.spelling.marked) == 1)
    named(menu_at(open_desk, 4), "addWordAction")[0].trigger()
    qtbot.waitUntil(lambda: not open_desk.spelling.marked)
    assert (pandemonium_home / "data" / "own-words.txt").read_text("utf-8") == "beleive\n"


def test_languages_can_be_chosen(qtbot: Any, open_desk: Desk, pandemonium_home: Path) -> None:
    menu = open_desk.window.findChild(QMenu, "spellingMenu")
    menu.aboutToShow.emit()
    open_desk.window.findChild(QAction, "spellingLanguage-en_GB").trigger()
    assert open_desk.store.values.editor.spelling_language == "en_GB"
    folder = pandemonium_home / "data" / "dictionaries"
    folder.mkdir()
    (folder / "de_DE.aff").write_text("SET UTF-8\n", "utf-8")
    (folder / "de_DE.dic").write_text("1\nMeer\n", "utf-8")
    menu.aboutToShow.emit()
    german = open_desk.window.findChild(QAction, "spellingLanguage-de_DE")
    assert german.text().replace("&", "") == "Deutsch (Deutschland)"
    british = open_desk.window.findChild(QAction, "spellingLanguage-en_GB")
    assert british.isChecked()
    assert not german.isChecked()


@pytest.mark.parametrize(
    ("code", "name"), [("en_US", "American English"), ("en_GB", "British English"), ("qq_QQ", "qq_QQ")]
)
def test_names_of_languages(code: str, name: str) -> None:
    assert language_name(code) == name


def test_own_words_are_edited_in_their_window(qtbot: Any, open_desk: Desk, pandemonium_home: Path) -> None:
    open_desk.actions["ownWordsAction"].trigger()
    window = open_desk.own_words
    assert window.isVisible()
    assert not window.isModal()
    open_desk.spelling.add_to_own("Ammi")
    field = window.findChild(QPlainTextEdit, "ownWordsField")
    assert field.toPlainText() == "Ammi"
    field.appendPlainText(" beleive ")
    window.save_button.click()
    assert not window.isVisible()
    assert (pandemonium_home / "data" / "own-words.txt").read_text("utf-8") == "Ammi\nbeleive\n"
    qtbot.waitUntil(lambda: not open_desk.spelling.marked)


def test_words_that_cannot_be_read_cannot_be_overwritten(open_desk: Desk, pandemonium_home: Path) -> None:
    path = pandemonium_home / "data" / "own-words.txt"
    path.write_bytes(b"Z\xf6e\n")
    open_desk.actions["ownWordsAction"].trigger()
    assert "UTF-8" in open_desk.own_words.message.text()
    assert not open_desk.own_words.save_button.isEnabled()
    open_desk.spelling.add_to_own("Ammi")
    assert path.read_bytes() == b"Z\xf6e\n"
    assert "UTF-8" in open_desk.message_bar.sentence
