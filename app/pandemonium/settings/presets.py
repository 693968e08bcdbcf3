"""The three presets' values, tuned on what `python -m pandemonium.writing.samples` printed of the dev tales."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pandemonium.settings.tree import WritingSettings


@dataclass(frozen=True)
class Preset:
    """One way to set the voice.

    Attributes:
        key: its name in the code; the window has the words for it.
        temperature, top_p, min_p: what it sets.
    """

    key: str
    temperature: float
    top_p: float
    min_p: float

    def apply(self, settings: WritingSettings) -> WritingSettings:
        """The settings with this preset's values."""
        return replace(settings, temperature=self.temperature, top_p=self.top_p, min_p=self.min_p)

    def fits(self, settings: WritingSettings) -> bool:
        """Tells whether the settings are this preset's."""
        names = ("temperature", "top_p", "min_p")
        return all(abs(getattr(settings, name) - getattr(self, name)) < 1e-6 for name in names)


# A nucleus alone lets through pieces that make no word; a small min-p keeps them out.
PRESETS = (
    Preset("careful", 0.65, 0.85, 0.03),
    Preset("balanced", 0.8, 0.9, 0.02),
    Preset("wild", 1.05, 0.97, 0.015),
)
