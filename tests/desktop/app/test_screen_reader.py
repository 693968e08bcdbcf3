"""What a screen reader is told of the assistant: a name and a role for each control, and what its lists say."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.writing.insight.next_words import NextWord, NextWords

DRAFT = "Then Marta came home. She saw Joe in the hall.\nNobody had seen Marta since, and Joe said nothing."
FOUND = NextWords((NextWord("lamp", " lamp", 0, 0.4), NextWord("sea", " sea", 0, 0.1)), 0.1)
ROLE = QAccessible.Role
ROLES: dict[type[QWidget], set[QAccessible.Role]] = {
    QListView: {ROLE.List},
    QAbstractSlider: {ROLE.Slider},
    QComboBox: {ROLE.ComboBox},
    QAbstractButton: {ROLE.Button, ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ButtonMenu},
    QPlainTextEdit: {ROLE.EditableText},
}
PARTS = ("castPanel", "mixingPanel", "alternativesList", "nextWordsList", "readingPanel", "castList")


def told(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None, widget.objectName()
    return interface


def name_of(interface: QAccessibleInterface) -> str:
    return str(interface.text(QAccessible.Text.Name))


def test_each_control_of_the_assistant_says_what_it_is(desk: Desk, qtbot: Any) -> None:
    desk.editor.setPlainText(DRAFT)
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    desk.actions["castAction"].trigger()
    desk.actions["mixingAction"].trigger()
    qtbot.waitUntil(lambda: bool(desk.cast.book.members))
    desk.generation._begin_place()
    desk.generation._set_attempts([Attempt(" and the sea.", "small", 1), Attempt(" and then.", "small", 2)], -1)
    desk.next_words._show(FOUND)
    seen = 0
    for part in PARTS:
        widget = desk.window.findChild(QWidget, part)
        if widget is None:
            continue
        seen += 1
        assert name_of(told(widget)), part
        for control in (widget, *widget.findChildren(QWidget)):
            if control.focusPolicy() == Qt.FocusPolicy.NoFocus or not control.isVisibleTo(desk.window):
                continue  # a box's own list, for one
            interface = told(control)
            where = f"{part}: {type(control).__name__} {control.objectName()}"
            assert name_of(interface), where
            for kind, roles in ROLES.items():
                if isinstance(control, kind):
                    assert interface.role() in roles, f"{where}: {interface.role()}"
    assert seen >= 4
    for listed, rows in (("alternativesList", 2), ("nextWordsList", 2), ("castList", 3)):
        widget = desk.window.findChild(QListView, listed)
        interface = told(widget)
        said = [name_of(interface.child(number)) for number in range(interface.childCount())]
        assert len([each for each in said if each]) >= rows, listed
    QTest.keyClick(desk.window.findChild(QListView, "nextWordsList"), Qt.Key.Key_Escape)


WINDOWS = (
    "preferencesAction",
    "authorsAction",
    "wordsWrittenAction",
    "voicesAction",
    "versionsAction",
    "ownWordsAction",
)


def nameless(interface: QAccessibleInterface, path: str = "") -> list[str]:
    """What the keyboard reaches, or reads in a list, and what groups such things, that says nothing."""
    state = interface.state()
    if state.invisible:  # type: ignore[attr-defined]
        return []
    widget = interface.object()
    where = f"{path}/{(widget.objectName() if widget else '') or interface.role().name}"
    is_told = state.focusable or interface.role() == ROLE.Grouping  # type: ignore[attr-defined]
    found = [where] if is_told and not name_of(interface).strip() else []
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            found += nameless(child, where)
    return found


@pytest.mark.parametrize("name", WINDOWS)
def test_nothing_that_the_keyboard_reaches_is_nameless(desk: Desk, name: str) -> None:
    desk.actions[name].trigger()
    for window in (desk.window, *desk.window.findChildren(QDialog)):
        if window.isVisible():
            pages = window.findChild(QListWidget, "preferencesPages")
            for row in range(pages.count() if pages else 1):
                if pages:
                    pages.setCurrentRow(row)
                assert nameless(told(window)) == []


def test_no_question_has_anything_nameless(desk: Desk, qtbot: Any) -> None:
    asked = (
        ("exportDialog", desk.actions["exportAction"].trigger),
        ("noteDialog", desk.actions["footnoteAction"].trigger),
        ("nameDialog", desk.mixing.panel.save.click),
        ("targetDialog", desk.mixing.panel.export.click),
        ("saveChangesBox", lambda: desk.tasks.start(desk.files._dialogs.ask_to_save("x"))),
    )
    for name, ask in asked:
        ask()
        qtbot.waitUntil(lambda name=name: any(each.isVisible() for each in dialogs(desk, name)))
        (dialog,) = (each for each in dialogs(desk, name) if each.isVisible())
        assert nameless(told(dialog)) == []
        answers = [each for row in dialog.findChildren(QDialogButtonBox) for each in row.buttons()]
        assert len(answers) >= 2
        assert all(each.icon().isNull() for each in answers), name  # Qt's own have pictures
        dialog.reject()


def dialogs(desk: Desk, name: str) -> list[QDialog]:
    return desk.window.findChildren(QDialog, name)
