"""Distributions of word lengths and letters, how far two of them lie apart, and whether a value can be one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_WORD = 20
MOST_LETTERS = 64
OTHER = "other"

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Distance:
    """How far two distributions lie apart.

    Attributes:
        total_variation: half the sum of the differences, 0 to 1.
        jensen_shannon: divergence in bits, 0 to 1 (Lin 1991).
    """

    total_variation: float
    jensen_shannon: float

    @classmethod
    def between(cls, first: Shares, second: Shares) -> Distance:
        """The distance of two distributions; what `second` does not name counts as "other"."""
        folded: Counter[str] = Counter()
        for key, share in first.items():
            folded[key if key in second else OTHER] += share  # type: ignore[assignment]
        keys = folded.keys() | second.keys()
        pairs = [(float(folded[key]), second.get(key, 0.0)) for key in keys]
        bits = sum(_information(p, (p + q) / 2) + _information(q, (p + q) / 2) for p, q in pairs) / 2
        return cls(sum(abs(p - q) for p, q in pairs) / 2, max(0.0, bits))


def word_length_shares(words: Sequence[str]) -> dict[str, float]:
    """Share of the words by their length in letters."""
    counted = Counter(min(LONGEST_WORD, sum(map(str.isalpha, word))) for word in words)
    return {str(length): counted[length] / len(words) for length in sorted(counted)}


def letter_shares(text: str) -> dict[str, float]:
    """Share of the letters by letter, whatever their case."""
    counted = Counter({c: n for c, n in Counter(text.lower()).items() if c.isalpha()})
    total = counted.total()
    shares = {letter: count / total for letter, count in counted.most_common(MOST_LETTERS)}
    if (rest := len(counted) - len(shares)) > 0:
        shares[OTHER] = sum(count for _, count in counted.most_common()[-rest:]) / total
    return shares


def checked_number(value: Any, most: float) -> float:
    """`value` as a float between 0 and `most`.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is no number between 0 and {most}")
    return float(value)


def checked_count(value: Any) -> int:
    """`value` as a whole number, not below 0.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 53:
        raise ValueError(f"{value!r} is no count")
    return value


def checked_shares(value: Any) -> dict[str, float]:
    """`value` as a table of shares that sum to 1, or an empty one.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, dict) or len(value) > MOST_LETTERS + 1 or not all(isinstance(key, str) for key in value):
        raise ValueError("the shares are no table")
    shares = {key: checked_number(share, 1.0) for key, share in value.items()}
    if shares and abs(sum(shares.values()) - 1) > 0.01:
        raise ValueError("the shares do not sum to 1")
    return shares


def _information(share: float, mean: float) -> float:
    return share * math.log2(share / mean) if share > 0 else 0.0
