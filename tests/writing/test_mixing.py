"""Mixed voices: probabilities are mixed at every step, a sequence hangs on no other, a share of nothing is nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium import paths
from pandemonium.errors import VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, load_voice, quantize_voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.mixing import (
    Remixing,
    fit_shares,
    mixed_balance,
    mixed_log_probabilities,
    parse_mix,
    shares_of,
)
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest, Remix
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.mixed_runtime import MixedRuntime, check_mixable, normalized
from pandemonium.writing.runtimes.opening import open_mixed
from pandemonium.writing.sampling.drawing import softmax

OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"


@pytest.fixture(scope="module")
def classics() -> Voice:
    return load_voice(paths.models() / "classics.voice")


@pytest.fixture(scope="module")
def mixed(bundled_voice: Voice, classics: Voice) -> MixedRuntime:
    return MixedRuntime([CpuRuntime(bundled_voice, threads=1), CpuRuntime(classics, threads=1)], [0.7, 0.3])


@pytest.fixture(scope="module")
def desk(bundled_voice: Voice, classics: Voice) -> Continuer:
    return Continuer(bundled_voice, open_mixed(bundled_voice, [classics], "cpu", 1), [classics])


def write(continuer: Continuer, *mix: str, seed: int = 3, **values: object) -> Continuation:
    settings = WritingSettings(**{"seed": seed, "candidates": 2, "words": 15, **values}, mix=mix)  # type: ignore[arg-type]
    writing = continuer.write(ContinueRequest(1, 0, OPENING, settings=settings))
    while True:
        try:
            next(writing)
        except StopIteration as end:
            continuation: Continuation = end.value
            return continuation


def test_probabilities_are_mixed(bundled_voice: Voice, classics: Voice, mixed: MixedRuntime) -> None:
    tokens = np.array([bundled_voice.tokenizer.encode(OPENING)]).T
    outputs, state = mixed.read(tokens, mixed.zero_state())
    assert outputs.shape == (len(tokens), 1, mixed.architecture.output_width)
    expected = np.zeros(bundled_voice.tokenizer.size)
    for voice, share in ((bundled_voice, 0.7), (classics, 0.3)):
        runtime = CpuRuntime(voice, threads=1)
        own, _ = runtime.read(tokens, runtime.zero_state())
        expected += share * softmax(runtime.logits(own[-1]))[0]
    found = mixed.logits(outputs[-1])
    np.testing.assert_allclose(np.exp(found[0]), expected, atol=1e-6)
    # Read on step by step, it is the same.
    state = mixed.zero_state()
    for token in tokens:
        outputs, state = mixed.read(token[None], state)
    np.testing.assert_allclose(mixed.logits(outputs[-1]), found, atol=1e-3)


def test_a_sequence_hangs_on_no_other(mixed: MixedRuntime) -> None:
    random = np.random.default_rng(1)
    tokens = random.integers(0, 8000, (6, 3))
    together, states = mixed.read(tokens, mixed.zero_state(3))
    for column in range(3):
        alone, state = mixed.read(tokens[:, column : column + 1], mixed.zero_state())
        np.testing.assert_array_equal(alone[:, 0], together[:, column])
        np.testing.assert_array_equal(state, states[:, column : column + 1])
        np.testing.assert_array_equal(mixed.logits(alone[-1]), mixed.logits(together[-1])[column : column + 1])


def test_a_state_is_never_changed(mixed: MixedRuntime) -> None:
    state = mixed.zero_state(2)
    mixed.read(np.array([[1, 2]]), state)
    assert not state.any()


@pytest.mark.long
def test_nothing_mixed_in_is_the_voice_alone(bundled_voice: Voice, desk: Continuer) -> None:
    alone = Continuer(bundled_voice, CpuRuntime(bundled_voice, threads=1))
    usual = write(alone, memory=0.0, copy_guard=False).text
    assert write(desk, memory=0.0, copy_guard=False).text == usual
    assert write(desk, "classics=0", memory=0.0, copy_guard=False).text == usual


@pytest.mark.long
def test_the_shares_are_heard(desk: Continuer, classics: Voice) -> None:
    texts = {share: write(desk, f"classics={share}").text for share in (0.0, 0.5, 1.0)}
    assert len(set(texts.values())) == 3
    assert write(desk, "classics=0.5").text == texts[0.5]
    assert write(desk, "classics=0.5", seed=4).text != texts[0.5]
    assert write(desk, "nobody=0.5").text == texts[0.0]  # that voice is not here


def test_what_stands_behind_the_cursor_is_heeded_by_a_mixture(desk: Continuer) -> None:
    settings = WritingSettings(seed=1, words=12, mix=("classics=0.4",))
    writing = desk.write(ContinueRequest(1, 0, "The old man ", "goes on.", settings))
    chunks = list(writing)
    assert "".join(chunk.text for chunk in chunks).strip()


def test_a_mixture_copies_no_voice(desk: Continuer, bundled_voice: Voice, classics: Voice) -> None:
    assert desk.others == (classics,)
    for mix in ("classics=0.5", "classics=1"):
        assert write(desk, mix, temperature=0.1, copy_guard=True).text


def test_networks_of_different_kinds_are_mixed(tiny_voice: Voice, tiny_residual_voice: Voice) -> None:
    runtime = open_mixed(tiny_voice, [tiny_residual_voice, tiny_voice], "cpu", 1)
    assert isinstance(runtime, MixedRuntime)
    assert runtime.architecture.lead == tiny_voice.architecture
    assert runtime.architecture.output_width == 48 + 40 + 48
    outputs, _ = runtime.read(np.array([[1, 2], [3, 4]]), runtime.zero_state(2))
    assert runtime.architecture.keys(outputs).shape == outputs.shape
    np.testing.assert_array_equal(runtime.architecture.keys(outputs)[..., :48], outputs[..., :48])
    runtime.shares = normalized([1, 1, 1])
    np.testing.assert_allclose(np.exp(runtime.logits(outputs[-1])).sum(axis=1), 1, rtol=1e-5)
    continuer = Continuer(tiny_voice, runtime, [tiny_residual_voice, tiny_voice])
    assert write(continuer, "tiny=0.5").text


def test_other_vocabularies_are_not_mixed(bundled_voice: Voice, tiny_voice: Voice, classics: Voice) -> None:
    with pytest.raises(VoiceError, match="cuts words into other pieces") as told:
        check_mixable(bundled_voice, [tiny_voice])
    assert told.value.hint
    with pytest.raises(VoiceError, match="At most 3"):
        check_mixable(bundled_voice, [classics, classics, classics])
    other = SubwordTokenizer.train([OPENING * 3], 300)
    architecture = replace(tiny_voice.architecture, vocabulary=other.size)
    weights = {name: np.zeros(shape, dtype=np.float32) for name, shape in architecture.shapes().items()}
    same_size = quantize_voice("same", architecture, other, weights, Card(title="Same"))
    with pytest.raises(VoiceError):
        check_mixable(tiny_voice, [same_size])


def test_balances_are_mixed_by_their_shares(bundled_voice: Voice, classics: Voice, tiny_voice: Voice) -> None:
    found = mixed_balance([bundled_voice, classics], [0.25, 0.75])
    np.testing.assert_allclose(found, 0.25 * bundled_voice.balance + 0.75 * classics.balance, atol=1e-6)
    assert len(mixed_balance([tiny_voice], [1.0])) == 0


def test_a_mix_is_read() -> None:
    assert parse_mix(["classics=0.3", "a=b=1"]) == {"classics": 0.3, "a=b": 1.0}
    for wrong in ("classics", "classics=", "=0.3", "classics=2", "classics=-1", "classics=nan", "classics=x"):
        with pytest.raises(VoiceError, match="mixed in"):
            parse_mix([wrong])


def test_shares_of_a_mix() -> None:
    assert shares_of(["a", "b"], {"b": 0.3}) == pytest.approx((0.7, 0.3))
    assert shares_of(["a", "b", "c"], {"b": 0.8, "c": 0.8}) == pytest.approx((0, 0.5, 0.5))
    assert shares_of(["a", "b"], {}) == (1.0, 0.0)
    assert shares_of(["a", "b"], {"folder/b.voice": 0.5}) == (0.5, 0.5)


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=3))
def test_shares_add_up(shares: list[float]) -> None:
    found = normalized(shares)
    assert sum(found) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in found)


@pytest.mark.long
def test_the_share_that_foresees_a_text_best(mixed: MixedRuntime, bundled_voice: Voice, prose: str) -> None:
    tokens = np.array([bundled_voice.tokenizer.encode(prose[:1500])]).T
    outputs, _ = mixed.read(tokens, mixed.zero_state())
    hidden = np.ascontiguousarray(outputs[:-1, 0])
    told = {}
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        mixed.shares = normalized([1 - share, share])
        logits = mixed.logits(hidden)
        told[share] = np.log(softmax(logits)[np.arange(len(hidden)), tokens[1:, 0]])
    mixed.shares = (0.7, 0.3)
    both = np.stack([told[0.0], told[1.0]])
    best = fit_shares(both)
    assert sum(best) == pytest.approx(1)
    assert 0 < best[1] < 1
    assert mixed_log_probabilities(both, best).mean() >= max(each.mean() for each in told.values()) - 1e-6
    assert mixed_log_probabilities(both, (0.75, 0.25)) == pytest.approx(told[0.25], abs=1e-4)
    assert fit_shares(np.stack([told[0.0], told[0.0] - 1]))[1] == pytest.approx(0, abs=1e-6)
    assert fit_shares(both[:, :0]) == (0.5, 0.5)


def test_a_tiny_mixture_is_fitted() -> None:
    told = np.log(np.array([[0.5, 0.1, 0.01], [0.1, 0.5, 0.01], [0.01, 0.01, 0.9]], dtype=np.float32))
    assert fit_shares(told[:2, :2]) == pytest.approx((0.5, 0.5))
    assert fit_shares(told)[2] == pytest.approx(1 / 3, abs=0.02)


@pytest.mark.long
def test_shares_moved_while_it_writes_are_heard_and_written_again(desk: Continuer) -> None:
    settings = WritingSettings(seed=3, candidates=2, words=25, alternatives=2, mix=("classics=0.1",))
    request = ContinueRequest(1, 0, OPENING, settings=settings)
    asked = iter(range(10_000))

    def moved() -> tuple[str, ...] | None:
        step = next(asked)
        return None if step < 6 else ("classics=1",) if step < 14 else ("classics=0.5",)

    def run(request: ContinueRequest, **moves: Any) -> tuple[tuple[str, ...], list[Chunk]]:
        writing = desk.write(request, **moves)
        chunks = []
        while True:
            try:
                chunks.append(next(writing))
            except StopIteration as end:
                return end.value.texts, chunks

    usual, chunks = run(request)
    assert not any(chunk.remixes for chunk in chunks)
    texts, chunks = run(request, moved=moved)
    assert texts != usual
    assert chunks[-1].remixes == (Remix(6, ("classics=1",)), Remix(14, ("classics=0.5",)))
    recipe = Recipe.of(replace(request, remixes=chunks[-1].remixes), "lovecraft", "", "cpu", "")
    again, _ = run(Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))).request(2, 0, OPENING))
    assert again == texts


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["a=0.1", "a=0.5", "b=1"])), max_size=6))
def test_what_was_heeded_is_heeded_again_at_the_same_steps(moves: list[tuple[int, str]]) -> None:
    now: list[tuple[str, ...] | None] = [None]
    live = Remixing(("a=0.1",), (), lambda: now[0])
    heard = []
    for step in range(31):
        for at, mix in moves:
            if at == step:
                now[0] = (mix,)
        heard.append(live.look())
    again = Remixing(("a=0.1",), live.remixes, lambda: None)
    assert [again.look() for _ in range(31)] == heard
    assert again.remixes == live.remixes
