"""Icons are drawn in the colour asked for."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from pandemonium import paths
from pandemonium.desktop.core.icons import Icons, tint_buttons
from pandemonium.desktop.core.stylesheet import style_sheet
from pandemonium.desktop.core.theme import DARK, LIGHT, SEPIA, contrast, qt_palette


@pytest.fixture
def icons(qapp: QApplication) -> Icons:
    return Icons(paths.resources() / "icons")


@pytest.mark.parametrize("name", ["feather", "circle-stop", "refresh-cw", "x"])
def test_icons_are_tinted(icons: Icons, name: str) -> None:
    image = icons.pixmap(name, "#2f6f62", 24, 2).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert QColor("#2f6f62").name() in solid


def test_the_program_has_an_icon_in_every_size(icons: Icons) -> None:
    sizes = {size.width() for size in icons.application().availableSizes()}
    assert {16, 32, 48, 128, 256} <= sizes


def test_third_party_icons_come_with_their_licence() -> None:
    assert "ISC" in (paths.resources() / "icons" / "LICENSE").read_text("utf-8")


def test_the_arrows_of_a_file_dialog_take_the_ink_of_its_paper(qtbot: Any) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setPalette(qt_palette(DARK))
    tint_buttons(dialog)
    arrow = dialog.findChild(QToolButton, "toParentButton")
    assert arrow is not None
    picture = arrow.icon().pixmap(16, 16).toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert inks == {DARK.ink}


def test_check_boxes_are_drawn_in_colours_that_the_paper_shows() -> None:
    for colours in (LIGHT, DARK, SEPIA):
        sheet = style_sheet(colours, "arrow-light.svg")
        assert "QCheckBox::indicator, " in sheet
        assert contrast(colours.faint, colours.paper) >= 3
        assert contrast(colours.faint, colours.board) >= 3
