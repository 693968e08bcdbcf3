"""A document that was renamed, copied or cut off by a crash has again what was kept of it, in a whole window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.choices.kept_attempts import place_of
from pandemonium.desktop.features.generation.attempt import Attempt

Make = Callable[..., Desk]
DRAFT = (
    "It was late when Marta came down to the harbour, and nobody stood there but old Joe with his lamp in his hand.\n\n"
    "She asked Joe for the boat. He gave it.\n"
)


def keep_something(desk: Desk) -> None:
    """Joe has a note, a voice was chosen, two texts were proposed."""
    desk.cast.book.add("Joe")
    desk.cast.book.set_note("Joe", "He knows the boats.")
    desk.cast._keeping.start()
    desk.voices.duplicate("small", "other")
    desk.voices.choose_voice("other")
    attempts = [Attempt(" At once.", "small"), Attempt(" In vain.", "small")]
    desk.choices.keeper.kept.keep(place_of(desk.editor.toPlainText(), "", attempts, -1))
    desk.choices.keeper._write_timer.start()


def kept(desk: Desk) -> dict[str, Any]:
    member = desk.cast.book.member("Joe")
    return {
        "note": member.note if member is not None else "",
        "voice": desk.voices.chosen,
        "attempts": [each.text for place in desk.choices.keeper.kept.places for each in place.attempts],
    }


WHOLE = {
    "note": "He knows the boats.",
    "voice": "other",
    "attempts": [" At once.", " In vain."],
}


@pytest.mark.parametrize("act", [shutil.move, shutil.copy], ids=["moved", "copied"])
def test_all_of_it_follows_a_file(make_desk: Make, tmp_path: Path, qtbot: Any, act: Any) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    desk = make_desk(draft)
    keep_something(desk)
    desk.window.close()
    desk.store.update("panel", voice="small")
    (tmp_path / "folder").mkdir()
    other = Path(act(draft, tmp_path / "folder" / "novel.txt"))
    again = make_desk(other)
    qtbot.waitUntil(lambda: kept(again) == WHOLE)
    again.cast.book.set_note("Joe", "")
    again.cast._keeping.start()
    again.window.close()
    if act is shutil.copy:
        first = make_desk(draft)
        qtbot.waitUntil(lambda: kept(first) == WHOLE)


@pytest.mark.parametrize("act", [shutil.move, shutil.copy], ids=["moved", "copied"])
def test_who_wrote_what_follows_a_text_without_its_sidecar(
    make_desk: Make, tmp_path: Path, qtbot: Any, save_to: Callable[[Desk, Path], None], act: Any
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    desk = make_desk(draft)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.generation.insert_suggestion("The sea was dark.")
    marked = desk.files.current().content.marks
    assert marked
    with qtbot.waitSignal(desk.files.kept):
        save_to(desk, draft)
    desk.window.close()
    (tmp_path / "folder").mkdir()
    other = Path(act(draft, tmp_path / "folder" / "novel.txt"))
    with other.open("a", encoding="utf-8") as file:
        file.write("\nA line of another program.\n")
    again = make_desk(other)
    assert again.files.current().content.marks == marked
    again.actions["selectAllAction"].trigger()
    again.actions["makeMineAction"].trigger()
    assert again.files.current().content.marks == ()
    with qtbot.waitSignal(again.files.kept):
        save_to(again, other)
    again.window.close()
    assert make_desk(other).files.current().content.marks == ()  # she has said that they are hers


@pytest.mark.parametrize(("act", "place"), [(shutil.move, 40), (shutil.copy, 0)], ids=["moved", "copied"])
def test_the_cursors_place_follows_the_file_that_was_renamed(
    make_desk: Make, tmp_path: Path, place_cursor: Callable[[Desk, int], None], act: Any, place: int
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    desk = make_desk(draft)
    place_cursor(desk, 40)
    desk.window.close()
    again = make_desk(Path(act(draft, tmp_path / "novel.txt")))
    assert again.editor.textCursor().position() == place


def test_another_beginning_is_another_document(make_desk: Make, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    desk = make_desk(draft)
    keep_something(desk)
    desk.window.close()
    other = tmp_path / "other.txt"
    other.write_text(DRAFT.replace("late", "early"), "utf-8")
    again = make_desk(other)
    assert again.files.keys.earlier == ()
    assert again.cast.book.entries == []


def test_what_had_no_file_is_known_after_a_crash(make_desk: Make) -> None:
    desk = make_desk()
    QTest.keyClicks(desk.editor, "Joe wept.")
    desk.cast.book.add("Joe")
    desk.cast.book.set_note("Joe", "He knows the boats.")
    desk.cast._write_down()
    desk.safekeeping.autosaver.keep()
    QTest.keyClicks(desk.editor, " Nobody knew why.")
    manuscript = desk.files.current()
    again = make_desk()
    again.files.restore_unsaved(manuscript, None, "Untitled")
    member = again.cast.book.member("Joe")
    assert member is not None
    assert member.note == "He knows the boats."
