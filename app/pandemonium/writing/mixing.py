"""Several voices of one vocabulary write as one: at every step their probabilities are mixed, each with its share.

The mixture's next token has the probability sum_i w_i * p_i(token), as in a linear interpolation of language models
(Jelinek and Mercer 1980): every voice reads every word, whoever has thought of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.file import SUFFIX, Voice
from pandemonium.writing.request import Remix
from pandemonium.writing.runtime import Device, Floats, Ids, Runtime

MOST_VOICES = 3
_LEAST_SHARE = 1e-4  # below it a voice is not asked
_FITTING_ROUNDS = 100


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
    """

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


class Remixing:
    """The shares of one continuation, which may be moved while it is written.

    Attributes:
        remixes: what was heeded so far; with these the same text is written again.
    """

    def __init__(self, mix: Sequence[str], known: Sequence[Remix], moved: Callable[[], Sequence[str] | None]) -> None:
        """Begins.

        Args:
            mix: that the text begins with, as in `WritingSettings`.
            known: what was heeded when the text was written for the first time.
            moved: gives the mix as the writer has it now; None where it was not touched.
        """
        self.remixes: tuple[Remix, ...] = ()
        self._mix = tuple(mix)
        self._known = list(known)
        self._moved = moved
        self._step = 0

    def look(self) -> tuple[str, ...] | None:
        """The mix from the next step on, where it is another one; to be called before each step, once."""
        before = self._mix
        while self._known and self._known[0].step <= self._step:
            self._mix = self._known.pop(0).mix
        moved = self._moved()
        if moved is not None:
            self._mix = tuple(moved)
        step = self._step
        self._step += 1
        if self._mix == before:
            return None
        self.remixes = (*self.remixes, Remix(step, self._mix))
        return self._mix


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


def mixed_balance(voices: Sequence[Voice], shares: Sequence[float]) -> Floats:
    """By how much each token's logit moves where a mixture writes, [vocabulary]; empty where no voice has a balance."""
    found = [(voice.balance, share) for voice, share in zip(voices, shares, strict=True) if len(voice.balance)]
    if not found:
        return np.zeros(0, dtype=np.float32)
    total = np.zeros_like(found[0][0], dtype=np.float32)
    for balance, share in found:
        total += np.float32(share) * balance
    return total


def fit_shares(told: Floats) -> tuple[float, ...]:
    """The shares with which a mixture foresees a held-out text best.

    Expectation maximization for a linear interpolation (Jelinek and Mercer 1980): each voice's share becomes the part
    that it has in what the mixture foresaw. The likelihood has one maximum, and every round comes nearer to it.

    Args:
        told: the log-probability of each token of the text under each voice, [voices, n].

    Returns:
        each voice's share, together 1; alike where there is no text.
    """
    chances = np.exp(told.astype(np.float64) - told.max(axis=0, keepdims=True))
    shares = np.full(len(told), 1 / len(told))
    for _ in range(_FITTING_ROUNDS if told.shape[1] else 0):
        parts = shares[:, None] * chances
        shares = (parts / parts.sum(axis=0)).mean(axis=1)
    return tuple(map(float, shares))


def mixed_log_probabilities(told: Floats, shares: Sequence[float]) -> Floats:
    """The log-probability of each token under a mixture, [n]; `told` as in `fit_shares`."""
    mixed: Floats = np.logaddexp.reduce(told + np.log(np.maximum(shares, 1e-300))[:, None], axis=0)
    return mixed


def parse_mix(entries: Sequence[str]) -> dict[str, float]:
    """Reads what a setting or an option says: "classics=0.3" gives that voice so much beside the first one's 1.

    Raises:
        VoiceError: an entry is none.
    """
    found: dict[str, float] = {}
    for entry in entries:
        name, _, number = entry.rpartition("=")
        try:
            share = float(number)
        except ValueError:
            share = math.nan
        if not name.strip() or not 0 <= share <= 1:
            raise VoiceError(
                f"{entry[:60]!r} does not say how a voice is mixed in.", "Say it like classics=0.3, between 0 and 1."
            )
        found[name.strip()] = share
    return found


def shares_of(names: Sequence[str], mix: Mapping[str, float]) -> tuple[float, ...]:
    """Each voice's share of the whole: the others have what the mix gives them, the first one the rest.

    Args:
        names: of the voices, the first one's first.
        mix: the others' shares by their names, or by the names of their files; together they may be more than 1, and
            then nothing is left for the first.
    """
    by_stem = {Path(name).stem: share for name, share in mix.items() if name.endswith(SUFFIX)}
    others = [mix.get(name, by_stem.get(name, 0.0)) for name in names[1:]]
    return normalized([max(0.0, 1.0 - sum(others)), *others])


def _flat(state: Floats) -> Floats:
    """[rows, batch, width] to [1, batch, rows * width]."""
    rows, batch, width = state.shape
    return state.transpose(1, 0, 2).reshape(1, batch, rows * width)


def _upright(state: Floats, shape: tuple[int, ...]) -> Floats:
    """[1, batch, rows * width] to [rows, batch, width]."""
    rows, _, width = shape
    return np.ascontiguousarray(state.reshape(-1, rows, width).transpose(1, 0, 2))
