"""The store of checkpoints: gives back what was kept, survives garbage, stays within its room."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.writing.reading.checkpoints import SUFFIX, CheckpointStore, StoredWindow

ARCHITECTURE = PlainArchitecture(400, embedding=8, hidden=16, layers=2)
SOURCE = b"0123456789abcdef"


def window(places: int = 3, source: bytes = SOURCE) -> StoredWindow:
    random = np.random.default_rng(places)
    states = random.normal(0, 1, (places, 4, 16)).astype(np.float32)
    states[:, 0::2] = np.rint(np.tanh(states[:, 0::2]) * 127) / 128
    return StoredWindow(
        source,
        64 * np.arange(1, places + 1),
        [bytes([place]) * 16 for place in range(places)],
        states,
        random.normal(0, 1, (places, 16)).astype(np.float16).astype(np.float32),
    )


@pytest.fixture
def store(tmp_path: Path) -> CheckpointStore:
    return CheckpointStore(tmp_path / "reading", "voice", 1 << 20)


def same(a: StoredWindow, b: StoredWindow) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def test_gives_back_what_was_kept(store: CheckpointStore) -> None:
    assert store.load("one", ARCHITECTURE) is None
    assert not store.covers("one", SOURCE)
    store.save("one", window())
    found = store.load("one", ARCHITECTURE)
    assert found is not None
    assert same(found, window())
    assert store.covers("one", SOURCE)
    assert not store.covers("one", SOURCE[::-1])
    [path] = store.folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_what_leads_further_is_not_lost(store: CheckpointStore) -> None:
    store.save("one", window(9))
    shorter = window(9)
    store.save(
        "one", StoredWindow(*(each if name == "source" else each[:4] for name, each in shorter._asdict().items()))
    )
    found = store.load("one", ARCHITECTURE)
    assert found is not None
    assert len(found.places) == 9
    other = window(4)
    store.save("one", other._replace(digests=[b"x" * 16] * 4))
    found = store.load("one", ARCHITECTURE)
    assert found is not None
    assert len(found.places) == 4


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: data[:40],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
        lambda data: b"x" * len(data),
        lambda data: data[:19] + b"\xff" * 16 + data[35:],
    ],
)
def test_a_broken_file_is_removed_and_read_anew(store: CheckpointStore, harm: Callable[[bytes], bytes]) -> None:
    store.save("one", window())
    path = store.folder / f"one{SUFFIX}"
    path.write_bytes(harm(path.read_bytes()))
    assert store.load("one", ARCHITECTURE) is None
    assert not path.exists()
    store.save("one", window())
    assert store.load("one", ARCHITECTURE) is not None


def test_another_network_has_no_use_for_it(store: CheckpointStore) -> None:
    store.save("one", window())
    assert store.load("one", PlainArchitecture(400, embedding=8, hidden=8, layers=2)) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_the_place_of_a_file_stops_nothing(store: CheckpointStore) -> None:
    store.save("one", window())
    path = store.folder / f"one{SUFFIX}"
    path.unlink()
    os.mkfifo(path)
    assert store.load("one", ARCHITECTURE) is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "reading").write_text("a file stands here")
    store = CheckpointStore(tmp_path / "reading", "voice", 1 << 20)
    store.save("one", window())
    store.save_tokens(b"tokens")
    assert store.load("one", ARCHITECTURE) is None


def test_the_oldest_go_where_there_is_no_room(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path, "voice", 1 << 20)
    store.save("size", window())
    size = (store.folder / f"size{SUFFIX}").stat().st_size
    other = CheckpointStore(tmp_path, "other", 10 * size)
    for number in range(8):
        other.save(str(number), window())
        os.utime(other.folder / f"{number}{SUFFIX}", (number + 1, number + 1))
    assert not other.is_full
    assert other.covers("0", SOURCE)  # used just now
    for number in range(8, 13):
        other.save(str(number), window())
    left = {path.stem for path in tmp_path.glob(f"*/*{SUFFIX}")}
    assert {"0", "8", "12"} <= left
    assert "1" not in left
    assert sum(path.stat().st_size for path in tmp_path.glob(f"*/*{SUFFIX}")) <= 10 * size
    full = CheckpointStore(tmp_path / "full", "voice", 3 * size)
    for number in range(3):
        assert not full.is_full
        full.save(str(number), window())
    assert full.is_full


def test_tokens_come_back_unless_they_were_altered(store: CheckpointStore) -> None:
    found: list[bytes] = []

    def take(data: bytes) -> bool:
        found.append(data)
        return True

    store.load_tokens(take)
    store.save_tokens(b"some tokens")
    store.load_tokens(take)
    assert found == [b"some tokens"]
    [path] = store.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    store.load_tokens(take)
    assert found == [b"some tokens"]
    assert not path.exists()
