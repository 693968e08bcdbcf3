"""The reading state: what the voice has read of one document, with checkpoints to go back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pandemonium.writing.memory import SIZE, DraftMemory, key_scale
from pandemonium.writing.runtime import Floats, Runtime

CHECKPOINT = 64


class Reader:
    """Reads contexts; of a context that begins as the last one did, only what is new.

    The state is kept every 64 pieces and at the end, so that an edit costs the pieces behind it and at most 63
    before.
    """

    def __init__(self, runtime: Runtime, remembered: DraftMemory | None = None) -> None:
        self._runtime = runtime
        self._remembered = remembered
        self.forget()

    def forget(self) -> None:
        """Starts from nothing."""
        hidden = self._runtime.architecture.output_width
        self._tokens: list[int] = []
        self._checkpoints: dict[int, Floats] = {0: self._runtime.zero_state()}
        self._outputs = np.zeros((0, hidden), dtype=np.float32)

    def read(self, tokens: Sequence[int], stop: Callable[[], bool] = lambda: False) -> tuple[Floats, Floats, int]:
        """Reads `tokens` (at least one).

        Args:
            tokens: the whole context.
            stop: looked at between two checkpoints.

        Returns:
            the network's output behind the last token [hidden], its state [2 * layers, 1, hidden], and how
            many tokens were really read. Stopped early, they are those of the place it had come to.
        """
        # The last token is always read again: its output is what comes next.
        shared = min(_shared(self._tokens, tokens), len(tokens) - 1)
        start = max(place for place in self._checkpoints if place <= shared)
        self._tokens = list(tokens[:start])
        self._checkpoints = {place: state for place, state in self._checkpoints.items() if place <= start}
        parts = [self._outputs[:start]]
        state = self._checkpoints[start]
        read = 0
        try:
            while start < len(tokens) and not (read and stop()):
                end = min(len(tokens), (start // CHECKPOINT + 1) * CHECKPOINT)
                # The last token goes alone, so that the next key stroke finds a checkpoint right before it.
                if end == len(tokens) and end - start > 1:
                    end -= 1
                part = np.asarray(tokens[start:end], dtype=np.int64)[:, None]
                outputs, state = self._runtime.read(part, state)
                parts.append(outputs[:, 0])
                self._tokens.extend(tokens[start:end])
                self._checkpoints[end] = state
                read += end - start
                start = end
        finally:  # also where the runtime has failed: what was read is kept
            self._outputs = np.concatenate(parts)
        self._thin()
        return self._outputs[-1], state, read

    def outputs(self, most: int) -> Floats:
        """The network's outputs over the last `most` tokens read, [n, output_width]."""
        return self._outputs[-most:]

    def memory(self) -> DraftMemory:
        """A memory of everything read: each place's output with the piece that followed it."""
        memory = DraftMemory(self._runtime.architecture.output_width, behind=self._remembered)
        if len(self._tokens) > 1:
            keys = key_scale(self._outputs[-SIZE - 1 : -1], self._runtime.architecture)
            memory.add(keys, np.asarray(self._tokens[-SIZE:][-len(keys) :], dtype=np.int64))
        return memory

    def _thin(self) -> None:
        """Keeps the checkpoints on the grid and the last few beside it."""
        beside = sorted(place for place in self._checkpoints if place % CHECKPOINT)
        for place in beside[:-8]:
            del self._checkpoints[place]


def _shared(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens two sequences have in common from their beginnings on."""
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count
