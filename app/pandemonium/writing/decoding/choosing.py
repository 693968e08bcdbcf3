"""One step of several sequences: the network's logits, the chain of samplers, a draw for each, the network again.

The chain takes as long as the network does. Where there are many sequences, they take their steps in two halves by
turns: while one half draws, another core reads for the other one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import NamedTuple

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.writing.decoding.sequence import DecodingSequence
from pandemonium.writing.reading.memory import Recalled
from pandemonium.writing.reading.phrases import Memory
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime
from pandemonium.writing.sampling.chain import draw_by_chain, make_chain
from pandemonium.writing.sampling.drawing import uniform
from pandemonium.writing.sampling.rows import NetworkLogits, Rows, Sampler
from pandemonium.writing.sampling.token_table import TokenTable

_MANY = 6  # sequences, from which on halves take turns: fewer are read almost as fast together
_OWN = 0.5  # of a token's probability: who keeps more has chosen it himself


class Drawn(NamedTuple):
    """A token, or None, and where in the memory's text it stands if it owes itself to that."""

    token: int | None
    place: int | None


class _Reading(NamedTuple):
    """What the network reads meanwhile.

    Attributes:
        sequences: whose tokens.
        read: outputs [1, batch, output_width] and states [2 * layers, batch, hidden] behind them.
    """

    sequences: Sequence[DecodingSequence]
    read: Future[tuple[Floats, Floats]]


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
        self._chains: dict[int, tuple[Memory | None, list[Sampler]]] = {}
        self._reading: _Reading | None = None

    def step(self, sequences: Sequence[DecodingSequence]) -> None:
        """Writes one token of each sequence, or ends or pauses it.

        Raises:
            VoiceError: the network's numbers are none.
        """
        chosen = self._choose(sequences)
        if chosen:
            outputs, states = self._runtime.read(*_next_of(chosen))
            _take_over(chosen, outputs, states)

    def step_in_turn(self, sequences: Sequence[DecodingSequence]) -> None:
        """Takes sequences further as `step` does, in two halves by turns where that goes faster.

        The network reads what one half has drawn while the other one draws; whoever waits for it is `reading`, until
        the next call or `finish_reading`. What is written is the same.

        Args:
            sequences: that want another token, those that are `reading` among them.

        Raises:
            VoiceError: the network's numbers are none.
        """
        beside = self._runtime.beside
        if beside is None or len(sequences) < _MANY or not beside.comes_soon():
            if self._reading is None:
                self.step(sequences)
            self.finish_reading()
            return
        waiting = [each for each in sequences if not each.reading]
        chosen = self._choose(waiting[: (len(sequences) + 1) // 2])
        read = beside.submit(self._runtime.read, *_next_of(chosen)) if chosen else None
        self.finish_reading()
        if read is not None:
            self._reading = _Reading(chosen, read)

    def finish_reading(self) -> None:
        """Waits for what the network still reads."""
        if self._reading is None:
            return
        sequences, read = self._reading
        self._reading = None
        _take_over(sequences, *read.result())

    def _choose(self, sequences: Sequence[DecodingSequence]) -> list[DecodingSequence]:
        """Has each sequence take one token, end or pause; gives those for which the network has to read it."""
        if not sequences:
            return []
        hidden = np.stack([sequence.hidden for sequence in sequences])
        network = NetworkLogits.of(self._runtime.logits(hidden))
        if not np.isfinite(network.normalizers).all():
            raise VoiceError("The voice has lost itself in numbers that are none.", "Choose another voice.")
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
                sequence.look_for_an_end(network.values[row])
        # Sequences that recall the same are asked together.
        groups: dict[int, list[int]] = {}
        for row in free:
            groups.setdefault(id(sequences[row].recall), []).append(row)
        for group in groups.values():
            drawn = self._draw([sequences[row] for row in group], network.of_rows(group), hidden[group])
            for row, (token, place) in zip(group, drawn, strict=True):
                tokens[row] = sequences[row].choose(token)
                if place is not None and tokens[row] == token:
                    origins[row] = place
        chosen: list[DecodingSequence] = []
        for row, (sequence, token) in enumerate(zip(sequences, tokens, strict=True)):
            if token is not None:
                # What it tells under the network, in nats.
                information = network.normalizers[row] - network.values[row, token]
                sequence.take(token, information, origins.get(row))
                chosen.append(sequence)
        return chosen

    def _draw(self, sequences: Sequence[DecodingSequence], network: NetworkLogits, hidden: Floats) -> list[Drawn]:
        memory = _memory_of(sequences)
        rows = Rows([each.row() for each in sequences])
        if memory is not None and memory.recall is not None:
            rows.keys = self._runtime.architecture.keys(hidden)
        uniforms = [uniform(each.seed, each.tokens) for each in sequences]
        drawn = draw_by_chain(self._chain(memory), network, rows, uniforms)
        places = {}
        if memory is not None and rows.recalled:
            owed = _owed(rows.recalled[-1])
            for row, token in enumerate(drawn):
                if token is not None and (row, token) in owed:
                    places[row] = memory.phrases.place_of(rows.each[row].history, token)
        return [Drawn(token, places.get(row)) for row, token in enumerate(drawn)]

    def _chain(self, memory: Memory | None) -> Sequence[Sampler]:
        """The samplers of sequences that recall `memory`, made once."""
        if id(memory) not in self._chains:
            chain = make_chain(self._settings, self._tokens, bias=self._bias, memory=memory)
            self._chains[id(memory)] = memory, chain  # kept together: no other memory gets its number
        return self._chains[id(memory)][1]


def _next_of(sequences: Sequence[DecodingSequence]) -> tuple[Ids, Floats]:
    """What the network has to read: each one's last token, [1, batch], and its state, [2 * layers, batch, hidden]."""
    tokens = np.array([[each.newest for each in sequences]], dtype=np.int64)
    return tokens, np.concatenate([each.state for each in sequences], axis=1)


def _take_over(sequences: Sequence[DecodingSequence], outputs: Floats, states: Floats) -> None:
    """Gives each sequence what the network read for it."""
    for column, sequence in enumerate(sequences):
        sequence.advance(outputs[0, column], states[:, column : column + 1])


def _owed(recalled: Recalled) -> frozenset[tuple[int, int]]:
    """Rows with tokens that owe themselves to the draft: the memory had most of their probability."""
    owing = (recalled.own <= _OWN).nonzero()[0]
    return frozenset(zip(recalled.rows[owing].tolist(), recalled.tokens[owing].tolist(), strict=True))


def _memory_of(sequences: Sequence[DecodingSequence]) -> Memory | None:
    """The memory of sequences that recall the same; None where it is of no draft."""
    recall = sequences[0].recall
    return recall if isinstance(recall, Memory) else None
