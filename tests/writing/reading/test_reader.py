"""The reading state: whatever was edited, it is that of a fresh read, and only what is new is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.voice.file import Voice
from pandemonium.writing.reading.checkpoints import CheckpointStore
from pandemonium.writing.reading.reader import CHECKPOINT, Reader
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids

edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 90), st.lists(st.integers(0, 399), max_size=90)), min_size=1, max_size=6
)


@pytest.fixture(scope="module")
def runtime(tiny_voice: Voice) -> CpuRuntime:
    return CpuRuntime(tiny_voice, threads=1)


class Counting:
    """A runtime that counts the tokens it reads."""

    def __init__(self, runtime: CpuRuntime) -> None:
        self._runtime = runtime
        self.device = runtime.device
        self.architecture = runtime.architecture
        self.zero_state = runtime.zero_state
        self.logits = runtime.logits
        self.tokens = 0

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        self.tokens += len(tokens)
        return self._runtime.read(tokens, state)


def assert_like_a_fresh_read(runtime: CpuRuntime, tokens: list[int], reader: Reader, found: tuple[Any, ...]) -> None:
    fresh = Reader(runtime)
    hidden, state, _ = fresh.read(tokens)
    np.testing.assert_array_equal(found[0], hidden)
    np.testing.assert_array_equal(found[1], state)
    np.testing.assert_array_equal(reader.passage(), fresh.passage())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 399), max_size=300), edits)
def test_edits_anywhere_give_the_state_of_a_fresh_read(
    runtime: CpuRuntime, text: list[int], edits: list[tuple[float, int, list[int]]]
) -> None:
    reader = Reader(runtime)
    tokens = [399, *text]
    reader.read(tokens)
    for place, removed, inserted in edits:
        at = 1 + int(place * (len(tokens) - 1))
        before = tokens
        tokens = [*tokens[:at], *inserted, *tokens[at + removed :]]
        found = reader.read(tokens)
        assert_like_a_fresh_read(runtime, tokens, reader, found)
        same = next(
            (i for i, (a, b) in enumerate(zip(before, tokens, strict=False)) if a != b), min(len(before), len(tokens))
        )
        assert 1 <= found[2] <= len(tokens) - same + CHECKPOINT


def test_only_what_is_new_is_read(runtime: CpuRuntime) -> None:
    counting = Counting(runtime)
    reader = Reader(counting)
    tokens = [399, *np.random.default_rng(2).integers(0, 399, 1000).tolist()]
    for change, most in (
        (tokens, len(tokens)),
        (tokens, 1),
        ([*tokens, 5], 2),
        ([*tokens, 5, 6, 7], 4),
        (tokens, CHECKPOINT),
        ([*tokens[:500], 3, *tokens[501:]], 501 + CHECKPOINT),
        (tokens[:128], CHECKPOINT),
        ([399], 1),
    ):
        counting.tokens = 0
        _, _, read = reader.read(change)
        assert read == counting.tokens <= most


def test_typing_on_reads_a_few_tokens_each_time(runtime: CpuRuntime) -> None:
    reader = Reader(runtime)
    tokens = [399, *range(200)]
    reader.read(tokens)
    for token in range(100):
        tokens.append(token)
        assert reader.read(tokens)[2] <= 2


def test_reading_the_same_again_is_the_same_bit_for_bit(runtime: CpuRuntime) -> None:
    reader = Reader(runtime)
    tokens = [399, *range(150)]
    first = reader.read(tokens)
    second = reader.read(tokens)
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


def test_a_stop_leaves_a_state_to_go_on_from(runtime: CpuRuntime) -> None:
    reader = Reader(runtime)
    tokens = [399, *np.random.default_rng(3).integers(0, 399, 500).tolist()]
    _, _, read = reader.read(tokens, stop=lambda: True)
    assert read == CHECKPOINT
    found = reader.read(tokens)
    assert found[2] == len(tokens) - CHECKPOINT
    assert_like_a_fresh_read(runtime, tokens, reader, found)


def test_checkpoints_do_not_pile_up(runtime: CpuRuntime) -> None:
    reader = Reader(runtime)
    tokens = [399]
    for token in range(640):
        tokens.append(token % 399)
        reader.read(tokens)
    assert len(reader._checkpoints) <= 640 // CHECKPOINT + 10


def test_what_was_kept_is_taken_up_as_if_it_were_read(runtime: CpuRuntime, tmp_path: Path) -> None:
    tokens = [399, *np.random.default_rng(4).integers(0, 399, 700).tolist()]
    reader = Reader(runtime, CheckpointStore(tmp_path, "voice", 1 << 20))
    reader.read(tokens)
    reader.keep("window", b"s" * 16, 300)
    for length in (701, 640, 500, 350):
        counting = Counting(runtime)
        again = Reader(counting, CheckpointStore(tmp_path, "voice", 1 << 20))
        found = again.read(tokens[:length], window="window")
        assert counting.tokens == found[2] <= CHECKPOINT
        assert_like_a_fresh_read(runtime, tokens[:length], again, found)


def test_an_edit_leaves_what_was_kept_before_it(runtime: CpuRuntime, tmp_path: Path) -> None:
    tokens = [399, *np.random.default_rng(5).integers(0, 398, 700).tolist()]
    store = CheckpointStore(tmp_path, "voice", 1 << 20)
    reader = Reader(runtime, store)
    reader.read(tokens)
    reader.keep("window", b"s" * 16, 0)
    edited = [*tokens[:450], 398, *tokens[450:]]
    again = Reader(runtime, store)
    found = again.read(edited, window="window")
    assert found[2] == len(edited) - 448
    assert_like_a_fresh_read(runtime, edited, again, found)
    # Where no cursor stands, one in four was kept.
    reader.keep("late", b"s" * 16, 600)
    again = Reader(runtime, store)
    found = again.read(edited, window="late")
    assert found[2] == len(edited) - 256
    assert_like_a_fresh_read(runtime, edited, again, found)


def test_on_a_gpu_nothing_is_kept(runtime: CpuRuntime, tmp_path: Path) -> None:
    counting = Counting(runtime)
    counting.device = "gpu"
    reader = Reader(counting, CheckpointStore(tmp_path, "voice", 1 << 20))
    reader.read([399, *range(200)], window="window")
    reader.keep("window", b"s" * 16, 0)
    assert not list(tmp_path.iterdir())
