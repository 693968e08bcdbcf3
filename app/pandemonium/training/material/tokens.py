"""Texts as packed sub-words: the token file that trainings read, and the sequences of a batch that walk through it."""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandemonium.atomic import replacing
from pandemonium.errors import TrainingError
from pandemonium.training.material.packing import bits_for, pack_bits, unpack_bits
from pandemonium.voice.tokenizer import SubwordTokenizer

Tokens = NDArray[np.uint16]


@dataclass(frozen=True)
class TokenDataset:
    """Documents of one kind, end to end.

    Attributes:
        tokens: every document's ids, each document followed by the separator.
        starts: where each document begins in `tokens`, [documents].
    """

    tokens: Tokens
    starts: NDArray[np.int64]

    def document(self, index: int) -> Tokens:
        """The ids of one document, the separator behind it included."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.tokens)
        return self.tokens[self.starts[index] : end]


def pack(texts: Iterable[str], tokenizer: SubwordTokenizer) -> TokenDataset:
    """Encodes texts end to end, the separator behind each."""
    parts: list[Tokens] = [np.zeros(0, dtype=np.uint16)]
    starts: list[int] = []
    position = 0
    for text in texts:
        ids = np.array([*tokenizer.encode(text), tokenizer.separator], dtype=np.uint16)
        starts.append(position)
        parts.append(ids)
        position += len(ids)
    return TokenDataset(np.concatenate(parts), np.array(starts, dtype=np.int64))


class TokenWriter:
    """Appends texts to a file of ids, two bytes each and little-endian, as they are read.

    Used in a `with` statement; at its end the file is whole on the disk.

    Attributes:
        documents: the numbers of the texts that have come, in their order.
        characters: of all of them.
        count: ids so far.
    """

    def __init__(self, path: Path, tokenizer: SubwordTokenizer) -> None:
        """Begins the file anew.

        Raises:
            OSError: it cannot be written; so do `add` and the end of the `with` statement.
        """
        self._tokenizer = tokenizer
        self._starts: list[int] = []
        self.documents: list[int] = []
        self.characters = self.count = 0
        self._file = path.open("wb")

    def __enter__(self) -> TokenWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with self._file:
            if kind is None:
                self._end()
                self._file.flush()
                os.fsync(self._file.fileno())

    def add(self, document: int, piece: str) -> None:
        """Appends a piece of a text; the separator comes behind its last one."""
        if not self.documents or self.documents[-1] != document:
            self._end()
            self.documents.append(document)
            self._starts.append(self.count)
        self.characters += len(piece)
        self._append(self._tokenizer.encode(piece))

    def starts(self) -> TokenDataset:
        """Where each text begins, in a dataset without the ids."""
        return TokenDataset(np.zeros(0, dtype=np.uint16), np.array(self._starts, dtype=np.int64))

    def _end(self) -> None:
        if self.documents:
            self._append([self._tokenizer.separator])

    def _append(self, ids: list[int]) -> None:
        self._file.write(np.array(ids, dtype="<u2").tobytes())
        self.count += len(ids)


def map_tokens(path: Path, count: int) -> Tokens:
    """The ids that a `TokenWriter` wrote, left on the disk and read where they are looked at.

    Raises:
        TrainingError: the file is missing or too short.
    """
    try:
        return np.memmap(path, dtype="<u2", mode="r", shape=(count,))
    except (OSError, ValueError) as error:
        raise TrainingError(f"The token file {path} cannot be read.", "Start the training anew.") from error


def write_token_file(path: Path, datasets: dict[str, TokenDataset], header: dict[str, object], vocabulary: int) -> None:
    """Writes datasets, packed, and a JSON header as one .npz; replaced as a whole, and on the disk when it returns."""
    bits = bits_for(vocabulary)
    arrays: dict[str, NDArray[np.generic]] = {"header": np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)}
    for name, dataset in datasets.items():
        arrays[f"{name}.packed"] = pack_bits(dataset.tokens, bits)
        arrays[f"{name}.size"] = np.array([len(dataset.tokens), bits])
        arrays[f"{name}.starts"] = dataset.starts
    with replacing(path) as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def read_token_file(path: Path) -> tuple[dict[str, TokenDataset], dict[str, Any]]:
    """Reads what `write_token_file` wrote.

    Raises:
        TrainingError: the file is not one of ours.
    """
    try:
        with np.load(path) as arrays:
            header = json.loads(arrays["header"].tobytes())
            names = sorted(name.removesuffix(".starts") for name in arrays.files if name.endswith(".starts"))
            datasets = {name: _read_dataset(arrays, name) for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise TrainingError(f"The token file {path} cannot be read.", "Delete it; it is made again.") from error
    return datasets, header


def _read_dataset(arrays: Any, name: str) -> TokenDataset:
    count, bits = (int(value) for value in arrays[f"{name}.size"])
    return TokenDataset(unpack_bits(arrays[f"{name}.packed"], bits, count), arrays[f"{name}.starts"])


@dataclass
class _Excerpt:
    dataset: str
    document: int
    start: int
    tokens: Tokens
    position: int = 0


class Batches:
    """The rows of a batch, each walking through excerpts of documents window by window.

    An excerpt is at most `windows` windows long and begins cold: at the separator when it is a document's
    beginning, in mid-text otherwise, so that the model learns to start anywhere. Every dataset's excerpts
    are gone through in a shuffled order before any comes again; which dataset is next is drawn by weight.
    """

    def __init__(
        self, datasets: dict[str, TokenDataset], *, separator: int, batch: int, length: int, windows: int, seed: int
    ) -> None:
        """Begins with no sequence anywhere.

        Args:
            datasets: the documents by kind.
            separator: the id that stands before a document.
            batch: sequences.
            length: tokens a window.
            windows: windows an excerpt at most.
            seed: of the order.
        """
        self._datasets = datasets
        self._separator = separator
        self.length = length
        self._windows = windows
        self._random = np.random.default_rng(seed)
        self._queues: dict[str, list[tuple[int, int]]] = {name: [] for name in datasets}
        self._sequences: list[_Excerpt | None] = [None] * batch
        self.weights: dict[str, float] = dict.fromkeys(datasets, 1.0)

    def next(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Gives a window [length + 1, batch] (inputs and, one later, targets) and which begin cold, [batch]."""
        window = np.empty((self.length + 1, len(self._sequences)), dtype=np.int64)
        fresh = np.zeros(len(self._sequences), dtype=np.bool_)
        for sequence, excerpt in enumerate(self._sequences):
            if excerpt is None or excerpt.position + self.length + 1 > len(excerpt.tokens):
                excerpt = self._sequences[sequence] = self._draw()
                fresh[sequence] = True
            window[:, sequence] = excerpt.tokens[excerpt.position : excerpt.position + self.length + 1]
            excerpt.position += self.length
        return window, fresh

    def _draw(self) -> _Excerpt:
        names = list(self.weights)
        weights = np.array([self.weights[name] for name in names])
        name = names[int(self._random.choice(len(names), p=weights / weights.sum()))]
        if not self._queues[name]:
            self._queues[name] = self._excerpts(self._datasets[name])
        return self._excerpt(name, *self._queues[name].pop())

    def _excerpt(self, name: str, document: int, start: int) -> _Excerpt:
        whole_text = self._datasets[name].document(document)
        most = self._windows * self.length + 1
        # A copy, and of this stretch alone: the text may be larger than the memory.
        tokens = np.array(whole_text[start : start + most])
        if start == 0:
            tokens = np.concatenate([np.array([self._separator], dtype=tokens.dtype), tokens])
        cut = tokens[:most]
        whole = (len(cut) - 1) // self.length * self.length + 1
        # What is shorter than a window goes on with its separator and its own beginning.
        cut = cut[:whole] if whole > self.length else np.resize(tokens, self.length + 1)
        return _Excerpt(name, document, start, cut)

    def _excerpts(self, dataset: TokenDataset) -> list[tuple[int, int]]:
        size = self._windows * self.length
        found: list[tuple[int, int]] = []
        for document in range(len(dataset.starts)):
            total = len(dataset.document(document))
            # A random offset moves the cuts from pass to pass.
            offset = int(self._random.integers(0, min(size, max(1, total // 2))))
            cuts = [0, *range(offset, max(1, total - self.length), size)]
            found += [(document, cut) for cut in dict.fromkeys(cuts)]
        self._random.shuffle(found)
        return found

    def state(self) -> dict[str, Any]:
        """What `restore` needs to go on exactly here."""
        return {
            "random": self._random.bit_generator.state,
            "queues": self._queues,
            "lanes": [None if e is None else (e.dataset, e.document, e.start, e.position) for e in self._sequences],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on where `state` was taken; where that had another number of sequences, as many of them as there are."""
        self._random.bit_generator.state = state["random"]
        self._queues = {name: [(d, start) for d, start in queue] for name, queue in state["queues"].items()}
        for place, sequence in enumerate(state["lanes"][: len(self._sequences)]):
            excerpt = None if sequence is None else self._excerpt(*sequence[:3])
            if excerpt is not None:
                excerpt.position = sequence[3]
            self._sequences[place] = excerpt
