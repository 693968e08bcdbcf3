"""Fitting a judge: it learns what it is shown, and a voice's own is made of its author's texts."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tools.judge import Example, Sentence, accuracy, fit, fit_judge, spoil

from pandemonium.voice.file import Voice
from pandemonium.writing.decoding.judge import FIGURES, Judge
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from tools import judge

WIDTH = 24


def examples(count: int, seed: int) -> list[Example]:
    """Spoiled sentences have one token out of the common; those from elsewhere do not share the passage's subject."""
    random = np.random.default_rng(seed)

    def sentence(about: np.ndarray, *, breaks: bool) -> Sentence:
        length = int(random.integers(5, 20))
        outputs = random.normal(0, 0.3, (length, WIDTH)) + about
        if breaks:
            outputs[random.integers(length), :2] += 4
        return Sentence(outputs.astype(np.float16), np.zeros(FIGURES, np.float32), float(random.normal(3.4, 0.5)))

    found = []
    for _ in range(count):
        subject, other = random.permutation(np.eye(6, WIDTH, 4, dtype=np.float32))[:2]
        sentences = (
            sentence(subject, breaks=False),
            sentence(other, breaks=False),
            sentence(subject, breaks=True),
        )
        found.append(Example(subject, *sentences))
    return found


@pytest.mark.long
def test_it_learns_what_holds_for_others_too() -> None:
    fitted = fit(examples(1200, 1))
    elsewhere, spoiled = accuracy(fitted, examples(300, 2))
    assert spoiled > 0.9
    assert elsewhere > 0.6
    assert fitted.likely[0] == pytest.approx(3.4, abs=0.2)


def test_a_voice_has_its_own_fitted(tiny_voice: Voice, prose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "CONTEXT_TOKENS", 60)
    monkeypatch.setattr(judge, "_FEWEST", 5)
    runtime = CpuRuntime(tiny_voice, 1)
    fitted = fit_judge(runtime, tiny_voice.tokenizer, [prose] * 3, examples=80)
    assert fitted is not None
    Judge.of(fitted.tensors, tiny_voice.architecture.output_width)
    assert fit_judge(runtime, tiny_voice.tokenizer, ["Too little."]) is None
    assert fit_judge(runtime, tiny_voice.tokenizer, [prose] * 3, examples=80, stop=lambda share: True) is None


def test_a_spoiled_sentence_is_another_one_of_about_the_same_words() -> None:
    sentence = "The old house stood upon the hill and waited for the night."
    spoiled = [spoil(sentence, ["lamp", "sea"], random.Random(seed)) for seed in range(40)]
    assert sum(each.split() == sentence.split() for each in spoiled) < 5
    assert all(abs(len(each.split()) - len(sentence.split())) <= 6 for each in spoiled)
    assert spoil("Too short.", ["lamp"], random.Random(1)) == " Too short."
