"""What an earlier window could not save comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import CharFormat, Mark, ParagraphStyle, Passage, Span

MakeDesk = Callable[..., Desk]
Press = Callable[[Desk, str], None]
Lose = Callable[..., Any]


def test_a_document_that_was_never_saved(
    make_desk: MakeDesk, lose: Lose, press: Press, qtbot: Any, slots: Callable[[], list[Path]]
) -> None:
    lost = Passage(
        "One\nThe sea was dark.",
        (Mark(4, 11, "lovecraft"),),
        (Span(15, 19, CharFormat.BOLD),),
        (ParagraphStyle("heading", 1), ParagraphStyle()),
    )
    lose(lost)
    desk = make_desk()
    qtbot.waitUntil(desk.offers.isVisible)
    assert "ended without saving 'Untitled' (5 words, " in desk.offers.sentence
    assert desk.editor.toPlainText() == ""
    assert desk.window.isEnabled()
    press(desk, "Restore")
    qtbot.waitUntil(lambda: desk.editor.toPlainText() != "")
    content = desk.files.current().content
    assert (content.text, content.marks, content.spans) == (lost.text, lost.marks, lost.spans)
    assert content.styles == lost.styles
    assert desk.files.is_modified
    desk.editor.after_paint.catch_up()
    assert desk.window.isWindowModified()
    assert not desk.offers.isVisible()
    assert len(slots()) == 1  # it is safe as long as it is not saved


def test_the_cursor_stands_where_she_wrote_last(
    make_desk: MakeDesk, lose: Lose, press: Press, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "Dagon.txt"
    path.write_text("The sea was dark.")
    text = "\n".join(["The sea was dark."] * 400)
    lose(text, path, place=5000)
    desk = make_desk()
    press(desk, "Restore")
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == text)
    assert desk.editor.textCursor().position() == 5000
    assert desk.editor.caret_is_visible()


def restore_and_save(desk: Desk, now: Path, press: Press, qtbot: Any) -> None:
    """What was lost is offered under the name that its file has now, and is saved there."""
    qtbot.waitUntil(desk.offers.isVisible)
    assert f"ended without saving '{now.name}'" in desk.offers.sentence
    press(desk, "Restore")
    qtbot.waitUntil(lambda: desk.editor.toPlainText().endswith("He waited."))
    assert desk.files.manuscript.path == now
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert now.read_text().endswith("He waited.")


def test_a_document_that_was_renamed_since_is_called_as_it_is_now(
    make_desk: MakeDesk, lose: Lose, press: Press, tmp_path: Path, qtbot: Any
) -> None:
    said = "The sea was dark, and nobody stood at the harbour but old Joe, who had his lamp in his hand as ever."
    path = tmp_path / "Dagon.txt"
    path.write_text(said)
    make_desk(path).window.close()
    lose(f"{said} He waited.", path)
    now = path.rename(tmp_path / "Novel.txt")
    desk = make_desk(now)
    restore_and_save(desk, now, press, qtbot)
    assert not path.exists()


def test_a_document_that_was_renamed_is_called_so_where_it_is_not_open_as_well(
    make_desk: MakeDesk, lose: Lose, press: Press, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "Dagon.txt"
    path.write_text("The sea was dark.")
    (tmp_path / "Other.txt").write_text("The sea was loud.")
    lose("The sea was dark. He waited.", path)
    now = path.rename(tmp_path / "Novel.txt")
    desk = make_desk()
    restore_and_save(desk, now, press, qtbot)
    assert not path.exists()


def test_a_document_with_a_file_goes_on_with_it(
    make_desk: MakeDesk, lose: Lose, press: Press, tmp_path: Path, qtbot: Any, slots: Callable[[], list[Path]]
) -> None:
    path = tmp_path / "Dagon.txt"
    path.write_text("The sea.")
    lose("The sea was dark.", path)
    desk = make_desk(path)
    press(desk, "Restore")
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == "The sea was dark.")
    assert desk.files.manuscript.path == path
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not desk.files.is_modified)
    assert path.read_text() == "The sea was dark."
    qtbot.waitUntil(lambda: slots() == [])


def test_what_is_on_the_page_is_not_swept_away(
    make_desk: MakeDesk, lose: Lose, press: Press, answer: Callable[..., None], qtbot: Any
) -> None:
    lose("Lost words.")
    desk = make_desk()
    QTest.keyClicks(desk.editor, "New words.")
    press(desk, "Restore")
    answer(desk.window, "saveChangesBox", "Cancel")
    assert desk.editor.toPlainText() == "New words."
    press(desk, "Restore")
    answer(desk.window, "saveChangesBox", "Don't save")
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == "Lost words.")


def test_discarding_can_be_thought_over(
    make_desk: MakeDesk, lose: Lose, press: Press, slots: Callable[[], list[Path]], qtbot: Any
) -> None:
    lose("Lost words.")
    desk = make_desk()
    press(desk, "Discard")
    assert "is discarded" in desk.offers.sentence
    assert len(slots()) == 1
    press(desk, "Bring it back")
    press(desk, "Discard")
    press(desk, "Good")
    assert slots() == []
    assert not desk.offers.isVisible()


def test_what_was_discarded_goes_with_the_window(
    make_desk: MakeDesk, lose: Lose, press: Press, slots: Callable[[], list[Path]]
) -> None:
    lose("Lost words.")
    desk = make_desk()
    press(desk, "Discard")
    assert desk.window.close()
    assert slots() == []


def test_several_are_offered_one_after_the_other_and_undecided_ones_next_time(
    make_desk: MakeDesk, lose: Lose, press: Press, slots: Callable[[], list[Path]], qtbot: Any
) -> None:
    for name in ("Old", "Young"):
        lose(f"{name} words.", name=name)
    desk = make_desk()
    qtbot.waitUntil(desk.offers.isVisible)
    assert "'Young'" in desk.offers.sentence
    assert "Another text was not saved either." in desk.offers.sentence
    press(desk, "Discard")
    press(desk, "Good")
    assert "'Old'" in desk.offers.sentence
    assert desk.window.close()
    assert len(slots()) == 1


def test_what_is_in_its_file_after_all_is_not_offered(
    make_desk: MakeDesk, lose: Lose, tmp_path: Path, slots: Callable[[], list[Path]], qtbot: Any
) -> None:
    path = tmp_path / "Dagon.txt"
    path.write_text("The sea.")
    lose("The sea.", path)
    lose("   \n")
    desk = make_desk()
    qtbot.waitUntil(lambda: slots() == [])
    assert not desk.offers.isVisible()


def test_a_file_that_was_changed_meanwhile_is_not_overwritten_unasked(
    make_desk: MakeDesk, lose: Lose, press: Press, answer: Callable[..., None], tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "Dagon.txt"
    path.write_text("The sea.")
    lose("The sea was dark.", path)
    path.write_text("Another program's text.")
    desk = make_desk()
    press(desk, "Restore")
    qtbot.waitUntil(lambda: desk.files.is_modified)
    desk.actions["saveAction"].trigger()
    answer(desk.window, "changedOnDiskBox", "Cancel")
    assert path.read_text() == "Another program's text."


@pytest.mark.long
def test_a_word_document_comes_back_with_all_that_belongs_to_it(
    make_desk: MakeDesk, press: Press, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "Dagon.docx"
    content = Passage(
        "One\nThe sea\ufffc was dark.",
        (),
        (Span(8, 11, CharFormat.ITALIC), Span(11, 12, object_key="n1")),
        (ParagraphStyle("heading", 1), ParagraphStyle()),
    )
    write_document(Manuscript(content, objects={"n1": Note(Passage("See Dagon."))}), path)
    desk = make_desk(path)
    QTest.keyClicks(desk.editor, "Chapter ")
    with qtbot.waitSignal(desk.safekeeping.autosaver.kept):
        desk.safekeeping.autosaver.keep()
    before = desk.files.current()
    assert before.package
    desk.safekeeping.autosaver.close(leave=True)
    desk.files.release()

    other = make_desk()
    press(other, "Restore")
    qtbot.waitUntil(lambda: other.files.is_modified)
    assert other.files.current() == before
    other.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: not other.files.is_modified)
    saved = read_document(path)
    assert saved.text == "Chapter One\nThe sea\ufffc was dark."
    assert [each.content.text for each in saved.objects.values() if isinstance(each, Note)] == ["See Dagon."]


def test_who_wrote_what_comes_back_with_an_earlier_version(make_desk: MakeDesk, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "Dagon.txt"
    write_document(Manuscript(Passage.by("lovecraft", "The sea was dark.")), path)
    desk = make_desk(path)
    desk.editor.model.replace_many([(0, 3, "That")])
    desk.actions["saveAction"].trigger()
    qtbot.waitUntil(lambda: len(desk.files.vault.versions.list(path)) == 2)
    first = desk.files.vault.versions.list(path)[1]
    assert desk.files.vault.versions.read(first).content == Passage.by("lovecraft", "The sea was dark.")
