"""The card: comes back as it was, and survives what another version wrote."""

from __future__ import annotations

import json

import pytest

from pandemonium.voice.card import Card


def test_comes_back_through_json() -> None:
    card = Card(
        title="Na\u00efve \U0001f419", characters=3, bits_per_character=1.75, recipe={"rate": 0.1, "parts": [1, 2]}
    )
    assert Card.from_dict(json.loads(json.dumps(card.to_dict()))) == card


def test_passes_over_what_it_does_not_know() -> None:
    card = Card.from_dict({"title": "A", "colour": "green", "hours": "long", "recipe": None, "bits_per_character": 2})
    assert card == Card(title="A", bits_per_character=2)


def test_needs_a_title() -> None:
    with pytest.raises(KeyError):
        Card.from_dict({})
