"""What a personal training needs at least and may take at most, and the plans that people choose from."""

from __future__ import annotations

LEAST_CHARACTERS = 100_000
LONGEST_MINUTES = 600.0
PRESETS = {"taste": 5.0, "good": 20.0, "thorough": 60.0}
