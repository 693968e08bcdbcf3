"""A residual network that begins as a plain one says about the same from its first token on."""

from __future__ import annotations

import pytest
import torch
from tools.train_base.warm_start import residual_from_plain

from pandemonium.errors import TrainingError
from pandemonium.training.network.model import build_model
from pandemonium.voice.architecture import PlainArchitecture, ResidualArchitecture

PLAIN = PlainArchitecture(vocabulary=60, embedding=12, hidden=32, layers=2)
RESIDUAL = ResidualArchitecture(vocabulary=60, embedding=12, hidden=32, layers=3, width=32, inner=40)


def test_says_what_the_plain_one_says() -> None:
    old = build_model(PLAIN).eval()
    with torch.no_grad():
        old.embedding.weight.mul_(20)
        old.projection.weight.mul_(6)
    tokens = torch.randint(0, 60, (400, 8))
    new = build_model(RESIDUAL).eval()
    new.load_tensors(residual_from_plain(old.tensors(), PLAIN, RESIDUAL, tokens[:200].numpy()))
    with torch.no_grad():
        said, wanted = (m.logits(m(tokens[200:], m.zero_state(8))[0]) for m in (new, old))
    spread = (wanted - wanted.mean(-1, keepdim=True)).square().mean()
    assert (said - wanted).square().mean() < 0.15 * spread


@pytest.mark.parametrize("change", [{"hidden": 16}, {"width": 48}, {"layers": 1}, {"embedding": 8}])
def test_refuses_shapes_that_do_not_fit(change: dict[str, int]) -> None:
    wrong = ResidualArchitecture(**{**{k: v for k, v in RESIDUAL.to_dict().items() if k != "kind"}, **change})
    with pytest.raises(TrainingError, match="begin only as a plain one"):
        residual_from_plain(build_model(PLAIN).tensors(), PLAIN, wrong, torch.zeros(9, 2, dtype=torch.int64).numpy())
