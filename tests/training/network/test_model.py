"""The model: shapes, initial values, and one dropout mask for a whole window."""

from __future__ import annotations

import torch

from pandemonium.training.network.model import build_model
from pandemonium.voice.architecture import Architecture, ResidualArchitecture


def test_its_tensors_are_the_architectures(network: Architecture) -> None:
    model = build_model(network)
    assert {name: tuple(t.shape) for name, t in model.tensors().items()} == network.shapes()
    assert sum(p.numel() for p in model.parameters() if p.requires_grad) == network.weights


def test_reads_in_parts_as_at_once(network: Architecture) -> None:
    model = build_model(network).eval()
    tokens = torch.randint(0, 40, (12, 3))
    whole, end = model(tokens, model.zero_state(3))
    first, state = model(tokens[:5], model.zero_state(3))
    second, state = model(tokens[5:], state)
    assert whole.shape == (12, 3, 12)
    assert model.logits(whole).shape == (12, 3, 40)
    torch.testing.assert_close(torch.cat([first, second]), whole)
    for (h, c), (other_h, other_c) in zip(state, end, strict=True):
        torch.testing.assert_close(h, other_h)
        torch.testing.assert_close(c, other_c)
        assert not h.requires_grad


def test_weights_go_over_to_another_model(network: Architecture) -> None:
    model = build_model(network).eval()
    other = build_model(network).eval()
    other.load_tensors({name: t.detach().clone() for name, t in model.tensors().items()})
    tokens = torch.randint(0, 40, (5, 2))
    torch.testing.assert_close(other(tokens, other.zero_state(2))[0], model(tokens, model.zero_state(2))[0])


def test_begins_with_open_forget_gates_and_orthogonal_recurrence(network: Architecture) -> None:
    tensors = build_model(network).tensors()
    layer = "lstm.0" if network.kind == "plain" else "block.0.lstm"
    bias = tensors[f"{layer}.bias"]
    recurrent = tensors[f"{layer}.recurrent"].detach()
    assert bias[16:32].eq(1).all()
    assert bias[:16].eq(0).all()
    for block in recurrent.split(16):
        torch.testing.assert_close(block @ block.T, torch.eye(16), atol=1e-5, rtol=0)


def test_dropout_takes_one_mask_for_a_window_and_none_in_evaluation(network: Architecture) -> None:
    model = build_model(network, dropout=0.5)
    dropped = model.drop(torch.ones(9, 4, 16))
    assert set(dropped.unique().tolist()) == {0.0, 2.0}
    assert (dropped == dropped[0]).all()
    assert not (dropped[:, 0] == dropped[:, 1]).all()
    assert model.eval().drop(torch.ones(9, 4, 16)).eq(1).all()


def test_a_residual_block_begins_as_the_identity() -> None:
    deep = ResidualArchitecture(vocabulary=40, embedding=12, hidden=16, layers=5, width=20, inner=24)
    model = build_model(deep).eval()
    tokens = torch.randint(0, 40, (6, 2))
    stream = model.entry(model.embedding(tokens))
    expected = model.projection(torch.nn.functional.rms_norm(stream, (20,), eps=deep.EPSILON))
    torch.testing.assert_close(model(tokens, model.zero_state(2))[0], expected)
