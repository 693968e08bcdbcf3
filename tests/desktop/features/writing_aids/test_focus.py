"""Focus mode, full screen, and what Esc leaves."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.writing_aids.focus import mixed

TEXT = "The lamp went out. I heard Dr. Munroe on the stair. He did not speak.\nThe sea was dark."


def dimmed(desk: Desk) -> list[str]:
    """The stretches that are dimmed, in order."""
    colour = mixed(desk.theme.colours.ink, desk.theme.colours.paper, 0.42)
    found = [each for each in desk.editor.extraSelections() if each.format.foreground().color().name() == colour]
    return [each.cursor.selectedText().replace("\u2029", "\n").strip() for each in found]


def test_all_but_the_sentence_is_dimmed(desk: Desk, place_cursor: Any, qtbot: Any) -> None:
    desk.editor.setPlainText(TEXT)
    place_cursor(desk, TEXT.index("Munroe"))
    assert dimmed(desk) == []
    desk.actions["focusAction"].trigger()
    assert dimmed(desk) == ["The lamp went out.", "He did not speak.\nThe sea was dark."]
    place_cursor(desk, len(TEXT))
    assert dimmed(desk) == [TEXT.split("\n")[0]]
    desk.actions["focusAction"].trigger()
    assert dimmed(desk) == []


def test_all_but_the_paragraph_or_nothing(desk: Desk, place_cursor: Any) -> None:
    desk.editor.setPlainText(TEXT)
    desk.actions["focusAction"].trigger()
    desk.store.update("habits", dims="paragraph")
    assert dimmed(desk) == ["The sea was dark."]
    desk.store.update("habits", dims="nothing")
    assert dimmed(desk) == []


def test_a_selection_stays_bright(desk: Desk) -> None:
    desk.editor.setPlainText(TEXT)
    desk.actions["focusAction"].trigger()
    desk.editor.selectAll()
    assert dimmed(desk) == []


def test_parts_are_put_away_as_chosen_and_come_back(desk: Desk) -> None:
    parts = (desk.panel, desk.status_bar, desk.window.menuBar())
    desk.store.update("habits", hides_foot=False)
    desk.actions["focusAction"].trigger()
    assert [each.isVisible() for each in parts] == [False, True, False]
    desk.store.update("habits", hides_foot=True)
    assert [each.isVisible() for each in parts] == [False, False, False]
    QTest.keyClick(desk.editor, Qt.Key.Key_F8)
    assert all(each.isVisible() for each in parts)


def test_a_panel_that_was_closed_stays_closed(desk: Desk) -> None:
    desk.store.update("panel", shown=False)
    desk.actions["focusAction"].trigger()
    desk.actions["focusAction"].trigger()
    assert not desk.panel.isVisible()


def test_esc_leaves_full_screen_and_focus_only_when_nothing_else_is_dismissed(desk: Desk, qtbot: Any) -> None:
    desk.actions["focusAction"].trigger()
    desk.actions["fullScreenAction"].trigger()
    qtbot.waitUntil(lambda: desk.window.isFullScreen() and desk.actions["fullScreenAction"].isChecked())
    desk.message_bar.show_sentence("Something to know.")
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert not desk.message_bar.isVisible()
    assert desk.window.isFullScreen()
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.window.isFullScreen() and not desk.actions["fullScreenAction"].isChecked())
    assert desk.writing_aids.focus.is_on
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert not desk.writing_aids.focus.is_on
    assert not desk.actions["focusAction"].isChecked()


def test_full_screen_leaves_the_windows_size_in_the_settings(desk: Desk, qtbot: Any) -> None:
    desk.window.resize(900, 700)
    desk.actions["fullScreenAction"].trigger()
    qtbot.waitUntil(desk.window.isFullScreen)
    desk.window.close()
    kept = desk.store.values.window
    assert (kept.width, kept.height, kept.maximized) == (900, 700, False)


@pytest.mark.parametrize(("share", "colour"), [(0, "#ffffff"), (1, "#000000"), (0.5, "#808080")])
def test_colours_are_mixed(share: float, colour: str) -> None:
    assert mixed("#000000", "#ffffff", share) == colour
