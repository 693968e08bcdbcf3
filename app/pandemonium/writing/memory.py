"""Memory of the texts that a voice carries along: their words become likely again where they fit.

A neural cache (Grave, Joulin and Usunier 2016): the network's output at each place read is kept with the
piece that followed; where the network is now in a like state, those pieces gain weight.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pandemonium.writing.runtime import Floats, Ids, Runtime

SIZE = 1024
SHARPNESS = 2.0  # chosen on dev tales and novels
_STRETCH = 512
_FULL = 256  # places from which on a memory has its whole share


class DraftMemory:
    """The last `size` places of one text, oldest forgotten first."""

    def __init__(self, hidden: int, size: int = SIZE, behind: DraftMemory | None = None) -> None:
        """Begins empty.

        Args:
            hidden: width of the network's output.
            size: how many places.
            behind: what is recalled first and never forgotten: a voice's own texts.
        """
        self._behind = behind
        self._keys = np.zeros((size, hidden), dtype=np.float32)
        self._followers = np.zeros(size, dtype=np.int64)
        self._size = size
        self._count = 0

    def __len__(self) -> int:
        return min(self._count, self._size)

    @property
    def count(self) -> int:
        """How many places were ever added."""
        return self._count

    def copy(self) -> DraftMemory:
        """A memory that can go its own way."""
        twin = DraftMemory(self._keys.shape[1], self._size, self._behind)
        twin._keys[:] = self._keys
        twin._followers[:] = self._followers
        twin._count = self._count
        return twin

    def add(self, hidden: Floats, followers: Ids) -> None:
        """Remembers that at `hidden` [n, hidden] came `followers` [n]."""
        hidden = hidden[-self._size :]
        followers = followers[-self._size :]
        start = self._count % self._size
        added = len(followers)
        until_end = min(added, self._size - start)
        for places, given in (
            (slice(start, start + until_end), slice(until_end)),
            (slice(added - until_end), slice(until_end, added)),
        ):
            self._keys[places] = hidden[given]
            self._followers[places] = followers[given]
        self._count += added

    def truncate(self, count: int) -> None:
        """Forgets what came behind the first `count` places; what these overwrote does not come back."""
        self._count = count

    def mix(self, logits: Floats, hidden: Floats, share: float, fresh: int = 0) -> Floats:
        """Gives log-probabilities in which the memory has up to `share`.

        Args:
            logits: [vocabulary], the model's.
            hidden: [hidden], the network's output now.
            share: between 0 and 1; a memory that is still filling gets less.
            fresh: how many of the newest places are not called back. The network's outputs at neighbouring
                places are alike, so that a voice that writes would stammer: "the old old man".
        """
        if self._behind is not None:
            logits = self._behind.mix(logits, hidden, share)
        used = len(self)
        if used <= fresh or share <= 0:
            return logits
        share *= min(1.0, used / _FULL)
        likeness = self._keys[:used] @ hidden
        likeness[(self._count - 1 - np.arange(fresh)) % self._size] = -np.inf
        weights = np.exp(SHARPNESS * (likeness - likeness.max()), dtype=np.float32)
        recalled: NDArray[np.float32] = np.bincount(
            self._followers[:used], weights / weights.sum(), minlength=len(logits)
        ).astype(np.float32)
        largest = logits.max()
        rest = np.float32(np.log1p(-share)) - largest - np.log(np.exp(logits - largest).sum())
        mixed: Floats = logits + rest
        found = np.flatnonzero(recalled > 0)
        mixed[found] = np.logaddexp(mixed[found], np.log(recalled[found]) + np.float32(np.log(share)))
        return mixed

    def places(self) -> tuple[Floats, Ids]:
        """The keys [n, hidden] and what followed them [n], the oldest first."""
        order = np.arange(max(0, self._count - self._size), self._count) % self._size
        return self._keys[order], self._followers[order]

    @property
    def behind(self) -> DraftMemory | None:
        """What is recalled first."""
        return self._behind


class Recalled(NamedTuple):
    """Which tokens a memory has raised, and what is still the model's own.

    Attributes:
        tokens: [n], ids.
        own: [rows, n], how much of each one's probability is the model's, between 0 and 1.
    """

    tokens: Ids
    own: Floats


class Recall:
    """A memory at one moment, laid out so that several sequences ask it at once; it never changes."""

    def __init__(self, keys: Floats, followers: Ids, behind: Recall | None = None) -> None:
        """Lays out places.

        Args:
            keys: [n, hidden].
            followers: [n], the token that followed each.
            behind: what is recalled before.
        """
        order = np.argsort(followers, kind="stable")
        self._keys = np.ascontiguousarray(keys[order])
        self._tokens, self._starts = np.unique(followers[order], return_index=True)
        self.behind = behind
        self.count = len(followers)

    @classmethod
    def of(cls, memory: DraftMemory) -> Recall:
        """Everything in `memory`, and behind it."""
        return cls(*memory.places(), None if memory.behind is None else cls.of(memory.behind))

    def mix(self, logits: Floats, hidden: Floats, share: float) -> tuple[Floats, list[Recalled]]:
        """Gives log-probabilities in which the memory has up to `share`; see `DraftMemory.mix`.

        Args:
            logits: [rows, vocabulary], the model's; kept.
            hidden: [rows, hidden], keys.
            share: between 0 and 1; a memory that is small gets less.
        """
        found: list[Recalled] = []
        if self.behind is not None:
            logits, found = self.behind.mix(logits, hidden, share)
        if not len(self._tokens) or share <= 0:
            return logits, found
        shares = np.full((len(logits), 1), share * min(1.0, self.count / _FULL), dtype=np.float32)
        # One product for all rows, but each row's sums alone: what a sequence draws hangs on no other.
        likeness = hidden @ self._keys.T
        weights = np.exp(SHARPNESS * (likeness - likeness.max(axis=1, keepdims=True)), dtype=np.float32)
        recalled = np.add.reduceat(weights, self._starts, axis=1)
        recalled *= shares / recalled.sum(axis=1, keepdims=True)
        largest = logits.max(axis=1, keepdims=True)
        everything = np.exp(logits - largest).sum(axis=1, keepdims=True)
        mixed: Floats = logits + (np.log1p(-shares) - largest - np.log(everything))
        own = np.exp(mixed[:, self._tokens])
        together = own + recalled
        mixed[:, self._tokens] = np.log(together)
        found.append(Recalled(self._tokens, own / together))
        return mixed, found


def remember(runtime: Runtime, tokens: Ids) -> DraftMemory:
    """Reads texts that a voice carries along, in stretches side by side, into a memory that holds all of them.

    Args:
        runtime: the voice's.
        tokens: [n], whole texts with separators between them.
    """
    memory = DraftMemory(runtime.architecture.output_width, max(1, len(tokens)))
    whole = len(tokens) // _STRETCH * _STRETCH
    for part in (tokens[:whole].reshape(-1, _STRETCH), tokens[whole:].reshape(1, -1)):
        if part.shape[0] == 0 or part.shape[1] < 2:
            continue
        outputs, _ = runtime.read(np.ascontiguousarray(part.T), runtime.zero_state(len(part)))
        keys = runtime.architecture.keys(outputs)
        for column in range(len(part)):
            memory.add(np.ascontiguousarray(keys[:-1, column]), part[column, 1:])
    return memory
