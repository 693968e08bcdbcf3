"""Writes several candidates of the next sentence side by side, keeps the best, and goes on from there.

Candidates end one after the other, and a step of the network costs hardly less for the last two than for all. So once
most have ended, the candidates of the sentence after it are begun behind the best so far. Where that stays the best,
they are well under way when it is chosen; where it does not, they are dropped. What is written is the same either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pandemonium.writing.decoding.judge import CandidateJudge
from pandemonium.writing.decoding.sequence import DecodingSequence
from pandemonium.writing.reading.origins import RecalledSpan

LONGEST = 90  # tokens after which a candidate is judged though its sentence goes on
FIRST_LONGEST = 45  # and of the first sentence, which is waited for
_MOST_ENDED = 0.5  # of the candidates, from which on the next sentence is begun behind the best of them
_MASK = (1 << 63) - 1


def candidate_seed(seed: int, number: int) -> int:
    """The seed of a candidate; the first one's is the alternative's own."""
    return ((seed + number * 0x5851F42D4C957F2D) & _MASK) or 1


@dataclass(frozen=True)
class _Ahead:
    """The sentence after this one, begun behind a candidate that may not stay.

    Attributes:
        behind: that candidate.
        main: a copy of it, from which the next sentence's candidates went.
        shown: what can be shown once it is chosen.
        running: the candidates of the next sentence.
    """

    behind: DecodingSequence
    main: DecodingSequence
    shown: str
    running: list[DecodingSequence]


class SentenceWriter:
    """One alternative.

    Attributes:
        seed: that writes it again.
    """

    def __init__(
        self,
        sequence: DecodingSequence,
        candidates: int = 1,
        judge: CandidateJudge | None = None,
        *,
        ahead: bool = False,
    ) -> None:
        """Begins behind a context.

        Args:
            sequence: that stands there.
            candidates: of each sentence; with one, or without a judge, there is nothing to choose.
            judge: says which of several sequences has written the best sentence.
            ahead: the next sentence is begun before this one's last candidates have ended; the text is the same.
        """
        self.seed = sequence.seed
        self._main = sequence
        self._candidates = candidates if judge is not None else 1
        self._judge = judge
        self._first = True
        self._tokens = 0
        self._running: list[DecodingSequence] = []
        self._begins_ahead = ahead
        self._ahead: _Ahead | None = None
        self._ended = 0  # how many candidates had ended when the best of them was last looked for
        self._shown = ""  # what can be shown of what was begun ahead

    @property
    def active(self) -> list[DecodingSequence]:
        """The sequences that want another token."""
        if not self._running and not self.done:
            self._fork()
        ahead = self._ahead.running if self._ahead is not None else []
        return [each for each in (*self._running, *ahead) if not each.done and not each.paused]

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
        _pause(self._running, FIRST_LONGEST if self._first else LONGEST)
        if self._ahead is not None:
            _pause(self._ahead.running, LONGEST)
        while self._running and all(each.paused or each.done for each in self._running):
            self._choose()
        if self._running and self._begins_ahead and not self._first:
            self._look_ahead()

    def _choose(self) -> None:
        """Goes on with the best candidate, or with what was begun behind it."""
        written = _written(self._running)
        best = self._best(written) if written else self._running[0]
        self._tokens = self.tokens
        if self._ahead is not None and self._ahead.behind is best:
            self._main = self._ahead.main
            self._shown += self._ahead.shown
            self._running = self._ahead.running
        else:
            best.go_on()
            self._main = best
            self._running = []  # the next ones begin when this one's text was shown
        self._ahead = None
        self._ended = 0
        self._first = False

    def _look_ahead(self) -> None:
        """Begins the next sentence behind the best candidate that has ended, once most of them have."""
        ended = [each for each in self._running if each.paused or each.done]
        if len(ended) == self._ended or len(ended) < _MOST_ENDED * len(self._running):
            return
        self._ended = len(ended)
        written = _written(ended)
        if self._judge is None or not written:
            return
        best = self._judge.best(written)
        if self._ahead is not None and self._ahead.behind is best:
            return
        if best.done:
            self._ahead = None
            return
        main = best.twin_behind()
        shown = main.pop_text()
        self._ahead = _Ahead(best, main, shown, self._forks(main))

    def pop_text(self) -> str:
        """Gives what can be shown since the last call."""
        shown = self._shown + self._main.pop_text()
        self._shown = ""
        return shown

    def finish(self, *, stopped: bool) -> str:
        """Gives the last characters."""
        shown = self._shown + self._main.finish(stopped=stopped)
        self._shown = ""
        return shown

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
        self._running = self._forks(self._main)

    def _forks(self, main: DecodingSequence) -> list[DecodingSequence]:
        return [main.fork(candidate_seed(self.seed, number)) for number in range(self._count())]


def _pause(sequences: Sequence[DecodingSequence], longest: int) -> None:
    """Has those wait whose sentence has `longest` tokens."""
    for each in sequences:
        each.paused = each.paused or (not each.done and not each.reading and each.sentence_length >= longest)


def _written(sequences: Sequence[DecodingSequence]) -> list[DecodingSequence]:
    """Those that have written something."""
    return [each for each in sequences if each.sentence and each.sentence_length]
