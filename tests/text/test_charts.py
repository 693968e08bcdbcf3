"""The chart is a well-formed drawing that says what it shows, whatever the names and the shares."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from pandemonium.text.charts import HEIGHT, WIDTH, Charted, Palette, style_chart
from pandemonium.text.style import measure

SVG = "{http://www.w3.org/2000/svg}"


def charted(name: str, text: str) -> Charted:
    figures = measure(text)
    return Charted(name, figures.letters, figures.word_lengths)


def test_two_texts_side_by_side() -> None:
    svg = style_chart(charted("A & <B>", "the sea was dark"), charted("The author", "a cold wind blew over it"))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    title = root.find(f"{SVG}title")
    description = root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "A & <B>, The author"
    assert description is not None
    assert "% apart" in str(description.text)
    palette = Palette()
    for colour in (palette.first, palette.second):
        bars = [each for each in root.iter(f"{SVG}rect") if each.get("fill") == colour]
        assert len(bars) > 10
        for bar in bars:
            assert float(bar.get("height", 0)) >= 0
            assert 0 <= float(bar.get("x", 0)) <= WIDTH
            assert float(bar.get("y", 0)) + float(bar.get("height", 0)) <= HEIGHT


def test_a_taller_bar_is_a_larger_share() -> None:
    svg = style_chart(
        Charted("one", {"a": 0.75, "b": 0.25}, {"1": 1.0}), Charted("two", {"a": 0.5, "b": 0.5}, {"1": 1.0})
    )
    bars = [
        float(each.get("height", 0))
        for each in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if each.get("fill") == Palette().first
    ]
    assert bars[1] == pytest.approx(3 * bars[2], abs=0.2)  # the first is the legend's


def test_texts_without_a_word() -> None:
    ElementTree.fromstring(style_chart(charted("", ""), charted("", "")))


def test_other_letters_and_long_names() -> None:
    russian = charted(
        "\u0427\u0435\u0445\u043e\u0432" * 60,
        "\u043c\u043e\u0440\u0435 \u0431\u044b\u043b\u043e \u0442\u0435\u043c\u043d\u044b\u043c",
    )
    words = [str(each.text) for each in ElementTree.fromstring(style_chart(russian, russian)).iter(f"{SVG}text")]
    assert "\u043c" in words
    assert all(len(each) < 60 for each in words)
