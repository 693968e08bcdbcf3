"""What a voice has read, kept on disk: the network's states in a manuscript, so that nothing is read twice.

A file holds the checkpoints of one window (`context.cut`): for each the place, a digest of the tokens before it, and
the state. Of a state's outputs a byte is kept each, which is what the network itself makes of them before it goes on
(`graph.BOUNDED`); the cells stay float32, so that what is read on is the same number for number. The text itself is not
in it. A file that is broken, or of another kind, is removed and read anew; the files used longest ago go first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pandemonium.atomic import PRIVATE, write_atomically
from pandemonium.regular_files import read_regular
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.graph import BOUNDED
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime

DIGEST = 16  # bytes
SUFFIX = ".read"
_TOKENS = f"tokens{SUFFIX}"
MEGABYTE = 1 << 20
_MAGIC = b"pandemonium read 1\n"
# How many checkpoints, layers, the width of a layer's state and that of the outputs; the source's digest; the checksum.
_HEADER = struct.Struct(f"<{len(_MAGIC)}s4I{DIGEST}s32s")
_LARGEST = 64 * MEGABYTE
_PROBE = 32  # tokens
_FULL = 0.9  # what is left of the room when it had to be swept
_CROWDED = 0.8  # of the room, from which on what is used would push itself out
_OWN = 0o700


class StoredWindow(NamedTuple):
    """The checkpoints of one window.

    Attributes:
        source: a digest of the text that was read.
        places: behind how many tokens each stands, [n].
        digests: of the tokens before each.
        states: [n, 2 * layers, hidden].
        passages: [n, output_width].
    """

    source: bytes
    places: Ids
    digests: list[bytes]
    states: Floats
    passages: Floats


class CheckpointStore:
    """The folder of what one voice has read, beside those of other voices, which share their room with it."""

    def __init__(self, root: Path, voice: str, most: int) -> None:
        """Knows where the files lie; makes nothing.

        Args:
            root: the folder of all voices.
            voice: a name for the voice and the machine's arithmetic, as a file's.
            most: bytes that all files together may have.
        """
        self._root = root
        self.folder = root / voice
        self._most = most
        self._size: int | None = None  # of all files; None before they were counted
        self._fresh: dict[str, int] = {}  # bytes of what was used in this session, which is not swept for its own sake

    @property
    def is_full(self) -> bool:
        """What was used in this session fills the room: more would push it out."""
        return sum(self._fresh.values()) > _CROWDED * self._most

    def covers(self, window: str, source: bytes) -> bool:
        """Tells whether a file holds what was read of just this text; it counts as used then."""
        path = self._path(window)
        try:
            with path.open("rb") as file:
                head = file.read(_HEADER.size)
            if len(head) < _HEADER.size or _HEADER.unpack(head)[5] != source:
                return False
            self._use(path)
        except (OSError, ValueError):
            return False
        return True

    def load(self, window: str, architecture: Architecture) -> StoredWindow | None:
        """The checkpoints of a window; None where there are none."""
        path = self._path(window)
        try:
            data = read_regular(path, _LARGEST)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            self._remove(path)
            return None
        found = _unpack(data, architecture)
        if found is None:
            self._remove(path)
        else:
            with contextlib.suppress(OSError):
                self._use(path)
        return found

    def save(self, window: str, stored: StoredWindow) -> None:
        """Keeps the checkpoints of a window, unless those that are kept lead on from them; a full disk keeps none."""
        path = self._path(window)
        data = _pack(stored)
        with contextlib.suppress(OSError, ValueError):
            if self._leads_on(path, stored):
                return
            before = path.stat().st_size if path.exists() else 0
            self._make_folder()
            write_atomically(path, data, mode=PRIVATE)
            self._fresh[path.name] = len(data)
            self._size = self._counted() if self._size is None else self._size + len(data) - before
            if self._size > self._most:
                self._sweep()

    def load_tokens(self, take: Callable[[bytes], bool]) -> None:
        """Hands what `save_tokens` kept to `take`, which says whether it can be used; else it is removed."""
        path = self.folder / _TOKENS
        with contextlib.suppress(FileNotFoundError):
            try:
                usable = take(_sealed(read_regular(path, _LARGEST)))
                os.utime(path)
            except (OSError, ValueError) as error:
                if isinstance(error, FileNotFoundError):
                    return
                usable = False
            if not usable:
                self._remove(path)

    def save_tokens(self, data: bytes) -> None:
        """Keeps the tokens of drafts; a full disk keeps none."""
        with contextlib.suppress(OSError):
            self._make_folder()
            sealed = hashlib.blake2b(data, digest_size=DIGEST).digest() + data
            write_atomically(self.folder / _TOKENS, sealed, mode=PRIVATE)
            self._size = None

    def _make_folder(self) -> None:
        for folder in (self._root, self.folder):
            folder.mkdir(mode=_OWN, parents=True, exist_ok=True)

    def _path(self, window: str) -> Path:
        return self.folder / f"{window}{SUFFIX}"

    def _use(self, path: Path) -> None:
        os.utime(path)
        self._fresh[path.name] = path.stat().st_size

    def _leads_on(self, path: Path, stored: StoredWindow) -> bool:
        """Tells whether the file has the last of these checkpoints, the first or an earlier one, and others behind."""
        if not path.exists():
            return False
        shape = stored.states.shape
        found = _unpack(read_regular(path, _LARGEST), (shape[1] // 2, shape[2], stored.passages.shape[1]))
        if found is None or found.places[-1] <= stored.places[-1] or found.places[0] > stored.places[0]:
            return False
        return stored.digests[-1] in found.digests

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink()
        self._size = None

    def _counted(self) -> int:
        if self._size is None:
            self._size = sum(size for _, _, size in self._files())
        return self._size

    def _files(self) -> list[tuple[float, Path, int]]:
        """Every file of every voice: when it was used last, its path and its bytes."""
        found = []
        for path in self._root.glob(f"*/*{SUFFIX}"):
            with contextlib.suppress(OSError):
                about = path.stat(follow_symlinks=False)
                found.append((about.st_mtime, path, about.st_size))
        return found

    def _sweep(self) -> None:
        """Removes what was used longest ago."""
        files = sorted(self._files())
        size = sum(each for _, _, each in files)
        for _, path, each in files:
            if size <= _FULL * self._most:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                size -= each
                self._fresh.pop(path.name, None)
        self._size = size
        for folder in self._root.iterdir():
            with contextlib.suppress(OSError):  # one that is not empty stays
                folder.rmdir()


class Kept(NamedTuple):
    """Where what was read is kept: the folder of all voices, and how many bytes it may have."""

    root: Path
    most: int

    def store(self, voice: Voice, runtime: Runtime) -> CheckpointStore | None:
        """The store of one voice; None where nothing is to be kept."""
        return CheckpointStore(self.root, fingerprint(voice, runtime), self.most) if self.most > 0 else None


def fingerprint(voice: Voice, runtime: Runtime) -> str:
    """A name for a voice's network and tokenizer, and for this machine's arithmetic: equal ones read alike."""
    hashed = hashlib.blake2b(voice.tokenizer.definition.encode("utf-8", "surrogatepass"), digest_size=DIGEST)
    hashed.update(voice.matrices["embedding"].values.tobytes())
    tokens = np.random.default_rng(0).integers(0, voice.architecture.vocabulary, (_PROBE, 1))
    for each in runtime.read(tokens, runtime.zero_state()):
        hashed.update(np.ascontiguousarray(each).tobytes())
    return hashed.hexdigest()


def _pack(stored: StoredWindow) -> bytes:
    count, parts, hidden = stored.states.shape
    outputs = np.clip(np.rint(stored.states[:, 0::2] * BOUNDED), -128, 127).astype(np.int8)
    body = b"".join(
        [
            stored.places.astype("<u4").tobytes(),
            b"".join(stored.digests),
            outputs.tobytes(),
            stored.states[:, 1::2].astype("<f4").tobytes(),
            stored.passages.astype("<f2").tobytes(),
        ]
    )
    sizes = (count, parts // 2, hidden, stored.passages.shape[1])
    return _HEADER.pack(_MAGIC, *sizes, stored.source, _checksum(sizes, stored.source, body)) + body


def _unpack(data: bytes, shape: Architecture | tuple[int, int, int]) -> StoredWindow | None:
    """What `_pack` made; None for anything else, and for the states of another network."""
    if len(data) < _HEADER.size:
        return None
    magic, count, layers, hidden, width, source, checksum = _HEADER.unpack_from(data)
    body = data[_HEADER.size :]
    if isinstance(shape, Architecture):
        shape = (shape.layers, shape.hidden, shape.output_width)
    lengths = [4 * count, DIGEST * count, count * layers * hidden, 4 * count * layers * hidden, 2 * count * width]
    if magic != _MAGIC or (layers, hidden, width) != shape or not count or len(body) != sum(lengths):
        return None
    if checksum != _checksum((count, layers, hidden, width), source, body):
        return None
    places, digests, outputs, cells, passages = (
        body[end - length : end] for length, end in zip(lengths, np.cumsum(lengths).tolist(), strict=True)
    )
    states = np.empty((count, 2 * layers, hidden), dtype=np.float32)
    states[:, 0::2] = np.frombuffer(outputs, dtype=np.int8).reshape(count, layers, hidden) / np.float32(BOUNDED)
    states[:, 1::2] = np.frombuffer(cells, dtype="<f4").reshape(count, layers, hidden)
    return StoredWindow(
        source,
        np.frombuffer(places, dtype="<u4").astype(np.int64),
        [digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST)],
        states,
        np.frombuffer(passages, dtype="<f2").reshape(count, width).astype(np.float32),
    )


def _sealed(data: bytes) -> bytes:
    """What `save_tokens` sealed.

    Raises:
        ValueError: it was altered.
    """
    if hashlib.blake2b(data[DIGEST:], digest_size=DIGEST).digest() != data[:DIGEST]:
        raise ValueError("the seal is broken")
    return data[DIGEST:]


def _checksum(sizes: tuple[int, int, int, int], source: bytes, body: bytes) -> bytes:
    hashed = hashlib.blake2b(struct.pack("<4I", *sizes), digest_size=32)
    hashed.update(source)
    hashed.update(body)
    return hashed.digest()
