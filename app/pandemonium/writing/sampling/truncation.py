"""Samplers that leave the likeliest tokens alone, and the temperature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.runtimes.softmax import softmax_rows
from pandemonium.writing.sampling.drawing import softmax
from pandemonium.writing.sampling.rows import NEVER, Rows


@dataclass(frozen=True)
class TopK:
    """Keeps the `k` likeliest tokens (Fan et al. 2018); 0 keeps all. Ties with the last are kept."""

    k: int
    name: str = "top_k"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.k <= 0 or self.k >= logits.shape[1]:
            return logits
        least = np.partition(logits, -self.k, axis=1)[:, -self.k, None]
        logits[logits < least] = NEVER
        return logits


@dataclass(frozen=True)
class TopP:
    """Keeps the likeliest tokens up to the first whose sum reaches `p` (nucleus, Holtzman et al. 2020).

    Attributes:
        p: the sum; 1 keeps all.
        floor: tokens less than so many times as likely as the likeliest are dropped by the next sampler (`MinP`), and
            need no place in the order.
    """

    p: float
    floor: float = 0.0
    name: str = "top_p"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.p >= 1:
            return logits
        probabilities, likeliest = probabilities_of(logits)
        mass = np.float32(self.p) / likeliest
        for least in (max(self.floor, 1e-3), max(self.floor, 1e-6), 0.0):
            kept = probabilities >= least * likeliest[:, None] if least else probabilities > 0
            found, ids = np.divmod(kept.ravel().nonzero()[0], kept.shape[1])
            heads = probabilities[found, ids] / likeliest[found]
            sums = np.bincount(found, heads, minlength=len(kept))
            if least in (self.floor, 0.0) or (sums >= mass).all():
                break
        if not len(found):
            return logits
        order = np.lexsort((-heads, found))  # of equal ones the first comes first
        found = found[order]
        ids = ids[order]
        heads = heads[order]
        cumulated = np.cumsum(heads, dtype=np.float64)
        starts = np.searchsorted(found, np.arange(len(logits)))
        before = cumulated - heads - np.where(starts > 0, cumulated[starts - 1], 0.0)[found]
        kept = before < mass[found]
        kept[starts[starts < len(kept)]] = True
        found = found[kept]
        ids = ids[kept]
        result = np.full_like(logits, NEVER)
        result[found, ids] = logits[found, ids]
        return result


@dataclass(frozen=True)
class MinP:
    """Keeps tokens at least `share` times as likely as the likeliest (min-p, Nguyen et al. 2024)."""

    share: float
    name: str = "min_p"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.share > 0:
            logits[logits < logits.max(axis=1, keepdims=True) + np.float32(np.log(self.share))] = NEVER
        return logits


@dataclass(frozen=True)
class Typical:
    """Keeps the tokens whose information is nearest the entropy, up to `mass` (Meister et al. 2023)."""

    mass: float
    name: str = "typical"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.mass >= 1:
            return logits
        for row in range(len(logits)):
            if not np.isfinite(logits[row]).any():
                continue
            possible = np.flatnonzero(logits[row] > NEVER)
            probabilities = softmax(logits[row, possible])
            possible = possible[probabilities > 0]
            probabilities = probabilities[probabilities > 0]
            information = -np.log(probabilities)
            entropy = float((probabilities * information).sum())
            order = np.argsort(np.abs(information - entropy), kind="stable")
            kept = possible[order[: int(np.searchsorted(np.cumsum(probabilities[order]), self.mass)) + 1]]
            values = logits[row, kept]
            logits[row] = NEVER
            logits[row, kept] = values
        return logits


@dataclass(frozen=True)
class Temperature:
    """Divides the logits: above 1 the rarer tokens gain, below 1 the likelier."""

    temperature: float
    name: str = "temperature"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        logits /= np.float32(max(self.temperature, 1e-4))
        return logits


def probabilities_of(logits: Floats) -> tuple[Floats, Floats]:
    """The probability of each token, [rows, vocabulary], and of each row's likeliest, [rows].

    In a row in which nothing is possible they are 0, and the likeliest's is infinite.
    """
    probabilities = softmax_rows(logits)
    likeliest = probabilities.max(axis=1)
    impossible = np.isnan(likeliest)
    if impossible.any():
        probabilities[impossible] = 0.0
        likeliest[impossible] = np.inf
    return probabilities, likeliest
