"""The fused loss: the value and the gradients of torch's own cross-entropy."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from pandemonium.training.network.loss import CPU_SLICE as SLICE
from pandemonium.training.network.loss import SoftTargets, tied_cross_entropy


@pytest.mark.parametrize("count", [1, 7, SLICE, SLICE + 1, 3 * SLICE - 5])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 2e-6), (torch.float64, 1e-6), (torch.bfloat16, 2e-2)])
def test_is_torchs_cross_entropy(count: int, dtype: torch.dtype, tolerance: float) -> None:
    kept = torch.float64 if dtype is torch.float64 else torch.float32
    tensors = [torch.randn(count, 12, dtype=kept), torch.randn(40, 12, dtype=kept), torch.randn(40, dtype=kept)]
    targets = torch.randint(0, 40, (count,))
    ours = [t.clone().requires_grad_() for t in tensors]
    theirs = [t.clone().requires_grad_() for t in tensors]
    loss = tied_cross_entropy(*ours, targets, dtype)
    expected = F.cross_entropy(F.linear(*theirs), targets)
    assert loss.item() == pytest.approx(expected.item(), rel=tolerance)
    (3 * loss).backward()
    (3 * expected).backward()
    for own, their in zip(ours, theirs, strict=True):
        assert own.grad is not None
        assert their.grad is not None
        torch.testing.assert_close(own.grad, their.grad, rtol=0.1 if dtype is torch.bfloat16 else 1e-4, atol=tolerance)


@pytest.mark.parametrize("shares", [[0.0], [0.3], [1.0], [0.3, 0.5]])
def test_with_teachers_the_gradients_are_those_of_mixed_targets(shares: list[float]) -> None:
    count = SLICE + 3
    tensors = [torch.randn(count, 12), torch.randn(40, 12), torch.randn(40)]
    soft = [SoftTargets(torch.randn(count, 7), torch.randn(40, 7), torch.randn(40), share) for share in shares]
    targets = torch.randint(0, 40, (count,))
    ours = [t.clone().requires_grad_() for t in tensors]
    theirs = [t.clone().requires_grad_() for t in tensors]
    loss = tied_cross_entropy(*ours, targets, torch.float32, soft)
    mixed = (1 - sum(shares)) * F.one_hot(targets, 40)
    for one in soft:
        mixed = mixed + one.share * F.linear(one.features, one.weight, one.bias).softmax(1)
    logits = F.linear(*theirs)
    assert loss.item() == pytest.approx(F.cross_entropy(logits, targets).item(), rel=1e-5)
    loss.backward()
    F.cross_entropy(logits, mixed).backward()
    for own, their in zip(ours, theirs, strict=True):
        assert own.grad is not None
        assert their.grad is not None
        torch.testing.assert_close(own.grad, their.grad, rtol=1e-4, atol=2e-6)


def test_learning_with_it_is_learning_with_torchs() -> None:
    start = torch.randn(40, 12)
    targets = torch.randint(0, 40, (60,))
    features = torch.randn(60, 12)
    losses = []
    for fused in (True, False):
        weight = start.clone().requires_grad_()
        bias = torch.zeros(40, requires_grad=True)
        optimizer = torch.optim.SGD([weight, bias], lr=0.5)
        values = []
        for _ in range(20):
            optimizer.zero_grad()
            if fused:
                loss = tied_cross_entropy(features, weight, bias, targets, torch.float32)
            else:
                loss = F.cross_entropy(F.linear(features, weight, bias), targets)
            loss.backward()
            optimizer.step()
            values.append(loss.item())
        losses.append(values)
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    assert losses[0][-1] < 0.9 * losses[0][0]
