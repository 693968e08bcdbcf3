"""The result's chart: shown where there are figures, described for a screen reader, absent where there are none."""

from __future__ import annotations

from typing import Any

import pytest

from pandemonium.desktop.core.theme import DARK, LIGHT
from pandemonium.desktop.features.training.chart import ChartView, result_chart
from pandemonium.desktop.features.training.result_page import ResultPage

STYLE = {
    "own": {"letters": {"a": 0.5, "b": 0.5}, "word_lengths": {"3": 1.0}},
    "author": {"letters": {"a": 0.75, "b": 0.25}, "word_lengths": {"3": 1.0}},
}


def test_the_page_shows_it_below_the_openings(qtbot: Any, result: dict[str, object]) -> None:
    page = ResultPage()
    qtbot.addWidget(page)
    page.apply_colours(LIGHT)
    page.show_result({**result, "style": STYLE}, "lovecraft")
    page.show()
    view = page.findChild(ChartView, "styleChart")
    assert view.isVisibleTo(page)
    assert "letters lie 25.0 %" in view.accessibleName()
    page.apply_colours(DARK)
    assert view.isVisibleTo(page)
    page.show_result(result, "lovecraft")
    assert not view.isVisibleTo(page)


def test_it_takes_the_themes_colours() -> None:
    svg, _ = result_chart({"voice": "Anna", "style": STYLE}, DARK)
    assert DARK.paper in svg
    assert DARK.accent in svg
    assert "What Anna writes" in svg


def test_the_shape_stays(qtbot: Any) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    assert view.heightForWidth(380) * 2 == view.sizeHint().height()


@pytest.mark.parametrize(
    "style", [None, {}, {"own": 3, "author": 4}, {"own": {}, "author": {}}, {**STYLE, "own": {"letters": {"a": "x"}}}]
)
def test_figures_that_are_none_show_nothing(style: object) -> None:
    assert result_chart({"style": style}, LIGHT) == ("", "")
