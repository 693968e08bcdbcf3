"""What the window calls the presets, and the line that says what each does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pandemonium.settings.presets import PRESETS, Preset


@dataclass(frozen=True)
class Words:
    """A preset's name and line, to be translated in the context "Presets"."""

    preset: Preset
    name: str
    line: str


_WORDS = {
    "careful": (
        QT_TRANSLATE_NOOP("Presets", "Careful"),
        QT_TRANSLATE_NOOP("Presets", "Keeps to what is likely; seldom errs."),
    ),
    "balanced": (
        QT_TRANSLATE_NOOP("Presets", "Balanced"),
        QT_TRANSLATE_NOOP("Presets", "Sense first, with room for a surprise."),
    ),
    "wild": (
        QT_TRANSLATE_NOOP("Presets", "Wild"),
        QT_TRANSLATE_NOOP("Presets", "Takes strange turns; may lose its way."),
    ),
}
NAMED_PRESETS = tuple(Words(preset, *map(str, _WORDS[preset.key])) for preset in PRESETS)
