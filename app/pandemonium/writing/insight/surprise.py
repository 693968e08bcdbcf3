"""How unexpected each word of a draft is to a voice, in bits, and which words the voice would have written instead.

A word's bits are those of the pieces that spell it, each given everything before it (Shannon 1951): what the network
itself expected, without the draft's memory, so that a word that comes back is not forgiven. One bit more is half as
likely. Signs of punctuation are read and not counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.ngrams import find_words, fold
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.reading.context import read_known
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.token_table import TokenTable

_CHUNK = 32  # tokens between two looks at whether to stop


@dataclass(frozen=True)
class Part:
    """A paragraph of a draft, or a part of a long one.

    Attributes:
        text: as it stands there, in any typography.
        joined: it goes on with the part before it, and is no paragraph of its own.
        read: what the voice reads in its place, where that is something else: its prose without Markdown's signs.
    """

    text: str
    joined: bool = False
    read: str = ""


@dataclass(frozen=True)
class WordBits:
    """The words of one part, in order.

    Attributes:
        starts, ends: characters [start, end) of each in the part's text, [words].
        bits: how unexpected each was, [words]; NaN for what the voice cannot read.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    bits: Floats

    def within(self, start: int, end: int) -> WordBits:
        """Those of the words that lie within characters [start, end)."""
        kept = (self.starts >= start) & (self.ends <= end)
        return WordBits(self.starts[kept], self.ends[kept], self.bits[kept])

    @property
    def mean(self) -> float:
        """Bits a word; NaN where there is none."""
        known = self.bits[np.isfinite(self.bits)]
        return float(known.mean()) if len(known) else math.nan


@dataclass(frozen=True)
class Expectation:
    """How often a voice would have written each of the words that are one piece to it, in what it has read.

    Attributes:
        words: folded, the same for every answer of one voice.
        counts: expected, [words].
        read: how many words were read.
    """

    words: tuple[str, ...]
    counts: NDArray[np.float64]
    read: int


@dataclass(frozen=True)
class Place:
    """Where a reading has come to: what the next one needs to go on behind it.

    Attributes:
        behind: the text of the last part that was read.
        hidden: the network's output, [output_width].
        state: the network's, [2 * layers, 1, hidden].
    """

    behind: str
    hidden: Floats
    state: Floats


@dataclass(frozen=True)
class Surprise:
    """What a reading has found.

    Attributes:
        bits: of the parts that were asked for, from the first on; fewer where it was stopped.
        expected: of the voice in their places.
        place: where it ended; None where nothing was read.
        foreign: the language of the text, a code, where the voice does not know it; nothing is read then.
    """

    bits: tuple[WordBits, ...]
    expected: Expectation
    place: Place | None = None
    foreign: str = ""


def read_surprise(
    continuer: Continuer,
    before: Sequence[Part],
    parts: Sequence[Part],
    stop: Callable[[], bool] = lambda: False,
    place: Place | None = None,
) -> Surprise:
    """Reads parts of a draft.

    Args:
        continuer: the voice.
        before: the parts before them, as many as there are up to `CONTEXT` characters or more.
        parts: those that are asked for.
        stop: looked at every few tokens; a part that is not read to its end by then has no bits.
        place: where an earlier reading ended; where that is right before `parts`, `before` is not read again.
    """
    words, groups = _words_of_one_piece(continuer.tokens)
    reading = _Reading(continuer)
    foreign = continuer.foreign("\n".join(part.text for part in (*before, *parts)))
    found: list[WordBits] = []
    if not foreign and parts and reading.begin(before, place, stop):
        for part in parts:
            bits = reading.read(part, stop)
            if bits is None:
                break
            found.append(bits)
    counts = np.zeros(len(words), dtype=np.float64)
    np.add.at(counts, groups[groups >= 0], reading.expected[groups >= 0])
    expected = Expectation(words, counts, sum(len(each.bits) for each in found))
    return Surprise(tuple(found), expected, reading.place if found else None, foreign)


