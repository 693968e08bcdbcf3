"""A voice that remembers: its weights stay as they are, and the texts' own words become likelier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.training.personal.remembering import MOST_TOKENS, measure_memory, with_memory
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, load_voice, save_voice
from pandemonium.writing.cpu_runtime import CpuRuntime
from pandemonium.writing.memory import DraftMemory, remember
from pandemonium.writing.scoring import score

NAMES = "Then Ozymbra the tinker spoke to Quellith of the drowned bell, and Quellith laughed. "


def test_the_weights_are_the_base_voices(tiny_voice: Voice, tmp_path: Path) -> None:
    save_voice(with_memory(tiny_voice, "mine", [NAMES * 3, "More."], Card(title="Mine")), tmp_path / "mine.voice")
    found = load_voice(tmp_path / "mine.voice")
    assert found.name == "mine"
    assert found.card.title == "Mine"
    for name, matrix in tiny_voice.matrices.items():
        assert found.matrices[name].values.tobytes() == matrix.values.tobytes()
        assert found.matrices[name].scales.tobytes() == matrix.scales.tobytes()
    for name, vector in tiny_voice.vectors.items():
        assert found.vectors[name].tobytes() == vector.tobytes()
    separator = tiny_voice.tokenizer.separator
    assert found.remembered.tolist() == [
        separator,
        *tiny_voice.tokenizer.encode(NAMES * 3),
        separator,
        *tiny_voice.tokenizer.encode("More."),
    ]


def test_of_too_much_the_end_is_remembered(tiny_voice: Voice) -> None:
    voice = with_memory(tiny_voice, "mine", [NAMES * 3000, "The end."], Card(title="Mine"))
    assert len(voice.remembered) == MOST_TOKENS
    assert tiny_voice.tokenizer.decode(map(int, voice.remembered)).endswith("The end.")


def test_the_texts_words_become_likelier(bundled_voice: Voice) -> None:
    runtime = CpuRuntime(bundled_voice, 1)
    tokenizer = bundled_voice.tokenizer
    voice = with_memory(bundled_voice, "mine", [NAMES * 12], Card(title="Mine"))
    remembered = remember(runtime, voice.remembered.astype(np.int64))
    cold, warm = (
        score("Nobody had seen Ozymbra the tinker since.", runtime, tokenizer, memory_share=0.1, remembered=each)
        for each in (None, remembered)
    )
    assert warm.bits < 0.9 * cold.bits


def test_what_is_behind_is_never_forgotten(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    tokenizer = tiny_voice.tokenizer
    behind = remember(runtime, np.array([tokenizer.separator, *tokenizer.encode(NAMES * 12)]))
    memory = DraftMemory(tiny_voice.architecture.hidden, size=4, behind=behind)
    random = np.random.default_rng(1)
    hidden = random.normal(size=tiny_voice.architecture.hidden).astype(np.float32)
    logits = random.normal(size=tokenizer.size).astype(np.float32)
    before = memory.mix(logits, hidden, 0.3)
    assert not np.allclose(before, logits)
    assert np.array_equal(memory.copy().mix(logits, hidden, 0.3), before)
    assert np.exp(before.astype(np.float64)).sum() == pytest.approx(1.0, abs=1e-4)
    memory.add(np.zeros((50, len(hidden)), np.float32), np.zeros(50, np.int64))
    assert len(behind) == behind.count > 200


def test_remembering_reads_every_piece(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    for count in (0, 1, 2, 511, 512, 513, 1400):
        tokens = np.arange(count, dtype=np.int64) % 300
        memory = remember(runtime, tokens)
        stretches = [min(512, count - start) for start in range(0, count, 512)]
        assert memory.count == sum(size - 1 for size in stretches)


def test_measuring_gives_both_sides(tiny_voice: Voice) -> None:
    runtime = CpuRuntime(tiny_voice, 1)
    before, after = measure_memory(tiny_voice, runtime, [NAMES * 20])
    assert 0 < after < before
    for few in ([""], ["A."], ["Two words."]):
        measure_memory(replace(tiny_voice), runtime, few)
