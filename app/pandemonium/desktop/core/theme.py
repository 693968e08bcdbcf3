"""Paper and ink: the colours of the window: light, dark, sepia and high contrast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette


@dataclass(frozen=True)
class Colours:
    """One theme; every value is "#rrggbb".

    Attributes:
        paper, ink: of the page.
        board: the panel's and the status bar's ground.
        accent: verdigris, on paper and on board: what a voice has just written, links, the button that is meant.
        on_accent: text on the accent.
        quiet: less important text.
        faint: the line on an empty page, and text that is suggested.
        line: hair lines and borders.
        field: ground of boxes and lists.
        selection: behind selected text.
        underline: under what a voice wrote.
        warning: a sentence about something that went wrong.
        found: behind words that were searched for.
        misspelt: under words that spelling does not know.
        unexpected, rare, startling: behind words that a voice did not expect, each darker than the one before (on dark
            paper, lighter), so that no hue has to be told from another.
    """

    name: str
    paper: str
    ink: str
    board: str
    accent: str
    on_accent: str
    quiet: str
    faint: str
    line: str
    field: str
    selection: str
    underline: str
    warning: str
    found: str
    misspelt: str
    unexpected: str
    rare: str
    startling: str

    @property
    def is_high_contrast(self) -> bool:
        """Every text stands out from its ground by 7 to 1 at least, and so does what has the keyboard."""
        return self.name.startswith("contrast")


LIGHT = Colours(
    "light",
    "#fbf8f1",
    "#23201c",
    "#f3eee3",
    "#2f6f62",
    "#fbf8f1",
    "#625b50",
    "#716a5e",
    "#dcd4c4",
    "#fdfbf6",
    "#cfe1da",
    "#7fb3a6",
    "#8c3b2a",
    "#f2e2b3",
    "#8a6d1f",
    "#e9e3f6",
    "#d8cdf0",
    "#c3b2e8",
)
DARK = Colours(
    "dark",
    "#15181a",
    "#d9d3c5",
    "#1c2022",
    "#74b9a8",
    "#10201c",
    "#a09a8d",
    "#989286",
    "#2f3437",
    "#22272a",
    "#2b4a43",
    "#477a6e",
    "#e09a86",
    "#453c1d",
    "#c9a94f",
    "#2a2740",
    "#3a355e",
    "#4b4280",
)
SEPIA = Colours(
    "sepia",
    "#f1e5cc",
    "#3a2d1c",
    "#e9dbbd",
    "#275f54",
    "#f6ecd8",
    "#63533b",
    "#69593f",
    "#d3c19c",
    "#f5ebd6",
    "#c9d6bd",
    "#74a091",
    "#84341f",
    "#e4cf94",
    "#7d5a12",
    "#e3d7dc",
    "#d2c1d8",
    "#bda8cf",
)
CONTRAST = Colours(
    "contrast",
    "#ffffff",
    "#000000",
    "#ffffff",
    "#00332c",
    "#ffffff",
    "#1f1f1f",
    "#3d3d3d",
    "#595959",
    "#ffffff",
    "#a8dccf",
    "#00332c",
    "#7a0000",
    "#ffe07a",
    "#6b3d00",
    "#efe9ff",
    "#ddd0ff",
    "#c6b3ff",
)
CONTRAST_DARK = Colours(
    "contrast-dark",
    "#000000",
    "#ffffff",
    "#000000",
    "#a6f2e1",
    "#000000",
    "#e6e6e6",
    "#d0d0d0",
    "#a6a6a6",
    "#000000",
    "#00584b",
    "#a6f2e1",
    "#ffb8a6",
    "#594700",
    "#ffd24d",
    "#241c4d",
    "#372a75",
    "#4a389b",
)
_BY_NAME = {each.name: each for each in (LIGHT, DARK, SEPIA)}


class Theme(QObject):
    """The colours in force; follows the system where the writer wants that.

    Signals:
        changed(Colours): the colours are others now.
    """

    changed = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        if hasattr(self._hints, "accessibility"):  # from Qt 6.10 on
            self._hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    @property
    def colours(self) -> Colours:
        """The colours to paint with."""
        if self._name in _BY_NAME:
            return _BY_NAME[self._name]
        is_dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        if self._name == "contrast" or self._wants_contrast:
            return CONTRAST_DARK if is_dark else CONTRAST
        return DARK if is_dark else LIGHT

    @property
    def _wants_contrast(self) -> bool:
        """The system is set to a high contrast."""
        if not hasattr(self._hints, "accessibility"):
            return False
        return self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    @property
    def name(self) -> str:
        """What the writer chose: "system", "light", "dark", "sepia" or "contrast"."""
        return self._name

    def follow(self, apply: Callable[[Colours], object]) -> None:
        """Gives `apply` the colours now, and again whenever they are others."""
        apply(self.colours)
        self.changed.connect(apply)

    def choose(self, name: str) -> None:
        """Takes another theme."""
        if name != self._name:
            self._name = name
            self.changed.emit(self.colours)

    def _follow(self) -> None:
        if self._name not in _BY_NAME:
            self.changed.emit(self.colours)


def qt_palette(colours: Colours) -> QPalette:
    """The palette for widgets."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.board,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.field,
        QPalette.ColorRole.AlternateBase: colours.board,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.Button: colours.board,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.ToolTipBase: colours.field,
        QPalette.ColorRole.ToolTipText: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.Highlight: colours.selection,
        QPalette.ColorRole.HighlightedText: colours.ink,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Light: colours.field,
        QPalette.ColorRole.Midlight: colours.field,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.line,
        QPalette.ColorRole.Shadow: colours.line,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return palette


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    value = QColor(colour)
    parts = []
    for part in (value.redF(), value.greenF(), value.blueF()):
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
