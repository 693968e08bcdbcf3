from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.theme import LIGHT
from pandemonium.desktop.features.training.drop_overlay import DropOverlay


def test_the_page_is_dimmed_while_there_is_something_to_say(qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(500, 300)
    overlay = DropOverlay(page, "Literata")
    page.show()
    assert not overlay.isVisible()
    before = page.grab().toImage()
    overlay.apply_colours(LIGHT)
    overlay.say("Train a voice?")
    assert overlay.isVisible()
    assert overlay.accessibleName() == "Train a voice?"
    assert page.grab().toImage() != before
    page.resize(700, 400)
    assert overlay.size() == page.size()
    overlay.say("")
    assert not overlay.isVisible()
