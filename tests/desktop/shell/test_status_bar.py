"""The status bar: one line, in which a suggestion's keys have the room that they need."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from pandemonium.desktop.shell.status_bar import StatusBar

KEYS = "Enter takes it, Alt+Right a sentence, Esc leaves it"


def test_other_words_yield_to_a_suggestions_keys(qtbot: Any) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    line = bar.findChild(QLabel, "statusLine")
    for name, text in (("words", "234 words"), ("authors", "98 % from voices"), ("state", "not saved")):
        bar.set_part(name, text)
    bar.resize(900, 30)
    bar.show()
    bar.set_part("suggestion", KEYS)
    assert line.text().startswith("234 words")
    assert line.text().endswith(KEYS)
    bar.resize(line.fontMetrics().horizontalAdvance(KEYS) + 100, 30)
    assert line.text().endswith(KEYS)
    assert "98 %" not in line.text()
    assert "98 %" in line.accessibleDescription()
    bar.set_part("suggestion", "")
    assert "98 %" in line.text()


@pytest.mark.parametrize("name", ["suggestion", "nextWords", "place"])
def test_what_is_said_of_this_moment_is_read_whole(qtbot: Any, name: str) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    line = bar.findChild(QLabel, "statusLine")
    for part, text in (("words", "234 words"), ("state", "not saved"), ("voice", "Lovecraft, 90 characters a second")):
        bar.set_part(part, text)
    bar.resize(line.fontMetrics().horizontalAdvance(KEYS) + 60, 30)
    bar.show()
    bar.set_part(name, KEYS)
    assert line.text() == KEYS
    bar.set_part(name, "")
    assert line.text().endswith("a second")
