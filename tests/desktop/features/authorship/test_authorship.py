"""The share in the status bar, the window, and what can be done with the passages of voices, in a whole window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMenu, QMessageBox, QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.goals.written_words import WrittenWords
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, Mark, Passage, Span, join
from pandemonium.documents.sidecar import sidecar_of

SaveTo = Callable[[Desk, Path], None]

CONTENT = join(
    [
        Passage("Her own.") + Passage.by("lovecraft", " His own."),
        Passage.by("lovecraft", "His next."),
        Passage("Hers again. ") + Passage.by("anna", "Hm."),
    ]
)


@pytest.fixture
def page(desk: Desk) -> Desk:
    desk.files._show(Manuscript(CONTENT), None, "House")
    return desk


def select(desk: Desk, start: int, end: int) -> None:
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)


def selected(desk: Desk) -> str:
    return desk.editor.textCursor().selectedText().replace("\u2029", "\n")


def line(desk: Desk) -> str:
    label: QLabel = desk.window.findChild(QLabel, "statusLine")
    return label.text()


def underlined(desk: Desk, block: int) -> int:
    single = QTextCharFormat.UnderlineStyle.SingleUnderline
    formats = desk.editor.document().findBlockByNumber(block).layout().formats()
    return sum(each.length for each in formats if each.format.underlineStyle() == single)


def test_the_foot_says_the_share_only_where_there_is_one(page: Desk, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: "51 % from voices" in line(page))
    page.authorship.acts.clear()
    qtbot.waitUntil(lambda: "voices" not in line(page))
    page.editor.undo()
    qtbot.waitUntil(lambda: "51 % from voices" in line(page))


def test_keys_go_from_passage_to_passage_and_around(page: Desk) -> None:
    found = []
    for _ in range(3):
        QTest.keyClick(page.editor, Qt.Key.Key_F6)
        found.append(selected(page))
    assert found == [" His own.\nHis next.", "Hm.", " His own.\nHis next."]
    QTest.keyClick(page.editor, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert selected(page) == "Hm."


def test_a_voice_chosen_in_the_window_is_gone_through(page: Desk) -> None:
    page.actions["authorsAction"].trigger()
    window = page.authorship.window
    assert window is not None
    texts = [window.list.item(row).text() for row in range(window.list.count())]
    assert [text.split("\n")[0] for text in texts] == ["All voices", "Lovecraft", "Anna"]
    assert texts[1].endswith("18 characters, 1 passage")
    window.list.setCurrentRow(2)
    for _ in range(2):
        page.actions["nextVoicedAction"].trigger()
        assert selected(page) == "Hm."
    for button in window.findChildren(QPushButton):
        assert button.accessibleName()


def test_these_words_are_mine_is_one_step_and_keeps_looks(desk: Desk) -> None:
    content = Passage("one two three", (Mark(0, 13, "v"),), (Span(4, 7, CharFormat.BOLD),))
    desk.files._show(Manuscript(content), None, "")
    assert underlined(desk, 0) == 13
    select(desk, 2, 9)
    desk.actions["makeMineAction"].trigger()
    now = desk.editor.model.content()
    assert now.marks == (Mark(0, 2, "v"), Mark(9, 13, "v"))
    assert now.spans == content.spans
    assert underlined(desk, 0) == 6
    desk.editor.after_paint.catch_up()
    assert desk.window.isWindowModified()
    desk.editor.undo()
    assert desk.editor.model.content() == content
    assert underlined(desk, 0) == 13
    desk.editor.redo()
    assert underlined(desk, 0) == 6


def test_taking_words_is_not_writing_them(page: Desk) -> None:
    written = WrittenWords(page.editor)
    counted: list[int] = []
    written.counted.connect(counted.append)
    select(page, 0, 8)
    page.editor.cut()  # what is taken out may come back as hers
    page.editor.after_paint.catch_up()
    before = list(counted)
    page.editor.selectAll()
    page.actions["makeMineAction"].trigger()
    assert page.editor.model.text.characters_by_voice() == {}
    assert counted == before != []


def test_what_is_hers_already_is_a_sentence(page: Desk) -> None:
    select(page, 0, 4)
    page.actions["makeMineAction"].trigger()
    assert page.message_bar.isVisible()
    assert not page.editor.model.history.can_undo


def test_the_page_menu_offers_it_for_a_voices_words_alone(page: Desk) -> None:
    def offered() -> bool:
        menu = QMenu()
        page.authorship.extend_page_menu(menu, QPoint())
        return bool(menu.actions())

    select(page, 0, 4)
    assert not offered()
    select(page, 4, 12)
    assert offered()


@pytest.mark.parametrize(("words", "left"), [("Remove them", 0), ("Keep them", 21)])
def test_clearing_asks(page: Desk, qtbot: Any, words: str, left: int) -> None:
    page.actions["authorsAction"].trigger()
    assert page.authorship.window is not None
    page.authorship.window.clear_button.click()
    qtbot.waitUntil(lambda: page.window.findChild(QMessageBox, "clearMarksBox") is not None)
    box = page.window.findChild(QMessageBox, "clearMarksBox")
    QTest.mouseClick(next(each for each in box.buttons() if each.text() == words), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.window.findChild(QMessageBox, "clearMarksBox") is None)
    assert page.authorship.acts.shares.of_voices == left
    assert page.editor.toPlainText() == CONTENT.text


def test_a_statement_is_written_where_she_says(page: Desk, qtbot: Any, tmp_path: Path) -> None:
    page.actions["authorsAction"].trigger()
    assert page.authorship.window is not None
    page.authorship.window.statement_button.click()
    qtbot.waitUntil(lambda: page.window.findChild(QFileDialog, "targetDialog") is not None)
    dialog = page.window.findChild(QFileDialog, "targetDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "s.md"))
    button = next(each for each in dialog.findChildren(QPushButton) if each.isDefault() or "&S" in each.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (tmp_path / "s.md").exists() and page.message_bar.isVisible())
    text = (tmp_path / "s.md").read_text("utf-8")
    assert text.startswith("# Who wrote what in \u201cHouse\u201d")
    assert "> Hm." in text


@pytest.mark.long
def test_a_retry_stands_where_it_stood_after_its_words_were_taken(
    desk: Desk, finish: Callable[[Desk], None], qtbot: Any
) -> None:
    desk.editor.load("Before.\nBehind.")
    select(desk, 7, 7)
    desk.generation.continue_()
    finish(desk)
    desk.authorship.acts.clear()

    async def replace() -> bool:
        return True

    desk.generation.may_replace = replace
    desk.generation.retry()
    qtbot.waitUntil(lambda: desk.generation.writing or len(desk.generation.attempts) > 1)
    finish(desk)
    text = desk.editor.toPlainText()
    assert text.startswith("Before.")
    assert text.endswith("\nBehind.")
    assert desk.authorship.acts.shares.of_voices > 0


@pytest.mark.long
@pytest.mark.parametrize("first", ["txt", "md", "docx", "odt"])
@pytest.mark.parametrize("second", ["txt", "md", "docx", "odt"])
def test_saved_in_one_kind_and_then_in_another_they_come_back(
    desk: Desk, tmp_path: Path, first: str, second: str, save_to: SaveTo
) -> None:
    text = "Hers, the sea. Theirs \U0001f56f, the sea.\n\nTheirs too.\n\nHers."
    content = Passage(text, (Mark(15, 33, "lovecraft"), Mark(35, 46, "anna")))
    desk.files._show(Manuscript(content, "txt"), None, "")
    for kind in (first, second):
        save_to(desk, tmp_path / f"a.{kind}")
        page = desk.editor.model.content()
        desk.files.load(tmp_path / f"a.{kind}")
        read = desk.editor.model.content()
        assert (read.text, read.marks) == (page.text, page.marks)
        said = [(read.text[mark.start : mark.end].strip(), mark.voice) for mark in read.marks]
        assert said == [("Theirs \U0001f56f, the sea.", "lovecraft"), ("Theirs too.", "anna")]


def test_a_place_beside_the_file_that_cannot_be_written_is_a_sentence(
    desk: Desk, tmp_path: Path, save_to: SaveTo
) -> None:
    path = tmp_path / "a.txt"
    sidecar_of(path).mkdir()
    desk.files._show(Manuscript(Passage.by("v", "said"), "txt"), None, "")
    save_to(desk, path)
    assert path.read_text("utf-8") == "said"
    assert "a.txt.authors" in desk.message_bar.sentence
    desk.editor.after_paint.catch_up()
    assert not desk.window.isWindowModified()
    assert desk.authorship.acts.shares.of_voices == 4
