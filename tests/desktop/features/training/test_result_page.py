from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from pandemonium.desktop.core.theme import DARK, LIGHT
from pandemonium.desktop.features.training.result_page import ResultPage


def test_what_became_of_it(qtbot: Any, result: dict[str, object]) -> None:
    page = ResultPage()
    qtbot.addWidget(page)
    page.apply_colours(LIGHT)
    page.show_result(result, "lovecraft")
    page.show()
    assert page.findChild(QLabel, "verdictText").text() == "It learned much."
    assert "2.40 bits a character before, 2.10 after" in page.findChild(QLabel, "gainText").text()
    assert "9 words" in page.findChild(QLabel, "copyingText").text()
    proses = [each for each in page.findChildren(QLabel) if each.property("role") == "prose"]
    assert " and dark." in proses[0].text()
    assert "She slept." in proses[1].text()
    assert len(proses) == 6
    assert all(each.accessibleName() for each in proses)
    page.apply_colours(DARK)
    for name, signal in (
        ("keepVoiceButton", page.keep_asked),
        ("discardVoiceButton", page.discard_asked),
        ("trainOnButton", page.train_on_asked),
    ):
        with qtbot.waitSignal(signal):
            page.findChild(QPushButton, name).click()


def test_what_only_remembers_is_not_said_to_copy(qtbot: Any, result: dict[str, object]) -> None:
    page = ResultPage()
    qtbot.addWidget(page)
    page.show_result({**result, "learned": "remembered", "openings": []}, "lovecraft")
    page.show()
    assert not page.findChild(QLabel, "copyingText").isVisible()
    assert not page.findChild(QPushButton, "trainOnButton").isVisible()
