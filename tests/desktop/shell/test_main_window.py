"""The window fits its screen, is remembered as it was left, and every part of it is reached by keys."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.core.fitting import fitted
from pandemonium.desktop.features.generation_panel.panel import Panel


def cut(window: QWidget) -> list[str]:
    """The controls of a window that reach over its edge, or whose words have no room."""
    found = []
    for each in window.findChildren(QWidget):
        if not each.isVisible() or not isinstance(each, (QAbstractButton, QLabel)) or not each.text():
            continue
        at = each.mapTo(window, each.rect().topLeft())
        inside = each.visibleRegion().boundingRect().width()
        over = at.x() < 0 or at.x() + each.width() > window.width()
        narrow = 0 < inside < min(each.width(), each.minimumSizeHint().width())
        if over or narrow:
            found.append(f"{type(each).__name__} {each.objectName()} {each.text()!r} {QRect(at, each.size())}")
    return found


@pytest.mark.parametrize(("width", "height"), [(1366, 728), (1280, 680), (800, 560), (683, 344), (400, 260)])
def test_every_screen_shows_the_foot_and_whole_controls(desk: Desk, width: int, height: int, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "# Heading")
    desk.actions["outlineAction"].trigger()
    desk.window.resize(width, height)
    qtbot.wait(50)
    assert (desk.window.width(), desk.window.height()) == (width, height)
    assert not cut(desk.window)
    assert desk.editor.viewport().width() >= 90
    assert desk.status_bar.geometry().bottom() <= desk.window.body.height()
    for key, action in (("panel", "panelAction"), ("outline", "outlineAction")):
        desk.actions[action].trigger()
        desk.actions[action].trigger()
        qtbot.wait(20)
        assert not cut(desk.window), key


def test_a_panel_that_is_asked_for_takes_the_room_of_the_other(desk: Desk, qtbot: Any) -> None:
    outline = desk.outline.panel
    desk.window.resize(800, 600)
    assert desk.panel.isVisible()
    desk.actions["outlineAction"].trigger()
    assert outline.isVisible()
    assert not desk.panel.isVisible()
    assert desk.editor.hasFocus()
    desk.window.resize(1300, 600)
    assert desk.panel.isVisible()
    assert outline.isVisible()
    desk.window.resize(800, 600)
    desk.actions["outlineAction"].trigger()
    assert desk.panel.isVisible()


def test_a_window_is_never_larger_than_its_screen() -> None:
    room = QRect(0, 24, 1366, 744)
    size = fitted(QSize(1180, 820), room)
    assert size.height() <= 744
    assert size.width() == 1180


class TestRememberedWindow:
    @pytest.fixture
    def settings_text(self) -> str:
        return '[panel]\nvoice = "small"\n[window]\nwidth = 5000\nheight = 4000\nmaximized = true\n'

    def test_it_opens_within_the_screen_and_as_it_was_left(self, desk: Desk, pandemonium_home: Path) -> None:
        assert desk.window.isMaximized()
        usual = desk.window.normalGeometry()
        screen = desk.window.screen().availableGeometry()
        assert usual.width() <= screen.width()
        assert usual.height() <= screen.height()
        desk.window.close()
        saved = tomllib.loads((pandemonium_home / "config" / "settings.toml").read_text("utf-8"))["window"]
        assert saved["maximized"] is True
        assert saved["width"] <= screen.width()


def test_a_window_that_is_no_longer_maximized_says_so(make_desk: Callable[..., Desk], pandemonium_home: Path) -> None:
    desk = make_desk()
    desk.window.showMaximized()
    desk.window.showNormal()
    desk.window.close()
    saved = tomllib.loads((pandemonium_home / "config" / "settings.toml").read_text("utf-8"))["window"]
    assert saved["maximized"] is False


def test_ctrl_tab_leads_from_the_page_through_the_window_and_back(desk: Desk, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "A tab:\t")
    assert desk.editor.toPlainText() == "A tab:\t"
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(desk.editor, Qt.Key.Key_Tab, control)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.panel.isAncestorOf(focus)
    desk.actions["nextPartAction"].trigger()
    assert desk.editor.hasFocus()
    desk.actions["previousPartAction"].trigger()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.panel.isAncestorOf(focus)
    assert desk.editor.toPlainText() == "A tab:\t"


def test_tab_reaches_every_control_of_the_panel(desk: Desk) -> None:
    desk.store.update("panel", more=True)
    reached: set[QWidget] = set()
    desk.actions["nextPartAction"].trigger()
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus is None or focus in reached:
            break
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    names = {each.objectName() for each in reached}
    wanted = {"voiceBox", "deviceBox", "temperatureSlider", "lengthSlider", "continueButton", "top_k", "seedField"}
    assert wanted <= names, names


def test_esc_leads_from_the_panel_back_to_the_page(desk: Desk) -> None:
    desk.actions["nextPartAction"].trigger()
    assert not desk.editor.hasFocus()
    desk.actions["stopAction"].trigger()
    assert desk.editor.hasFocus()


def test_tab_goes_round_within_the_panel_and_never_onto_the_page(desk: Desk) -> None:
    desk.actions["nextPartAction"].trigger()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        for _ in range(40):
            focus = QApplication.focusWidget()
            assert focus is not None
            assert desk.panel.isAncestorOf(focus), focus
            QTest.keyClick(focus, key)
    assert desk.editor.toPlainText() == ""


def test_the_outline_leaves_the_keyboard_to_the_page(desk: Desk, qtbot: Any) -> None:
    desk.editor.setPlainText("Chapter 1\n\nIt was dark.\n\nChapter 2\n\nIt was light.")
    cursor = desk.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    desk.editor.setTextCursor(cursor)
    desk.editor.setFocus()
    desk.actions["outlineAction"].trigger()
    qtbot.waitUntil(lambda: len(desk.outline.panel.model.chapters) == 2)
    assert desk.editor.hasFocus()
    row = desk.outline.panel.list.visualRect(desk.outline.panel.model.index(0))
    QTest.mouseClick(desk.outline.panel.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert desk.editor.hasFocus()


def test_the_foot_says_as_much_as_there_is_room_for(desk: Desk, qtbot: Any) -> None:
    desk.status_bar.set_part(
        "training", "A voice learns from forty-four texts and will be ready at about half past ten."
    )
    line = desk.window.findChild(QLabel, "statusLine")
    assert line is not None
    desk.window.resize(500, 400)
    assert "half past ten" in line.text()
    assert line.minimumSizeHint().width() < 120
    picture = line.grab().toImage()
    last = {picture.pixelColor(picture.width() - 1, y).name() for y in range(picture.height())}
    assert len(last) == 1  # no letter is cut by the edge


def test_what_was_said_of_a_document_goes_with_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Another.", "utf-8")
    desk.message_bar.show_sentence("A copy was written to a.pdf.")
    assert desk.message_bar.isVisible()
    desk.files.load(tmp_path / "other.txt")
    assert not desk.message_bar.isVisible()
    desk.message_bar.offer("A voice is ready.", {"Look": lambda: None})
    desk.files.load(tmp_path / "other.txt")
    assert desk.message_bar.isVisible()


def test_the_line_that_is_written_has_air_below_it(desk: Desk) -> None:
    desk.editor.setPlainText("\n".join(["A line."] * 60))
    cursor = desk.editor.textCursor()
    for _ in range(50):
        QTest.keyClick(desk.editor, Qt.Key.Key_Down)
    QTest.keyClicks(desk.editor, "x")
    rect = desk.editor.cursorRect()
    assert desk.editor.verticalScrollBar().value() > 0
    assert desk.editor.viewport().height() - rect.bottom() >= rect.height() // 2
    assert cursor is not None


def test_where_a_message_is_narrow_its_buttons_stand_below_it_and_are_read_whole(desk: Desk) -> None:
    bar = desk.message_bar
    sentence = "Pandemonium ended without saving the tale of the house by the sea, of 101,408 words."
    bar.offer(sentence, {"Restore": bar.hide, "Discard": bar.hide})
    seen = []
    for width in (1200, 380):
        bar.setFixedWidth(width)
        QApplication.processEvents()
        first, second = bar.findChildren(QPushButton)[-2:]
        assert first.width() >= first.sizeHint().width()
        assert second.geometry().right() < bar.width()
        text = bar.findChild(QLabel, "bannerText")
        seen.append(first.y() >= text.geometry().bottom())
    assert seen == [False, True]
    desk.window.activateWindow()
    desk.editor.setFocus()
    for _ in range(5):
        desk.actions["nextPartAction"].trigger()
        if bar.isAncestorOf(QApplication.focusWidget()):
            break
    assert QApplication.focusWidget() is first


@pytest.mark.parametrize("name", ["castAction", "outlineAction", "howItReadsAction", "panelAction"])
def test_what_gave_way_comes_back_by_its_key_and_then_goes(desk: Desk, name: str) -> None:
    desk.window.resize(620, 560)
    other = "castAction" if name == "panelAction" else "panelAction"
    for each in (name, other):  # the one asked for last is seen
        if not desk.actions[each].isChecked():
            desk.actions[each].trigger()
    if other == "panelAction":
        desk.window.show_panel(desk.panel, True, insist=True)
    panel = {
        "castAction": desk.cast.panel,
        "outlineAction": desk.outline.panel,
        "howItReadsAction": desk.how_it_reads.panel,
        "panelAction": desk.panel,
    }[name]
    assert desk.window.gave_way(panel)
    desk.actions[name].trigger()
    assert panel.isVisible()
    assert desk.actions[name].isChecked()
    desk.actions[name].trigger()
    assert not panel.isVisible()
    assert not desk.actions[name].isChecked()


def test_a_panel_gives_way_to_large_letters_until_it_is_asked_for(desk: Desk) -> None:
    desk.window.resize(620, 560)
    assert desk.panel.isVisible()
    desk.store.update("editor", zoom=200)
    assert desk.window.gave_way(desk.panel)
    desk.actions["panelAction"].trigger()
    assert desk.panel.isVisible()
    desk.actions["panelAction"].trigger()
    assert not desk.panel.isVisible()
    desk.actions["panelAction"].trigger()
    desk.store.update("editor", zoom=100)
    assert desk.panel.isVisible()


def test_choices_are_seen_where_the_panel_had_given_way(desk: Desk) -> None:
    desk.window.resize(620, 560)
    desk.actions["castAction"].trigger()
    assert desk.window.gave_way(desk.panel)
    desk.feature(Panel)._show_list()
    assert desk.panel.isVisible()


def test_the_cursor_stays_in_sight_while_panels_come_and_go(desk: Desk) -> None:
    desk.window.resize(620, 560)
    desk.store.update("editor", zoom=140)
    desk.editor.setPlainText("\n".join(["The snow was gone, and the wind was thick in the smoke that rose."] * 8))
    desk.editor.moveCursor(desk.editor.textCursor().MoveOperation.End)
    for name in ("castAction", "panelAction", "howItReadsAction", "howItReadsAction", "outlineAction"):
        desk.actions[name].trigger()
        QApplication.processEvents()
        assert desk.editor.caret_is_visible(), name
