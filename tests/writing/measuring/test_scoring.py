"""Scoring: bits over the file's own characters, the same for every line end, summed over files."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pandemonium.voice.file import Voice
from pandemonium.writing.measuring.scoring import CHUNK, NOTHING, Score, log_probabilities, score
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime


@pytest.fixture(scope="module")
def runtime(tiny_voice: Voice) -> CpuRuntime:
    return CpuRuntime(tiny_voice, threads=1)


@pytest.mark.long
def test_line_ends_make_no_difference(runtime: CpuRuntime, tiny_voice: Voice, prose: str) -> None:
    assert score(prose.replace("\n", "\r\n"), runtime, tiny_voice.tokenizer) == score(
        prose, runtime, tiny_voice.tokenizer
    )


def test_counts_the_code_points_of_the_file(runtime: CpuRuntime, tiny_voice: Voice) -> None:
    scored = score("  e\u0301t\u00e9  \r\n\r\n", runtime, tiny_voice.tokenizer)
    assert scored.characters == len("  \u00e9t\u00e9  \n\n")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00"])
def test_nothing_to_score_costs_nothing(runtime: CpuRuntime, tiny_voice: Voice, text: str) -> None:
    scored = score(text, runtime, tiny_voice.tokenizer)
    assert scored == Score(0.0, len(text), 0, 0)
    assert scored.bits_per_character == 0


def test_sums_over_files(runtime: CpuRuntime, tiny_voice: Voice) -> None:
    first, second = (score(text, runtime, tiny_voice.tokenizer) for text in ("The house.", "A bell rang in the dark."))
    total = NOTHING + first + second
    assert total.bits_per_character * total.characters == pytest.approx(first.bits + second.bits)
    assert (total.tokens, total.characters) == (first.tokens + second.tokens, 34)


def test_agrees_with_a_plain_sum_over_the_chunks_edge(runtime: CpuRuntime, tiny_voice: Voice, prose: str) -> None:
    tokenizer = tiny_voice.tokenizer
    ids = tokenizer.encode(prose)
    assert len(ids) > 2 * CHUNK
    state = runtime.zero_state()
    nats = 0.0
    for token, following in zip([tokenizer.separator, *ids], ids, strict=False):
        hidden, state = runtime.read(np.array([[token]]), state)
        nats -= float(log_probabilities(runtime.logits(hidden[0]))[0, following])
    scored = score(prose, runtime, tokenizer, memory_share=0)
    assert scored.tokens == len(ids)
    assert scored.bits == pytest.approx(nats / math.log(2), rel=0.005)


def test_the_memory_helps_where_words_come_again(runtime: CpuRuntime, tiny_voice: Voice) -> None:
    text = "The bell rang in the marsh house. " * 30
    with_memory = score(text, runtime, tiny_voice.tokenizer, memory_share=0.3)
    assert with_memory.bits < score(text, runtime, tiny_voice.tokenizer, memory_share=0).bits


def test_tells_how_far_it_is(runtime: CpuRuntime, tiny_voice: Voice, prose: str) -> None:
    shares: list[float] = []
    score(prose, runtime, tiny_voice.tokenizer, on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
