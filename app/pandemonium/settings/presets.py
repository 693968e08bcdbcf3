"""The three presets' values, chosen by blind reading behind openings of the dev tales (docs/reading-protocol.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pandemonium.settings.tree import WritingSettings

PRESET_FIELDS = ("temperature", "top_p", "min_p", "balance")


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

    def values(self) -> dict[str, Any]:
        """What it sets, by the settings' names."""
        return {name: getattr(self, name) for name in PRESET_FIELDS}

    def apply(self, settings: WritingSettings) -> WritingSettings:
        """The settings with this preset's values."""
        return replace(settings, **self.values())

    def fits(self, settings: WritingSettings) -> bool:
        """Tells whether the settings are this preset's."""
        return all(abs(getattr(settings, name) - getattr(self, name)) < 1e-6 for name in PRESET_FIELDS)


# A nucleus alone lets through tokens that make no word; a small min-p keeps them out. What both take from the rare
# words the balance gives back: with none of it the prose is small change, with too much it is all jewels and no sense.
PRESETS = (
    Preset("careful", 0.5, 0.9, 0.03, 1.0),
    Preset("balanced", 0.55, 0.9, 0.02, 0.9),
    Preset("wild", 0.8, 0.95, 0.01, 0.9),
)
