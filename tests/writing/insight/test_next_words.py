"""The next words: whole ones, their chances the same as by adding up every way to spell them, the likeliest first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.text.typography import Typography
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, quantize_voice
from pandemonium.voice.units import characters_of
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.insight.next_words import NextWord, NextWords, next_words
from pandemonium.writing.reading.context import prepare
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling.drawing import softmax

OPENING = "I was standing upon the threshold when I heard, from the cellar, a"


@pytest.fixture(scope="module")
def tiny(tiny_voice: Voice) -> Continuer:
    return Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))


def named(found: NextWords) -> dict[str, NextWord]:
    return {each.word: each for each in found.words}


def spelled(voice: Voice, before: str, extra: str) -> float:
    """The chance that `extra` stands behind `before` and a word ends there, over every way to cut it into pieces.

    Ways of less than a millionth of all are left out.
    """
    context = prepare(before, voice.tokenizer)
    runtime = CpuRuntime(voice, 1)
    pieces = voice.tokenizer.pieces
    inside = [piece.decode("utf-8", "ignore").lstrip("'")[:1].isalnum() for piece in pieces]
    outputs, state = runtime.read(np.array(context.tokens)[:, None], runtime.zero_state())

    def go(rest: bytes, chances: np.ndarray, state: np.ndarray, chance: float) -> float:
        if not rest:
            return float(chance * chances[~np.array(inside)].sum())
        whole = 0.0
        for token in voice.tokenizer.spelling(rest):
            piece = pieces[token]
            share = chance * chances[token]
            if len(piece) <= len(rest) and share > 1e-6:
                read, after = runtime.read(np.array([[token]]), state)
                whole += go(rest[len(piece) :], softmax(runtime.logits(read[0])[0]), after, share)
        return whole

    def begins(rest: bytes, chances: np.ndarray, state: np.ndarray, chance: float) -> float:
        if not rest:
            return chance
        total = 0.0
        for token in voice.tokenizer.spelling(rest):
            piece = pieces[token]
            share = chance * chances[token]
            if len(piece) >= len(rest):
                total += share
            elif share > 1e-6:
                read, after = runtime.read(np.array([[token]]), state)
                total += begins(rest[len(piece) :], softmax(runtime.logits(read[0])[0]), after, share)
        return total

    first = softmax(runtime.logits(np.ascontiguousarray(outputs[-1]))[0])
    return go(context.prefix + extra.encode(), first, state, 1.0) / begins(context.prefix, first, state, 1.0)


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "words"),
    [
        (OPENING, {" faint", "n", " small"}),
        (f"{OPENING} ", {"faint", "curious"}),
        ("I went down into the cel", {"lar", "l", "estial"}),
        ("We went to Ark", {"ham"}),
        ("He opened the door, and", {" the", " found"}),
    ],
)
def test_a_chance_is_that_of_every_way_to_spell_the_word(
    before: str, words: set[str], lovecraft: Continuer, bundled_voice: Voice
) -> None:
    found = {each.insertion: each for each in next_words(lovecraft, before, memory=0.0, most=40).words}
    assert words <= found.keys()
    for each in words:
        assert found[each].chance == pytest.approx(spelled(bundled_voice, before, each), rel=0.03)


def test_they_are_whole_words_the_likeliest_first(lovecraft: Continuer) -> None:
    found = next_words(lovecraft, OPENING)
    assert len(found.words) == 10
    assert [each.chance for each in found.words] == sorted((each.chance for each in found.words), reverse=True)
    assert all(each.word.isalpha() for each in found.words)
    assert "faint" in named(found)
    assert 0 <= found.signs <= 1
    assert found.signs + sum(each.chance for each in found.words) <= 1 + 1e-6


@pytest.mark.long
def test_no_likelier_word_is_missed(lovecraft: Continuer, bundled_voice: Voice) -> None:
    found = next_words(lovecraft, OPENING, memory=0.0)
    least = found.words[-1].chance
    many = next_words(lovecraft, OPENING, memory=0.0, most=40)
    assert [each.word for each in many.words[:10]] == [each.word for each in found.words]
    for extra in (" great", " large", " strange", " door", " low", " queer", " noise", " voice", " very", "nother"):
        if extra not in {each.insertion for each in found.words}:
            assert spelled(bundled_voice, OPENING, extra) <= least * 1.01


def test_a_word_under_way_is_completed_and_says_how_much_is_typed(lovecraft: Continuer) -> None:
    best = next_words(lovecraft, "I went down into the cel").words[0]
    assert (best.word, best.insertion, best.typed) == ("cellar", "lar", 3)
    assert best.chance > 0.5


def test_behind_a_whole_word_the_next_one_brings_its_space(lovecraft: Continuer) -> None:
    found = next_words(lovecraft, "I heard a sound from the")
    assert all(each.insertion.startswith(" ") or each.typed == 3 for each in found.words)
    spaced = next_words(lovecraft, "I heard a sound from the ")
    assert not any(each.insertion[0].isspace() for each in spaced.words)


def test_signs_are_counted_where_no_word_is_likely(lovecraft: Continuer) -> None:
    assert next_words(lovecraft, "\u201cWho is there?\u201d I cried").signs > 0.3
    assert next_words(lovecraft, "It was in the midst of").signs < 0.1


@pytest.mark.parametrize(
    ("before", "insertion"),
    [("I don\u2019t know. It wasn", "\u2019t"), ("I don't know. It wasn", "'t")],
)
def test_a_word_is_typed_as_the_document_types(before: str, insertion: str, lovecraft: Continuer) -> None:
    assert next_words(lovecraft, before).words[0].insertion == insertion


def test_an_empty_page_and_a_title(lovecraft: Continuer) -> None:
    usual = Typography(curly=True)
    assert all(each.word[0].isupper() for each in next_words(lovecraft, "", usual=usual).words)
    titled = next_words(lovecraft, "THE HORROR", paragraph="\n")
    assert all(each.insertion.startswith("\n") and not each.insertion.startswith("\n\n") for each in titled.words)


def test_what_follows_gets_a_space_of_its_own(lovecraft: Continuer) -> None:
    found = next_words(lovecraft, f"{OPENING} ", "sound came up")
    assert all(each.insertion.endswith(" ") for each in found.words)


def test_no_slur_is_offered(lovecraft: Continuer) -> None:
    assert not next_words(lovecraft, "He called him a nigge").words


def test_it_stops_when_it_is_told(lovecraft: Continuer) -> None:
    assert next_words(lovecraft, OPENING, stop=lambda: True) == NextWords()


def test_a_voice_of_characters(prose: str) -> None:
    tokenizer = characters_of([prose])
    architecture = PlainArchitecture(tokenizer.size, embedding=16, hidden=24, layers=1)
    random = np.random.default_rng(3)
    weights = {name: random.normal(0, 0.6, shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    weights["output.bias"] = np.log(np.bincount(tokenizer.encode(prose), minlength=tokenizer.size) + 0.01).astype("f4")
    voice = quantize_voice("letters", architecture, tokenizer, weights, Card(title="Letters"))
    found = next_words(Continuer(voice, CpuRuntime(voice, 1)), "a ", memory=0.0)
    assert found.words
    for each in found.words[:3]:
        assert each.chance == pytest.approx(spelled(voice, "a ", each.insertion), rel=0.03)


@pytest.mark.long
@given(st.text(max_size=60), st.text(max_size=5), st.sampled_from(["\n", "\n\n"]))
@settings(max_examples=60)
def test_every_text_has_an_answer(tiny: Continuer, before: str, after: str, paragraph: str) -> None:
    found = next_words(tiny, before, after, paragraph=paragraph)
    for each in found.words:
        assert each.insertion.strip()
        assert 0 < each.chance <= 1
        assert each.word.endswith(each.insertion.strip()) or each.typed == 0
    assert 0 <= found.signs <= 1
    assert len({(each.word, each.typed) for each in found.words}) == len(found.words)
