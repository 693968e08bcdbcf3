"""A voice that remembers: its weights stay as they are, and the texts' own words become likelier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pandemonium.training.personal.remembering import MOST_TOKENS, measure_memory, with_memory
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice, load_voice, save_voice
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.reading.memory import remember
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

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


@pytest.mark.long
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


def test_remembering_reads_every_token(tiny_voice: Voice) -> None:
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
