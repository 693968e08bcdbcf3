"""The page's typeface comes with the program, and its licence with it."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from pandemonium import paths
from pandemonium.desktop.core.fonts import load_fonts, page_font
from pandemonium.settings import EditorSettings


def test_the_pages_typeface_is_found(qapp: QApplication) -> None:
    families = load_fonts(paths.resources() / "fonts")
    usual = EditorSettings().font
    assert usual in families
    font = page_font(usual, 13.0)
    assert QFontInfo(font).family() == usual
    assert font.pointSizeF() == 13.0


def test_the_licence_comes_with_it() -> None:
    assert "Open Font License" in (paths.resources() / "fonts" / "literata" / "OFL.txt").read_text("utf-8")
