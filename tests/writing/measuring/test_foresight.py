"""The next character: summed over the pieces that go on so, and the same as the plain one for characters."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, quantize_voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import characters_of, words_of
from pandemonium.writing.measuring.foresight import CharacterTable, foresee
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling.drawing import softmax


def voice_of(tokenizer: SubwordTokenizer, bias: np.ndarray | None = None) -> Voice:
    architecture = PlainArchitecture(tokenizer.size, embedding=16, hidden=24, layers=1)
    random = np.random.default_rng(3)
    weights = {name: random.normal(0, 0.6, shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    if bias is not None:
        weights["output.bias"] = bias.astype(np.float32)
    return quantize_voice("small", architecture, tokenizer, weights, Card(title="Small"))


def test_a_voice_of_characters_says_it_outright(prose: str) -> None:
    text = prose[:600]
    tokenizer = characters_of([prose])
    voice = voice_of(tokenizer, np.log(np.bincount(tokenizer.encode(prose), minlength=tokenizer.size) + 0.1))
    runtime = CpuRuntime(voice, 1)
    plain = score(text, runtime, voice.tokenizer, memory_share=0.0)
    found = foresee(text, runtime, voice.tokenizer)
    assert found.characters == len(text) == plain.tokens
    assert plain.likeliest > 20
    assert abs(found.right - plain.likeliest) <= 3  # sums of int8 differ in the last bits from one cut to the next


def probability(voice: Voice, runtime: CpuRuntime, text: str) -> float:
    """Of everything that begins with `text`, over all ways to cut it into pieces, by brute force."""
    pieces = voice.tokenizer.pieces

    def go(rest: bytes, token: int, state: np.ndarray) -> float:
        hidden, after = runtime.read(np.array([[token]]), state)
        probabilities = softmax(runtime.logits(hidden[0])[0])
        total = 0.0
        for i, piece in enumerate(pieces):
            if piece and (piece.startswith(rest) or rest.startswith(piece)):
                inside = len(piece) < len(rest)
                total += probabilities[i] * (go(rest[len(piece) :], i, after) if inside else 1.0)
        return total

    return go(text.encode(), voice.tokenizer.separator, runtime.zero_state())


@pytest.mark.long
def test_two_characters_of_larger_pieces_are_exact() -> None:
    tokenizer = words_of(["a ab abc abd b bc " * 9], size=300)[0]
    voice = voice_of(tokenizer)
    runtime = CpuRuntime(voice, 1)
    for first, second in product("ab", "abcd "):
        text = first + second
        best = max((chr(c) for c in range(1, 128)), key=lambda c: probability(voice, runtime, first + c))
        begin = max((chr(c) for c in range(1, 128)), key=lambda c: probability(voice, runtime, c))
        found = foresee("x" + text, runtime, tokenizer, most=1)
        assert found.characters == 1
        # Only texts that the voice itself reads as one piece are asked for their second character inside of it.
        if len(tokenizer.encode(text)) == 1:
            assert foresee(text, runtime, tokenizer).right == (begin == first) + (best == second)


def test_shares_sum_to_what_the_prefix_has(tokenizer: SubwordTokenizer) -> None:
    table = CharacterTable(tokenizer)
    probabilities = np.full(tokenizer.size, 1 / (tokenizer.size - 1))
    probabilities[tokenizer.separator] = 0
    assert table.shares(probabilities).sum() == pytest.approx(1)
    longer = [piece for piece in tokenizer.pieces if piece.startswith(b" t") and len(piece) > 2]
    assert longer
    assert table.shares(probabilities, b" t").sum() == pytest.approx(len(longer) / (tokenizer.size - 1))


def test_a_character_of_several_pieces_is_asked_for_once(tokenizer: SubwordTokenizer, tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    text = "a\u4e2db \U0001f419c"
    assert len(tokenizer.encode(text)) > len(text)
    assert foresee(text, runtime, tokenizer).characters == len(text)


def test_nothing_and_no_more_than_asked_for(tiny_voice: Voice, prose: str) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    assert foresee("", runtime, tiny_voice.tokenizer).accuracy == 0
    assert foresee(prose, runtime, tiny_voice.tokenizer, most=50).characters == 50
