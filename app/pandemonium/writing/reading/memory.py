"""Memory of the texts that a voice carries along: their words become likely again where they fit.

A neural cache (Grave, Joulin and Usunier 2016): the network's output at each place read is kept with the
piece that followed; where the network is now in a like state, those pieces gain weight.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime

SHARPNESS = 2.0  # chosen on dev tales and novels
_STRETCH = 512
_FULL = 256  # places from which on a memory has its whole share


class Recalled(NamedTuple):
    """Which tokens a memory has raised in which rows, and what is still the model's own.

    Attributes:
        rows: [n].
        tokens: [n], ids; each once in a row.
        own: [n], how much of each one's probability is the model's, between 0 and 1.
    """

    rows: Ids
    tokens: Ids
    own: Floats


class Recall:
    """A memory of whole texts, laid out so that several sequences ask it at once; it never changes.

    Attributes:
        count: how many places it has.
    """

    def __init__(self, keys: Floats, followers: Ids) -> None:
        """Lays out places.

        Args:
            keys: [n, output_width]; see `Architecture.keys`.
            followers: [n], the token that followed each.
        """
        order = np.argsort(followers, kind="stable")
        self._keys = np.ascontiguousarray(keys[order])
        self._tokens, self._starts = np.unique(followers[order], return_index=True)
        self.count = len(followers)

    def mix(self, logits: Floats, hidden: Floats, share: float) -> tuple[Floats, list[Recalled]]:
        """Gives log-probabilities in which the memory has up to `share`.

        Args:
            logits: [rows, vocabulary], the model's; kept.
            hidden: [rows, output_width], keys.
            share: between 0 and 1; a memory that is small gets less.
        """
        if not len(self._tokens) or share <= 0:
            return logits, []
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
        rows = np.repeat(np.arange(len(logits)), len(self._tokens))
        return mixed, [Recalled(rows, np.tile(self._tokens, len(logits)), (own / together).ravel())]


def remember(runtime: Runtime, tokens: Ids) -> Recall:
    """Reads texts that a voice carries along, in stretches side by side.

    Args:
        runtime: the voice's.
        tokens: [n], whole texts with separators between them.
    """
    keys = [np.zeros((0, runtime.architecture.output_width), dtype=np.float32)]
    followers = [np.zeros(0, dtype=np.int64)]
    whole = len(tokens) // _STRETCH * _STRETCH
    for part in (tokens[:whole].reshape(-1, _STRETCH), tokens[whole:].reshape(1, -1)):
        if part.shape[0] == 0 or part.shape[1] < 2:
            continue
        outputs, _ = runtime.read(np.ascontiguousarray(part.T), runtime.zero_state(len(part)))
        read = runtime.architecture.keys(outputs[:-1])
        keys += [read[:, column] for column in range(len(part))]
        followers += list(part[:, 1:])
    return Recall(np.concatenate(keys), np.concatenate(followers))
