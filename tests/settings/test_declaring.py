"""A declared setting refuses what it may not be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pandemonium.errors import SettingsError
from pandemonium.settings import EditorSettings, PanelSettings, WritingSettings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("temperature", 0.0),
        ("temperature", math.nan),
        ("words", 0),
        ("top_p", True),
        ("seed", -1),
        ("words", "60"),
        ("banned", ["a"]),
    ],
)
def test_writing_settings_keep_to_their_ranges(field: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=field.replace("_", "-")):
        WritingSettings(**{field: value})


def test_choices_switches_and_words() -> None:
    with pytest.raises(SettingsError, match="must be one of"):
        EditorSettings(theme="pink")
    with pytest.raises(SettingsError, match="true or false"):
        EditorSettings(marks=1)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="must be text"):
        PanelSettings(voice=3)  # type: ignore[arg-type]
