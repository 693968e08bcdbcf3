"""Memory of the texts that a voice carries along: recalls what followed, and is always a distribution."""

from __future__ import annotations

import numpy as np
import pytest

from pandemonium.writing.reading.memory import Recall
from pandemonium.writing.sampling.drawing import softmax

random = np.random.default_rng(5)


def rows(count: int, width: int = 8) -> np.ndarray:
    return random.normal(size=(count, width)).astype(np.float32)


def test_an_empty_memory_changes_nothing() -> None:
    logits = rows(1, 20)
    mixed, recalled = Recall(rows(0), np.zeros(0, dtype=np.int64)).mix(logits, rows(1), 0.5)
    assert mixed is logits
    assert not recalled


@pytest.mark.parametrize("share", [0.0, 0.1, 0.9])
def test_gives_the_share_that_it_was_given(share: float) -> None:
    logits = rows(1, 20) * 3
    mixed, _ = Recall(rows(300), np.full(300, 4)).mix(logits, rows(1), share)
    expected = softmax(logits[0]) * (1 - share)
    expected[4] += share
    np.testing.assert_allclose(softmax(mixed[0]), expected, rtol=1e-4)


def test_a_small_memory_has_a_smaller_share() -> None:
    logits = np.zeros((1, 20), dtype=np.float32)
    chances = [softmax(Recall(rows(count), np.full(count, 4)).mix(logits, rows(1), 0.5)[0][0])[4] for count in (8, 80)]
    assert 1 / 20 < chances[0] < chances[1]


def test_recalls_what_followed_where_the_state_was_like_this() -> None:
    keys = rows(300)
    keys *= 10 / np.linalg.norm(keys, axis=1, keepdims=True)
    memory = Recall(keys, np.arange(300) % 20)
    places = [3, 77, 299]
    mixed, _ = memory.mix(np.zeros((3, 20), dtype=np.float32), keys[places], 0.5)
    assert mixed.argmax(axis=1).tolist() == [place % 20 for place in places]


def test_a_token_that_the_voice_thinks_impossible_stays_finite_beside_it() -> None:
    memory = Recall(rows(300), np.zeros(300, dtype=np.int64))
    mixed, _ = memory.mix(np.array([[0.0, -200.0, -500.0]], dtype=np.float32), rows(1), 0.1)
    assert np.isfinite(mixed).all()
    assert mixed[0, 1] > mixed[0, 2]


def test_several_sequences_recall_what_each_would_alone() -> None:
    memory = Recall(rows(130), random.integers(0, 20, 130))
    logits = rows(3, 20)
    hidden = rows(3)
    mixed, recalled = memory.mix(logits, hidden, 0.3)
    for row in range(3):
        alone, _ = memory.mix(logits[row : row + 1], hidden[row : row + 1], 0.3)
        np.testing.assert_allclose(mixed[row], alone[0], rtol=1e-5, atol=1e-6)
    assert len(recalled) == 1
    assert ((recalled[0].own >= 0) & (recalled[0].own <= 1)).all()
