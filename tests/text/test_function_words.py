"""Prepositions and pronouns, whatever their case."""

from __future__ import annotations

from pandemonium.text.function_words import function_word_shares


def test_shares() -> None:
    assert function_word_shares("He went INTO the cellar with her".split()) == (2 / 7, 2 / 7)
    assert function_word_shares([]) == (0.0, 0.0)
