"""N-grams as a teacher: counted over the whole text, asked without the token that came."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tools.train_base.ngrams import NGrams, NGramTeacher

from pandemonium.errors import TrainingError

VOCABULARY = 6
TEXTS = st.lists(st.integers(0, VOCABULARY - 1), min_size=7, max_size=60)


def _text(ids: list[int]) -> NDArray[np.uint16]:
    return np.array(ids, dtype=np.uint16)


def _places(ids: list[int], context: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each place of a text that has a whole context before it, and what came there."""
    contexts = [ids[n - context : n] for n in range(context, len(ids))]
    return np.array(contexts, dtype=np.int64).reshape(len(contexts), context), np.array(ids[context:])


def _by_hand(ids: list[int], ngrams: NGrams, place: int) -> NDArray[np.float64]:
    """Interpolates counts that were taken one by one, without the token at `place`."""
    chances = ngrams._single.astype(np.float64)
    for order in ngrams._orders:
        context = ids[place - order.length : place]
        followers = Counter(
            ids[end]
            for end in range(order.length, len(ids))
            if ids[end - order.length : end] == context and end != place
        )
        total = followers.total()
        if not total:
            break
        taken = {token: order.discounts[min(count, 3)] for token, count in followers.items()}
        chances = chances * sum(taken.values()) / total
        for token, count in followers.items():
            chances[token] += (count - taken[token]) / total
    return chances


@pytest.mark.parametrize("step", [1, 1638], ids=["small vocabulary", "five tokens are more than a number holds"])
@settings(max_examples=30)
@given(ids=TEXTS, longest=st.integers(1, 5))
def test_asked_without_what_came(step: int, ids: list[int], longest: int) -> None:
    ids = [step * token for token in ids]
    ngrams = NGrams.of(_text(ids), step * (VOCABULARY - 1) + 1, longest)
    contexts, came = _places(ids, ngrams.context)
    found = ngrams.probabilities(contexts, came)
    assert found.sum(1) == pytest.approx(np.ones(len(came)), abs=1e-5)
    for row, place in enumerate(range(ngrams.context, len(ids))):
        assert np.allclose(found[row], _by_hand(ids, ngrams, place), atol=1e-5)


def test_what_came_only_here_is_not_expected() -> None:
    """Else a text that was counted would be its own best teacher."""
    ids = [0, 1, 2, 3, 4, 0, 1, 2, 3, 5]
    contexts, came = _places(ids, 4)
    found = NGrams.of(_text(ids), VOCABULARY).probabilities(contexts, came)
    # Behind 0 1 2 3 came 4 and 5: each place is told of the other.
    assert found[0].argmax() == 5
    assert found[-1].argmax() == 4


def test_the_context_is_kept_from_window_to_window() -> None:
    ids = np.random.default_rng(1).integers(0, VOCABULARY, (13, 2))
    ngrams = NGrams.of(_text(ids.T.ravel().tolist()), VOCABULARY)
    teacher = NGramTeacher(ngrams, separator=0)
    kept = torch.ones(1, 2, 1)
    tensor = torch.from_numpy(ids)
    assert teacher.expect(tensor[:7], kept) is None, "without a share it is not even asked"
    teacher.share = 0.5
    parts = [teacher.expect(tensor[start : start + 7], kept * (start > 0)) for start in (0, 6)]
    teacher = NGramTeacher(ngrams, separator=0)
    teacher.share = 0.5
    whole = teacher.expect(tensor, kept)
    assert whole is not None
    found = [part.probabilities(0, 12) for part in parts if part is not None]
    assert torch.equal(torch.cat(found), whole.probabilities(0, 24))


def test_what_begins_cold_has_nothing_before_it() -> None:
    ids = np.random.default_rng(1).integers(1, VOCABULARY, (7, 2))
    ngrams = NGrams.of(_text([0, *ids.T.ravel().tolist()]), VOCABULARY)
    fresh, going_on = NGramTeacher(ngrams, separator=0), NGramTeacher(ngrams, separator=0)
    kept = torch.tensor([0.0, 1.0]).view(1, 2, 1)
    tensor = torch.from_numpy(ids)
    for teacher in (fresh, going_on):
        teacher.share = 1.0
    going_on.expect(tensor, kept)
    again, first = going_on.expect(tensor, kept), fresh.expect(tensor, kept)
    assert again is not None
    assert first is not None
    assert again.contexts[0].tolist() == first.contexts[0].tolist() == [0, 0, 0, ids[0, 0]]
    assert again.contexts[1].tolist() == [*ids[3:6, 1], ids[0, 1]]


def test_they_come_back_from_their_file(tmp_path: Path) -> None:
    ids = np.random.default_rng(1).integers(0, VOCABULARY, 200).tolist()
    ngrams = NGrams.of(_text(ids), VOCABULARY)
    ngrams.save(tmp_path / "ngrams.npz")
    places = _places(ids, 4)
    assert np.array_equal(NGrams.read(tmp_path / "ngrams.npz").probabilities(*places), ngrams.probabilities(*places))
    (tmp_path / "ngrams.npz").write_bytes(b"PK\x03\x04 half a file")
    with pytest.raises(TrainingError, match="made again"):
        NGrams.read(tmp_path / "ngrams.npz")
