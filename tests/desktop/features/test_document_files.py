"""Open, save and new in a whole window, with its real dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QPushButton

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.shell.file_kinds import open_kinds, save_kinds, suffix_of
from pandemonium.documents import formats
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import CharFormat, ParagraphStyle, Passage, Span


@pytest.fixture
def answer(qtbot: Any) -> Callable[[Desk, str], None]:
    """Answers "Save the changes?" by the button of that name."""

    def press(desk: Desk, text: str) -> None:
        def shown() -> bool:
            return desk.window.findChild(QMessageBox, "saveChangesBox") is not None

        qtbot.waitUntil(shown)
        box = desk.window.findChild(QMessageBox, "saveChangesBox")
        button = next(each for each in box.buttons() if each.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not shown())

    return press


@pytest.fixture
def choose(qtbot: Any) -> Callable[[Desk, str, Path | None], None]:
    """Chooses a file in the dialog of that name, or none."""

    def press(desk: Desk, name: str, path: Path | None) -> None:
        qtbot.waitUntil(lambda: desk.window.findChild(QFileDialog, name) is not None)
        dialog = desk.window.findChild(QFileDialog, name)
        if path is None:
            dialog.reject()
        else:
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            field.setText(str(path))
            button = next(each for each in dialog.findChildren(QPushButton) if each.isDefault() or "&S" in each.text())
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: desk.window.findChild(QFileDialog, name) is None)

    return press


def test_opens_the_document_that_it_is_started_with(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    path = tmp_path / "chapter.md"
    path.write_bytes(b"# One\r\n\r\nText.\r\n")
    desk = make_desk(path)
    assert desk.editor.toPlainText() == "# One\n\nText.\n"
    assert "chapter.md" in desk.window.windowTitle()
    desk.editor.after_paint.catch_up()
    assert not desk.window.isWindowModified()


@pytest.mark.parametrize("content", [None, bytes(range(256)) * 8])
def test_a_lost_or_broken_file_is_a_sentence(
    make_desk: Callable[..., Desk], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "gone.txt"
    if content is not None:
        path.write_bytes(content)
    desk = make_desk(path)
    assert desk.message_bar.isVisible()
    assert "gone.txt" in desk.message_bar.sentence
    assert desk.editor.toPlainText() == ""
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert not desk.message_bar.isVisible()


def test_saves_what_was_typed_and_continues_the_file(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "chapter.txt"
    path.write_bytes("caf\xe9\r\n".encode("cp1252"))
    desk = make_desk(path)
    QTest.keyClicks(desk.editor, "The ")
    desk.editor.after_paint.catch_up()
    assert desk.window.isWindowModified()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.window.isWindowModified())
    assert path.read_bytes() == "The caf\xe9\r\n".encode("cp1252")
    QTest.keyClicks(desk.editor, "x")
    desk.editor.after_paint.catch_up()
    assert desk.window.isWindowModified()
    desk.editor.undo()
    desk.editor.after_paint.catch_up()
    assert not desk.window.isWindowModified()


def test_a_new_document_asks_for_its_name(
    desk: Desk, tmp_path: Path, choose: Callable[[Desk, str, Path | None], None], qtbot: Any
) -> None:
    QTest.keyClicks(desk.editor, "Ia! Ia!")
    desk.actions["saveAction"].trigger()
    choose(desk, "saveDialog", tmp_path / "chant.txt")
    qtbot.waitUntil(lambda: desk.files.is_safe)
    assert (tmp_path / "chant.txt").read_text("utf-8") == "Ia! Ia!"
    assert "chant.txt" in desk.window.windowTitle()
    assert desk.store.values.files.folder == str(tmp_path)


def test_opening_asks_for_a_file(desk: Desk, tmp_path: Path, choose: Callable[[Desk, str, Path | None], None]) -> None:
    (tmp_path / "a.txt").write_text("Opened.", "utf-8")
    desk.actions["openAction"].trigger()
    choose(desk, "openDialog", tmp_path / "a.txt")
    assert desk.editor.toPlainText() == "Opened."
    desk.actions["openAction"].trigger()
    choose(desk, "openDialog", None)
    assert desk.editor.toPlainText() == "Opened."


def test_new_asks_what_becomes_of_the_changes(desk: Desk, answer: Callable[[Desk, str], None]) -> None:
    QTest.keyClicks(desk.editor, "Unsaved.")
    desk.actions["newAction"].trigger()
    answer(desk, "Cancel")
    assert desk.editor.toPlainText() == "Unsaved."
    desk.actions["newAction"].trigger()
    answer(desk, "Don't save")
    assert desk.editor.toPlainText() == ""


def test_closing_asks_once_and_saves(
    make_desk: Callable[..., Desk], tmp_path: Path, answer: Callable[[Desk, str], None], qtbot: Any
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    desk = make_desk(path)
    QTest.keyClicks(desk.editor, "new ")
    assert not desk.window.close()
    assert not desk.window.close()
    answer(desk, "Cancel")
    assert desk.window.isVisible()
    assert not desk.window.close()
    answer(desk, "Save")
    qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert path.read_text("utf-8") == "new old"


def test_a_file_that_cannot_be_saved_is_a_sentence_and_the_text_stays(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("old", "utf-8")
    desk = make_desk(folder / "a.txt")
    QTest.keyClicks(desk.editor, "new ")
    (folder / "a.txt").unlink()
    folder.rmdir()
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(desk.message_bar.isVisible)
    assert "the folder is gone" in desk.message_bar.sentence
    assert desk.editor.toPlainText() == "new old"
    desk.editor.after_paint.catch_up()
    assert desk.window.isWindowModified()


def test_a_dropped_document_is_opened(desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "dropped.txt").write_text("Dropped.", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.txt"))])
    action = Qt.DropAction.CopyAction
    button = Qt.MouseButton.LeftButton
    modifier = Qt.KeyboardModifier.NoModifier
    desk.window.dropEvent(QDropEvent(QPoint(9, 9), action, data, button, modifier))
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == "Dropped.")
    assert not desk.editor.canInsertFromMimeData(data)


@pytest.mark.parametrize(("name", "proposed"), [("a.docm", "a.docx"), ("a.doc", "a.docx"), ("a.ott", "a.odt")])
def test_what_is_only_read_is_saved_as_what_it_is(desk: Desk, tmp_path: Path, name: str, proposed: str) -> None:
    formats.write_document(Manuscript(Passage("The sea")), tmp_path / proposed)
    (tmp_path / proposed).rename(tmp_path / name)
    desk.files.load(tmp_path / name)
    assert desk.editor.toPlainText() == "The sea"
    assert desk.files._proposed_name() == proposed


def test_what_a_format_would_lose_is_asked_about(
    desk: Desk, tmp_path: Path, choose: Callable[[Desk, str, Path | None], None], qtbot: Any
) -> None:
    desk.editor.load_manuscript(Manuscript(Passage("The sea", (), (Span(4, 7, CharFormat.BOLD),))))
    QTest.keyClicks(desk.editor, "x")
    assert desk.files._proposed_name() == "xThe sea.docx"
    for words in ("Cancel", "Save without it"):
        desk.actions["saveAction"].trigger()
        choose(desk, "saveDialog", tmp_path / "a.txt")
        qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "lossBox") is not None)
        box = desk.window.findChild(QMessageBox, "lossBox")
        QTest.mouseClick(next(each for each in box.buttons() if each.text() == words), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "lossBox") is None)
        if words == "Save without it":
            qtbot.waitUntil(lambda: desk.files.is_safe)
        assert (tmp_path / "a.txt").exists() == (words == "Save without it")
    assert (tmp_path / "a.txt").read_text() == "xThe sea"
    assert not desk.files.is_modified


def test_the_whole_document_is_given_with_what_belongs_to_it(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("The sea\r\n".encode("utf-16"))
    desk = make_desk(path)
    QTest.keyClicks(desk.editor, "Of ")
    current = desk.files.current()
    assert (current.text, current.path, current.plain.newline) == ("Of The sea\n", path, "\r\n")


def test_every_saving_keeps_what_was_in_the_file(make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    desk = make_desk(path)
    QTest.keyClicks(desk.editor, "new ")
    desk.actions["saveAction"].trigger()
    versions = desk.files.vault.versions
    qtbot.waitUntil(lambda: len(versions.list(path)) == 2)
    assert [versions.read(each).text for each in versions.list(path)] == ["new old", "old"]
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.txt"]


def test_a_full_place_for_versions_stops_no_saving(make_desk: Callable[..., Desk], tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    desk = make_desk(path)
    (tmp_path / "pandemonium-home" / "data" / "versions").write_text("no folder")
    QTest.keyClicks(desk.editor, "new ")
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert path.read_text("utf-8") == "new old"
    assert "earlier version of a.txt could not be kept" in desk.message_bar.sentence


def test_the_dialogs_offer_what_the_formats_can() -> None:
    opened = open_kinds()[0]
    assert all(f"*{suffix}" in opened for suffix in formats.SUFFIXES)
    kinds, chosen = save_kinds(".md")
    assert "*.md" in chosen
    assert chosen in kinds
    assert suffix_of(chosen) == "md"
    assert suffix_of(kinds[-1]) == ""


@pytest.mark.parametrize("format", ["txt", "md"])
def test_a_source_is_not_set_as_its_first_paragraph_was(desk: Desk, format: str) -> None:
    heading = ParagraphStyle("heading", 1)
    before = Passage("Title\nText.", styles=(heading, ParagraphStyle()))
    desk.editor.load_manuscript(Manuscript(before, "docx"))
    desk.editor.become(Passage("# Title\n\nText."), format, {})
    assert not any(each.styles for each in desk.editor.model.text.paragraphs)
    desk.editor.become(Passage("# Title\n\nText."), format, {})
    desk.editor.undo()
    assert desk.editor.model.content() == before


def test_words_that_are_still_counted_are_said_to_be(desk: Desk) -> None:
    words = desk.words
    words.counts.begin(1)
    assert words._format() == "0 words so far"
    assert words.words == 0
    assert words._format() == "0 words"
