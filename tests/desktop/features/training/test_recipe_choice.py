"""A recipe under "More": only for a voice from nothing, and it reaches the job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from pandemonium.desktop.features.training.plan_page import PlanPage
from pandemonium.desktop.features.training.wizard_flow import Base, Flow, Way
from pandemonium.training.reading.examining import Examined
from pandemonium.training.reading.selection import Survey
from pandemonium.training.recipe import Recipe, find_recipe, known_recipes


def planned(characters: int = 400_000) -> Flow:
    flow = Flow(lambda: [])
    flow.begin([Path("/texts")])
    flow.base = Base("lovecraft", Path("/lovecraft.voice"))
    flow.set_survey(Survey([Examined(Path("/texts/a.txt"), words=9, characters=characters, language="en")]))
    return flow


def test_a_recipe_is_chosen_only_for_a_voice_from_nothing(qtbot: Any) -> None:
    page = PlanPage(has_battery=False)
    qtbot.addWidget(page)
    page.show()
    flow = planned()
    page.show_recipes(known_recipes())
    page.show_flow(flow, 1000.0, "")
    alone = page.findChild(QCheckBox, "aloneBox")
    recipes = page.findChild(QComboBox, "recipeBox")
    assert not recipes.isEnabled()
    assert recipes.accessibleName()
    with qtbot.waitSignal(page.alone_chosen) as heard:
        alone.click()
    assert heard.args == [True]
    flow.alone = True
    page.show_flow(flow, 1000.0, "")
    assert recipes.isEnabled()
    assert "from nothing" in page.findChild(QLabel, "wayText").text()
    place = recipes.findData("strika-2019")
    with qtbot.waitSignal(page.recipe_chosen) as heard:
        recipes.activated.emit(recipes.setCurrentIndex(place) or place)
    assert heard.args == ["strika-2019"]
    flow.recipe = find_recipe("strika-2019")
    page.show_flow(flow, 1000.0, "")
    assert recipes.currentData() == "strika-2019"
    assert page.findChild(QLabel, "wayText").text() == flow.recipe.about
    assert not page.findChild(QLabel, "estimateText").isVisible()


def test_what_reaches_the_job() -> None:
    flow = planned()
    flow.recipe = find_recipe("words-2018")
    assert flow.job().recipe == {}
    assert flow.job().from_scratch is None
    flow.alone = True
    assert flow.way is Way.ALONE
    assert flow.job().from_scratch is True
    assert Recipe.from_dict(flow.job().recipe) == flow.recipe
    flow.begin([Path("/others")])
    assert not flow.alone
    assert flow.recipe is None


def test_too_few_texts_can_be_mended_on_the_page(qtbot: Any) -> None:
    page = PlanPage(has_battery=False)
    qtbot.addWidget(page)
    page.show()
    flow = planned(5_000)
    flow.alone = True
    page.show_flow(flow, 1000.0, "")
    assert flow.way is Way.IMPOSSIBLE
    assert "too few to learn from alone" in page.findChild(QLabel, "wayText").text()
    assert page._more.isVisible()
