"""Commands: when they can be had."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.commands import Command, Commands


class Tide(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_high = False


@pytest.fixture
def commands(qtbot: Any) -> Commands:
    window = QWidget()
    qtbot.addWidget(window)
    return Commands(window)


def test_what_is_to_be_had_at_rest_waits_for_the_voice(commands: Commands) -> None:
    commands.add(Command("sailAction", "Sail", lambda: None, at_rest=True))
    commands.add(Command("restAction", "Rest", lambda: None))
    commands.set_writing(True)
    commands.add(Command("fishAction", "Fish", lambda: None, at_rest=True))
    assert [commands[name].isEnabled() for name in ("sailAction", "restAction", "fishAction")] == [False, True, False]
    commands.set_writing(False)
    assert all(action.isEnabled() for action in commands.by_name.values())


def test_at_rest_and_a_condition_hold_together(commands: Commands) -> None:
    tide = Tide()
    sail = Command(
        "sailAction", "Sail", lambda: None, enabled=lambda: tide.is_high, at_rest=True, follows=(tide.changed.connect,)
    )
    commands.add(sail)
    assert not commands["sailAction"].isEnabled()
    tide.is_high = True
    commands.set_writing(True)
    tide.changed.emit()
    assert not commands["sailAction"].isEnabled()
    commands.set_writing(False)
    assert commands["sailAction"].isEnabled()
    tide.is_high = False
    tide.changed.emit()
    assert not commands["sailAction"].isEnabled()
