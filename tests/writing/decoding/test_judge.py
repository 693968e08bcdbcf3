"""The judge: travels in the voice's file, is refused where it is none, and sees what it names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.errors import VoiceError
from pandemonium.voice.file import Voice, load_voice, save_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.decoding.judge import (
    FIGURES,
    Judge,
    figures_of,
    information_of,
    judge_shapes,
    plain_scores,
    pool_passage,
)
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


def tensors(width: int, seed: int = 1) -> dict[str, np.ndarray]:
    """A judge of chance numbers."""
    random = np.random.default_rng(seed)
    found = {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in judge_shapes(width).items()}
    found["judge.likely"] = np.array([3.4, 0.6], dtype=np.float32)
    return found


def test_a_judge_travels_in_the_voices_file(tiny_voice: Voice, tmp_path: Path) -> None:
    width = tiny_voice.architecture.output_width
    save_voice(replace(tiny_voice, judge=tensors(width)), tmp_path / "own.voice")
    loaded = load_voice(tmp_path / "own.voice")
    again = Judge.of(loaded.judge, width)
    passage = np.ones(width, dtype=np.float32)
    sentences = [np.random.default_rng(n).normal(size=(n, width)).astype(np.float32) for n in (1, 2, 30)]
    figures = np.zeros((3, FIGURES), dtype=np.float32)
    scores = again.score(passage, sentences, figures)
    np.testing.assert_array_equal(scores, Judge(tensors(width)).score(passage, sentences, figures))
    alone = [again.score(passage, [each], figures[:1])[0] for each in sentences]
    np.testing.assert_allclose(scores, alone, rtol=1e-5)
    assert len(set(scores.tolist())) == 3
    Continuer(loaded, CpuRuntime(loaded, 1))
    assert sum(each.nbytes for each in loaded.judge.values()) < 2 << 20


@pytest.mark.parametrize(
    ("name", "tensor"),
    [
        ("judge.input.bias", np.full(48, np.nan, np.float32)),
        ("judge.input.bias", np.full(48, np.inf, np.float32)),
        ("judge.input.bias", np.full(48, 1e9, np.float32)),
        ("judge.more", np.zeros((1 << 11, 1 << 10), np.float32)),
    ],
)
def test_a_judge_that_is_none_is_refused(tiny_voice: Voice, tmp_path: Path, name: str, tensor: np.ndarray) -> None:
    wrong = {**tensors(tiny_voice.architecture.output_width), name: tensor}
    save_voice(replace(tiny_voice, judge=wrong), tmp_path / "x.voice")
    with pytest.raises(VoiceError, match="judge"):
        load_voice(tmp_path / "x.voice")


def test_a_judge_of_another_network_is_refused(tiny_voice: Voice) -> None:
    width = tiny_voice.architecture.output_width
    whole = tensors(width)
    for wrong in (
        tensors(width + 1),
        {name: tensor for name, tensor in whole.items() if name != "judge.score"},
        {**whole, "judge.more": np.zeros(1, np.float32)},
        {**whole, "judge.likely": np.zeros(2, np.float32)},
    ):
        with pytest.raises(VoiceError, match="judge"):
            Continuer(replace(tiny_voice, judge=wrong), CpuRuntime(tiny_voice, 1))


def test_a_judge_of_the_first_kind_is_left_out(tiny_voice: Voice, tmp_path: Path) -> None:
    older = {"judge.features": np.ones((3, 5), np.float32), "judge.figures": np.ones(3, np.float32)}
    save_voice(replace(tiny_voice, judge=older), tmp_path / "old.voice")
    assert load_voice(tmp_path / "old.voice").judge == {}


def test_the_plain_figures_say_what_they_name() -> None:
    before = "Carter went down. He carried the lantern through the cellar."
    names = ("twice", "again", "pairs", "strangers", "pronoun", "length", "opens")

    def figures(sentence: str) -> dict[str, float]:
        return dict(zip(names, figures_of(before, sentence).tolist(), strict=True))

    assert figures("The cellar and the other cellar were cold.")["twice"] > 0
    assert figures("A scream that was screamed.")["twice"] > 0
    assert figures("The lantern burned.")["again"] > figures("The water burned.")["again"]
    again = [
        figures_of("And then Carter went down.", f"There {name} burned.")[1] for name in ("Carter", "Willett", "then")
    ]
    assert again[0] == again[1] < again[2]  # he is who it is about
    assert figures("And through the cellar came a wind.")["pairs"] > 0
    assert (
        figures("Then came Willett with a rope.")["strangers"] > figures("Then came Carter with a rope.")["strangers"]
    )
    assert figures("She was afraid.")["pronoun"] == 1
    assert figures("He was afraid.")["pronoun"] == 0
    assert figures("He carried nothing.")["opens"] == 1


def test_one_surprise_speaks_against_a_sentence() -> None:
    even = np.full(12, 3.0, dtype=np.float32)
    once = even.copy()
    once[5] = 11.0
    information = np.stack([information_of(each) for each in (even, once)])
    np.testing.assert_allclose(information[0], [3, 0, 3])
    assert information[1].tolist() == pytest.approx([3 + 8 / 12, float(once.std()), (11 + 3 + 3) / 3])
    scores = plain_scores(np.zeros((2, FIGURES), dtype=np.float32), information)
    assert scores[0] > scores[1]
    said_again = np.zeros((2, FIGURES), dtype=np.float32)
    said_again[0, 0] = 1.0
    assert np.diff(plain_scores(said_again, information[:1].repeat(2, axis=0)))[0] > 0


def test_the_newest_outputs_count_most() -> None:
    outputs = np.zeros((300, 2), dtype=np.float32)
    outputs[-10:, 0] = 1
    outputs[:10, 1] = 1
    pooled = pool_passage(outputs)
    assert pooled[0] > 0.1 > 0.01 > pooled[1]
