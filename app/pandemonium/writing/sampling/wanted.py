"""Words that are wanted: each gains where it could begin, and its pieces once it has begun.

The gain is a bias on the logits, as in every sampler that names tokens, and gentle: a wanted word comes where it is
half likely anyway. A first piece that many words begin with gains by the share of the word that it spells, or "s" would
come everywhere for the sake of a "sarcophagus". A word that has just been written has had its turn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Floats, Ids
from pandemonium.writing.sampling.rows import NO_GAINS

GAIN = 4.0  # nats, of a whole word
_REACH = 240  # tokens within which a word that was written is not wanted again
_LONGEST = 24  # tokens of a word or phrase


class WantedWords:
    """The wanted words of one request, as a voice spells them; as many as one likes."""

    def __init__(self, words: Sequence[str], tokenizer: SubwordTokenizer) -> None:
        """Args:
        words: words or phrases, canonical.
        tokenizer: the voice's.
        """
        spelled = {tuple(tokenizer.encode(f" {word.strip()}")[:_LONGEST]) for word in words if word.strip()}
        pieces = tokenizer.pieces
        gains = {tokens: _gains([len(pieces[token].strip()) for token in tokens]) for tokens in spelled}
        self._words: dict[int, list[tuple[int, ...]]] = {}  # by their first tokens
        self._gains = gains
        following: dict[tuple[int, ...], dict[int, float]] = {}
        for tokens, gain in sorted(gains.items()):
            self._words.setdefault(tokens[0], []).append(tokens)
            for at in range(1, len(tokens)):
                behind = following.setdefault(tokens[:at], {})
                behind[tokens[at]] = max(gain[at], behind.get(tokens[at], 0.0))
        self._following = {
            begun: (np.array(list(behind), dtype=np.int64), np.array(list(behind.values()), dtype=np.float32))
            for begun, behind in following.items()
        }
        self._deepest = max((len(begun) for begun in following), default=0)
        self._first: Ids = np.array(sorted(self._words), dtype=np.int64)
        self._first_gains: Floats = np.array([self._gain_of(token, ()) for token in self._first], dtype=np.float32)

    def __bool__(self) -> bool:
        return bool(self._words)

    def raised(self, history: Sequence[int]) -> tuple[Ids, Floats]:
        """Tokens [n] that gain behind a history, the newest last, and how much [n], in nats; every id once."""
        if not self._words:
            return NO_GAINS
        first, gains = self._beginnings(history)
        parts = [(first, gains)]
        for length in range(min(self._deepest, len(history)), 0, -1):
            behind = self._following.get(tuple(history[-length:]))
            if behind is not None:
                parts.append(behind)
        if len(parts) == 1:
            return first, gains
        ids, places = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
        most = np.zeros(len(ids), dtype=np.float32)
        np.maximum.at(most, places, np.concatenate([part[1] for part in parts]))
        return ids, most

    def _beginnings(self, history: Sequence[int]) -> tuple[Ids, Floats]:
        recent = np.asarray(history[-_REACH:], dtype=np.int64)
        written: dict[int, list[tuple[int, ...]]] = {}
        for at in np.flatnonzero(np.isin(recent, self._first)).tolist():
            for word in self._words[int(recent[at])]:
                if tuple(recent[at : at + len(word)].tolist()) == word:
                    written.setdefault(word[0], []).append(word)
        if not written:
            return self._first, self._first_gains
        gains = self._first_gains.copy()
        for token, words in written.items():
            gains[np.searchsorted(self._first, token)] = self._gain_of(token, words)
        return self._first, gains

    def _gain_of(self, token: int, without: Sequence[tuple[int, ...]]) -> float:
        return max((self._gains[word][0] for word in self._words[int(token)] if word not in without), default=0.0)


def _gains(letters: Sequence[int]) -> list[float]:
    """What each token of a word gains: by how much of the word stands behind it."""
    whole = max(1, sum(letters))
    spelled = 0
    gains = []
    for length in letters:
        spelled += length
        gains.append(GAIN * spelled / whole)
    return gains
