"""What a training starts from: a base voice's weights, or a tokenizer and a shape of the texts' own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.errors import TrainingError
from pandemonium.training.personal.start import TOKENIZER, Start, why_from_scratch
from pandemonium.voice.file import Voice


def test_from_a_voice(tiny_voice: Voice) -> None:
    start = Start.from_voice(tiny_voice)
    assert start.architecture == tiny_voice.architecture
    assert start.weights is not None
    for name, weights in tiny_voice.dequantize().items():
        assert np.array_equal(start.weights[name], weights)


def test_from_scratch_and_again(tiny_voice: Voice, tmp_path: Path, invented: Callable[..., str]) -> None:
    texts = [invented(1, paragraphs=60), "\u5929\u5730\u7384\u9ec4\u3002" * 50]
    start = Start.from_scratch(tiny_voice, iter(texts), sum(map(len, texts)), tmp_path)
    assert start.weights is None
    assert start.base is tiny_voice
    assert start.architecture.vocabulary == start.tokenizer.size
    assert start.tokenizer.decode(start.tokenizer.encode(texts[1])) == texts[1]
    again = Start.resumed(tiny_voice, tmp_path)
    assert again.architecture == start.architecture
    assert again.tokenizer.definition == start.tokenizer.definition


def test_more_text_is_given_a_larger_network(tiny_voice: Voice, tmp_path: Path) -> None:
    weights = []
    definition = tiny_voice.tokenizer.definition
    for characters in (0, 700_000, 4_000_000, 40_000_000):
        (tmp_path / TOKENIZER).write_text(json.dumps([characters, definition]), "utf-8")
        weights.append(Start.resumed(tiny_voice, tmp_path).architecture.weights)
    assert weights == sorted(set(weights))


@pytest.mark.parametrize("content", ["", "{}", "7", "[1]"])
def test_a_damaged_tokenizer_is_a_sentence(tiny_voice: Voice, tmp_path: Path, content: str) -> None:
    (tmp_path / TOKENIZER).write_text(content, "utf-8")
    with pytest.raises(TrainingError, match="tokenizer cannot be read"):
        Start.resumed(tiny_voice, tmp_path)


def test_why_from_scratch(tiny_voice: Voice) -> None:
    why = why_from_scratch(tiny_voice, "zh")
    assert "Chinese" in why
    assert "English" in why
    assert why.endswith(".")
    for language in ("en", "und", ""):
        assert why_from_scratch(tiny_voice, language) == ""
    chinese = replace(tiny_voice, card=replace(tiny_voice.card, language="zh"))
    assert why_from_scratch(chinese, "zh") == ""
    assert "English" in why_from_scratch(chinese, "en")
