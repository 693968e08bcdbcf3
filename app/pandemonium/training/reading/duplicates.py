"""Finds the same text in several files: other formats and encodings, earlier drafts, parts of a whole.

Each text is known by a sketch: the smallest hashes of its runs of four words, which stand for all of them
(FracMinHash, after Broder's resemblance and containment of 1997).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_RUN = 4
_FULL = 1 << 64
_LEAST_KEPT = 512
_KEPT_SHARE = 16
_MOST_KEPT = 1_000_000
_TOTAL_KEPT = 2_000_000
_LEAST_COMPARED = 6
_TOKEN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_ACCENTS = re.compile("[\u0300-\u036f]+")
_JOINED = {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "Æ": "AE", "Œ": "OE", "Ø": "O"}
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)


@dataclass(frozen=True)
class Sketch:
    """What a text is known by.

    Attributes:
        hashes: uint64, sorted, each once: the text's run hashes below `bound`.
        bound: hashes from here on are left out; 2 ** 64 where none are.
        runs: how many different runs of words the text has, about.
    """

    hashes: Hashes
    bound: int
    runs: int


@dataclass(frozen=True)
class Match:
    """That most of one text stands in another.

    Attributes:
        other: the other's index.
        contained: the share of the text's runs that stand in the other.
        containing: the share of the other's runs that stand in the text.
    """

    other: int
    contained: float
    containing: float


class Sketcher:
    """Makes a sketch of a text that comes in parts; a longer text takes no more memory."""

    def __init__(self) -> None:
        self._kept: Hashes = np.empty(0, dtype=np.uint64)
        self._bound = _FULL
        self._codes: dict[str, int] = {}

    def add(self, text: str) -> None:
        """Takes one more part. Case, accents and punctuation do not matter."""
        plain = text if text.isascii() else _UNSPACED.sub(r" \1 ", _without_accents(text))
        words = _TOKEN.findall(plain.lower())
        if len(self._codes) > _MOST_KEPT:
            self._codes.clear()
        codes = self._codes
        for word in set(words) - codes.keys():
            codes[word] = _code(word)
        numbers = np.fromiter(map(codes.__getitem__, words), dtype=np.uint64, count=len(words))
        self._kept = np.unique(np.concatenate([self._kept, _below(np.sort(_run_hashes(numbers)), self._bound)]))
        if len(self._kept) > _MOST_KEPT:
            self._bound = int(self._kept[_MOST_KEPT // 2])
            self._kept = self._kept[: _MOST_KEPT // 2].copy()

    def sketch(self) -> Sketch:
        """The sketch of all parts together."""
        runs = len(self._kept) * _FULL // self._bound
        keep = max(_LEAST_KEPT, runs // _KEPT_SHARE)
        if len(self._kept) <= keep:
            return Sketch(self._kept, self._bound, runs)
        return Sketch(self._kept[:keep].copy(), int(self._kept[keep]), runs)


def find_copies(sketches: Sequence[Sketch], order: Sequence[int], least: Sequence[float]) -> dict[int, Match]:
    """Finds the texts whose runs of words stand, for a large enough share, in one that comes before them.

    Args:
        sketches: one a text.
        order: indices into `sketches`, those first that hold others: the longest first.
        least: one a text, the share of its runs that makes it a copy.

    Returns:
        For each copy, the text that it is found in, which is no copy itself.
    """
    sketches = _thinned(sketches)
    places: dict[int, list[int]] = {}
    copies: dict[int, Match] = {}
    for index in order:
        match = _best(index, sketches, places)
        if match is not None and match.contained >= least[index]:
            copies[index] = match
        else:
            for value in sketches[index].hashes.tolist():
                places.setdefault(value, []).append(index)
    return copies


def _best(index: int, sketches: Sequence[Sketch], places: dict[int, list[int]]) -> Match | None:
    sketch = sketches[index]
    shared = Counter(other for value in sketch.hashes.tolist() for other in places.get(value, ()))
    best: Match | None = None
    for other, _ in shared.most_common(8):
        match = _compared(sketch, sketches[other], other)
        if match and (best is None or match.contained > best.contained):
            best = match
    return best


def _compared(sketch: Sketch, whole: Sketch, other: int) -> Match | None:
    """Compares two sketches below the smaller of their bounds; None if too little is left there."""
    bound = min(sketch.bound, whole.bound)
    own = _below(sketch.hashes, bound)
    others = _below(whole.hashes, bound)
    if len(own) < min(_LEAST_COMPARED, sketch.runs):
        return None
    both = len(np.intersect1d(own, others, assume_unique=True))
    return Match(other, both / max(1, len(own)), both / max(1, len(others)))


def _thinned(sketches: Sequence[Sketch]) -> list[Sketch]:
    """Takes fewer hashes of each long text when there are too many texts to hold them all."""
    total = sum(len(sketch.hashes) for sketch in sketches)
    if total <= _TOTAL_KEPT:
        return list(sketches)
    share = _TOTAL_KEPT / total
    return [_fewer(sketch, max(64, int(len(sketch.hashes) * share))) for sketch in sketches]


def _fewer(sketch: Sketch, keep: int) -> Sketch:
    if len(sketch.hashes) <= keep:
        return sketch
    return Sketch(sketch.hashes[:keep], int(sketch.hashes[keep]), sketch.runs)


def _run_hashes(words: Hashes) -> Hashes:
    """Mixes each run of four word hashes into one; a shorter text is one run."""
    if len(words) < _RUN:
        words = np.concatenate([words, np.zeros(_RUN - len(words), dtype=np.uint64)]) if len(words) else words
    count = len(words) - _RUN + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(_RUN):
        mixed += words[place : place + count] * _MULTIPLIERS[place]
        mixed ^= mixed >> np.uint64(29)
    mixed *= _MULTIPLIERS[1]
    return mixed ^ (mixed >> np.uint64(32))


def _below(hashes: Hashes, bound: int) -> Hashes:
    return hashes if bound >= _FULL else hashes[: int(np.searchsorted(hashes, np.uint64(bound)))]


def _code(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _without_accents(text: str) -> str:
    """Spells accents and joined letters as an ASCII copy of a text would."""
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    for letter, spelled in _JOINED.items():
        text = text.replace(letter, spelled)
    return text
