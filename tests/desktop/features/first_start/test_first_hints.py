"""The first start's hints: beside the text and never over it, gone when used, gone for good, and no second time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QToolButton

from pandemonium.desktop import create_window
from pandemonium.desktop.app.compose import Desk


@pytest.fixture
def first_desk(qtbot: Any, loop: Any, small_voice: Path, pandemonium_home: Path, make_desk: Callable[..., Desk]) -> Any:
    """A window of a program that was never started before."""
    (pandemonium_home / "config" / "settings.toml").unlink()
    shutil.copy(small_voice, pandemonium_home / "data" / "voices" / "lovecraft-too.voice")
    window = create_window(SimpleNamespace(file=None))
    desk: Desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("panel", voice="small", arrival="at once")
    desk.store.update("writing", words=10, candidates=1)
    window.resize(1180, 780)
    window.show()
    qtbot.waitUntil(lambda: desk.voices.current is not None)
    QApplication.processEvents()
    yield desk
    desk.generation.stop()
    desk.editor.model.mark_saved()
    window.close()
    window.deleteLater()


def margin(desk: Desk) -> QFrame:
    return desk.window.findChild(QFrame, "hintsInMargin")


def strip(desk: Desk) -> QFrame:
    return desk.window.findChild(QFrame, "hintStrip")


def said(notes: QFrame) -> list[str]:
    return [each.text() for each in notes.findChildren(QLabel) if each.isVisible() and each.text()]


def column(desk: Desk) -> QRect:
    viewport = desk.editor.viewport()
    return QRect(viewport.mapTo(desk.editor, QPoint(0, 0)), viewport.size())


@pytest.mark.long
def test_three_hints_stand_beside_the_text(first_desk: Desk) -> None:
    assert len(said(margin(first_desk))) == 3
    assert not margin(first_desk).geometry().intersects(column(first_desk))
    assert not strip(first_desk).isVisible()
    assert first_desk.actions["continueAction"].shortcut().toString() in said(margin(first_desk))[0]


@pytest.mark.long
@pytest.mark.parametrize(("width", "height"), [(800, 600), (1180, 780), (1400, 900), (500, 400)])
def test_they_never_lie_over_the_text(first_desk: Desk, width: int, height: int) -> None:
    first_desk.window.resize(width, height)
    QApplication.processEvents()
    notes = margin(first_desk)
    assert notes.isVisible() != strip(first_desk).isVisible()
    assert not (notes.isVisible() and notes.geometry().intersects(column(first_desk)))
    if strip(first_desk).isVisible():
        assert len(said(strip(first_desk))) == 1


@pytest.mark.long
def test_what_is_used_is_gone(first_desk: Desk, qtbot: Any) -> None:
    QTest.keyClicks(first_desk.editor, "The house ")
    assert first_desk.first_hints.left == ["continue", "attempts", "train"]
    first_desk.actions["continueAction"].trigger()
    assert first_desk.first_hints.left == ["attempts", "train"]
    qtbot.waitUntil(lambda: not first_desk.generation.writing)
    first_desk.actions["retryAction"].trigger()
    assert first_desk.first_hints.left == ["train"]
    assert len(said(margin(first_desk))) == 1
    first_desk.window.dragged_over.emit([Path("/folder")])
    assert first_desk.first_hints.left == []
    assert not margin(first_desk).isVisible()
    assert first_desk.store.value("habits.hints") is False


def test_a_click_puts_one_away_and_the_menu_all(first_desk: Desk) -> None:
    margin(first_desk).findChild(QToolButton, "hintAway-hintsInMargin-attempts").click()
    assert first_desk.first_hints.left == ["continue", "train"]
    first_desk.actions["hintsAwayAction"].trigger()
    assert first_desk.first_hints.left == []
    assert not first_desk.actions["hintsAwayAction"].isEnabled()


@pytest.mark.long
def test_the_second_start_has_none(first_desk: Desk, pandemonium_home: Path) -> None:
    first_desk.editor.model.mark_saved()
    first_desk.window.close()
    assert (pandemonium_home / "config" / "settings.toml").exists()
    again = create_window(SimpleNamespace(file=None))
    again.show()
    assert not again.desk.first_hints.margin.isVisible()  # type: ignore[attr-defined]
    assert again.desk.store.value("habits.hints") is False  # type: ignore[attr-defined]
    again.close()
    again.deleteLater()


def test_who_has_settings_has_no_hints(desk: Desk) -> None:
    assert desk.first_hints.left == []
    assert not margin(desk).isVisible()
    assert "hintsAwayAction" not in desk.actions.by_name


def test_every_hint_can_be_reached_and_has_a_name(first_desk: Desk) -> None:
    for notes in (margin(first_desk), strip(first_desk)):
        assert notes.accessibleName()
        for button in notes.findChildren(QToolButton):
            assert button.accessibleName()


def test_the_keyboard_goes_to_the_notes_and_back(first_desk: Desk) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    first_desk.editor.setFocus()
    QTest.keyClick(first_desk.editor, Qt.Key.Key_Tab, control)
    reached = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QToolButton)
        reached.append(focus.objectName().rpartition("-")[2])
        assert focus.accessibleDescription() in said(margin(first_desk))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert reached == ["continue", "attempts", "train", "continue"]
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)  # "attempts" is put away, and the next has the keyboard
    assert first_desk.first_hints.left == ["continue", "train"]
    assert margin(first_desk).isAncestorOf(QApplication.focusWidget())
    first_desk.actions["stopAction"].trigger()
    assert first_desk.editor.hasFocus()
    QTest.keyClick(first_desk.editor, Qt.Key.Key_Tab, control)
    first_desk.actions["nextPartAction"].trigger()
    assert first_desk.panel.isAncestorOf(QApplication.focusWidget())
    assert first_desk.editor.toPlainText() == ""
