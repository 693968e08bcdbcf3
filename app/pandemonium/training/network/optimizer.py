"""The optimizers: AdamW for vectors and the embedding, and Muon for every other matrix."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from pandemonium.training.network.model import LanguageModel

# Three odd polynomials a x + b x^3 + c x^5, each the best for the range that the one before it leaves: singular values
# between 0.01 and 1 of the largest come out between 0.73 and 1.27 (after Polar Express, Amsel et al. 2025,
# arXiv:2505.16932, which does so with five). Muon's own five equal ones cost two thirds more and spread as widely.
_POLYNOMIALS = ((7.5678, -21.5502, 15.8011), (3.8466, -3.2091, 0.7046), (2.6712, -1.9853, 0.4535))

_LEAST = 1e-30  # a length below is none


def orthogonalize(matrix: Tensor, dtype: torch.dtype) -> Tensor:
    """Gives about the nearest (semi-)orthogonal matrix to `matrix` [rows, columns], by Newton-Schulz iterations.

    They run on the Gram matrix of the shorter side, so that a stacked [4 * hidden, n] costs hardly more than [n, n].
    """
    # First to length 1: the squares of a very small gradient would be none.
    x: Tensor = (matrix / (matrix.norm() + _LEAST)).to(dtype)
    tall = x.size(0) > x.size(1)
    gram = (x.mT @ x if tall else x @ x.mT).float()
    # No singular value is above the fourth root of the sum of their fourth powers.
    largest = gram.norm().sqrt() + _LEAST
    gram = (gram / largest / largest).to(dtype)
    product: Tensor | None = None
    for step, (a, b, c) in enumerate(_POLYNOMIALS):
        factor = torch.addmm(b * gram, gram, gram, beta=1.0, alpha=c)
        factor.diagonal().add_(a)
        product = factor if product is None else product @ factor
        if step + 1 < len(_POLYNOMIALS):
            gram = gram @ (factor @ factor)
    assert product is not None
    scaled = x / largest.to(dtype)
    result: Tensor = scaled @ product if tall else product @ scaled
    return result


class Muon(torch.optim.Optimizer):
    """Momentum whose step is orthogonalized: each direction of a matrix learns at the same rate (Jordan et al. 2024).

    A group with `gates` 4 holds an LSTM's stacked [4 * hidden, n]: they are orthogonalized as one matrix, in which each
    gate has the same weight, however large its gradient is.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        dtype: torch.dtype = torch.bfloat16,
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "gates": 1})
        self._dtype = dtype

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Updates every parameter that has a gradient."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["momentum"] = torch.zeros_like(p)
                buffer: Tensor = state["momentum"]
                buffer.lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(buffer, group["momentum"])
                if group["gates"] > 1:
                    blocks = update.view(group["gates"], -1)
                    update = (blocks / (blocks.norm(dim=1, keepdim=True) + _LEAST)).view_as(p)
                step = orthogonalize(update, self._dtype).to(p.dtype)
                scale = max(1.0, p.size(0) / p.size(1)) ** 0.5
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(step, alpha=-group["lr"] * scale)


def build_optimizers(
    model: LanguageModel,
    *,
    rate: float,
    matrix_rate: float,
    weight_decay: float,
    dtype: torch.dtype,
    layer_factor: float = 1.0,
) -> list[torch.optim.Optimizer]:
    """Gives AdamW over everything, or with `matrix_rate` above 0 Muon over the matrices and AdamW beside it.

    Each group keeps its full rate in `base_rate`; a schedule multiplies it. With a `layer_factor` above 1 each
    lower layer learns so much slower than the one above it (discriminative fine-tuning, Howard and Ruder
    2018); the embedding, which is input and output at once, and what leads from it go with the lowest.
    """
    layers = model.architecture.layers
    adamw: list[dict[str, object]] = []
    muon: list[dict[str, object]] = []
    for name, weight in model.tensors().items():
        layer = model.layer_of(name)
        if name in ("embedding", "entry", "entry.bias"):
            layer = 0
        slower = 1.0 if layer is None else layer_factor ** (layers - 1 - layer)
        if weight.dim() == 2 and name != "embedding" and matrix_rate > 0:
            gates = 4 if name.endswith((".input", ".recurrent")) else 1
            group = {"params": [weight], "weight_decay": weight_decay, "lr": matrix_rate / slower, "gates": gates}
            muon.append(group)
        else:
            decay = weight_decay if weight.dim() == 2 else 0.0
            adamw.append({"params": [weight], "weight_decay": decay, "lr": rate / slower})
    optimizers: list[torch.optim.Optimizer] = []
    if muon:
        optimizers.append(Muon(muon, lr=matrix_rate, dtype=dtype))  # type: ignore[arg-type]
    optimizers.append(torch.optim.AdamW(adamw, lr=rate, betas=(0.9, 0.98), fused=True))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base_rate"] = group["lr"]
    return optimizers
