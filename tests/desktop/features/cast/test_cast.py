"""The cast beside the page: filled by the draft, pinned by a click or a key, and the document stays as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QFocusEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from pandemonium.desktop.app.compose import Desk
from pandemonium.writing.request import ContinueRequest, Person

DRAFT = (
    "Then Randolph Carter went to Arkham, in Arkham. He had lost his lamp.\n\n"
    "I saw Carter and Marta, and Marta saw Carter. But Marta wept, and she said she was glad.\n\n"
    "They saw Joe and the Silver Key.\n"
)
Make = Callable[..., Desk]


def names(desk: Desk) -> list[str]:
    rows = desk.cast.panel.list.members.rows
    return [row if isinstance(row, str) else row.name for row in rows]


def open_draft(make_desk: Make, folder: Path, qtbot: Any, text: str = DRAFT) -> Desk:
    path = folder / "draft.txt"
    path.write_text(text, "utf-8")
    desk = make_desk(path)
    desk.actions["castAction"].trigger()
    qtbot.waitUntil(lambda: "Marta" in names(desk))
    return desk


def click(desk: Desk, name: str, x: int) -> None:
    listed = desk.cast.panel.list
    rect = listed.visualRect(listed.members.index(listed.members.row_of(name)))
    place = QPoint(rect.left() + x, rect.center().y())
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)


def selected(desk: Desk) -> tuple[str, int]:
    cursor = desk.editor.textCursor()
    return cursor.selectedText(), cursor.selectionStart()


def test_the_draft_fills_the_panel(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    assert desk.cast.panel.isVisible()
    assert desk.cast.panel.objectName() == "castPanel"
    assert names(desk) == ["People", "Marta", "Randolph Carter", "Joe", "Places", "Arkham", "Things", "Silver Key"]
    listed = desk.cast.panel.list
    index = listed.members.index(listed.members.row_of("Marta"))
    assert listed.members.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Marta, person, named 3 times"
    assert "I saw Carter and Marta" in listed.members.data(index, Qt.ItemDataRole.ToolTipRole)


def test_typing_a_name_lists_it(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    QTest.keyClicks(desk.editor, "We asked Barzai. ")
    qtbot.waitUntil(lambda: "Barzai" in names(desk))


def test_an_empty_page_says_how_names_come(desk: Desk) -> None:
    desk.actions["castAction"].trigger()
    said = [each.text() for each in desk.cast.panel.findChildren(QLabel) if each.isVisible()]
    assert any("No names yet" in each for each in said)


def test_a_long_text_says_how_far_its_reading_is(desk: Desk) -> None:
    desk.actions["castAction"].trigger()
    desk.cast.reader.progressed.emit(0.34)
    assert any("34%" in label.text() for label in desk.cast.panel.findChildren(QLabel))
    desk.cast.reader.found.emit(())
    assert not any("%" in label.text() for label in desk.cast.panel.findChildren(QLabel))


def test_a_click_on_the_mark_and_space_pin(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    click(desk, "Marta", 20)
    assert names(desk)[:3] == ["In the scene", "Marta", "People"]
    listed = desk.cast.panel.list
    listed.choose("Joe")
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert [each.name for each in desk.cast.book.pinned] == ["Marta", "Joe"]
    assert desk.bridge.cast[0] == Person("Marta", "she", ("Marta",))
    assert {"Carter", "Randolph Carter", "Arkham"} <= set(desk.bridge.known)
    click(desk, "Marta", 20)
    assert [each.name for each in desk.cast.book.pinned] == ["Joe"]
    assert listed.current_name == "Joe"


def test_whoever_comes_by_the_keyboard_finds_somebody_chosen(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    listed = desk.cast.panel.list
    assert not listed.current_name
    QApplication.sendEvent(listed, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    assert not listed.current_name
    QApplication.sendEvent(listed, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    first = next(each.name for each in desk.cast.book.members if each.kind == "person")
    assert listed.current_name == first
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert [each.name for each in desk.cast.book.pinned] == [first]


@pytest.mark.long
def test_every_request_is_told_of_the_scene(
    make_desk: Make, tmp_path: Path, qtbot: Any, finish: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    asked: list[ContinueRequest] = []
    worker = desk.bridge._worker
    go_on = worker.continue_
    monkeypatch.setattr(worker, "continue_", lambda request: (asked.append(request), go_on(request)))
    desk.actions["continueAction"].trigger()
    finish(desk)
    click(desk, "Marta", 20)
    desk.actions["continueAction"].trigger()
    finish(desk)
    assert [[each.name for each in request.cast] for request in asked] == [[], ["Marta"]]
    assert asked[0].known == ()
    assert "Arkham" in asked[1].known


def test_the_ways_to_where_a_name_stands(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    click(desk, "Randolph Carter", 60)
    details = desk.cast.panel.details
    assert details.isVisible()
    QTest.mouseClick(details.first_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: selected(desk) == ("Randolph Carter", 5))
    places = [DRAFT.index("Carter and"), DRAFT.index("Carter. But"), 5]
    for place in places:
        before = selected(desk)
        QTest.mouseClick(details.next_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda before=before: selected(desk) != before)
        assert selected(desk)[1] == place
    desk.actions["previousMentionAction"].trigger()
    qtbot.waitUntil(lambda: selected(desk)[1] == places[1])


def test_the_name_at_the_cursor_is_pinned_by_a_command(
    make_desk: Make, tmp_path: Path, qtbot: Any, place_cursor: Callable[[Desk, int], None]
) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    desk.actions["castAction"].trigger()
    place_cursor(desk, DRAFT.index("Joe"))
    desk.actions["pinNameAction"].trigger()
    qtbot.waitUntil(lambda: [each.name for each in desk.cast.book.pinned] == ["Joe"])
    place_cursor(desk, DRAFT.index("lamp"))
    desk.actions["firstMentionAction"].trigger()
    qtbot.waitUntil(lambda: "Put the cursor on a name" in desk.message_bar.findChild(QLabel, "bannerText").text())
    place_cursor(desk, DRAFT.index("Joe"))
    desk.actions["firstMentionAction"].trigger()
    qtbot.waitUntil(desk.message_bar.isHidden)  # it is done, and asked for no more


def test_the_panels_menu_merges_hides_and_shows_again(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    panel = desk.cast.panel
    menu = QMenu(panel)
    panel.fill_menu(menu, "Joe")
    merges = menu.findChild(QMenu, "castMergeMenu")
    next(each for each in merges.actions() if each.text() == "Randolph Carter").trigger()
    assert "Joe" not in names(desk)
    assert desk.cast.book.member("Randolph Carter").count == 4
    for name, entry, there in (("Marta", "castHideAction", False), ("Marta", "castShowAction", True)):
        menu = QMenu(panel)
        panel.fill_menu(menu, name)
        menu.findChild(QAction, entry).trigger()
        assert ("Marta" in names(desk)) is there


def test_a_name_is_changed_by_typing_and_the_text_stays(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    click(desk, "Marta", 60)
    field = desk.cast.panel.details.name_field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Martha")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Martha" in names(desk)
    assert desk.cast.panel.chosen.name == "Martha"
    desk.cast.panel.details.note_field.setPlainText("A nurse.")
    assert desk.cast.book.member("Martha").note == "A nurse."
    assert desk.editor.toPlainText() == DRAFT
    assert not desk.editor.model.history.is_modified


def test_save_as_carries_it_and_another_document_has_its_own(
    make_desk: Make, tmp_path: Path, qtbot: Any, loop: asyncio.AbstractEventLoop
) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    click(desk, "Marta", 20)
    desk.cast.book.set_note("Joe", "Her brother.")
    copy = tmp_path / "copy.txt"
    assert loop.run_until_complete(desk.files._save_to(copy))
    (tmp_path / "other.txt").write_text("We met Zoe, and Zoe met us.", "utf-8")
    loop.run_until_complete(desk.files.open_path(tmp_path / "other.txt"))
    qtbot.waitUntil(lambda: names(desk) == ["People", "Zoe"])
    assert (desk.bridge.cast, desk.bridge.known) == ((), ())
    for path in (copy, tmp_path / "draft.txt"):
        loop.run_until_complete(desk.files.open_path(path))
        qtbot.waitUntil(lambda: names(desk)[:2] == ["In the scene", "Marta"])
        assert desk.cast.book.member("Joe").note == "Her brother."


def test_a_decision_is_written_down_by_itself_and_outlives_a_crash(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    desk.cast._keeping.setInterval(0)
    click(desk, "Marta", 20)
    qtbot.waitUntil(lambda: [each.name for each in desk.cast._kept.read(desk.files.keys)] == ["Marta"])


def test_what_was_never_saved_keeps_its_cast_beside_it(
    make_desk: Make, tmp_path: Path, qtbot: Any, loop: asyncio.AbstractEventLoop
) -> None:
    desk = make_desk()
    desk.actions["castAction"].trigger()
    QTest.keyClicks(desk.editor, "We met Zoe, and Zoe met us.")
    qtbot.waitUntil(lambda: "Zoe" in names(desk))
    click(desk, "Zoe", 20)
    desk.cast.keep()
    untitled = desk.files.keys
    assert [each.name for each in desk.cast._kept.read(untitled)] == ["Zoe"]
    assert loop.run_until_complete(desk.files._save_to(tmp_path / "zoe.txt"))
    assert desk.cast._kept.read(untitled) == []
    assert [each.name for each in desk.cast._kept.read(desk.files.keys)] == ["Zoe"]


def test_hostile_names_are_shown_as_they_stand(make_desk: Make, tmp_path: Path, qtbot: Any) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    assert desk.cast.book.add("<b>Bold</b> & <img src=x>") == "<b>Bold</b> & <img src=x>"
    desk.cast.book.set_note("<b>Bold</b> & <img src=x>", "<script>")
    desk.cast.panel.show_book(desk.cast.book)
    listed = desk.cast.panel.list
    row = listed.members.row_of("<b>Bold</b> & <img src=x>")
    assert "&lt;b&gt;" in listed.members.data(listed.members.index(row), Qt.ItemDataRole.ToolTipRole)
    listed.choose("<b>Bold</b> & <img src=x>")
    assert desk.cast.panel.details.name_field.text() == "<b>Bold</b> & <img src=x>"


ACTS = st.lists(
    st.sampled_from(
        ["type", "undo", "redo", "pin", "rename", "merge", "hide", "note", "kind", "first", "next", "read", "cut"]
    ),
    max_size=12,
)


def state(desk: Desk) -> tuple[object, ...]:
    model = desk.editor.model
    history = model.history
    shown = desk.editor.toPlainText()
    return model.whole_text(), shown, model.revision, history.can_undo, history.can_redo, history.is_modified


def decide(desk: Desk, act: str, number: int) -> None:
    cast = desk.cast
    editor = desk.editor
    members = cast.book.members
    name = members[number % len(members)].name if members else ""
    other = members[(number + 1) % len(members)].name if members else ""
    cast.panel.choose(name)

    def cut() -> None:
        cursor = editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    {
        "type": lambda: QTest.keyClicks(editor, "Zoe and Marta "),
        "cut": cut,
        "undo": editor.undo,
        "redo": editor.redo,
        "read": cast.reader.read,
        "first": lambda: cast.go(name, 0),
        "next": lambda: cast.go(name, 1),
        "pin": lambda: cast.panel.list.pin_asked.emit(name),
        "rename": lambda: cast.panel.details.renamed.emit(f"{name} II"[-20:]),
        "merge": lambda: cast.panel._merge(name, other),
        "hide": lambda: cast.panel._hide(name, True),
        "note": lambda: cast.panel.details.noted.emit("A note."),
        "kind": lambda: cast.panel.details.kind_chosen.emit("place"),
    }[act]()


@pytest.mark.long
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, who=st.lists(st.integers(0, 5), min_size=12, max_size=12))
def test_no_decision_touches_the_document(desk: Desk, acts: list[str], who: list[int], qtbot: Any) -> None:
    """Renaming, pins and notes between typing and undo: text and history are as if nobody had decided anything."""
    editor = desk.editor
    editor.setPlainText(DRAFT)
    if not desk.cast.is_open:
        desk.actions["castAction"].trigger()
    desk.cast.reader.read()
    qtbot.waitUntil(lambda: desk.cast.reader.is_settled)
    for act, number in zip(acts, who, strict=False):
        before = state(desk)
        decide(desk, act, number)
        if act not in ("type", "cut", "undo", "redo"):
            qtbot.wait(1)
            assert state(desk) == before
    while editor.model.history.can_undo:
        editor.undo()
    assert editor.model.whole_text() == DRAFT


def test_the_keyboard_comes_to_the_list_first_and_then_to_whoever_is_chosen(
    make_desk: Make, tmp_path: Path, qtbot: Any
) -> None:
    desk = open_draft(make_desk, tmp_path, qtbot)
    panel = desk.cast.panel
    desk.window.activateWindow()
    desk.editor.setFocus()
    for _ in range(4):
        if panel.isAncestorOf(QApplication.focusWidget()):
            break
        desk.actions["nextPartAction"].trigger()
    assert QApplication.focusWidget() is panel.list
    reached = []
    for _ in range(20):
        desk.window.focusNextPrevChild(True)
        reached.append(QApplication.focusWidget())
        if reached[-1] is panel._more:
            break
    assert panel.details.isAncestorOf(reached[0])
    assert reached[-1] is panel._more
