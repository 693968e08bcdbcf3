"""Finding and replacing in a whole window: the count, the keys, the undo, and who wrote what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.units import whole
from pandemonium.desktop.features.find.find_bar import FindBar
from pandemonium.documents.model.passage import CharFormat, Passage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bar(desk: Desk) -> FindBar:
    desk.editor.load("The sea. The old sea, and the seal.\n\nSea and SEA \U0001f600 sea.")
    return desk.find_bar


def settled(qtbot: Any, desk: Desk) -> None:
    finder = desk.find_bar._finder
    qtbot.waitUntil(lambda: finder.is_settled or finder.error is not None, timeout=10_000)


def seek(qtbot: Any, desk: Desk, words: str, *, replacing: bool = False) -> None:
    if not desk.find_bar.isVisible():
        desk.find_bar.open(replacing=replacing)
    desk.find_bar.find_field.setText(words)
    settled(qtbot, desk)


def selected(desk: Desk) -> tuple[int, int]:
    cursor = desk.editor.textCursor()
    return cursor.selectionStart(), cursor.selectionEnd()


def select(desk: Desk, start: int, end: int) -> None:
    cursor = QTextCursor(desk.editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(cursor)


def press(widget: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(widget, key, modifier)


def test_names_of_the_controls(desk: Desk, bar: FindBar) -> None:
    for name in ("findField", "replaceField"):
        assert desk.window.findChild(QLineEdit, name).accessibleName()
    for name in (
        "caseBox",
        "wordBox",
        "regexBox",
        "selectionBox",
        "wrapBox",
        "keepCaseBox",
        "replaceButton",
        "replaceAllButton",
        "findNextButton",
        "findPreviousButton",
        "findCloseButton",
    ):
        assert desk.window.findChild(QAbstractButton, name).accessibleName(), name
    assert desk.window.findChild(QLabel, "findCount") is bar.count


def test_tab_leads_from_what_is_sought_to_what_comes_there(desk: Desk, bar: FindBar) -> None:
    bar.open(replacing=True)
    QTest.keyClick(bar.find_field, Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is bar.replace_field


def test_ctrl_f_opens_and_esc_goes_back_to_the_page(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    assert not bar.isVisible()
    press(desk.editor, Qt.Key.Key_F, CONTROL)
    assert bar.isVisible()
    assert not bar.replace_field.isVisible()
    seek(qtbot, desk, "seal")
    assert desk.editor.extraSelections()
    press(bar.find_field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert desk.editor.textCursor().selectedText() == "seal"
    assert not desk.editor.extraSelections()
    press(desk.editor, Qt.Key.Key_H, CONTROL)
    assert bar.replace_field.isVisible()
    press(desk.editor, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_the_count_and_the_way_around(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "sea")
    assert bar.count.text() == "1 of 6"
    for wanted in ("2 of 6", "3 of 6", "4 of 6", "5 of 6", "6 of 6", "1 of 6"):
        press(bar.find_field, Qt.Key.Key_Return)
        assert bar.count.text() == wanted
    assert "other end" in bar.message.text()
    press(bar.find_field, Qt.Key.Key_Return, SHIFT)
    assert bar.count.text() == "6 of 6"
    bar.wrap_box.setChecked(False)
    press(desk.editor, Qt.Key.Key_F3)
    assert bar.count.text() == "6 of 6"
    assert "no further" in bar.message.text()
    press(desk.editor, Qt.Key.Key_F3, SHIFT)
    assert bar.count.text() == "5 of 6"


def test_ways_to_search(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "sea")
    for box, count in ((bar.word_box, 5), (bar.case_box, 3)):
        box.setChecked(True)
        settled(qtbot, desk)
        assert bar._finder.count == count
    bar.regex_box.setChecked(True)
    seek(qtbot, desk, "sea|old")
    assert bar._finder.count == 4


def test_nothing_found_and_a_wrong_pattern_are_told(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "kraken")
    assert bar.count.text() == "Nothing found"
    assert not bar.next_button.isEnabled()
    assert not bar.replace_all_button.isEnabled()
    bar.regex_box.setChecked(True)
    seek(qtbot, desk, "(sea")
    assert bar.message.text().startswith("This is no whole pattern yet")
    assert bar.count.text() == ""
    seek(qtbot, desk, "(sea)")
    assert bar.count.text() == "1 of 6"
    assert bar.message.text() == ""


def test_a_hostile_pattern_leaves_the_window_alive(
    qtbot: Any, desk: Desk, bar: FindBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pandemonium.text.searching.TIME_LIMIT", 0.2)
    desk.editor.load("a" * 5000 + "!")
    bar.regex_box.setChecked(True)
    bar.open(replacing=False)
    bar.find_field.setText("(a|aa)+$")
    QTest.keyClicks(desk.editor, "b")
    assert desk.editor.toPlainText().startswith("b")
    qtbot.waitUntil(lambda: "given up" in bar.message.text(), timeout=10_000)


def test_what_is_selected_is_what_to_find(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    select(desk, 4, 7)
    press(desk.editor, Qt.Key.Key_F, CONTROL)
    settled(qtbot, desk)
    assert bar.find_field.text() == "sea"
    assert bar.count.text() == "1 of 6"


@pytest.mark.long
def test_in_the_selection(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    select(desk, 9, 40)
    press(desk.editor, Qt.Key.Key_H, CONTROL)
    assert bar.selection_box.isChecked()
    seek(qtbot, desk, "sea")
    assert bar.count.text() == "1 of 3"
    bar.replace_field.setText("lake")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 3)
    assert desk.editor.model.whole_text().startswith("The sea. The old lake, and the lakel.\n\nlake and SEA")
    bar.selection_box.setChecked(False)
    seek(qtbot, desk, "sea")
    assert bar._finder.count == 3


@pytest.mark.long
def test_replace_one_after_the_other(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "sea", replacing=True)
    bar.word_box.setChecked(True)
    bar.keep_case_box.setChecked(True)
    settled(qtbot, desk)
    bar.replace_field.setText("lake")
    for done in range(1, 6):
        press(bar.replace_field, Qt.Key.Key_Return)
        settled(qtbot, desk)
        assert bar._finder.count == 5 - done
    text = "The lake. The old lake, and the seal.\n\nLake and LAKE \U0001f600 lake."
    assert desk.editor.model.whole_text() == text
    for _ in range(5):
        desk.editor.undo()
    assert "lake" not in desk.editor.model.whole_text()
    assert not desk.editor.model.history.can_undo


@pytest.mark.long
def test_replace_all_with_groups_is_one_undo(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    before = desk.editor.model.whole_text()
    bar.regex_box.setChecked(True)
    seek(qtbot, desk, r"the (\w+)", replacing=True)
    bar.replace_field.setText(r"\1 of $1")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 3)
    assert desk.editor.model.whole_text().startswith("sea of sea. old of old sea, and seal of seal.")
    assert "3 places" in bar.message.text()
    desk.editor.undo()
    assert desk.editor.model.whole_text() == before
    assert not desk.editor.model.history.can_undo
    desk.editor.redo()
    assert desk.editor.toPlainText().startswith("sea of sea.")


def test_a_group_that_is_not_there_changes_nothing(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    before = desk.editor.model.whole_text()
    bar.regex_box.setChecked(True)
    seek(qtbot, desk, "sea", replacing=True)
    bar.replace_field.setText("$1")
    bar.replace_all()
    qtbot.waitUntil(lambda: "group 1" in bar.message.text())
    assert desk.editor.model.whole_text() == before


@pytest.mark.long
def test_many_replacements_keep_model_and_page_together(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    text = "\n".join(["the sea \U0001f600 the sea"] * 100)
    desk.editor.load(text)
    seek(qtbot, desk, "sea", replacing=True)
    bar.replace_field.setText("ocean")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 200)
    assert desk.editor.toPlainText() == whole(desk.editor.model.text.text) == text.replace("sea", "ocean")
    desk.editor.undo()
    assert desk.editor.toPlainText() == text
    assert not desk.editor.model.history.can_undo


PARTS = st.lists(st.tuples(st.text("ab \n", min_size=1, max_size=6), st.sampled_from(["", "voice"])), max_size=8)


@pytest.mark.long
def test_what_is_replaced_becomes_the_writers(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    @given(PARTS, st.sampled_from(["", "x", "xyz"]))
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def replace(parts: list[tuple[str, str]], new: str) -> None:
        desk.editor.load("")
        whole_passage = Passage()
        for text, voice in parts:
            whole_passage = whole_passage + Passage.by(voice, text)
        desk.editor.model.replace_many([(0, 0, whole_passage)], "paste")
        bar.find_field.clear()
        seek(qtbot, desk, "a", replacing=True)
        bar.replace_field.setText(new)
        bar.replace_all()
        qtbot.waitUntil(lambda: bar._finder.replaced == whole_passage.text.count("a"))
        wanted = Passage()
        for index, each in enumerate(whole_passage.text):
            wanted = wanted + (Passage(new) if each == "a" else whole_passage.part(index, index + 1))
        now = desk.editor.model.text.part(0, len(desk.editor.model.text))
        assert (now.text, now.marks) == (wanted.text, wanted.marks)
        desk.editor.undo() if "a" in whole_passage.text else None
        again = desk.editor.model.text.part(0, len(desk.editor.model.text))
        assert (again.text, again.marks) == (whole_passage.text, whole_passage.marks)

    replace()


def test_what_is_replaced_keeps_its_look(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    model = desk.editor.model
    model.is_rich = True
    model.set_char_format(4, 7, CharFormat.ITALIC, on=True)
    seek(qtbot, desk, "sea", replacing=True)
    bar.replace_field.setText("ocean")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 6)
    assert model.has_char_format(4, 9, CharFormat.ITALIC)
    assert not model.has_char_format(18, 23, CharFormat.ITALIC)


@pytest.mark.long
def test_the_count_follows_typing_and_another_document(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "sea")
    select(desk, 0, 0)
    QTest.keyClicks(desk.editor, "sea ")
    qtbot.waitUntil(lambda: bar._finder.is_settled and bar._finder.count == 7)
    desk.editor.load("no such thing")
    qtbot.waitUntil(lambda: bar.count.text() == "Nothing found")


def test_typing_while_it_is_sought_goes_to_the_right_place(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "seal")
    bar.close_bar()
    select(desk, 0, 0)
    QTest.keyClicks(desk.editor, "Oh! ")
    press(desk.editor, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: desk.editor.textCursor().selectedText() == "seal")


@pytest.mark.long
def test_only_what_is_in_view_is_painted(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    desk.store.update("editor", spelling=False)
    desk.editor.load("\n".join(["the sea"] * 2000))
    seek(qtbot, desk, "sea")
    assert bar._finder.count == 2000
    assert 0 < len(desk.editor.extraSelections()) < 100
    desk.editor.verticalScrollBar().setValue(desk.editor.verticalScrollBar().maximum())

    def shows_the_end() -> bool:
        shown = desk.editor.extraSelections()
        return bool(shown[-1].cursor.selectionEnd() == len(desk.editor.model.text))

    qtbot.waitUntil(shows_the_end)


def test_places_of_no_characters(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    bar.regex_box.setChecked(True)
    seek(qtbot, desk, "^", replacing=True)
    assert bar._finder.count == 3
    bar.replace_field.setText("> ")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 3)
    assert desk.editor.model.whole_text().startswith("> The sea. The old sea, and the seal.\n> \n> Sea")


def test_what_was_said_of_replacing_goes_with_the_next_edit(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "sea", replacing=True)
    bar.replace_all()
    qtbot.waitUntil(lambda: "6 places" in bar.message.text())
    desk.editor.undo()
    qtbot.waitUntil(lambda: bar.message.text() == "" and bar._finder.count == 6)


@pytest.mark.parametrize("width", [260, 420, 900])
def test_no_control_is_cut_off(qtbot: Any, desk: Desk, bar: FindBar, width: int) -> None:
    bar.open(replacing=True)
    bar.resize(width, bar.height())
    bar._grid.activate()
    qtbot.wait(1)  # it hears that it needs another height
    bar.resize(width, bar.sizeHint().height())
    bar._grid.activate()
    for control in (bar.replace_button, bar.replace_all_button, *bar._switches):
        if width > 300:
            assert control.width() >= control.sizeHint().width(), control.objectName()
        assert not control.visibleRegion().isEmpty() or width < 300


def test_replacing_all_says_one_thing_and_keeps_the_bars_height(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    seek(qtbot, desk, "sea", replacing=True)
    settled(qtbot, desk)
    qtbot.wait(50)  # its rows are arranged
    height = bar.height()
    said: set[tuple[str, str]] = set()
    bar._finder.changed.connect(lambda: said.add((bar.count.text(), bar.message.text())))
    bar.replace_field.setText("lake")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 6)
    settled(qtbot, desk)
    assert said
    assert {count for count, _ in said} == {""}
    assert {message for _, message in said} == {"6 places replaced; one Ctrl+Z takes them back."}
    assert bar.height() == height
    bar.regex_box.setChecked(True)
    bar.find_field.setText("(")
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: bool(bar.message.text()))
    assert bar.height() == height


def test_replacements_in_thousands_are_an_edit_for_each_paragraph(qtbot: Any, desk: Desk, bar: FindBar) -> None:
    desk.editor.load("\n".join(["the sea and the hill and the sky"] * 300))
    step = desk.editor.model.history.begin(4)
    edit = desk.editor.model.history.extend(step, Passage.by("v", "grey "))
    assert edit is not None
    desk.editor.model.apply(edit, "voice")
    before = desk.editor.model.whole_text()
    seek(qtbot, desk, "the", replacing=True)
    settled(qtbot, desk)
    edits: list[object] = []
    desk.editor.model.edited.connect(lambda *given: edits.append(given))
    bar.replace_field.setText("a")
    bar.replace_all()
    qtbot.waitUntil(lambda: bar._finder.replaced == 900)
    assert len(edits) == 300
    assert desk.editor.model.whole_text() == before.replace("the", "a")
    assert desk.editor.toPlainText() == desk.editor.model.whole_text()
    assert desk.editor.model.text.characters_by_voice() == {"v": 5}
    desk.editor.undo()
    assert desk.editor.model.whole_text() == before
