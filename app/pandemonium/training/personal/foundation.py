"""Where a personal training begins: between its base voice and what that voice was before it turned to one author.

A voice that was finished on one author foresees every other one worse than it did before. Its foundation knows prose at
large, and the straight line between the two (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models") has places
that are better than both ends: the training begins where the writer's held-out pages are foreseen best.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import VoiceError
from pandemonium.training.network.model import build_model
from pandemonium.training.network.trainer import evaluate
from pandemonium.training.personal.start import Start
from pandemonium.voice.file import SUFFIX, Voice, file_sha256, load_voice

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_PIECES = 16  # stretches of held-out text to choose by


def find_foundation(base: Voice, bundled: Path) -> Voice | None:
    """The foundation that `base` names, out of the folder of bundled voices; None where it is not there.

    It counts only if it is the very file, and its network has the same shape and reads the same pieces.
    """
    path = bundled / f"{base.card.foundation}{SUFFIX}"
    try:
        if not base.card.foundation or file_sha256(path) != base.card.foundation_sha256:
            return None
        found = load_voice(path)
    except (OSError, VoiceError):
        return None
    same = found.architecture == base.architecture and found.tokenizer.definition == base.tokenizer.definition
    return found if same else None


def begin_between(
    start: Start,
    foundation: Voice,
    pieces: Sequence[NDArray[np.uint16]],
    on_share: Callable[[float], None] = lambda share: None,
) -> Start:
    """Moves a training's start to that place between its base voice and `foundation` that foresees `pieces` best.

    Args:
        start: with the base voice's weights.
        foundation: of the same shape and pieces.
        pieces: held-out text, each ending with the separator; some of many are enough.
        on_share: is told, from 0 to 1, how much of the choosing is over.
    """
    assert start.weights is not None
    ends = start.weights, foundation.dequantize()
    judged = build_model(start.architecture).eval()
    few = list(pieces[:: max(1, math.ceil(len(pieces) / _PIECES))])

    def between(share: float) -> dict[str, NDArray[np.float32]]:
        return {name: (1 - share) * weight + share * ends[1][name] for name, weight in ends[0].items()}

    def nats(share: float) -> float:
        judged.load_arrays(between(share))
        on_share(SHARES.index(share) / len(SHARES))
        return evaluate(judged, few, start.tokenizer.separator)[0]

    share = min(SHARES, key=nats)
    return replace(start, weights=between(share), foundation=foundation.name, share=share) if share else start
