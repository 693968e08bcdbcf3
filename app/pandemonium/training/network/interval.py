"""When something that is done now and then in a training is due again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Interval:
    """Something done every so often, and never for more than a share of the time.

    Attributes:
        every: seconds from the end of one to the next.
        share: of the time that it may take.
        last: when it was last done, on the caller's clock.
        cost: seconds that it took then.
    """

    every: float
    share: float = 1.0
    last: float = 0.0
    cost: float = 0.0

    def is_due(self, now: float) -> bool:
        """Tells whether it should be done at `now`."""
        return now - self.last >= max(self.every, self.cost / self.share)

    def done(self, began: float, now: float) -> None:
        """Notes that it was done from `began` to `now`."""
        self.last = now
        self.cost = now - began
