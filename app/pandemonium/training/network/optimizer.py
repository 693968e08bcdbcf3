"""The optimizers: AdamW for vectors and the embedding, and Muon for the LSTM's matrices."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from pandemonium.training.network.model import LanguageModel, layer_weights

# Coefficients of the quintic Newton-Schulz iteration (Jordan et al. 2024, "Muon").
_A, _B, _C = 3.4445, -4.7750, 2.0315
_ITERATIONS = 5


def orthogonalize(matrix: Tensor, dtype: torch.dtype) -> Tensor:
    """Gives the nearest (semi-)orthogonal matrix to `matrix` [..., rows, columns], about, by Newton-Schulz."""
    x: Tensor = matrix.to(dtype)
    tall = x.size(-2) > x.size(-1)
    if tall:
        x = x.mT
    x = x / (x.float().norm(dim=(-2, -1), keepdim=True) + 1e-7).to(dtype)
    for _ in range(_ITERATIONS):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    result: Tensor = x.mT if tall else x
    return result


class Muon(torch.optim.Optimizer):
    """Momentum whose step is orthogonalized: each direction of a gate's matrix learns at the same rate.

    A gate's block is a matrix of its own, so an LSTM's stacked [4 * hidden, n] is taken as [4, hidden, n].
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        dtype: torch.dtype = torch.bfloat16,
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
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
                blocks = update.view(4, -1, update.size(1))
                step = orthogonalize(blocks, self._dtype).to(p.dtype)
                scale = max(1.0, blocks.size(1) / blocks.size(2)) ** 0.5
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(step.view_as(p), alpha=-group["lr"] * scale)


def build_optimizers(
    model: LanguageModel,
    *,
    rate: float,
    matrix_rate: float,
    weight_decay: float,
    dtype: torch.dtype,
    layer_factor: float = 1.0,
) -> list[torch.optim.Optimizer]:
    """Gives AdamW over everything, or with `matrix_rate` above 0 Muon over the LSTM's matrices and AdamW beside it.

    Each group keeps its full rate in `base_rate`; a schedule multiplies it. With a `layer_factor` above 1 each
    lower layer learns so much slower than the one above it (discriminative fine-tuning, Howard and Ruder
    2018); the embedding, which is input and output at once, goes with the lowest.
    """
    layers = len(model.lstm)
    optimizers: list[torch.optim.Optimizer] = []
    groups: list[dict[str, object]] = []

    def add(params: list[Tensor], decay: float, slower: float) -> None:
        groups.append({"params": params, "weight_decay": decay, "lr": rate / slower})

    lowest = layer_factor ** (layers - 1)
    add([model.embedding.weight], weight_decay, lowest)
    add([model.projection.weight], weight_decay, 1.0)
    add([model.projection.bias, model.output_bias], 0.0, 1.0)
    for index, layer in enumerate(model.lstm):
        slower = layer_factor ** (layers - 1 - index)
        inputs, recurrent, bias = layer_weights(layer)
        matrices: list[Tensor] = [inputs, recurrent]
        if matrix_rate > 0:
            optimizers.append(Muon(matrices, lr=matrix_rate / slower, weight_decay=weight_decay, dtype=dtype))
        else:
            add(matrices, weight_decay, slower)
        add([bias], 0.0, slower)
    optimizers.append(torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.99), fused=True))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base_rate"] = group["lr"]
    return optimizers
