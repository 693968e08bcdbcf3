"""Memory of the draft: what has followed the same words before becomes likely again.

A cache of runs (Kuhn and De Mori 1990; interpolated as by Witten and Bell 1991): where the last one, two or three
tokens stand in the draft already, those that followed them there gain weight, the more the oftener, and the less the
more different ones there were. The draft is the writer's: what the voice has just written is not recalled.

It took the place of a neural cache over the last 1,024 places (`memory`), which gained a third less on novels that no
voice has learned from (`python -m tools.draft_memory`, docs/draft-memory.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pandemonium.writing.reading.memory import Recall, Recalled
from pandemonium.writing.runtimes.runtime import Floats, Ids

RUNS = (1, 2, 3)  # tokens
# What a run of each length has of the setting's share, and how much each different follower costs it. Foresight alone
# would have four times as much, but then what is written repeats the draft.
WEIGHTS = (0.5, 1.0, 1.0)
VARIETY = 4.0
FRESH = 64  # tokens before the cursor that are not recalled: a voice would stammer
_MOST = 0.9
_KEPT = 4096  # runs of which it is kept what follows them: candidates ask for the same ones again and again
_FEW = 50  # followers that are counted one by one sooner than by sorting
History = Sequence[int] | Ids
_FACTOR = 0x9E3779B97F4A7C15  # of the runs' checksums: odd, after Knuth's multiplicative hashing
_SHIFT = 29
_MASK = (1 << 64) - 1


class _Followers(NamedTuple):
    """What follows a run.

    Attributes:
        tokens: ids [n], each once and in order.
        counts: how often each does, [n].
        places: how often the run stands there.
    """

    tokens: Ids
    counts: Floats
    places: int


class _Found(NamedTuple):
    """What one row recalls.

    Attributes:
        tokens: that followed, ids [n], each once.
        shares: of the probability that each of them gets, [n].
        own: how much the model keeps.
    """

    tokens: Ids
    shares: Floats
    own: float


class Phrases:
    """The runs of one text. It never changes.

    Attributes:
        tokens: the text's, [n].
    """

    def __init__(self, tokens: Ids, stretch: int = 1, fresh: int = FRESH) -> None:
        """Lays the runs out.

        Args:
            tokens: of the text, [n].
            stretch: how many tokens say as much as one sub-word; runs are so much longer.
            fresh: how many of the last ones are not recalled.
        """
        self.tokens = np.asarray(tokens, dtype=np.int64)
        self._lengths = [run * stretch for run in RUNS]
        self._known: dict[tuple[int, ...], _Followers] = {}
        self._sums: list[np.ndarray] = []
        self._ends: list[Ids] = []  # where each run ends, in the order of the sums
        last = len(self.tokens) - fresh * stretch - 1  # what follows there is recalled, nothing behind
        for length in self._lengths:
            sums = run_sums(self.tokens[: max(0, last)], length)
            order = np.argsort(sums, kind="stable")
            self._sums.append(sums[order])
            self._ends.append((order + length - 1).astype(np.int64))

    def __len__(self) -> int:
        return len(self.tokens)

    def mix(
        self, logits: Floats, share: float, histories: Sequence[History], normalizers: Floats | None = None
    ) -> tuple[Floats, list[Recalled]]:
        """Gives log-probabilities in which the memory has a part.

        Args:
            logits: [rows, vocabulary], the model's; kept.
            share: how strong the memory is, between 0 and 1.
            histories: of each row, the tokens up to here, the newest last.
            normalizers: the logarithm of what the exponentials of each row of `logits` add up to, [rows], where that is
                known.

        Returns:
            the log-probabilities, and what was raised; the logits themselves where nothing was.
        """
        found = [self._recall(history, share) for history in histories] if share > 0 else []
        recalled = [(row, each) for row, each in enumerate(found) if each is not None]
        if not recalled:
            return logits, []
        mixed = logits.copy()
        for row, each in recalled:
            whole = _normalizer(logits[row]) if normalizers is None else normalizers[row]
            mixed[row] += np.float32(np.log(each.own)) - whole
        rows = np.repeat([row for row, _ in recalled], [len(each.tokens) for _, each in recalled])
        tokens = np.concatenate([each.tokens for _, each in recalled])
        kept = np.exp(mixed[rows, tokens])
        together = kept + np.concatenate([each.shares for _, each in recalled])
        mixed[rows, tokens] = np.log(together)
        return mixed, [Recalled(rows, tokens, kept / together)]

    def place_of(self, history: History, token: int) -> int | None:
        """Where in the text `token` follows the longest run that ends `history`, the last time; None if nowhere."""
        for order in reversed(range(len(self._lengths))):
            ends = self._places(history, order)
            ends = ends[self.tokens[ends + 1] == token]
            if len(ends):
                return int(ends.max()) + 1
        return None

    def _recall(self, history: History, share: float) -> _Found | None:
        found: list[_Followers] = []
        parts: list[float] = []  # of the probability, that each of them has beside the shorter runs
        for order, weight in enumerate(WEIGHTS):
            length = self._lengths[order]
            if len(history) < length:
                break
            followers = self._followers(tuple(history[len(history) - length :]), order)
            if not followers.places:
                break  # a longer run does not stand there either
            found.append(followers)
            variety = VARIETY * len(followers.tokens)
            parts.append(min(_MOST, weight * share) * followers.places / (followers.places + variety))
        if not found:
            return None
        own = 1.0
        tokens = found[0].tokens
        gained = np.zeros(len(tokens), dtype=np.float32)
        for followers, part in zip(reversed(found), reversed(parts), strict=True):
            # What follows a longer run follows the shorter ones, too.
            at = slice(None) if followers is found[0] else tokens.searchsorted(followers.tokens)
            gained[at] += np.float32(own * part / followers.places) * followers.counts
            own *= 1 - part
        return _Found(tokens, gained, own)

    def _followers(self, run: tuple[int, ...], order: int) -> _Followers:
        """What follows a run in the text."""
        found = self._known.get(run)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[run] = _counted(self.tokens[self._places(run, order) + 1])
        return found

    def _places(self, history: History, order: int) -> Ids:
        """Where the last tokens of `history` stand in the text: the places of their last ones."""
        length = self._lengths[order]
        if len(history) < length:
            return self._ends[order][:0]
        wanted = np.uint64(_run_sum(history[len(history) - length :]))
        sums = self._sums[order]
        return self._ends[order][sums.searchsorted(wanted, side="left") : sums.searchsorted(wanted, side="right")]


class Memory(NamedTuple):
    """What is recalled in one place: of the texts that a voice carries along, and of the draft."""

    recall: Recall | None
    phrases: Phrases

    def mix(
        self,
        logits: Floats,
        keys: Floats,
        share: float,
        histories: Sequence[History],
        normalizers: Floats | None = None,
    ) -> tuple[Floats, list[Recalled]]:
        """Gives log-probabilities in which both have their parts.

        Args:
            logits: [rows, vocabulary], the model's.
            keys: [rows, output_width]; see `Architecture.keys`.
            share: between 0 and 1, of each.
            histories: each row's tokens, the newest last.
            normalizers: of the logits, as `Phrases.mix` takes them.
        """
        found: list[Recalled] = []
        if self.recall is not None:
            logits, found = self.recall.mix(logits, keys, share)
            normalizers = None
        logits, more = self.phrases.mix(logits, share, histories, normalizers)
        return logits, found + more


def run_sums(tokens: Ids, length: int) -> np.ndarray:
    """A checksum of each run of `length` tokens, uint64 [n - length + 1]; empty where there are too few."""
    count = len(tokens) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    sums = np.zeros(count, dtype=np.uint64)
    for at in range(length):
        sums = (sums + tokens[at : at + count].astype(np.uint64) + np.uint64(1)) * np.uint64(_FACTOR)
        sums ^= sums >> np.uint64(_SHIFT)
    return sums


def _run_sum(run: History) -> int:
    """The checksum of one run, as in `run_sums`; for a single one numpy would take twenty times as long."""
    total = 0
    for token in run:
        total = (total + int(token) + 1) * _FACTOR & _MASK
        total ^= total >> _SHIFT
    return total


def _normalizer(logits: Floats) -> np.float32:
    """The logarithm of what the exponentials of logits [n] add up to."""
    largest = logits.max()
    whole: np.float32 = largest + np.log(np.exp(logits - largest).sum())
    return whole


def _counted(tokens: Ids) -> _Followers:
    """Each token once, in order, and how often it stands there."""
    if len(tokens) == 1:  # as most runs have it
        return _Followers(tokens, np.ones(1, dtype=np.float32), 1)
    if len(tokens) > _FEW:
        found, counts = np.unique(tokens, return_counts=True)
        return _Followers(found, counts.astype(np.float32), len(tokens))
    counted = Counter(tokens.tolist())
    each = sorted(counted)
    return _Followers(
        np.array(each, dtype=np.int64), np.array([counted[token] for token in each], dtype=np.float32), len(tokens)
    )
