"""Writes several candidates of the next sentence side by side, keeps the best, and goes on from there."""

from __future__ import annotations

from collections.abc import Sequence

from pandemonium.writing.judge import CandidateJudge
from pandemonium.writing.origins import RecalledSpan
from pandemonium.writing.sequence import DecodingSequence

LONGEST = 90  # tokens after which a candidate is judged though its sentence goes on
FIRST_LONGEST = 45  # and of the first sentence, which is waited for
_MASK = (1 << 63) - 1


def candidate_seed(seed: int, number: int) -> int:
    """The seed of a candidate; the first one's is the alternative's own."""
    return ((seed + number * 0x5851F42D4C957F2D) & _MASK) or 1


class SentenceWriter:
    """One alternative.

    Attributes:
        seed: that writes it again.
    """

    def __init__(self, sequence: DecodingSequence, candidates: int = 1, judge: CandidateJudge | None = None) -> None:
        """Begins behind a context.

        Args:
            sequence: that stands there.
            candidates: of each sentence; with one, or without a judge, there is nothing to choose.
            judge: says which of several sequences has written the best sentence.
        """
        self.seed = sequence.seed
        self._main = sequence
        self._candidates = candidates if judge is not None else 1
        self._judge = judge
        self._first = True
        self._tokens = 0
        self._running: list[DecodingSequence] = []

    @property
    def active(self) -> list[DecodingSequence]:
        """The sequences that want another token."""
        if not self._running and not self.done:
            self._fork()
        return [each for each in self._running if not each.done and not each.paused]

    @property
    def done(self) -> bool:
        """Nothing more will be written."""
        return self._main.done

    @property
    def tokens(self) -> int:
        """How many tokens were chosen, for all candidates together."""
        if self._candidates == 1:
            return self._main.tokens
        return self._tokens + sum(each.tokens - self._main.tokens for each in self._running)

    @property
    def origins(self) -> tuple[str, Sequence[RecalledSpan]]:
        """The whole text, canonical, and what of it the memory gave."""
        return self._main.text, self._main.origins

    def settle(self) -> None:
        """After a step: chooses among the candidates once all of them have come to the end of their sentence."""
        if self._candidates == 1:
            return
        longest = FIRST_LONGEST if self._first else LONGEST
        for each in self._running:
            each.paused = each.paused or (not each.done and each.sentence_length >= longest)
        if any(not each.paused and not each.done for each in self._running):
            return
        written = [each for each in self._running if each.sentence and each.sentence_length]
        best = self._best(written) if written else self._running[0]
        self._tokens = self.tokens
        best.go_on()
        self._main = best
        self._first = False
        self._running = []  # the next ones begin when this one's text was shown

    def pop_text(self) -> str:
        """Gives what can be shown since the last call."""
        return self._main.pop_text()

    def finish(self, *, stopped: bool) -> str:
        """Gives the last characters."""
        return self._main.finish(stopped=stopped)

    def _best(self, written: list[DecodingSequence]) -> DecodingSequence:
        """The candidate that stays, of some that have written something."""
        assert self._judge is not None
        return self._judge.choose(written)

    def _count(self) -> int:
        """How many candidates the next sentence has: the first one is waited for, and has half as many."""
        return max(1, (self._candidates + 1) // 2) if self._first else self._candidates

    def _fork(self) -> None:
        if self._candidates == 1:
            self._running = [self._main]
            return
        count = self._count()
        self._running = [self._main.fork(candidate_seed(self.seed, number)) for number in range(count)]
