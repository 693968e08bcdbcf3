"""What is found can be read, and marks under words can be seen, in every theme."""

from __future__ import annotations

import pytest

from pandemonium.desktop.core.theme import DARK, LIGHT, SEPIA, Colours, contrast


@pytest.mark.parametrize("colours", [LIGHT, DARK, SEPIA], ids=lambda each: each.name)
def test_found_and_misspelt_words_can_be_read(colours: Colours) -> None:
    assert contrast(colours.ink, colours.found) >= 4.5
    assert contrast(colours.accent, colours.found) >= 4.5
    assert contrast(colours.misspelt, colours.paper) >= 4.5
