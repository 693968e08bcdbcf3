"""Several voices of one vocabulary write as one: at every step their probabilities are mixed, each with its share.

The mixture's next token has the probability sum_i w_i * p_i(token), as in a linear interpolation of language models
(Jelinek and Mercer 1980): every voice reads every word, whoever has thought of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.file import Voice
from pandemonium.writing.runtimes.runtime import Device, Floats, Ids, Runtime

MOST_VOICES = 3
_LEAST_SHARE = 1e-4  # below it a voice is not asked


@dataclass(frozen=True)
class MixedArchitecture(Architecture):
    """What several networks side by side look like from outside.

    The fields of `Architecture` are the first voice's; the outputs of all stand side by side.

    Attributes:
        parts: of each network, the first voice's first.
    """

    parts: tuple[Architecture, ...] = ()

    kind: ClassVar[str] = "mixed"

    def __post_init__(self) -> None:
        """The parts have checked themselves."""

    @classmethod
    def of(cls, parts: Sequence[Architecture]) -> MixedArchitecture:
        """The architecture of networks side by side."""
        first = parts[0]
        return cls(**{each.name: getattr(first, each.name) for each in fields(Architecture)}, parts=tuple(parts))

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every part's, with the part's number before each name."""
        return {f"{i}.{name}": shape for i, part in enumerate(self.parts) for name, shape in part.shapes().items()}

    @property
    def output_width(self) -> int:
        """The widths of all outputs."""
        return sum(part.output_width for part in self.parts)

    @property
    def lead(self) -> Architecture:
        """The first voice's."""
        return self.parts[0]

    def keys(self, outputs: Floats) -> Floats:
        """Each part's keys side by side; see `Architecture.keys`."""
        ends = np.cumsum([part.output_width for part in self.parts])[:-1]
        parts = zip(self.parts, np.split(outputs, ends, axis=-1), strict=True)
        return np.concatenate([part.keys(own) for part, own in parts], axis=-1)


class MixedRuntime:
    """`runtime.Runtime` over several.

    A state is [1, batch, n]: h and c of every layer of every network, one behind the other.

    Attributes:
        device: the first voice's.
        shares: of each voice; they may be set at any time, and the next step heeds them.
        beside: never anything: what was read ahead would not heed them.
    """

    beside: None = None

    def __init__(self, parts: Sequence[Runtime], shares: Sequence[float]) -> None:
        """Args:
        parts: of voices of one vocabulary.
        shares: of each, see `normalized`.
        """
        self._parts = tuple(parts)
        self.device: Device = parts[0].device
        self.architecture: Architecture = MixedArchitecture.of([part.architecture for part in parts])
        self._shapes = [part.zero_state().shape for part in parts]
        self._state_ends = np.cumsum([rows * width for rows, _, width in self._shapes])[:-1]
        self._output_ends = np.cumsum([part.architecture.output_width for part in parts])[:-1]
        self.shares = normalized(shares)

    def zero_state(self, batch: int = 1) -> Floats:
        """See `Runtime.zero_state`."""
        return np.concatenate([_flat(part.zero_state(batch)) for part in self._parts], axis=2)

    def read(self, tokens: Ids, state: Floats) -> tuple[Floats, Floats]:
        """See `Runtime.read`."""
        outputs = []
        states = []
        for part, own, shape in zip(self._parts, np.split(state, self._state_ends, axis=2), self._shapes, strict=True):
            output, after = part.read(tokens, _upright(own, shape))
            outputs.append(output)
            states.append(_flat(after))
        self.device = self._parts[0].device  # it may have given up
        return np.concatenate(outputs, axis=2), np.concatenate(states, axis=2)

    def logits(self, hidden: Floats) -> Floats:
        """See `Runtime.logits`: the logarithms of the mixed probabilities."""
        shares = self.shares
        outputs = np.split(hidden, self._output_ends, axis=1)
        mixed: Floats | None = None
        for part, own, share in zip(self._parts, outputs, shares, strict=True):
            if share < _LEAST_SHARE:
                continue
            told = part.logits(np.ascontiguousarray(own))
            if share > 1 - _LEAST_SHARE:
                return told
            largest = told.max(axis=1, keepdims=True)
            told = told - (largest + np.log(np.exp(told - largest).sum(axis=1, keepdims=True)))
            told += np.float32(math.log(share))
            mixed = told if mixed is None else np.logaddexp(mixed, told)
        assert mixed is not None
        return mixed


def normalized(shares: Sequence[float]) -> tuple[float, ...]:
    """Shares that add up to 1; the first voice has all where no share is above 0."""
    whole = sum(max(0.0, share) for share in shares)
    if whole <= 0 or not math.isfinite(whole):
        return (1.0, *[0.0] * (len(shares) - 1))
    return tuple(max(0.0, share) / whole for share in shares)


def check_mixable(first: Voice, others: Sequence[Voice]) -> None:
    """Checks that voices can be mixed.

    Raises:
        VoiceError: one has another vocabulary, or there are too many.
    """
    for other in others:
        if other.tokenizer.definition != first.tokenizer.definition:
            raise VoiceError(
                f"'{other.name}' cannot be mixed with '{first.name}': it cuts words into other pieces.",
                "Voices that were trained from the same base can be mixed.",
            )
    if len(others) >= MOST_VOICES:
        raise VoiceError(f"At most {MOST_VOICES} voices can be mixed.", "Take one of them away.")


def _flat(state: Floats) -> Floats:
    """[rows, batch, width] to [1, batch, rows * width]."""
    rows, batch, width = state.shape
    return state.transpose(1, 0, 2).reshape(1, batch, rows * width)


def _upright(state: Floats, shape: tuple[int, ...]) -> Floats:
    """[1, batch, rows * width] to [rows, batch, width]."""
    rows, _, width = shape
    return np.ascontiguousarray(state.reshape(-1, rows, width).transpose(1, 0, 2))
