"""How unexpected each word is: the same sum as the whole text's, at the right word, whatever is read before."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.text.ngrams import find_words
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.insight.surprise import Part, Surprise, WordBits, read_surprise
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

TEXT = "The house had stood empty since the winter, and no one in the village could say why."


@pytest.fixture(scope="module")
def tiny(tiny_voice: Voice) -> Continuer:
    return Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))


def of(continuer: Continuer, *texts: str) -> Surprise:
    return read_surprise(continuer, [], [Part(text) for text in texts])


def words(text: str, found: WordBits) -> dict[str, float]:
    return {text[start:end]: float(bits) for start, end, bits in zip(found.starts, found.ends, found.bits, strict=True)}


def test_words_and_signs_together_are_the_text(lovecraft: Continuer) -> None:
    text = "the house had stood empty since the winter"  # no signs, one paragraph
    bits = of(lovecraft, text).bits[0].bits
    whole = score(text, lovecraft.runtime, lovecraft.voice.tokenizer, memory_share=0.0)
    assert float(bits.sum()) == pytest.approx(whole.bits, rel=0.01)


def test_a_word_out_of_place_is_told(lovecraft: Continuer) -> None:
    found = of(lovecraft, TEXT.replace("village", "spreadsheet")).bits[0]
    by_word = words(TEXT.replace("village", "spreadsheet"), found)
    assert max(by_word, key=lambda word: by_word[word]) == "spreadsheet"
    assert by_word["spreadsheet"] > 15
    assert by_word["no"] < 9


def test_typography_does_not_matter(lovecraft: Continuer) -> None:
    straight = of(lovecraft, 'He said: "I don\'t know--not yet..." and went.').bits[0]
    curly = of(lovecraft, "He said: \u201cI don\u2019t know \u2014 not yet\u2026\u201d and went.").bits[0]
    assert np.allclose(straight.bits[:4], curly.bits[:4], rtol=1e-3)
    assert len(straight.bits) == len(curly.bits)


def test_what_comes_before_matters_and_is_not_counted(lovecraft: Continuer) -> None:
    cold = read_surprise(lovecraft, [], [Part(TEXT)])
    warm = read_surprise(lovecraft, [Part("It was a winter in the village, and the house was empty.")], [Part(TEXT)])
    assert len(warm.bits) == len(cold.bits) == 1
    assert warm.bits[0].mean < cold.bits[0].mean


def test_going_on_is_the_same_as_reading_at_once(lovecraft: Continuer) -> None:
    parts = [Part(TEXT), Part("He came back at night.", joined=True), Part("I heard a sound.")]
    whole = read_surprise(lovecraft, [], parts)
    first = read_surprise(lovecraft, [], parts[:1])
    rest = read_surprise(lovecraft, parts[:1], parts[1:], place=first.place)
    for one, other in zip(whole.bits, (*first.bits, *rest.bits), strict=True):
        assert np.allclose(one.bits, other.bits, atol=0.02)
    assert np.allclose(whole.expected.counts, first.expected.counts + rest.expected.counts, atol=1e-3)


def test_stopped_it_gives_what_is_whole(lovecraft: Continuer) -> None:
    looks = iter([False] * 4)
    found = read_surprise(lovecraft, [], [Part(TEXT)] * 9, stop=lambda: next(looks, True))
    assert 0 < len(found.bits) < 9
    assert found.place is not None
    assert read_surprise(lovecraft, [], [Part(TEXT)], stop=lambda: True).bits == ()


def test_expected_words_add_up_to_less_than_all(lovecraft: Continuer) -> None:
    found = of(lovecraft, TEXT)
    expected = dict(zip(found.expected.words, found.expected.counts, strict=True))
    assert found.expected.read == len(list(find_words(TEXT)))
    assert 0.5 < expected["the"] < 4
    assert expected["the"] > expected["lamp"]
    assert 0 < sum(expected.values()) < found.expected.read + 5


@pytest.mark.long
def test_another_language_is_named_and_not_read(lovecraft: Continuer) -> None:
    found = of(lovecraft, "Das Haus hatte lange leer gestanden, und niemand im Dorf wollte sagen, warum das so war.")
    assert found.foreign == "de"
    assert found.bits == ()


def test_nothing_but_signs(lovecraft: Continuer) -> None:
    found = of(lovecraft, "", "* * *", "   ")
    assert [len(each.bits) for each in found.bits] == [0, 0, 0]
    assert math.isnan(found.bits[1].mean)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
@settings(max_examples=60)
def test_every_text_has_an_answer(tiny: Continuer, texts: list[str]) -> None:
    found = of(tiny, *texts)
    if found.foreign:
        return
    assert len(found.bits) == len(texts)
    for text, each in zip(texts, found.bits, strict=True):
        assert [text[a:b] for a, b in zip(each.starts, each.ends, strict=True)] == [m[0] for m in find_words(text)]
        assert (each.bits[np.isfinite(each.bits)] >= 0).all()
