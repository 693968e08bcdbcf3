"""Voices of any unit on one scale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pandemonium import paths
from pandemonium.settings import WritingSettings
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice
from pandemonium.writing.measuring.comparison import compare, habits, read_openings
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


def test_a_voices_row(tiny_voice: Voice, prose: str) -> None:
    voice = replace(tiny_voice, card=Card("Tiny", hours=0.5, recipe={"name": "mine", "sampling": {"temperature": 0.4}}))
    said: list[str] = []
    row = compare(
        voice,
        CpuRuntime(voice, 1),
        [prose[:300]],
        ["The sea", "It was"],
        frozenset({"the"}),
        words=4,
        most=60,
        say=said.append,
    )
    assert (row.unit, row.recipe, row.minutes, row.temperature) == ("sub-word", "mine", 30.0, 0.4)
    assert row.bits_per_character > 1
    assert 0 <= row.next_character_accuracy <= 1
    assert row.characters_per_second > 0
    assert row.sample.count("\n\n") >= 1
    values = row.to_dict()
    assert {"the", "ing", "tion", "ed", "once", "prepositions", "pronouns", "letters"} <= values["style"].keys()
    assert "counts" not in values
    assert len(said) == 3


def test_a_voice_writes_as_its_recipe_says_unless_told() -> None:
    card = Card("x", recipe={"sampling": {"temperature": 0.4, "top_p": 0.5}})
    assert (habits(card, 9).temperature, habits(card, 9).top_p) == (0.4, 0.5)
    assert habits(card, 9, 1.1).temperature == 1.1
    for odd in ({}, {"sampling": 3}, {"sampling": {"temperature": "hot"}}):
        assert habits(Card("x", recipe=odd), 9) == WritingSettings(words=9, seed=1, candidates=1)


def test_the_openings_that_come_with_the_program() -> None:
    assert len(read_openings(paths.resources() / "openings.toml")) == 20


@pytest.mark.long
def test_the_bundled_voice_foresees_more_than_a_stranger(bundled_voice: Voice, tiny_voice: Voice, prose: str) -> None:
    rows = [
        compare(voice, CpuRuntime(voice, 1), [prose], ["The sea"], frozenset(), words=5, most=500)
        for voice in (bundled_voice, tiny_voice)
    ]
    assert rows[0].bits_per_character < rows[1].bits_per_character
    assert rows[0].next_character_accuracy > 0.5 > rows[1].next_character_accuracy
