"""Runs of words: folded, hashed, counted for variety and repetition."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

# A word of a run; it may be the last one and still grow.
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
MULTIPLIER = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1


@dataclass(frozen=True)
class Copied:
    """How much of a text stands word for word in another.

    Attributes:
        grams_5: share of its runs of five words that do.
        grams_8: share of its runs of eight words that do.
        longest_run: words in the longest run that does; 0 where no five words do.
        longest: that run, folded.
    """

    grams_5: float = 0.0
    grams_8: float = 0.0
    longest_run: int = 0
    longest: str = ""


def fold(word: str) -> str:
    """The form in which a word is compared: case-folded, its apostrophes straight."""
    return word.casefold().replace("\u2019", "'")


def find_words(text: str) -> Iterator[re.Match[str]]:
    """The words of `text` with their places: letters and digits, with apostrophes inside; hyphens and dashes part."""
    return _WORD.finditer(text)


def words_in(text: str) -> list[str]:
    """The words of `text`, as `find_words` finds them."""
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """The words of `text` in the form in which runs are compared."""
    return [fold(word) for word in words_in(text)]


def word_hash(word: str) -> int:
    """A 64-bit hash of a folded word: BLAKE2b of its UTF-8, eight bytes, little-endian."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def gram_hash(hashes: Sequence[int]) -> int:
    """A 64-bit hash of a run: the polynomial of its words' hashes in MULTIPLIER, modulo 2 ** 64."""
    value = 0
    for each in hashes:
        value = (value * MULTIPLIER + each) & MASK
    return value


def distinct(words: Sequence[Hashable], n: int) -> float:
    """distinct-n: different n-grams divided by all words (Li et al. 2016); falls with the length of a text."""
    return len(_grams(words, n)) / len(words) if words else 0.0


def repeated(words: Sequence[Hashable], n: int) -> float:
    """rep-n: the share of n-grams that came before (Welleck et al. 2020); grows with the length of a text."""
    count = len(words) - n + 1
    return 1 - len(_grams(words, n)) / count if count > 0 else 0.0


def _grams(words: Sequence[Hashable], n: int) -> set[tuple[Hashable, ...]]:
    return set(zip(*(words[i:] for i in range(n)), strict=False))
