"""The loop of every training: one step after the other, and between them whatever its callbacks do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pandemonium.training.network.interval import Interval
from pandemonium.training.network.trainer import StepReport

AGAIN = "again"
"""Said before a step: much may have happened meanwhile, so all callbacks are asked anew."""


class LearningClock:
    """Counts the seconds of learning.

    Attributes:
        seconds: of learning so far.
        last: when it was last looked at, in seconds from any moment on.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, longest: float = float("inf")) -> None:
        """Begins at 0.

        Args:
            now: seconds, from any moment on.
            longest: seconds that one look counts at most; a lid that was closed for the night is no learning.
        """
        self._now = now
        self._longest = longest
        self.seconds = 0.0
        self.last = 0.0

    def tick(self) -> None:
        """Counts the time since the last look as learning."""
        now = self._now()
        self.seconds += min(now - self.last, self._longest)
        self.last = now

    def skip(self) -> None:
        """Passes over the time since the last look: it was no learning."""
        self.last = self._now()


class Callback:
    """Something that is done between steps. Each method gives why the training ends here; empty where it goes on."""

    def before_step(self) -> str:
        """The next step would be taken now."""
        return ""

    def after_step(self, report: StepReport) -> str:
        """A step was taken, and counted by the clock."""
        return ""


@dataclass
class Before(Callback):
    """Asks a question before each step, whose answer is why the training ends; empty or `AGAIN` where it does not."""

    ask: Callable[[], str]

    def before_step(self) -> str:
        """Gives why the training ends, as `ask` says."""
        return self.ask()


@dataclass
class After(Callback):
    """Hears of each step."""

    hear: Callable[[StepReport], object]

    def after_step(self, report: StepReport) -> str:
        """Hands the step's figures to `hear`; never ends the training."""
        self.hear(report)
        return ""


@dataclass
class Every(Callback):
    """Does something behind a step whenever it is due.

    Attributes:
        interval: how often.
        at: the time that the interval counts by, in seconds.
        do: does it, and gives why the training ends; nothing where it goes on.
    """

    interval: Interval
    at: Callable[[], float]
    do: Callable[[], str | None]

    def after_step(self, report: StepReport) -> str:
        """Does it if it is due."""
        began = self.at()
        if not self.interval.is_due(began):
            return ""
        reason = self.do()
        self.interval.done(began, self.at())
        return reason or ""


def run_steps(step: Callable[[], StepReport], clock: LearningClock, callbacks: Sequence[Callback]) -> str:
    """Takes steps until a callback says why that is enough; gives the reason.

    Args:
        step: takes one.
        clock: counts them.
        callbacks: asked in their order.
    """
    clock.skip()
    while True:
        reason = next(filter(None, (each.before_step() for each in callbacks)), "")
        if reason == AGAIN:
            continue
        if reason:
            return reason
        report = step()
        clock.tick()
        if reason := next(filter(None, (each.after_step(report) for each in callbacks)), ""):
            return reason
