"""Weights in pieces: come back in half precision with their facts, or are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tools.train_base.weights import read_weights, write_weights

from pandemonium.errors import TrainingError
from tools.train_base import weights


def test_come_back_from_small_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PIECE_BYTES", 500)
    tensors = {"matrix": torch.randn(50, 7), "vector": torch.randn(31), "small": torch.randn(2, 3)}
    written = write_weights(tmp_path / "pieces", tensors, {"tokens": "5"})
    assert len(written) > 1
    found, facts = read_weights(tmp_path / "pieces")
    assert facts["tokens"] == "5"
    assert found.keys() == tensors.keys()
    for name, tensor in tensors.items():
        torch.testing.assert_close(found[name], tensor.half().float())


def test_of_an_earlier_writing_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PIECE_BYTES", 500)
    assert len(write_weights(tmp_path, {"matrix": torch.randn(90, 7)}, {})) > 1
    assert len(write_weights(tmp_path, {"matrix": torch.randn(9, 7)}, {})) == 1
    assert read_weights(tmp_path)[0]["matrix"].shape == (9, 7)


def test_a_piece_that_did_not_come_over_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PIECE_BYTES", 500)
    written = write_weights(tmp_path, {"matrix": torch.randn(90, 7)}, {})
    written[1].unlink()
    with pytest.raises(TrainingError, match="are missing"):
        read_weights(tmp_path)


def test_nothing_or_damage_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no weights"):
        read_weights(tmp_path)
    (tmp_path / "weights-0.safetensors").write_bytes(b"damaged")
    with pytest.raises(TrainingError, match="cannot be read"):
        read_weights(tmp_path)
