"""Whether a new voice foresees its writer better together with those that it went on from, and with what shares.

What a few minutes teach is narrow: where the writer says something common, the voices that have read a library know it
better. Mixing costs a step of each voice that is mixed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pandemonium.writing.mixing import fit_shares, mixed_log_probabilities
from pandemonium.writing.runtimes.runtime import Floats

LEAST_SHARE = 0.1  # of a voice, for which a step more is worth its time
LEAST_GAIN = 0.005  # by which the bits fall


@dataclass(frozen=True)
class Mixture:
    """The mixture that was found for a voice.

    Attributes:
        shares: of the voices beside it, by their names; empty where it is best alone.
        nats: what the held-out pages cost it; of each half with the shares that were fitted on the other.
    """

    shares: dict[str, float] = field(default_factory=dict)
    nats: float = 0.0


def find_mixture(told: Floats, names: Sequence[str]) -> Mixture:
    """Finds the best mixture of a voice and others.

    Args:
        told: the log-probability of each token of held-out pages under each voice, [voices, n], the new one's first.
        names: of the others.

    Returns:
        the mixture; without shares where the new voice alone is as good.
    """
    kept = [0, *(at for at, share in enumerate(fit_shares(told)) if at and share >= LEAST_SHARE)]
    alone = -float(told[0].sum(dtype=np.float64))
    if len(kept) == 1:
        return Mixture(nats=alone)
    told = told[kept]
    first, second = np.array_split(told, 2, axis=1)
    halves = ((first, second), (second, first))
    nats = -sum(
        float(mixed_log_probabilities(scored, fit_shares(fitted)).sum(dtype=np.float64)) for fitted, scored in halves
    )
    if nats >= alone * (1 - LEAST_GAIN):
        return Mixture(nats=alone)
    shares = fit_shares(told)
    return Mixture({names[at - 1]: round(share, 2) for at, share in zip(kept[1:], shares[1:], strict=True)}, nats)


def mixture_in_words(mixture: Mixture, gain: float) -> str:
    """What a writer is told of a mixture; empty where there is none.

    Args:
        mixture: that was found.
        gain: the share by which the bits fall.
    """
    if not mixture.shares:
        return ""
    parts = " and ".join(f"{100 * share:.0f} % of '{name}'" for name, share in mixture.shares.items())
    return (
        f"Mixed with {parts} it foresees your held-out pages another {100 * gain:.0f} % better, and writes more "
        "slowly: the mixing desk offers it."
    )
