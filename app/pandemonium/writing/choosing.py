"""One step of several sequences: the network's logits, the chain of samplers, a draw for each, the network again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.writing.phrases import Memory
from pandemonium.writing.runtime import Floats, Runtime
from pandemonium.writing.samplers import Rows, draw, make_chain, run_chain, uniform
from pandemonium.writing.sequence import DecodingSequence
from pandemonium.writing.token_table import TokenTable

_OWN = 0.5  # of a token's probability: who keeps more has chosen it himself


class Drawn(NamedTuple):
    """A token, or None, and where in the memory's text it stands if it owes itself to that."""

    token: int | None
    place: int | None


class Chooser:
    """Takes sequences a token further, all of them in one batch; what one of them draws hangs on no other."""

    def __init__(
        self,
        runtime: Runtime,
        tokens: TokenTable,
        settings: WritingSettings,
        bias: Floats | None,
    ) -> None:
        """Begins.

        Args:
            runtime: the voice's.
            tokens: the voice's.
            settings: how to write.
            bias: the voice's balance, as strong as the settings want it, [vocabulary].
        """
        self._runtime = runtime
        self._tokens = tokens
        self._settings = settings
        self._bias = bias

    def step(self, sequences: Sequence[DecodingSequence]) -> None:
        """Writes one token of each sequence, or ends or pauses it.

        Raises:
            VoiceError: the network's numbers are none.
        """
        hidden = np.stack([sequence.hidden for sequence in sequences])
        network = self._runtime.logits(hidden)
        if not np.isfinite(network).all():
            raise VoiceError("The voice has lost itself in numbers that are none.", "Choose another voice.")
        keys = self._runtime.architecture.keys(hidden)
        tokens: list[int | None] = [None] * len(sequences)
        free: list[int] = []
        origins: dict[int, int] = {}  # where in the draft a token stands that the memory gave
        for row, sequence in enumerate(sequences):
            settled, token = sequence.forced()
            if settled:
                tokens[row] = token
                sequence.done = token is None
            else:
                free.append(row)
                sequence.look_for_an_end(network[row])
        # Sequences that recall the same are asked together.
        groups: dict[int, list[int]] = {}
        for row in free:
            groups.setdefault(id(sequences[row].recall), []).append(row)
        for group in groups.values():
            drawn = self._draw([sequences[row] for row in group], network[group], keys[group])
            for row, (token, place) in zip(group, drawn, strict=True):
                tokens[row] = sequences[row].choose(token)
                if place is not None and tokens[row] == token:
                    origins[row] = place
        steps = [row for row, token in enumerate(tokens) if token is not None]
        if not steps:
            return
        chosen = np.array([[tokens[row] for row in steps]], dtype=np.int64)
        information = self._information(network[steps], chosen[0], sequences, steps)
        for number, row in enumerate(steps):
            sequences[row].take(int(chosen[0, number]), information[number], origins.get(row))
        states = np.concatenate([sequences[row].state for row in steps], axis=1)
        outputs, after = self._runtime.read(chosen, states)
        for column, row in enumerate(steps):
            sequences[row].advance(outputs[0, column], after[:, column : column + 1])

    def _draw(self, sequences: Sequence[DecodingSequence], network: Floats, keys: Floats) -> list[Drawn]:
        rows = Rows([each.row() for each in sequences], keys)
        chain = make_chain(self._settings, self._tokens, bias=self._bias, memory=_memory_of(sequences))
        logits = run_chain(chain, network, rows)
        drawn = draw(logits, [uniform(each.seed, each.tokens) for each in sequences])
        return [Drawn(token, self._origin(sequences, rows, row, token)) for row, token in enumerate(drawn)]

    def _origin(self, sequences: Sequence[DecodingSequence], rows: Rows, row: int, token: int | None) -> int | None:
        """Where in the draft a token stands that owes itself to it: the memory had most of its probability."""
        memory = _memory_of(sequences)
        if token is None or memory is None or not rows.recalled:
            return None
        recalled = rows.recalled[-1]
        at = int(np.searchsorted(recalled.tokens, token))
        if at == len(recalled.tokens) or recalled.tokens[at] != token or recalled.own[row, at] > _OWN:
            return None
        return memory.phrases.place_of(rows.each[row].history, token)

    def _information(
        self, network: Floats, chosen: np.ndarray, sequences: Sequence[DecodingSequence], steps: Sequence[int]
    ) -> Floats:
        """What each chosen token told under the network, in nats; 0 where nobody asks."""
        if not any(sequences[row].pauses for row in steps):
            return np.zeros(len(steps), dtype=np.float32)
        largest = network.max(axis=1)
        sums = np.log(np.exp(network - largest[:, None]).sum(axis=1))
        told: Floats = largest + sums - network[np.arange(len(steps)), chosen]
        return told


def _memory_of(sequences: Sequence[DecodingSequence]) -> Memory | None:
    """The memory of sequences that recall the same; None where it is of no draft."""
    recall = sequences[0].recall
    return recall if isinstance(recall, Memory) else None
