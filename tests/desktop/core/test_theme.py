"""Every text can be read on its ground, and the window follows the system."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from pandemonium import paths
from pandemonium.desktop.core.stylesheet import style_sheet
from pandemonium.desktop.core.theme import (
    CONTRAST,
    CONTRAST_DARK,
    DARK,
    LIGHT,
    SEPIA,
    Colours,
    Theme,
    contrast,
    qt_palette,
)

ALL = pytest.mark.parametrize("colours", [LIGHT, DARK, SEPIA, CONTRAST, CONTRAST_DARK], ids=lambda each: each.name)


def least(colours: Colours) -> float:
    """The contrast that a text has at least: WCAG's AA, and AAA where a high one is wanted."""
    return 7.0 if colours.is_high_contrast else 4.5


@ALL
def test_every_text_can_be_read(colours: Colours) -> None:
    grounds = (colours.paper, colours.board, colours.field)
    for ink in (colours.ink, colours.quiet, colours.accent, colours.warning, colours.faint):
        assert min(contrast(ink, ground) for ground in grounds) >= least(colours), ink
    assert contrast(colours.on_accent, colours.accent) >= least(colours)
    for ground in (colours.selection, colours.found):
        assert contrast(colours.ink, ground) >= least(colours)


@ALL
def test_what_is_no_text_is_seen(colours: Colours) -> None:
    seen = 4.5 if colours.is_high_contrast else 1.2
    for line in (colours.line, colours.underline, colours.misspelt):
        assert contrast(line, colours.paper) >= seen


@ALL
def test_words_can_be_read_on_every_tint_and_the_tints_be_told_apart_without_their_hue(colours: Colours) -> None:
    tints = (colours.unexpected, colours.rare, colours.startling)
    for tint in tints:
        assert contrast(colours.ink, tint) >= least(colours)
        assert contrast(colours.accent, tint) >= (7.0 if colours.is_high_contrast else 3.0)  # what has just arrived
    steps = [contrast(one, other) for one, other in pairwise((colours.paper, *tints))]
    assert min(steps) >= 1.1


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@ALL
def test_the_pictures_of_the_sheet_are_there(colours: Colours) -> None:
    for name, ground in (("arrow", colours.field), ("check", colours.accent)):
        picture = (paths.resources() / "icons" / f"{name}-{colours.name}.svg").read_text("utf-8")
        (stroke,) = re.findall(r'stroke="(#[0-9a-f]{6})"', picture)
        assert contrast(stroke, ground) >= least(colours)


@ALL
def test_the_sheet_and_the_palette_are_made_of_the_colours(colours: Colours) -> None:
    assert "$" not in style_sheet(colours, "arrow.svg")
    assert qt_palette(colours).color(QPalette.ColorRole.Text) == QColor(colours.ink)


def test_follows_the_system_until_the_writer_chooses(qtbot: Any) -> None:
    theme = Theme("system")
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.colours.name))
    hints = QGuiApplication.styleHints()
    try:
        hints.setColorScheme(Qt.ColorScheme.Dark)
        theme._follow()
        dark_is_possible = hints.colorScheme() == Qt.ColorScheme.Dark
        assert told[-1] == ("dark" if dark_is_possible else "light")
        theme.choose("sepia")
        assert told[-1] == "sepia"
        told.clear()
        theme._follow()
        assert told == []
    finally:
        hints.unsetColorScheme()


def test_a_system_of_high_contrast_is_followed(qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = Theme("system")
    told: list[str] = []
    theme.follow(lambda colours: told.append(colours.name))
    monkeypatch.setattr(Theme, "_wants_contrast", True)
    theme._follow()
    theme.choose("light")
    monkeypatch.setattr(Theme, "_wants_contrast", False)
    theme.choose("contrast")
    assert told == ["light", "contrast", "light", "contrast"]
    assert "dashed" in style_sheet(theme.colours, "arrow.svg")
