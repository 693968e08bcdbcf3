"""What the loop of the base voice has beside a training's own: whole documents drawn at random, reports by tokens."""

from __future__ import annotations

import numpy as np
from tools.train_base.training import EveryTokens, choose_documents

from pandemonium.training.material.tokens import TokenDataset
from pandemonium.training.network.trainer import StepReport


def test_chooses_whole_documents() -> None:
    sizes = [11, 21, 31, 41]
    dataset = TokenDataset(np.arange(sum(sizes), dtype=np.uint16), np.cumsum([0, *sizes[:-1]]))
    chosen = choose_documents(dataset, 60, seed=1)
    originals = [dataset.document(i).tolist() for i in range(4)]
    assert 0 < len(chosen.tokens) <= 61
    assert all(chosen.document(i).tolist() in originals for i in range(len(chosen.starts)))
    assert len(choose_documents(dataset, 5, seed=1).tokens) == 0


def test_by_tokens_it_is_done_whenever_a_multiple_is_passed() -> None:
    done: list[int] = []
    tokens = 0
    report = EveryTokens(100, lambda: tokens, lambda: done.append(tokens))
    for _ in range(6):
        assert report.before_step() == ""
        tokens += 40
        assert report.after_step(StepReport(0.0, 0.0, skipped=False)) == ""
    assert done == [120, 200]
