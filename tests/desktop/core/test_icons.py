"""Icons are drawn in the colour asked for."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pandemonium import paths
from pandemonium.desktop.core.icons import Icons


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
