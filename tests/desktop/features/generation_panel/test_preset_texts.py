"""The presets lie within the sliders' ranges and are told apart."""

from __future__ import annotations

from pandemonium.settings import WritingSettings
from pandemonium.settings.presets import PRESETS


def test_each_preset_fits_itself_alone() -> None:
    for preset in PRESETS:
        settings = preset.apply(WritingSettings(words=99))
        assert settings.words == 99
        assert [each.key for each in PRESETS if each.fits(settings)] == [preset.key]


def test_the_usual_setting_is_balanced() -> None:
    assert next(each.key for each in PRESETS if each.fits(WritingSettings())) == "balanced"
