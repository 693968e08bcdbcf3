"""Memory of the draft: recalls what followed, forgets the oldest, and is always a distribution."""

from __future__ import annotations

import numpy as np
import pytest

from pandemonium.writing.memory import DraftMemory, Recall
from pandemonium.writing.samplers import softmax

random = np.random.default_rng(5)


def rows(count: int, width: int = 8) -> np.ndarray:
    return random.normal(size=(count, width)).astype(np.float32)


def test_an_empty_memory_changes_nothing() -> None:
    logits = rows(1, 20)[0]
    assert DraftMemory(8).mix(logits, rows(1)[0], 0.5) is logits


@pytest.mark.parametrize("share", [0.0, 0.1, 0.9])
def test_gives_the_share_that_it_was_given(share: float) -> None:
    memory = DraftMemory(8)
    logits = rows(1, 20)[0] * 3
    memory.add(rows(300), np.full(300, 4))
    mixed = softmax(memory.mix(logits, rows(1)[0], share))
    expected = softmax(logits) * (1 - share)
    expected[4] += share
    np.testing.assert_allclose(mixed, expected, rtol=1e-4)


def test_recalls_what_followed_where_the_state_was_like_this() -> None:
    memory = DraftMemory(8)
    keys = rows(300)
    keys *= 10 / np.linalg.norm(keys, axis=1, keepdims=True)
    memory.add(keys, np.arange(300) % 20)
    logits = np.zeros(20, dtype=np.float32)
    for place in (3, 77, 299):
        assert int(memory.mix(logits, keys[place], 0.5).argmax()) == place % 20


def test_a_piece_that_the_voice_thinks_impossible_stays_finite_beside_it() -> None:
    memory = DraftMemory(8)
    memory.add(rows(300), np.zeros(300, dtype=np.int64))
    logits = np.array([0.0, -200.0, -500.0], dtype=np.float32)
    mixed = memory.mix(logits, rows(1)[0], 0.1)
    assert np.isfinite(mixed).all()
    assert mixed[1] > mixed[2]


def test_forgets_the_oldest_first() -> None:
    memory = DraftMemory(8, size=10)
    keys = rows(25)
    memory.add(keys[:4], np.arange(4))
    memory.add(keys[4:], np.arange(4, 25))
    assert len(memory) == 10
    recalled = memory.mix(np.zeros(25, dtype=np.float32), keys[0], 0.9)
    assert (recalled[:15] < recalled[15:].min()).all()


def test_adding_together_or_one_by_one_is_the_same() -> None:
    together = DraftMemory(8, size=10)
    single = DraftMemory(8, size=10)
    keys = rows(17)
    followers = random.integers(0, 20, 17)
    logits = rows(1, 20)[0]
    together.add(keys[:9], followers[:9])
    together.add(keys[9:], followers[9:])
    for i in range(17):
        single.add(keys[i : i + 1], followers[i : i + 1])
    np.testing.assert_array_equal(together.mix(logits, keys[0], 0.5), single.mix(logits, keys[0], 0.5))


def test_a_copy_goes_its_own_way() -> None:
    memory = DraftMemory(8)
    logits = rows(1, 20)[0]
    keys = rows(5)
    memory.add(keys, np.arange(5))
    before = memory.mix(logits, keys[0], 0.5)
    twin = memory.copy()
    twin.add(keys, np.arange(5, 10))
    np.testing.assert_array_equal(memory.mix(logits, keys[0], 0.5), before)
    assert len(twin) == 10


def test_what_was_taken_back_is_forgotten() -> None:
    memory = DraftMemory(8)
    logits = rows(1, 20)[0]
    keys = rows(9)
    memory.add(keys[:5], np.arange(5))
    before = memory.mix(logits, keys[0], 0.5)
    count = memory.count
    memory.add(keys[5:], np.arange(5, 9))
    memory.truncate(count)
    np.testing.assert_array_equal(memory.mix(logits, keys[0], 0.5), before)


def test_leaves_the_newest_places_alone() -> None:
    memory = DraftMemory(2, size=300)
    old = np.array([[1.0, 0.0]], dtype=np.float32)
    new = np.array([[5.0, 0.0]], dtype=np.float32)
    memory.add(np.repeat(old, 299, axis=0), np.full(299, 1))
    memory.add(np.repeat(new, 3, axis=0), np.full(3, 2))
    logits = np.zeros(4, dtype=np.float32)
    assert memory.mix(logits, new[0], 0.5).argmax() == 2
    assert memory.mix(logits, new[0], 0.5, fresh=3).argmax() == 1
    assert memory.mix(logits, new[0], 0.5, fresh=300) is logits


def test_several_sequences_recall_what_each_would_alone() -> None:
    behind = DraftMemory(8, size=40)
    behind.add(rows(40), random.integers(0, 20, 40))
    memory = DraftMemory(8, size=100, behind=behind)
    memory.add(rows(130), random.integers(0, 20, 130))
    logits = rows(3, 20)
    hidden = rows(3)
    mixed, recalled = Recall.of(memory).mix(logits, hidden, 0.3)
    for row in range(3):
        np.testing.assert_allclose(mixed[row], memory.mix(logits[row], hidden[row], 0.3), rtol=1e-5, atol=1e-6)
    assert len(recalled) == 2
    assert all(((each.own >= 0) & (each.own <= 1)).all() for each in recalled)
