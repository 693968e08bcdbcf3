"""The three presets' values, tuned on what `python -m pandemonium.writing.samples` printed of the dev tales."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pandemonium.settings.tree import WritingSettings


@dataclass(frozen=True)
class Preset:
    """One way to set the voice.

    Attributes:
        key: its name in the code; the window has the words for it.
        temperature, top_p: what it sets.
    """

    key: str
    temperature: float
    top_p: float

    def apply(self, settings: WritingSettings) -> WritingSettings:
        """The settings with this preset's values."""
        return replace(settings, temperature=self.temperature, top_p=self.top_p)

    def fits(self, settings: WritingSettings) -> bool:
        """Tells whether the settings are this preset's."""
        return abs(settings.temperature - self.temperature) < 1e-6 and abs(settings.top_p - self.top_p) < 1e-6


PRESETS = (Preset("careful", 0.6, 0.8), Preset("balanced", 0.8, 0.9), Preset("wild", 1.1, 0.97))
