"""What the whole corpus says of the next token by counting: n-grams, teaching a network that will never read all of it.

Absolute discounting, interpolated down to single tokens (Ney, Essen and Kneser 1994), with the discounts of Chen and
Goodman (1999). The text that is learned from is part of what was counted; so at each place the token that came there
is taken out of the counts before they are asked, or they would only repeat it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pandemonium.atomic import replacing
from pandemonium.errors import TrainingError
from pandemonium.training.material.packing import bits_for
from pandemonium.training.material.tokens import Tokens

_LONGEST = 5
_MOST_COUNTED = 65_535
_UNSEEN = 0.5  # how often a token that never came is taken to have come


@dataclass(frozen=True)
class NGramOrder:
    """The n-grams of one length.

    Contexts that came once are left out: where that was, nothing would be left of them.

    Attributes:
        length: tokens a context, one fewer than an n-gram.
        contexts: packed into a number each, rising, [contexts].
        starts: where each context's rows begin in `tokens` and `counts`, [contexts + 1].
        tokens: what came behind the context, rising within each, [rows].
        counts: how often, [rows].
        discounts: what is taken off a count of 0, 1, 2, and 3 or more, [4].
    """

    length: int
    contexts: NDArray[np.uint64]
    starts: NDArray[np.int64]
    tokens: Tokens
    counts: NDArray[np.uint16]
    discounts: NDArray[np.float64]

    @classmethod
    def of(cls, tokens: Tokens, length: int, bits: int) -> NGramOrder:
        """Counts what comes behind each context of `length` tokens.

        Args:
            tokens: the text, [n].
            length: of the contexts; n-grams longer than 64 bits lose the upper bits of their first token.
            bits: of a token.
        """
        keys = _packed(tokens, length + 1, bits)
        keys.sort()
        first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        counts = np.minimum(np.diff(np.append(first, len(keys))), _MOST_COUNTED).astype(np.uint16)
        keys = keys[first]
        discounts = _discounts(counts)
        contexts = keys >> np.uint64(bits)
        begins = np.flatnonzero(np.concatenate([[True], contexts[1:] != contexts[:-1]]))
        sizes = np.diff(np.append(begins, len(keys)))
        again = np.add.reduceat(counts, begins, dtype=np.int64) > 1
        kept = np.repeat(again, sizes)
        starts = np.concatenate([[0], np.cumsum(sizes[again])])
        last = (keys[kept] & np.uint64((1 << bits) - 1)).astype(tokens.dtype)
        return cls(length, contexts[begins][again], starts, last, counts[kept], discounts)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """To be stored, by names that `from_arrays` knows."""
        return {f"{name}{self.length}": getattr(self, name) for name in _STORED}

    @classmethod
    def from_arrays(cls, arrays: Any, length: int) -> NGramOrder:
        """Takes back what `arrays` gave for this length."""
        return cls(length, **{name: arrays[f"{name}{length}"] for name in _STORED})


_STORED = ("contexts", "starts", "tokens", "counts", "discounts")


class NGrams:
    """How often each token came, and behind which."""

    def __init__(self, single: NDArray[np.float64], orders: Sequence[NGramOrder]) -> None:
        """Takes the chances of single tokens, [vocabulary], and longer and longer n-grams."""
        self._single = single
        self._orders = orders
        self._bits = bits_for(len(single))

    @property
    def context(self) -> int:
        """How many tokens before a place are asked for."""
        return max((order.length for order in self._orders), default=0)

    @classmethod
    def of(cls, tokens: Tokens, vocabulary: int, longest: int = _LONGEST) -> NGrams:
        """Counts the n-grams of a text, up to `longest` tokens each."""
        came = np.bincount(tokens, minlength=vocabulary) + _UNSEEN
        bits = bits_for(vocabulary)
        return cls(came / came.sum(), [NGramOrder.of(tokens, n, bits) for n in range(1, min(longest, len(tokens)))])

    def save(self, path: Path) -> None:
        """Writes them as one .npz."""
        arrays: dict[str, NDArray[Any]] = {"single": self._single, "orders": np.array(len(self._orders))}
        for order in self._orders:
            arrays |= order.arrays()
        with replacing(path) as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]

    @classmethod
    def read(cls, path: Path) -> NGrams:
        """Reads what `save` wrote.

        Raises:
            TrainingError: the file is not one of ours.
        """
        try:
            with np.load(path) as arrays:
                lengths = range(1, int(arrays["orders"]) + 1)
                return cls(arrays["single"], [NGramOrder.from_arrays(arrays, length) for length in lengths])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise TrainingError(f"The counts in {path} cannot be read.", "Delete them; they are made again.") from error

    def probabilities(self, contexts: NDArray[np.int64], came: NDArray[np.int64]) -> NDArray[np.float32]:
        """What is to be expected at some places, each without the token that came there.

        Args:
            contexts: the tokens before each place, the nearest last, [n, context].
            came: what came there, and was counted, [n].

        Returns:
            chances, [n, vocabulary].
        """
        chances = np.tile(self._single.astype(np.float32), (len(came), 1))
        rows = np.arange(len(came))
        for order in self._orders:
            keys = _packed_rows(contexts[rows, contexts.shape[1] - order.length :], self._bits)
            rows = _interpolate(order, chances, rows, keys, came)
        return chances


def _interpolate(
    order: NGramOrder,
    chances: NDArray[np.float32],
    rows: NDArray[np.int64],
    keys: NDArray[np.uint64],
    came: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Mixes one order into the chances of `rows`, whose contexts are `keys`; gives the rows that it knew."""
    places = np.minimum(np.searchsorted(order.contexts, keys), len(order.contexts) - 1)
    known = order.contexts[places] == keys if len(order.contexts) else np.zeros(len(keys), dtype=np.bool_)
    rows, places = rows[known], places[known]
    begins = order.starts[places]
    sizes = order.starts[places + 1] - begins
    of_row = np.repeat(np.arange(len(rows)), sizes)
    entries = np.arange(len(of_row)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(begins, sizes)
    tokens = order.tokens[entries]
    counts = order.counts[entries].astype(np.int64) - (tokens == came[rows[of_row]])
    discounts = order.discounts[np.minimum(counts, 3)]
    # Of a context with more than one token there is always something left.
    totals = np.bincount(of_row, counts, len(rows))
    left = np.bincount(of_row, discounts, len(rows)) / totals
    chances[rows] *= left[:, None].astype(np.float32)
    chances[rows[of_row], tokens] += ((counts - discounts) / totals[of_row]).astype(np.float32)
    return rows


@dataclass(frozen=True)
class NGramTargets:
    """What n-grams expect in place of each target.

    Attributes:
        ngrams: whose expectation it is.
        contexts: the tokens before each place, [n, context].
        came: what came there, [n].
        share: how much of the target is theirs, 0 to 1.
        device: where the network is that learns from it.
    """

    ngrams: NGrams
    contexts: NDArray[np.int64]
    came: NDArray[np.int64]
    share: float
    device: torch.device

    def probabilities(self, start: int, stop: int) -> Tensor:
        """Of the places from `start` on, [stop - start, vocabulary]."""
        chances = self.ngrams.probabilities(self.contexts[start:stop], self.came[start:stop])
        return torch.from_numpy(chances).to(self.device)


class NGramTeacher:
    """N-grams of the text that a network learns from, telling it what else might have come.

    Attributes:
        share: of each target that is theirs, 0 to 1.
    """

    def __init__(self, ngrams: NGrams, separator: int) -> None:
        """Takes the counts, and the id that stands before a text."""
        self.share = 0.0
        self._ngrams = ngrams
        self._separator = separator
        self._before: NDArray[np.int64] | None = None

    def expect(self, ids: Tensor, kept: Tensor) -> NGramTargets | None:
        """See `pandemonium.training.network.trainer.Teacher`."""
        if not self.share:
            return None
        window = ids.cpu().numpy()
        context = self._ngrams.context
        length, batch = window.shape[0] - 1, window.shape[1]
        before = np.full((context - 1, batch), self._separator)
        if self._before is not None:
            before = np.where(kept.cpu().numpy().reshape(1, -1) > 0, self._before, before)
        # The window's last token is the next one's first.
        read = np.concatenate([before, window])
        self._before = read[length : length + context - 1]
        contexts = np.stack([read[n : n + length] for n in range(context)], axis=-1)
        came = window[1:].reshape(-1)
        return NGramTargets(self._ngrams, contexts.reshape(-1, context), came, self.share, ids.device)


def _packed(tokens: Tokens, length: int, bits: int) -> NDArray[np.uint64]:
    """Each stretch of `length` tokens as one number, [n - length + 1]."""
    count = len(tokens) - length + 1
    return _pack([tokens[n : n + count] for n in range(length)], bits)


def _packed_rows(rows: NDArray[np.int64], bits: int) -> NDArray[np.uint64]:
    """Each row of tokens, [n, length], as the context of an n-gram is packed, [n]."""
    # As part of the n-gram: what falls off there falls off here.
    whole = _pack([*rows.T, np.zeros(len(rows), dtype=np.int64)], bits)
    return whole >> np.uint64(bits)


def _pack(columns: Sequence[NDArray[Any]], bits: int) -> NDArray[np.uint64]:
    packed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        packed <<= np.uint64(bits)
        packed |= column.astype(np.uint64)
    return packed


def _discounts(counts: NDArray[np.uint16]) -> NDArray[np.float64]:
    """How much is taken off a count of 0, 1, 2, and 3 or more, by how many n-grams came once, twice, ..."""
    once, twice, thrice, four_times = (max(1, int(np.count_nonzero(counts == n))) for n in (1, 2, 3, 4))
    share = once / (once + 2 * twice)
    found = np.array(
        [0, 1 - 2 * share * twice / once, 2 - 3 * share * thrice / twice, 3 - 4 * share * four_times / thrice]
    )
    # In a small text these may leave their bounds.
    bounded: NDArray[np.float64] = np.clip(found, [0, 0.1, 0.1, 0.1], [0, 0.9, 1.5, 2.0])
    return bounded
