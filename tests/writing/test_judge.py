"""The judge: learns what it is shown, travels in the voice's file, and is refused where it is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.errors import VoiceError
from pandemonium.voice import file
from pandemonium.voice.file import Voice, load_voice, save_voice
from pandemonium.writing import judge
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.cpu_runtime import CpuRuntime
from pandemonium.writing.judge import FIGURES, Examples, Judge, accuracy, figures_of, fit, fit_judge, pool_passage


def examples(count: int, seed: int) -> Examples:
    """Real ones are larger in one feature of twenty."""
    random = np.random.default_rng(seed)
    real = np.arange(count) % 2 == 0
    features = random.normal(size=(count, 20)).astype(np.float32)
    features[real, 3] += 2.0
    return Examples(features, real, random.normal(4, 0.5, count).astype(np.float32))


def test_it_learns_what_holds_for_others_too() -> None:
    fitted = fit(examples(400, 1))
    assert accuracy(fitted, examples(400, 2)) > 0.85
    assert abs(fitted.weights[3]) == abs(fitted.weights).max()
    assert fitted.likely[0] == pytest.approx(4, abs=0.2)


def test_a_voice_learns_its_judge_and_brings_it_along(
    tiny_voice: Voice, prose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "CONTEXT_TOKENS", 60)
    runtime = CpuRuntime(tiny_voice, 1)
    fitted = fit_judge(runtime, tiny_voice.tokenizer, [prose] * 3, examples=40)
    assert fitted is not None
    voice = replace(tiny_voice, judge=fitted.tensors())
    save_voice(voice, tmp_path / "own.voice")
    loaded = load_voice(tmp_path / "own.voice")
    again = Judge.of(loaded.judge, tiny_voice.architecture.output_width)
    np.testing.assert_array_equal(again.weights, fitted.weights)
    assert again.bias == pytest.approx(fitted.bias)
    Continuer(loaded, runtime)
    assert sum(each.nbytes for each in loaded.judge.values()) < 2 << 20
    assert fit_judge(runtime, tiny_voice.tokenizer, ["Too little."]) is None
    assert fit_judge(runtime, tiny_voice.tokenizer, [prose] * 3, examples=40, stop=lambda share: True) is None


@pytest.mark.parametrize(
    ("features", "figures"),
    [
        (np.ones((3, 5), np.float32), None),
        (None, np.ones(3, np.float32)),
        (np.ones((2, 5), np.float32), np.ones(3, np.float32)),
        (np.ones((3, 0), np.float32), np.ones(3, np.float32)),
        (np.full((3, 5), np.nan, np.float32), np.ones(3, np.float32)),
        (np.full((3, 5), np.inf, np.float32), np.ones(3, np.float32)),
        (np.ones((3, 5), np.float32), np.ones(4, np.float32)),
        (np.ones((3, 1 << 16), np.float32), np.ones(3, np.float32)),
    ],
)
def test_a_judge_that_is_none_is_refused(
    tiny_voice: Voice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    features: np.ndarray | None,
    figures: np.ndarray | None,
) -> None:
    parts = {"judge.features": features, "judge.figures": figures}
    wrong = {name: part for name, part in parts.items() if part is not None}
    monkeypatch.setattr(file, "_JUDGE", tuple(wrong))
    save_voice(replace(tiny_voice, judge=wrong), tmp_path / "x.voice")
    monkeypatch.undo()
    with pytest.raises(VoiceError, match="judge"):
        load_voice(tmp_path / "x.voice")


def test_a_judge_of_another_network_is_refused(tiny_voice: Voice) -> None:
    wrong = {"judge.features": np.ones((3, 7), np.float32), "judge.figures": np.ones(3, np.float32)}
    with pytest.raises(VoiceError, match="judge"):
        Continuer(replace(tiny_voice, judge=wrong), CpuRuntime(tiny_voice, 1))
    size = 3 * tiny_voice.architecture.output_width + FIGURES
    zero = {"judge.features": np.zeros((3, size), np.float32), "judge.figures": np.ones(3, np.float32)}
    with pytest.raises(VoiceError, match="judge"):
        Continuer(replace(tiny_voice, judge=zero), CpuRuntime(tiny_voice, 1))


def test_the_plain_figures_say_what_they_name() -> None:
    before = "Carter went down. He carried the lantern through the cellar."
    names = ("twice", "again", "pairs", "strangers", "pronoun", "length", "opens")

    def figures(sentence: str) -> dict[str, float]:
        return dict(zip(names, figures_of(before, sentence).tolist(), strict=True))

    assert figures("The cellar and the other cellar were cold.")["twice"] > 0
    assert figures("The lantern burned.")["again"] > figures("The water burned.")["again"]
    assert figures("And through the cellar came a wind.")["pairs"] > 0
    assert (
        figures("Then came Willett with a rope.")["strangers"] > figures("Then came Carter with a rope.")["strangers"]
    )
    assert figures("She was afraid.")["pronoun"] == 1
    assert figures("He was afraid.")["pronoun"] == 0
    assert figures("He carried nothing.")["opens"] == 1


def test_the_newest_outputs_count_most() -> None:
    outputs = np.zeros((300, 2), dtype=np.float32)
    outputs[-10:, 0] = 1
    outputs[:10, 1] = 1
    pooled = pool_passage(outputs)
    assert pooled[0] > 0.1 > 0.01 > pooled[1]
