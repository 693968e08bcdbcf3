"""Fitting a judge: it learns what readers marked and holds it for other places, and no length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tools.judge import Example, Sentence, agreement, fit_information, fit_judge, read_examples
from tools.marked import Marked

from pandemonium.voice.file import Voice
from pandemonium.writing.decoding.judge import FIGURES, Judge
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

WIDTH = 24


def examples(count: int, seed: int) -> list[Example]:
    """A sentence is marked lower for each token out of the common, and for each two tokens that it is longer by."""
    random = np.random.default_rng(seed)

    def sentence() -> tuple[Sentence, float]:
        length = int(random.integers(5, 20))
        outputs = random.normal(0, 0.3, (length, WIDTH))
        faults = int(random.integers(0, 3))
        outputs[random.permutation(length)[:faults], :2] += 4
        told = random.normal(3.4, 0.5, length).astype(np.float32)
        return Sentence(outputs.astype(np.float16), np.zeros(FIGURES, np.float32), told), 4 - faults - length / 10

    found = []
    for _ in range(count):
        sentences, marks = zip(*(sentence() for _ in range(6)), strict=True)
        found.append(Example(random.normal(0, 0.3, WIDTH).astype(np.float32), sentences, np.array(marks, np.float32)))
    return found


@pytest.mark.long
def test_it_learns_what_holds_for_others_too() -> None:
    fitted = fit_judge(examples(600, 1))
    others = examples(200, 2)
    with_one, without = agreement(fitted, others), agreement(None, others)
    assert with_one.pairs > 0.7 > 0.6 > without.pairs
    assert with_one.mean < without.chosen + 0.3 < with_one.chosen < with_one.best
    assert fitted is not None
    assert _chosen_length(fitted, others) == pytest.approx(
        _mean_length(others), abs=1.5
    )  # though shorter are marked higher


def _chosen_length(judge: Judge, those: Sequence[Example]) -> float:
    lengths = []
    for each in those:
        outputs = [sentence.outputs.astype(np.float32) for sentence in each.sentences]
        scores = judge.score(each.passage, outputs, np.stack([sentence.figures for sentence in each.sentences]))
        lengths.append(len(each.sentences[int(np.argmax(scores))].told))
    return float(np.mean(lengths))


def _mean_length(those: Sequence[Example]) -> float:
    return float(np.mean([len(sentence.told) for each in those for sentence in each.sentences]))


def test_what_a_sentence_tells_is_weighed() -> None:
    random = np.random.default_rng(5)
    found = []
    for _ in range(60):
        told = [random.gamma(2, 1.5, 12).astype(np.float32) for _ in range(5)]
        rows = tuple(Sentence(np.zeros((12, WIDTH), np.float16), np.zeros(FIGURES, np.float32), each) for each in told)
        found.append(Example(np.zeros(WIDTH, np.float32), rows, np.array([-each.mean() for each in told], np.float32)))
    mean, _, _ = fit_information(found)
    assert mean < -0.5


def test_a_voice_reads_what_was_marked(tiny_voice: Voice) -> None:
    sentences = (" The lamp went out.", " He said nothing.", " Stone lamp the of.")
    marked = Marked("weird", 0, "He came down.", "", sentences, (4.0, 3.0, 0.0))
    runtime = CpuRuntime(tiny_voice, 1)
    places = [(marked, "The night was dark. He came down.")] * 40
    (first, *others) = read_examples(runtime, tiny_voice.tokenizer, places)
    assert first.marks.tolist() == [4, 3, 0]
    lengths = [len(tiny_voice.tokenizer.encode(each)) for each in sentences]
    assert [len(each.told) for each in first.sentences] == [len(each.outputs) for each in first.sentences] == lengths
    assert all((each.told > 0).all() for each in first.sentences)
    fitted = fit_judge([first, *others])
    assert fitted is not None
    Judge.of(fitted.tensors, tiny_voice.architecture.output_width)
    assert fit_judge([first]) is None
