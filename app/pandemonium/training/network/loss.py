"""Cross-entropy over a tied output layer, computed in slices so that the logits never lie in memory whole.

At 8,192 pieces the logits of one batch are many times larger than everything else; making loss and
gradients slice by slice keeps them in the processor's cache (the idea of Apple's "Cut Your Losses", 2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

CPU_SLICE = 256
GPU_SLICE = 16_384
_LEAST = 1e-37  # a probability below is none in float32


@dataclass(frozen=True)
class SoftTargets:
    """What a teacher expects in place of each target: softmax(features @ weight.T + bias).

    Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015, at temperature 1.

    Attributes:
        features: [n, the teacher's embedding].
        weight: [vocabulary, the teacher's embedding].
        bias: [vocabulary].
        share: how much of the target is the teacher's, 0 to 1; the rest stays with the token that came.
    """

    features: Tensor
    weight: Tensor
    bias: Tensor
    share: float


class _TiedCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        features: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        dtype: torch.dtype,
        soft: Sequence[SoftTargets],
    ) -> Tensor:
        matrix = weight.to(dtype)
        shift = bias.to(dtype)
        rows = features.to(dtype)
        teachers = [(one.features.to(dtype), one.weight.to(dtype).t(), one.bias.to(dtype), one.share) for one in soft]
        count = targets.numel()
        size = GPU_SLICE if weight.is_cuda else CPU_SLICE
        grad_rows = torch.empty_like(rows)
        grad_matrix = torch.zeros_like(weight)
        grad_shift = torch.zeros_like(bias)
        total = torch.zeros((), device=weight.device)
        for start in range(0, count, size):
            part = rows[start : start + size]
            target = targets[start : start + size, None]
            logits = torch.addmm(shift, part, matrix.t())
            probabilities = torch.softmax(logits, 1, dtype=torch.float32)
            total -= probabilities.gather(1, target).clamp_min_(_LEAST).log_().sum()
            hard = 1.0
            for expected, taught, taught_shift, share in teachers:
                logits = torch.addmm(taught_shift, expected[start : start + size], taught)
                probabilities.sub_(torch.softmax(logits, 1, dtype=torch.float32), alpha=share)
                hard -= share
            probabilities.scatter_add_(1, target, probabilities.new_full(target.shape, -hard))
            grad_shift += probabilities.sum(0)
            slope = probabilities.to(dtype)
            torch.mm(slope, matrix, out=grad_rows[start : start + size])
            grad_matrix += torch.mm(slope.t(), part)
        ctx.save_for_backward(grad_rows.to(features.dtype).div_(count), grad_matrix.div_(count), grad_shift.div_(count))
        return total / count

    @staticmethod
    def backward(ctx: Any, *upstream: Tensor) -> tuple[Tensor | None, ...]:
        grad_rows, grad_matrix, grad_shift = ctx.saved_tensors
        (scale,) = upstream
        return grad_rows * scale, grad_matrix * scale, grad_shift * scale, None, None, None


def tied_cross_entropy(
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    targets: Tensor,
    dtype: torch.dtype,
    soft: Sequence[SoftTargets] = (),
) -> Tensor:
    """Gives the mean loss in nats of `targets` [n] under softmax(features @ weight.T + bias).

    With `soft` the gradients are those of the cross-entropy with the mixed targets; the value stays that of the
    tokens that came, so that it reads the same with a teacher and without.

    Args:
        features: [n, embedding].
        weight: [vocabulary, embedding], the embedding itself.
        bias: [vocabulary].
        targets: [n], ids.
        dtype: what the matrix products are computed in; sums stay in float32.
        soft: of the same n, one for each network that teaches and does not learn; their shares are 1 at most together.
    """
    loss: Tensor = _TiedCrossEntropy.apply(features, weight, bias, targets, dtype, soft)  # type: ignore[no-untyped-call]
    return loss
