"""The optimizers: Muon's steps are orthogonal gate by gate, and every weight has exactly one optimizer."""

from __future__ import annotations

import pytest
import torch

from pandemonium.training.network.model import build_model
from pandemonium.training.network.optimizer import Muon, build_optimizers, orthogonalize
from pandemonium.voice.architecture import Architecture


@pytest.mark.parametrize("shape", [(16, 16), (24, 10), (10, 24), (64, 12)])
def test_orthogonalizing_brings_singular_values_near_one(shape: tuple[int, int]) -> None:
    left, _, right = torch.linalg.svd(torch.randn(shape), full_matrices=False)
    # From the largest down to a fiftieth of it: what lies below is noise of the batch.
    matrix = left @ torch.diag(torch.logspace(2, 0.3, min(shape))) @ right
    values = torch.linalg.svdvals(orthogonalize(matrix, torch.float32))
    assert values.min() > 0.7
    assert values.max() < 1.3


def test_orthogonalizing_keeps_directions() -> None:
    left, _, right = torch.linalg.svd(torch.randn(12, 12))
    matrix = left @ torch.diag(torch.linspace(1, 3, 12)) @ right
    assert torch.trace(orthogonalize(matrix, torch.float32) @ (left @ right).T) / 12 > 0.7


def test_a_very_small_gradient_makes_a_step_as_any_other() -> None:
    matrix = torch.randn(24, 10)
    torch.testing.assert_close(orthogonalize(matrix * 1e-22, torch.float32), orthogonalize(matrix, torch.float32))


def test_zero_stays_zero() -> None:
    assert orthogonalize(torch.zeros(5, 8), torch.float32).eq(0).all()


def test_a_gates_step_does_not_depend_on_the_other_gates() -> None:
    weights = [torch.zeros(32, 6, requires_grad=True) for _ in range(2)]
    gradient = torch.randn(32, 6)
    for weight, scale in zip(weights, (1.0, 1000.0), strict=True):
        weight.grad = gradient.clone()
        weight.grad[8:] *= scale
        Muon([{"params": [weight], "gates": 4}], lr=0.1, dtype=torch.float32).step()
    torch.testing.assert_close(weights[0][:8], weights[1][:8])
    assert weights[0].abs().max() > 0


def test_weight_decay_pulls_towards_zero() -> None:
    weight = torch.ones(8, 4, requires_grad=True)
    weight.grad = torch.zeros(8, 4)
    Muon([weight], lr=0.1, weight_decay=0.5, dtype=torch.float32).step()
    torch.testing.assert_close(weight.detach(), torch.full((8, 4), 0.95))


@pytest.mark.parametrize("matrix_rate", [0.0, 0.02])
def test_every_weight_has_one_optimizer(network: Architecture, matrix_rate: float) -> None:
    model = build_model(network)
    optimizers = build_optimizers(model, rate=1e-3, matrix_rate=matrix_rate, weight_decay=0.1, dtype=torch.float32)
    given = [id(p) for optimizer in optimizers for group in optimizer.param_groups for p in group["params"]]
    assert sorted(given) == sorted(id(p) for p in model.parameters() if p.requires_grad)
    assert any(isinstance(optimizer, Muon) for optimizer in optimizers) == (matrix_rate > 0)
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            assert group["base_rate"] == group["lr"]
            assert group["weight_decay"] == 0 or all(p.dim() > 1 for p in group["params"])
