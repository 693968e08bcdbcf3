"""A command and a setting that are declared once are in the menus, on the page of keys and in the preferences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QMenu, QSpinBox, QTreeWidget

from pandemonium.desktop.app import compose
from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.core.commands import Command, Submenu, switch_of
from pandemonium.desktop.features.context import Feature, Section
from pandemonium.settings import Settings, number
from pandemonium.settings import file as settings_file
from pandemonium.settings.declaring import Table, switch


@dataclass(frozen=True)
class TideSettings(Table):
    """The one file that the setting is declared in."""

    high: bool = switch(False, "whether the tide is high", title="The tide is high")
    feet: int = number(3, 0, 40, "how high it is", title="Height of the tide", unit="feet")


@dataclass(frozen=True)
class SettingsWithTides(Settings):
    tides: TideSettings = field(default_factory=TideSettings)


class Tides(Feature):
    """The one file that the command is declared in, and the setting used."""

    def commands(self) -> Iterable[Command | Submenu]:
        self.rung = 0
        yield Command("bellAction", "Ring the bell", self._ring, "view/tides", ("Ctrl+Alt+B",))
        yield switch_of(self.context.settings, "tides.high", "tideAction", "High tide", "view/tides")

    def preferences(self) -> Iterable[Section]:
        yield Section("Sea", "Tides", ("tides.high", "tides.feet"))

    def _ring(self) -> None:
        self.rung += 1


@pytest.fixture
def with_tides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "FEATURES", (*compose.FEATURES, Tides))
    monkeypatch.setattr(settings_file, "Settings", SettingsWithTides)


@pytest.fixture
def tidal(with_tides: None, desk: Desk) -> Desk:
    return desk


def menu_of(desk: Desk, name: str) -> QMenu:
    found: QMenu = desk.window.findChild(QMenu, name)
    found.aboutToShow.emit()
    return found


def test_a_command_is_in_its_menu_on_the_page_of_keys_and_answers_its_keys(tidal: Desk) -> None:
    bell = tidal.actions["bellAction"]
    assert bell in menu_of(tidal, "viewMenu").actions()
    assert "&" in bell.text()
    tidal.preferences.open()
    keys = tidal.preferences.window.findChild(QTreeWidget, "keysList")
    listed = [keys.topLevelItem(row) for row in range(keys.topLevelItemCount())]
    (item,) = [each for each in listed if each.text(0) == "Ring the bell"]
    assert item.text(1) == "Ctrl+Alt+B"
    bell.trigger()
    assert tidal.feature(Tides).rung == 1


def test_a_setting_has_its_widget_its_switch_and_its_place_in_the_file(tidal: Desk) -> None:
    tidal.preferences.open()
    window = tidal.preferences.window
    box = window.findChild(QCheckBox, "tides-high")
    feet = window.findChild(QSpinBox, "tides-feet")
    assert box.text() == box.accessibleName() == "The tide is high"
    assert feet.accessibleName() == "Height of the tide"
    assert (feet.minimum(), feet.maximum(), feet.value(), feet.suffix()) == (0, 40, 3, " feet")
    tidal.actions["tideAction"].trigger()
    assert box.isChecked()
    box.click()
    assert not tidal.actions["tideAction"].isChecked()
    feet.setValue(12)
    assert tidal.store.value("tides.feet") == 12
    tidal.store.save()
    assert "feet = 12" in tidal.store._file.path.read_text("utf-8")


def test_a_name_is_nobody_elses(tidal: Desk) -> None:
    with pytest.raises(ValueError, match="bellAction"):
        tidal.actions.add(Command("bellAction", "Another bell", lambda: None))


def test_esc_dismisses_what_lies_on_top(desk: Desk) -> None:
    desk.find_bar.open(replacing=False)
    desk.message_bar.show_sentence("A sentence.")
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert not desk.find_bar.isVisible()
    assert desk.message_bar.isVisible()
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert not desk.message_bar.isVisible()
