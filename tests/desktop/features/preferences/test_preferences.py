"""The preferences: every setting holds at once, and shows what holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.preferences.keys_page import KeysPage
from pandemonium.desktop.features.preferences.own_keys import may_be_a_shortcut
from pandemonium.desktop.features.preferences.preferences_window import PreferencesWindow


@pytest.fixture
def window(desk: Desk) -> PreferencesWindow:
    QTest.keyClick(desk.editor, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert desk.preferences.window is not None
    assert desk.preferences.window.isVisible()
    return desk.preferences.window


def keys_page(window: PreferencesWindow) -> KeysPage:
    found = window.findChild(KeysPage)
    assert found is not None
    return found


def test_every_page_opens_and_every_control_has_a_name(window: PreferencesWindow) -> None:
    pages = window.findChild(QListWidget, "preferencesPages")
    titles = [pages.item(row).text() for row in range(pages.count())]
    assert titles == ["Writing", "Page", "Typing", "Files", "Voices & machine", "Keys"]
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QKeySequenceEdit, QListWidget)
    inside = (QAbstractSpinBox, QComboBox, QLineEdit, QKeySequenceEdit)
    for widget in window.findChildren(QWidget):
        qts_own = widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), inside)
        if isinstance(widget, kinds) and not qts_own:
            assert widget.accessibleName(), f"{type(widget).__name__} {widget.objectName()}"


def test_switches_numbers_and_choices_hold_at_once(desk: Desk, window: PreferencesWindow) -> None:
    window.findChild(QCheckBox, "habits-typewriter").click()
    assert desk.writing_aids.typewriter.is_on
    window.findChild(QSpinBox, "editor-measure").setValue(80)
    window.findChild(QDoubleSpinBox, "editor-font_size").setValue(16)
    assert desk.editor.document().defaultFont().pointSizeF() == 16
    fonts = window.findChild(QComboBox, "editor-font")
    assert fonts.itemText(0) == "Literata"
    papers = window.findChild(QComboBox, "editor-theme")
    assert papers.accessibleName() == "Paper"
    papers.setCurrentText(
        next(text for at in range(papers.count()) if (text := papers.itemText(at)).startswith("Dark"))
    )
    assert desk.theme.colours.name == "dark"
    assert desk.actions["theme-dark"].isChecked()
    values = desk.store.values
    assert (values.habits.typewriter, values.editor.measure, values.editor.theme) == (True, 80, "dark")


def test_what_is_changed_elsewhere_is_shown(desk: Desk, window: PreferencesWindow) -> None:
    desk.actions["typewriterAction"].trigger()
    desk.actions["zoomInAction"].trigger()
    assert window.findChild(QCheckBox, "habits-typewriter").isChecked()
    assert window.findChild(QSpinBox, "editor-zoom").value() == 110


def test_own_keys_hold_at_once_and_are_kept(desk: Desk, window: PreferencesWindow, pandemonium_home: Path) -> None:
    page = keys_page(window)
    page.choose("retryAction")
    page.ask_for(QKeySequence("Ctrl+Alt+T"))
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Ctrl+Alt+T")]
    assert "Ctrl+Alt+T" in desk.panel.retry_button.toolTip()
    desk.store.save()
    kept = tomllib.loads((pandemonium_home / "config" / "settings.toml").read_text("utf-8"))
    assert kept["shortcuts"] == {"retryAction": "Ctrl+Alt+T"}
    window.findChild(QPushButton, "keysReset").click()
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Alt+R")]
    assert desk.store.values.shortcuts.keys == {}


def test_keys_of_another_action_are_told_of_and_given_only_when_asked(desk: Desk, window: PreferencesWindow) -> None:
    page = keys_page(window)
    window.show_page(5)
    page.choose("retryAction")
    page.ask_for(QKeySequence("Ctrl+S"))
    notice = window.findChild(QLabel, "keysNotice")
    assert "Save" in notice.text()
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Alt+R")]
    give = window.findChild(QPushButton, "keysTakeOver")
    assert give.isVisible()
    give.click()
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Ctrl+S")]
    assert desk.actions["saveAction"].shortcuts() == []
    window.findChild(QPushButton, "keysResetAll").click()
    assert desk.actions["saveAction"].shortcuts() == [QKeySequence("Ctrl+S")]
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Alt+R")]


def test_usual_keys_come_back_only_where_no_other_action_has_them(desk: Desk) -> None:
    keys = desk.preferences.own_keys
    keys.set_keys("retryAction", QKeySequence("Ctrl+S"))
    keys.reset("saveAction")
    assert desk.actions["saveAction"].shortcuts() == []
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Ctrl+S")]


def test_no_two_actions_have_the_same_keys(desk: Desk) -> None:
    taken: dict[str, str] = {}
    for name, action in desk.actions.by_name.items():
        for each in action.shortcuts():
            assert taken.setdefault(each.toString(), name) == name, f"{each.toString()}: {name}"


REFUSED = ("A", "Shift+A", "Left", "Return", "")
TAKEN = ("F5", "Ctrl+A", "Alt+Left")
KEYS = {**dict.fromkeys(REFUSED, False), **dict.fromkeys(TAKEN, True)}


@pytest.mark.parametrize(("keys", "may"), KEYS.items())
def test_keys_that_type_are_no_shortcuts(keys: str, may: bool) -> None:
    assert may_be_a_shortcut(QKeySequence(keys)) is may


def test_a_letter_is_refused_in_words(desk: Desk, window: PreferencesWindow) -> None:
    page = keys_page(window)
    page.choose("retryAction")
    page.ask_for(QKeySequence("R"))
    assert "cannot be a shortcut" in window.findChild(QLabel, "keysNotice").text()
    assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Alt+R")]


class TestStart:
    @pytest.fixture
    def settings_text(self) -> str:
        return '[panel]\nvoice = "small"\n[shortcuts]\nretryAction = "Ctrl+J"\nstopAction = ""\n'

    def test_own_keys_hold_from_the_start(self, desk: Desk) -> None:
        assert desk.actions["retryAction"].shortcuts() == [QKeySequence("Ctrl+J")]
        assert desk.actions["stopAction"].shortcuts() == []


def test_another_device_is_taken_at_once_here_and_in_the_panel(desk: Desk, window: PreferencesWindow) -> None:
    box = window.findChild(QComboBox, "panel-device")
    box.setCurrentIndex(box.findData("cpu"))
    assert desk.store.values.panel.device == "cpu"
    assert desk.panel.device_box.currentData() == "cpu"
    desk.panel.device_box.setCurrentIndex(0)
    assert box.currentData() == "auto"
