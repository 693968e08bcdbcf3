"""Wanted words: they come more easily, gain as they are spelled, and have had their turn once they are written."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.sampling.wanted import GAIN, WantedWords

BEFORE = "I went down the stairs of the old house. The cellar was damp and dark, and I held up my light. "
WANTED = ("lantern", "sarcophagus", "violin")


@pytest.fixture(scope="module")
def tokens(bundled_voice: Voice) -> SubwordTokenizer:
    return bundled_voice.tokenizer


def write(continuer: Continuer, seed: int, **values: object) -> str:
    settings = WritingSettings(**{"seed": seed, "candidates": 1, "words": 60, **values})  # type: ignore[arg-type]
    writing = continuer.write(ContinueRequest(1, 0, BEFORE, settings=settings))
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return str(end.value.text)


def gains(wanted: WantedWords, history: list[int]) -> dict[int, float]:
    ids, raised = wanted.raised(history)
    assert len(set(ids.tolist())) == len(ids)
    return dict(zip(ids.tolist(), raised.tolist(), strict=True))


@pytest.mark.long
def test_they_come_more_often(lovecraft: Continuer) -> None:
    found = {}
    for wanted in ((), WANTED):
        texts = [write(lovecraft, seed, wanted=wanted) for seed in range(1, 9)]
        found[wanted] = sum(word in text for text in texts for word in WANTED)
    assert found[WANTED] >= found[()] + 3
    assert write(lovecraft, 1, wanted=WANTED) == write(lovecraft, 1, wanted=WANTED)


@pytest.mark.long
def test_a_wanted_word_is_no_litany(lovecraft: Continuer) -> None:
    texts = [write(lovecraft, seed, wanted=("lantern",)) for seed in range(1, 9)]
    assert max(len(re.findall("lantern", text)) for text in texts) <= 3


def test_a_word_gains_piece_by_piece(tokens: SubwordTokenizer) -> None:
    wanted = WantedWords(["sarcophagus", "house"], tokens)
    spelled = tokens.encode(" sarcophagus")
    house = tokens.encode(" house")[0]
    assert len(spelled) > 1
    assert gains(wanted, [])[house] == pytest.approx(GAIN)
    last = gains(wanted, [])[spelled[0]]
    assert 0 < last < GAIN
    for at in range(1, len(spelled)):
        behind = gains(wanted, [house, *spelled[:at]])[spelled[at]]
        assert behind > last
        last = behind
    assert last == pytest.approx(GAIN)


def test_a_word_that_was_written_has_had_its_turn(tokens: SubwordTokenizer) -> None:
    wanted = WantedWords(["house", "horse"], tokens)
    house, horse = (tokens.encode(f" {word}")[0] for word in ("house", "horse"))
    behind = gains(wanted, [5, house, 6])
    assert behind[house] == 0.0
    assert behind[horse] == pytest.approx(GAIN)
    assert gains(wanted, [house, *[5] * 300])[house] == pytest.approx(GAIN)


def test_thousands_of_words_gain_alike(tokens: SubwordTokenizer) -> None:
    words = [piece.decode("utf-8", "ignore").strip() for piece in tokens.pieces]
    words = [word for word in words if word.isalpha()][:4000]
    many = WantedWords([*words, "lantern", *(first + second for first, second in pairwise(words))], tokens)
    few = WantedWords(["lantern"], tokens)
    history = tokens.encode("The house stood by the sea, and")
    token = tokens.encode(" lantern")[0]
    assert gains(many, history)[token] >= gains(few, history)[token] > 0


def test_nothing_is_wanted(tokens: SubwordTokenizer) -> None:
    for wanted in (WantedWords([], tokens), WantedWords(["", "  "], tokens)):
        assert not wanted
        ids, raised = wanted.raised([1, 2, 3])
        assert len(ids) == len(raised) == 0
        assert raised.dtype == np.float32
