"""Repeated runs and frames of tokens are made less likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pandemonium.writing.runtimes.runtime import Floats, Ids
from pandemonium.writing.sampling.rows import NO_IDS, Rows

_LONGEST_RUN = 50
_FRAME_REACH = 240
_THIRD_TIME = 1.5


@dataclass(frozen=True)
class Dry:
    """A token that would lengthen a repeated run is made less likely (DRY, pew 2024).

    For every earlier place that ends as the history ends, over a run of `n >= allowed` tokens, the token that followed
    there loses `multiplier * base ** (n - allowed)`. A run never reaches across a breaker.

    A frame is a longer run with one other token in it, not far back: "I could see the lamp, and I could see the door,
    and I could see". Its tokens count like a run's, the other one and `frame - allowed` left out.

    Attributes:
        multiplier: 0 turns it off.
        base: growth of the punishment with each further token of the run.
        allowed: the shortest run that is punished.
        breakers: ids that no run crosses (newlines, quotes).
        frame: the shortest frame that is punished; 0 for none.
        often: whether a token loses that would make three tokens stand there for the third time, not far back.
    """

    multiplier: float
    base: float
    allowed: int
    breakers: frozenset[int] = frozenset()
    frame: int = 0
    often: bool = False
    name: str = "dry"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.multiplier <= 0:
            return logits
        for row, each in enumerate(rows.each):
            recent = np.asarray(each.history, dtype=np.int64)
            ends = self._ends(recent)
            if not len(ends):
                continue
            for token, run in self._repeated(each.history, ends).items():
                logits[row, token] -= np.float32(self.multiplier * self.base ** min(run - self.allowed, _LONGEST_RUN))
            if self.often:
                for token, count in self._third_times(recent, ends).items():
                    logits[row, token] -= np.float32(_THIRD_TIME * self.multiplier * (count - 1))
        return logits

    def repeated(self, history: Sequence[int]) -> dict[int, int]:
        """The tokens that would lengthen a run, each with the longest one's length."""
        return self._repeated(history, self._ends(np.asarray(history, dtype=np.int64)))

    def third_times(self, history: Sequence[int]) -> dict[int, int]:
        """The tokens that would make three tokens stand there again, each with how often they do; from twice on."""
        recent = np.asarray(history, dtype=np.int64)
        return self._third_times(recent, self._ends(recent))

    def _ends(self, recent: Ids) -> Ids:
        """Where a history [n] has its last token before, and the one before that too unless one alone is punished."""
        if len(recent) < 2 or int(recent[-1]) in self.breakers:
            return NO_IDS
        if self.allowed < 2:
            return np.flatnonzero(recent[:-1] == recent[-1])
        ends: Ids = (recent[1:-1] == recent[-1]).nonzero()[0] + 1
        twice: Ids = ends[recent[ends - 1] == recent[-2]]
        return twice

    def _repeated(self, recent: Sequence[int], ends: Ids) -> dict[int, int]:
        longest: dict[int, int] = {}
        if len(recent) <= self.allowed:
            return longest
        for end in ends.tolist():
            follower = recent[end + 1]
            if follower in self.breakers:
                continue
            run = _run_length(recent, end, self.breakers)
            if self.frame and end >= len(recent) - _FRAME_REACH and run >= 2:
                run = max(run, self._frame_length(recent, end, run) - (self.frame - self.allowed))
            if run >= self.allowed:
                longest[follower] = max(run, longest.get(follower, 0))
        return longest

    def _third_times(self, recent: Ids, ends: Ids) -> dict[int, int]:
        if len(ends) < 2 or int(recent[-2]) in self.breakers:
            return {}
        ends = ends[ends > max(0, len(recent) - _FRAME_REACH)]
        ends = ends[recent[ends - 1] == recent[-2]]
        counts = Counter(recent[ends + 1].tolist())
        return {token: count for token, count in counts.items() if count > 1 and token not in self.breakers}

    def _frame_length(self, recent: Sequence[int], end: int, run: int) -> int:
        """How many tokens equal those up to the end with one other between them; `run` are equal up to it."""
        behind = len(recent) - 1 - run - 1
        there = end - run - 1
        if there < 0 or recent[behind + 1] in self.breakers or there + run + 1 >= behind + 1:
            return 0
        more = _run_length(recent[: behind + 1], there, self.breakers)
        return run + more if more >= 2 else 0


def _run_length(recent: Sequence[int], end: int, breakers: Collection[int]) -> int:
    """How many tokens up to `end` equal those up to the end of `recent`."""
    run = 0
    tail = len(recent) - 1
    while run <= end and run < _LONGEST_RUN and recent[end - run] == recent[tail - run]:
        if recent[tail - run] in breakers:
            break
        run += 1
    return run
