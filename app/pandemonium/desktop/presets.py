"""Three ways to set the voice, in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pandemonium.settings import WritingSettings


@dataclass(frozen=True)
class Preset:
    """One of them.

    Attributes:
        key: its name in the code.
        name, line: what the window calls it and the one line that says what it does, to be translated.
        temperature, top_p: what it sets.
    """

    key: str
    name: str
    line: str
    temperature: float
    top_p: float

    def apply(self, settings: WritingSettings) -> WritingSettings:
        """The settings with this preset's values."""
        return replace(settings, temperature=self.temperature, top_p=self.top_p)

    def fits(self, settings: WritingSettings) -> bool:
        """Tells whether the settings are this preset's."""
        return abs(settings.temperature - self.temperature) < 1e-6 and abs(settings.top_p - self.top_p) < 1e-6


PRESETS = (
    Preset(
        "careful",
        str(QT_TRANSLATE_NOOP("Presets", "Careful")),
        str(QT_TRANSLATE_NOOP("Presets", "Keeps to what is likely; seldom errs.")),
        0.6,
        0.8,
    ),
    Preset(
        "balanced",
        str(QT_TRANSLATE_NOOP("Presets", "Balanced")),
        str(QT_TRANSLATE_NOOP("Presets", "Sense first, with room for a surprise.")),
        0.8,
        0.9,
    ),
    Preset(
        "wild",
        str(QT_TRANSLATE_NOOP("Presets", "Wild")),
        str(QT_TRANSLATE_NOOP("Presets", "Takes strange turns; may lose its way.")),
        1.1,
        0.97,
    ),
)
