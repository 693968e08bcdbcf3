"""Loads the page's typefaces from resources/fonts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FALLBACKS = ["Source Serif 4", "Georgia", "Noto Serif", "DejaVu Serif", "serif"]


def load_fonts(folder: Path) -> list[str]:
    """Makes every typeface in `folder` known to Qt; gives the families."""
    families: list[str] = []
    for path in sorted([*folder.rglob("*.ttf"), *folder.rglob("*.otf")]):
        number = QFontDatabase.addApplicationFont(str(path))
        families += [each for each in QFontDatabase.applicationFontFamilies(number) if each not in families]
    return families


def page_font(family: str, size: float, *, plainly: bool = False) -> QFont:
    """The page's font, `size` in points; set `plainly` without kerning and ligatures, which is twice as quick."""
    font = QFont()
    font.setFamilies([family, *FALLBACKS])
    font.setPointSizeF(size)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    font.setKerning(not plainly)
    if plainly:
        font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return font
