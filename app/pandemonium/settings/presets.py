"""The three presets' values, tuned on what `python -m pandemonium.writing.samples` printed of the dev tales."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pandemonium.settings.tree import WritingSettings

_NAMES = ("temperature", "top_p", "min_p", "balance")


@dataclass(frozen=True)
class Preset:
    """One way to set the voice.

    Attributes:
        key: its name in the code; the window has the words for it.
        temperature, top_p, min_p, balance: what it sets.
    """

    key: str
    temperature: float
    top_p: float
    min_p: float
    balance: float

    def apply(self, settings: WritingSettings) -> WritingSettings:
        """The settings with this preset's values."""
        return replace(settings, **{name: getattr(self, name) for name in _NAMES})

    def fits(self, settings: WritingSettings) -> bool:
        """Tells whether the settings are this preset's."""
        return all(abs(getattr(settings, name) - getattr(self, name)) < 1e-6 for name in _NAMES)


# A nucleus alone lets through pieces that make no word; a small min-p keeps them out. What both take from the rare
# words the balance gives back, the more, the more they take: with too little of it the prose is small change, with too
# much it is all jewels.
PRESETS = (
    Preset("careful", 0.65, 0.85, 0.03, 1.0),
    Preset("balanced", 0.8, 0.9, 0.02, 1.45),
    Preset("wild", 1.05, 0.97, 0.01, 0.8),
)
