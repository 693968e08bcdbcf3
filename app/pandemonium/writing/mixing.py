"""The shares of voices that write as one (see `mixed_runtime`): said, moved while they write, and fitted to a text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.voice.file import SUFFIX, Voice
from pandemonium.writing.request import Remix
from pandemonium.writing.runtimes.mixed_runtime import normalized
from pandemonium.writing.runtimes.runtime import Floats

_FITTING_ROUNDS = 100


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
