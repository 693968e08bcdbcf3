"""The reading state: what the voice has read of one document, with checkpoints to go back to.

A checkpoint is the network's state behind some tokens, a few kilobytes. On the CPU what is read from one is the same
number for number as what is read from the beginning (`graph`), so that neither an edit nor a stored checkpoint changes
what a seed writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pandemonium.writing.reading.checkpoints import CheckpointStore, StoredWindow
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime

CHECKPOINT = 64  # tokens
SPARSE = 4 * CHECKPOINT  # between those that are kept where no cursor stands: an edit there is read on from them
PASSAGE = 64  # outputs that the passage's average reaches back over, about
_DECAY = 1 - 1 / PASSAGE
_BESIDE = 8  # checkpoints that are kept between those on the grid


class _Checkpoint(NamedTuple):
    """Where reading can go on.

    Attributes:
        state: the network's, [2 * layers, 1, hidden].
        passage: the sum of the outputs up to the last place on the grid, the newest counting most, [output_width].
        since: the outputs behind that place, [n, output_width].
    """

    state: Floats
    passage: Floats
    since: Floats


class Reader:
    """Reads contexts; of a context that begins as one before did, only what is new.

    The state is kept every 64 tokens and at the end, so that an edit costs the tokens behind it and at most 63
    before. What was read of one window (see `context.cut`) can be kept in a store, and is taken up from there.
    """

    def __init__(self, runtime: Runtime, store: CheckpointStore | None = None) -> None:
        self._runtime = runtime
        self._lead = runtime.architecture.lead  # whose judge looks at the passage
        self._store = store
        self.forget()

    def forget(self) -> None:
        """Starts from nothing."""
        width = self._lead.output_width
        nothing = np.zeros((0, width), dtype=np.float32)
        self._tokens: list[int] = []
        self._beginning = _Checkpoint(self._runtime.zero_state(), np.zeros(width, dtype=np.float32), nothing)
        self._checkpoints: dict[int, _Checkpoint] = {0: self._beginning}

    def read(
        self, tokens: Sequence[int], stop: Callable[[], bool] = lambda: False, window: str = ""
    ) -> tuple[Floats, Floats, int]:
        """Reads `tokens` (at least one).

        Args:
            tokens: the whole context.
            stop: looked at between two checkpoints.
            window: what the store knows the context's beginning by; empty for what is not looked for there.

        Returns:
            the network's output behind the last token [hidden], its state [2 * layers, 1, hidden], and how
            many tokens were really read. Stopped early, they are those of the place it had come to.
        """
        # The last token is always read again: its output is what comes next.
        most = len(tokens) - 1
        start = self._nearest(min(_shared(self._tokens, tokens), most))
        if window and most - start > CHECKPOINT:
            start = self._take_up(window, tokens, start)
        self._tokens = list(tokens[:start])
        self._checkpoints = {place: each for place, each in self._checkpoints.items() if place <= start}
        state, passage, since = self._checkpoints[start]
        output: Floats = passage
        read = 0
        while start < len(tokens) and not (read and stop()):
            end = min(len(tokens), (start // CHECKPOINT + 1) * CHECKPOINT)
            # The last token goes alone, so that the next key stroke finds a checkpoint right before it.
            if end == len(tokens) and end - start > 1:
                end -= 1
            part = np.asarray(tokens[start:end], dtype=np.int64)[:, None]
            outputs, state = self._runtime.read(part, state)
            output = outputs[-1, 0]
            since = np.concatenate([since, self._lead.keys(outputs[:, 0, : self._lead.output_width])])
            if end % CHECKPOINT == 0:
                # Rounded, so that a stored checkpoint holds all of it.
                passage = _moved(passage, since).astype(np.float16).astype(np.float32)
                since = since[:0]
            self._tokens.extend(tokens[start:end])
            self._checkpoints[end] = _Checkpoint(state, passage, since)
            read += end - start
            start = end
        self._thin()
        return output, state, read

    def passage(self) -> Floats:
        """The average of the network's outputs over what was read, the newest counting most, [output_width]."""
        count = len(self._tokens)
        if not count:
            return np.zeros(self._lead.output_width, dtype=np.float32)
        last = self._checkpoints[count]
        averaged: Floats = (_moved(last.passage, last.since) / (1 - _DECAY**count)).astype(np.float32)
        return averaged

    def keep(self, window: str, source: bytes, first: int) -> None:
        """Keeps the checkpoints in the store: all from token `first` on, and one in four before.

        Args:
            window: what the store knows the context's beginning by.
            source: a digest of the text that was read, to know it by without reading it again.
            first: before it no cursor reads on, only what was edited there.
        """
        if self._store is None or self._runtime.device != "cpu":
            return
        places = sorted(
            place for place in self._checkpoints if place and place % (CHECKPOINT if place >= first else SPARSE) == 0
        )
        if not places:
            return
        digests = prefix_digests(self._tokens)
        kept = [self._checkpoints[place] for place in places]
        self._store.save(
            window,
            StoredWindow(
                source,
                np.array(places, dtype=np.int64),
                [digests[place // CHECKPOINT - 1] for place in places],
                np.stack([each.state[:, 0] for each in kept]),
                np.stack([each.passage for each in kept]),
            ),
        )

    def _nearest(self, most: int) -> int:
        return max(place for place in self._checkpoints if place <= most)

    def _take_up(self, window: str, tokens: Sequence[int], start: int) -> int:
        """Takes over what the store has of the window where that leads further than `start`; gives where to go on."""
        if self._store is None or self._runtime.device != "cpu":
            return start
        stored = self._store.load(window, self._runtime.architecture)
        if stored is None:
            return start
        digests = prefix_digests(tokens[:-1])
        known = [
            number
            for number, place in enumerate(stored.places.tolist())
            if place // CHECKPOINT <= len(digests) and digests[place // CHECKPOINT - 1] == stored.digests[number]
        ]
        if not known or stored.places[known[-1]] <= start:
            return start
        self._checkpoints = {0: self._beginning}
        for number in known:
            state = np.ascontiguousarray(stored.states[number][:, None])
            since = self._beginning.since
            self._checkpoints[int(stored.places[number])] = _Checkpoint(state, stored.passages[number], since)
        return int(stored.places[known[-1]])

    def _thin(self) -> None:
        """Keeps the checkpoints on the grid and the last few beside it."""
        beside = sorted(place for place in self._checkpoints if place % CHECKPOINT)
        for place in beside[:-_BESIDE]:
            del self._checkpoints[place]


def prefix_digests(tokens: Sequence[int]) -> list[bytes]:
    """A digest of the first 64 tokens, of the first 128, and so on: what a stored checkpoint is known by."""
    hashed = hashlib.blake2b(digest_size=16)
    ids: Ids = np.asarray(tokens, dtype=np.int64)
    digests = []
    for end in range(CHECKPOINT, len(ids) + 1, CHECKPOINT):
        hashed.update(ids[end - CHECKPOINT : end].astype("<u4").tobytes())
        digests.append(hashed.copy().digest())
    return digests


def _moved(passage: Floats, outputs: Floats) -> Floats:
    """A passage's sum behind more outputs."""
    weights = (1 - _DECAY) * _DECAY ** np.arange(len(outputs) - 1, -1, -1)
    moved: Floats = (_DECAY ** len(outputs) * passage + weights.astype(np.float32) @ outputs).astype(np.float32)
    return moved


def _shared(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens two sequences have in common from their beginnings on."""
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count
