"""Tokenizers of every unit: no text is unknown, a character stays whole, a rare word is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.errors import VoiceError
from pandemonium.text.cleaning import normalize
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import UNITS, Unit, characters_of, train_tokenizer, unit_of, words_of

TEXT = (
    'The old man\u2014the caf\u00e9\'s owner\u2014said: "The sea, the sea." The old sea.'
    "\n\nThe man saw \u4e2d a thing.\n\n"
) * 3
MADE: dict[Unit, SubwordTokenizer] = {unit: train_tokenizer([TEXT], unit, 400) for unit in UNITS}


@pytest.mark.parametrize("unit", UNITS)
def test_a_tokenizer_knows_its_unit_again(unit: Unit) -> None:
    assert unit_of(SubwordTokenizer(MADE[unit].definition)) == unit


@pytest.mark.parametrize("unit", UNITS)
@given(text=st.text())
def test_every_text_comes_back(unit: Unit, text: str) -> None:
    text = normalize(text)
    ids = MADE[unit].encode(text)
    assert MADE[unit].decode(ids) == text
    assert MADE[unit].separator not in ids


@pytest.mark.parametrize(
    "text", ["lower CASE", "\"quotes\"\n\nand 'breaks'", "\U0001f419 \x00 \u0416", "\n\n\n", " a  b "]
)
@pytest.mark.parametrize("unit", UNITS)
def test_case_quotes_breaks_and_strangers_come_back(unit: Unit, text: str) -> None:
    assert MADE[unit].decode(MADE[unit].encode(text)) == text


def test_every_character_of_the_text_is_one_piece() -> None:
    tokenizer = characters_of([TEXT])
    assert [tokenizer.decode([i]) for i in tokenizer.encode(TEXT)] == list(TEXT)
    assert len(tokenizer.encode("\u4e2d")) == 1
    assert len(tokenizer.encode("\u4eba")) == 3


def test_characters_that_share_their_first_bytes_stay_apart() -> None:
    text = "\u2014\u2013\u2019\u201c \U0001f419\U0001f41a"
    tokenizer = characters_of([text])
    assert [tokenizer.decode([i]) for i in tokenizer.encode(text)] == list(text)


def test_a_frequent_word_is_one_piece_and_a_rare_one_is_spelled() -> None:
    tokenizer, rare = words_of([TEXT + "Arkham"], size=400, least=2)
    pieces = [tokenizer.decode([i]) for i in tokenizer.encode("The old sea, Arkham theman")]
    assert pieces == ["The", " old", " sea", ",", " ", *"Arkham", " ", *"theman"]
    assert rare.once == 1 / rare.different
    assert rare.kept == rare.different - 1
    assert 0 < rare.spelled < 0.02


def test_there_are_at_most_as_many_words_as_asked_for() -> None:
    tokenizer, rare = words_of([TEXT], size=265, least=1)
    assert tokenizer.size == 265
    assert rare.kept < rare.different
    assert len(tokenizer.encode("The")) == 1  # the commonest stay


def test_an_unknown_unit_is_a_sentence() -> None:
    with pytest.raises(VoiceError, match="no unit 'syllable'"):
        train_tokenizer([TEXT], "syllable")  # type: ignore[arg-type]
