from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDoubleSpinBox, QLabel, QLineEdit

from pandemonium.desktop.features.training.plan_page import PlanPage
from pandemonium.desktop.features.training.wizard_flow import Base, Flow
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Survey


def planned(characters: int = 400_000) -> Flow:
    flow = Flow(lambda: [])
    flow.begin([Path("/texts")])
    flow.base = Base("lovecraft", Path("/lovecraft.voice"))
    flow.set_survey(Survey([Examined(Path("/texts/a.txt"), words=9, characters=characters, language="en")]))
    return flow


def test_the_plan(qtbot: Any) -> None:
    page = PlanPage(has_battery=True)
    qtbot.addWidget(page)
    page.show()
    flow = planned()
    assert flow.base is not None
    page.show_bases([flow.base])
    page.show_flow(flow, None, "")
    words = page.findChild(QLabel, "estimateText")
    assert "five seconds" in words.text()
    page.show_flow(flow, 1000.0, "")
    assert "this machine reads your texts about" in words.text()
    assert page.findChild(QLineEdit, "voiceNameField").text() == "texts"
    buttons = {each.text(): each for each in page.findChildren(QAbstractButton)}
    assert buttons["Good, 20"].isChecked()
    with qtbot.waitSignal(page.minutes_chosen) as heard:
        buttons["Until it stops improving"].click()
    assert heard.args == [0.0]
    with qtbot.waitSignal(page.minutes_chosen) as heard:
        page.findChild(QDoubleSpinBox, "minutesField").setValue(1.5)
    assert heard.args == [1.5]
    with qtbot.waitSignal(page.battery_chosen):
        page.findChild(QCheckBox, "batteryBox").click()
    page.show_flow(flow, None, "It could not be measured.")
    assert words.text() == "It could not be measured."


def test_a_small_folder_is_told_what_will_happen_instead(qtbot: Any) -> None:
    page = PlanPage(has_battery=False)
    qtbot.addWidget(page)
    page.show()
    page.show_flow(planned(5_000), 1000.0, "")
    assert "in its memory" in page.findChild(QLabel, "wayText").text()
    assert not page.findChild(QLabel, "estimateText").isVisible()
    assert not page.findChild(QCheckBox, "batteryBox").isVisible()