class _Reading:
    """One run over a draft."""

    def __init__(self, continuer: Continuer) -> None:
        self._runtime = continuer.runtime
        self._tokenizer = continuer.tokens.tokenizer
        self._hidden = np.zeros(0, dtype=np.float32)
        self._state = self._runtime.zero_state()
        self._is_first = True
        self.expected = np.zeros(self._tokenizer.size, dtype=np.float64)
        self.place: Place | None = None

    def begin(self, before: Sequence[Part], place: Place | None, stop: Callable[[], bool]) -> bool:
        """Goes to where the reading begins; False if it was stopped on the way."""
        if place is not None and before and place.behind == before[-1].text:
            self._hidden = place.hidden
            self._state = place.state
            self._is_first = False
            return True
        tokens = [self._tokenizer.separator]
        for part in before:
            tokens += self._encode(part)[0]
        for start in range(0, len(tokens), _CHUNK):
            if stop():
                return False
            outputs, self._state = self._runtime.read(
                np.array(tokens[start : start + _CHUNK], dtype=np.int64)[:, None], self._state
            )
            self._hidden = outputs[-1, 0]
        return True

    def read(self, part: Part, stop: Callable[[], bool]) -> WordBits | None:
        """The bits of a part's words; None if it was stopped on the way."""
        tokens, canonical, lead = self._encode(part)
        costs: list[Floats] = []
        expected = np.zeros_like(self.expected)
        hidden = self._hidden
        state = self._state
        for start in range(0, len(tokens), _CHUNK):
            if stop():
                return None
            chunk = np.array(tokens[start : start + _CHUNK], dtype=np.int64)
            outputs, state = self._runtime.read(chunk[:, None], state)
            logits = self._runtime.logits(np.ascontiguousarray(np.concatenate([hidden[None], outputs[:-1, 0]])))
            hidden = outputs[-1, 0]
            chances = np.exp(logits - logits.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
            costs.append(-np.log2(np.maximum(chances[np.arange(len(chunk)), chunk], 1e-12)))
            expected += chances.sum(axis=0, dtype=np.float64)
        self._hidden = hidden
        self._state = state
        self.expected += expected
        self.place = Place(part.text, hidden, state)
        bits = np.concatenate(costs) if costs else np.zeros(0, dtype=np.float32)
        return _by_word(part.text, canonical, lead, self._tokenizer.lengths[tokens], bits)

    def _encode(self, part: Part) -> tuple[list[int], str, int]:
        """The tokens of a part, the canonical text that they spell behind `lead` characters of white space."""
        canonical, _ = read_known(clean(part.read or part.text, unwrapped=True), self._tokenizer)
        lead = "" if self._is_first else (" " if part.joined else PARAGRAPH)
        if not canonical:
            return [], "", 0
        self._is_first = False
        return self._tokenizer.encode(lead + canonical), canonical, len(lead)


def _by_word(text: str, canonical: str, lead: int, lengths: NDArray[np.int32], bits: Floats) -> WordBits:
    """Gathers the tokens' bits by words.

    Args:
        text: the part as it stands in the draft.
        canonical: what was read of it.
        lead: bytes before it.
        lengths: of each token in bytes, [tokens].
        bits: of each token, [tokens].
    """
    written = list(find_words(text))
    read = list(find_words(canonical))
    ends = np.cumsum(lengths)
    # Of bytes up to each character of the canonical text.
    sizes = np.fromiter((len(c.encode("utf-8", "replace")) for c in canonical), dtype=np.int64, count=len(canonical))
    offsets = lead + np.concatenate([[0], np.cumsum(sizes)])
    # A token belongs to the word that its last byte lies in.
    word_starts = offsets[[match.start() for match in read]] if read else np.zeros(0, dtype=np.int64)
    word_ends = offsets[[match.end() for match in read]] if read else np.zeros(0, dtype=np.int64)
    owners = np.searchsorted(word_starts, ends, side="left") - 1
    inside = (owners >= 0) & (ends <= word_ends[np.maximum(owners, 0)]) if read else np.zeros(len(ends), dtype=bool)
    sums = np.bincount(owners[inside], bits[inside], minlength=len(read)).astype(np.float32)
    found = np.full(len(written), np.nan, dtype=np.float32)
    for here, there in _same_words([match[0] for match in written], [match[0] for match in read]):
        found[here] = sums[there]
    return WordBits(
        np.array([match.start() for match in written], dtype=np.int32),
        np.array([match.end() for match in written], dtype=np.int32),
        found,
    )


def _same_words(written: Sequence[str], read: Sequence[str]) -> list[tuple[slice, slice]]:
    """Which words of a text are which of its canonical form, in stretches of one length."""
    if len(written) == len(read):
        return [(slice(0, len(written)), slice(0, len(read)))]
    matcher = SequenceMatcher(None, [fold(word) for word in written], [fold(word) for word in read], autojunk=False)
    return [(slice(a, b), slice(c, d)) for _, a, b, c, d in matcher.get_opcodes() if b - a == d - c]


@lru_cache(maxsize=2)
def _words_of_one_piece(tokens: TokenTable) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The words that are one piece, folded, and for each token which of them it is, -1 for none, [vocabulary]."""
    numbers: dict[str, int] = {}
    groups = np.full(len(tokens.tokenizer.pieces), -1, dtype=np.int64)
    for number, piece in enumerate(tokens.tokenizer.pieces):
        word = piece.decode("utf-8", "ignore").removeprefix(" ")
        if len(word) > 1 and word.isalpha() and piece.startswith(b" "):
            groups[number] = numbers.setdefault(fold(word), len(numbers))
    for number, piece in enumerate(tokens.tokenizer.pieces):
        if groups[number] < 0 and (same := numbers.get(fold(piece.decode("utf-8", "ignore")))) is not None:
            groups[number] = same if piece[:1].isupper() else -1
    return tuple(numbers), groups
