from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from pandemonium.desktop.core.theme import LIGHT
from pandemonium.desktop.features.training.drop_overlay import Veil


def test_the_page_is_dimmed_while_there_is_something_to_say(qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(500, 300)
    veil = Veil(page, "Literata")
    page.show()
    assert not veil.isVisible()
    before = page.grab().toImage()
    veil.take_colours(LIGHT)
    veil.say("Train a voice?")
    assert veil.isVisible()
    assert veil.accessibleName() == "Train a voice?"
    assert page.grab().toImage() != before
    page.resize(700, 400)
    assert veil.size() == page.size()
    veil.say("")
    assert not veil.isVisible()
