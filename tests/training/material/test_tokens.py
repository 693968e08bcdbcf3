"""Token files and sequences: datasets come back, and every window is a piece of one document."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.errors import TrainingError
from pandemonium.training.material.tokens import (
    Batches,
    TokenDataset,
    read_token_file,
    write_token_file,
)

SEPARATOR = 999


def make_dataset(sizes: list[int], first: int = 0) -> TokenDataset:
    """Documents whose ids are all different, so that a window says where it comes from."""
    parts = []
    starts = []
    at = 0
    next_id = first
    for size in sizes:
        starts.append(at)
        parts.append(np.append(np.arange(next_id, next_id + size), SEPARATOR).astype(np.uint16))
        next_id += size
        at += size + 1
    return TokenDataset(np.concatenate(parts), np.array(starts))


def make_batches(
    datasets: dict[str, TokenDataset], seed: int = 1, batch: int = 3, length: int = 8, windows: int = 4
) -> Batches:
    return Batches(datasets, separator=SEPARATOR, batch=batch, length=length, windows=windows, seed=seed)


def test_a_token_file_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "tokens.npz"
    datasets = {"one": make_dataset([5, 0, 9]), "two": make_dataset([3])}
    write_token_file(path, datasets, {"tokenizer": "{}", "n": 3}, 1000)
    found, header = read_token_file(path)
    assert header == {"tokenizer": "{}", "n": 3}
    assert list(found) == ["one", "two"]
    for name, dataset in datasets.items():
        np.testing.assert_array_equal(found[name].tokens, dataset.tokens)
        np.testing.assert_array_equal(found[name].starts, dataset.starts)
    assert [each.name for each in tmp_path.iterdir()] == ["tokens.npz"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"nothing"])
def test_a_broken_token_file_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "tokens.npz").write_bytes(data)
    with pytest.raises(TrainingError, match="cannot be read"):
        read_token_file(tmp_path / "tokens.npz")
    with pytest.raises(TrainingError, match="cannot be read"):
        read_token_file(tmp_path / "missing.npz")


def test_a_truncated_token_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "tokens.npz"
    write_token_file(path, {"one": make_dataset([500])}, {}, 1000)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(TrainingError, match="cannot be read"):
        read_token_file(path)


@pytest.mark.long
def test_documents_end_with_their_separator() -> None:
    dataset = make_dataset([5, 0, 9])
    assert [len(dataset.document(i)) for i in range(3)] == [6, 1, 10]
    assert all(dataset.document(i)[-1] == SEPARATOR for i in range(3))


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 120), min_size=1, max_size=6), st.integers(1, 12), st.integers(1, 5), st.integers(0, 1000)
)
def test_every_window_is_contiguous_text_of_one_document(
    sizes: list[int], length: int, windows: int, seed: int
) -> None:
    dataset = make_dataset(sizes)
    batches = make_batches({"one": dataset}, seed=seed, length=length, windows=windows)
    last = np.full(3, -1)
    for _ in range(12):
        window, fresh = batches.next()
        assert window.shape == (length + 1, 3)
        for sequence in range(3):
            column = window[:, sequence]
            if not fresh[sequence]:
                assert column[0] == last[sequence]
            ids = column[column != SEPARATOR]
            owners = {next(i for i in range(len(sizes)) if each < sum(sizes[: i + 1])) for each in ids}
            assert len(owners) <= 1
            for before, after in itertools.pairwise(column):
                document = dataset.document(next(iter(owners), 0))
                assert SEPARATOR in (before, after) or after == before + 1
                assert before != SEPARATOR or after in (SEPARATOR, document[0])
                assert after != SEPARATOR or before in (SEPARATOR, document[-2] if len(document) > 1 else SEPARATOR)
        last = window[-1]


def test_a_document_begins_behind_the_separator() -> None:
    batches = make_batches({"one": make_dataset([200])}, batch=1)
    starts = []
    for _ in range(60):
        window, fresh = batches.next()
        if fresh[0]:
            starts.append(int(window[0, 0]))
    assert SEPARATOR in starts
    assert len(set(starts)) > 5


def test_no_excerpt_is_longer_than_its_windows() -> None:
    batches = make_batches({"one": make_dataset([600])}, batch=2, windows=4)
    fresh = np.array([batches.next()[1] for _ in range(60)])
    for sequence in range(2):
        assert np.diff(np.flatnonzero(fresh[:, sequence])).max() <= 4


def test_every_document_comes_before_any_comes_again() -> None:
    batches = make_batches({"one": make_dataset([20] * 30)}, batch=1, length=20, windows=1)
    seen = [int(batches.next()[0][1, 0]) // 20 for _ in range(60)]
    assert sorted(set(seen[:30])) == list(range(30))


def test_datasets_are_drawn_by_weight() -> None:
    batches = make_batches(
        {"one": make_dataset([30] * 5), "two": make_dataset([30] * 5, first=500)}, length=29, windows=1
    )
    batches.weights = {"one": 3.0, "two": 1.0}
    low = np.mean([(batches.next()[0][1] < 500).mean() for _ in range(300)])
    assert low == pytest.approx(0.75, abs=0.06)
    batches.weights = {"two": 1.0}
    for _ in range(3):
        batches.next()
    assert (batches.next()[0][1] >= 500).all()


def test_goes_on_exactly_where_it_was() -> None:
    datasets = {"one": make_dataset([100, 40, 7]), "two": make_dataset([60, 60], first=400)}
    batches = make_batches(datasets)
    for _ in range(17):
        batches.next()
    kept = json.loads(json.dumps(batches.state()))
    expected = [batches.next() for _ in range(40)]
    again = make_batches(datasets, seed=99)
    again.restore(kept)
    for window, fresh in expected:
        other_window, other_fresh = again.next()
        np.testing.assert_array_equal(other_window, window)
        np.testing.assert_array_equal(other_fresh, fresh)


@pytest.mark.parametrize("batch", [1, 6])
def test_goes_on_with_another_number_of_sequences(batch: int) -> None:
    dataset = {"one": make_dataset([100, 60, 80])}
    batches = make_batches(dataset, batch=2)
    batches.next()
    again = make_batches(dataset, batch=batch)
    again.restore(batches.state())
    expected, _ = batches.next()
    window, fresh = again.next()
    kept = min(batch, 2)
    assert window.shape[1] == batch
    np.testing.assert_array_equal(window[:, :kept], expected[:, :kept])
    assert not fresh[:kept].any()
    assert fresh[kept:].all()
