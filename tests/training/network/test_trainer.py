"""The trainer: learns, passes over what would break it, and goes on exactly where it stood."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from pandemonium.errors import TrainingError
from pandemonium.training.material.tokens import Batches, TokenDataset
from pandemonium.training.network.model import build_model
from pandemonium.training.network.trainer import Rates, Teacher, Trainer, average_model, bfloat16_pays, evaluate
from pandemonium.voice.architecture import Architecture

RATES = Rates(rate=1e-2, matrix_rate=0.0, weight_decay=0.0, average=2000)


def make_trainer(network: Architecture, rates: Rates = RATES, dropout: float = 0.0) -> Trainer:
    torch.manual_seed(3)
    return Trainer(build_model(network, dropout), rates, batch=4, device=torch.device("cpu"))


def make_batches(dataset: TokenDataset) -> Batches:
    return Batches({"one": dataset}, separator=39, batch=4, length=12, windows=4, seed=1)


def learn(trainer: Trainer, batches: Batches, steps: int) -> list[float]:
    return [trainer.step(*batches.next(), 1.0).loss for _ in range(steps)]


def weights(trainer: Trainer) -> dict[str, Tensor]:
    return {name: tensor.detach().clone() for name, tensor in trainer.model.tensors().items()}


def unchanged(before: dict[str, Tensor], trainer: Trainer) -> bool:
    return all(torch.equal(before[name], tensor) for name, tensor in trainer.model.tensors().items())


def poison(trainer: Trainer, value: float = math.nan) -> Any:
    """Makes every loss bad till the handle is removed."""
    return trainer.model.projection.register_forward_hook(lambda module, given, out: out * value)


@pytest.mark.parametrize(
    ("amx", "avx512_bf16", "pays"),
    [(True, True, True), (False, True, True), (True, False, True), (False, False, False)],
)
def test_bfloat16_is_for_processors_that_multiply_it(
    monkeypatch: pytest.MonkeyPatch, amx: bool, avx512_bf16: bool, pays: bool
) -> None:
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: avx512_bf16)
    # What oneDNN takes, it may still compute by way of float32.
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: True)
    assert bfloat16_pays(torch.device("cpu")) is pays


@pytest.mark.long
@pytest.mark.parametrize("matrix_rate", [0.0, 0.02])
def test_the_loss_goes_down(network: Architecture, dataset: TokenDataset, matrix_rate: float) -> None:
    trainer = make_trainer(network, Rates(1e-2, matrix_rate, 0.01, 2000))
    batches = make_batches(dataset)
    losses = learn(trainer, batches, 120)
    assert losses[0] == pytest.approx(math.log(40), abs=0.3)
    assert np.median(losses[-20:]) < 1.8
    assert trainer.tokens == 120 * 12 * 4


def test_a_teacher_reads_each_sequence_on_and_does_not_learn(network: Architecture, dataset: TokenDataset) -> None:
    """Window by window it expects what it would over the whole text at once."""
    torch.manual_seed(5)
    model = build_model(network)
    before = {name: tensor.clone() for name, tensor in model.tensors().items()}
    teacher = Teacher(model)
    ids = torch.randint(0, 39, (25, 4))
    kept = torch.ones(1, 4, 1)
    assert teacher.expect(ids[:13], kept) is None, "without a share it is not even asked"
    teacher.share = 0.5
    found = [teacher.expect(ids[:13], 0 * kept), teacher.expect(ids[12:], kept)]
    whole, _ = model(ids[:-1], model.zero_state(4))
    assert all(found)
    torch.testing.assert_close(torch.cat([each.features for each in found if each]), whole.flatten(0, 1))

    trainer, batches = make_trainer(network), make_batches(dataset)
    trainer.teachers = [teacher]
    losses = learn(trainer, batches, 30)
    assert np.median(losses[-5:]) < losses[0]
    assert all(torch.equal(before[name], tensor) for name, tensor in model.tensors().items())


def test_of_a_teacher_alone_it_learns_what_the_teacher_knows(network: Architecture, dataset: TokenDataset) -> None:
    """The tokens that came have no share in it: what the teacher holds for likely becomes likely."""
    torch.manual_seed(5)
    model = build_model(network)
    with torch.no_grad():
        model.output_bias[7] = 8.0
    trainer, batches = make_trainer(network), make_batches(dataset)
    trainer.teachers = [Teacher(model), Teacher(model)]
    for teacher in trainer.teachers:
        teacher.share = 0.5
    learn(trainer, batches, 80)
    with torch.no_grad():
        features, _ = trainer.model(torch.randint(0, 39, (12, 4)), trainer.model.zero_state(4))
        assert float(trainer.model.logits(features).softmax(-1)[..., 7].mean()) > 0.5


@pytest.mark.long
def test_what_it_was_taught_it_knows(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    batches = make_batches(dataset)
    learn(trainer, batches, 200)
    documents = [dataset.document(i) for i in range(len(dataset.starts))]
    nats, tokens = evaluate(average_model(trainer), documents, separator=39)
    assert tokens == len(dataset.tokens) - len(documents)
    assert nats / tokens < 1.5


def test_the_bias_that_stays_out_stays_zero(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    learn(trainer, make_batches(dataset), 5)
    for layer in trainer.model.lstm:
        assert layer.bias_hh_l0.eq(0).all()


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_poisoned_batch_is_skipped_and_changes_nothing(
    network: Architecture, dataset: TokenDataset, value: float
) -> None:
    trainer = make_trainer(network)
    batches = make_batches(dataset)
    learn(trainer, batches, 5)
    before = weights(trainer)
    average = {n: t.clone() for n, t in trainer.average.items()}
    tokens = trainer.tokens
    handle = poison(trainer, value)
    assert trainer.step(*batches.next(), 1.0).skipped
    handle.remove()
    assert unchanged(before, trainer)
    assert all(torch.equal(average[name], tensor) for name, tensor in trainer.average.items())
    assert trainer.tokens == tokens
    after = trainer.step(*batches.next(), 1.0)
    assert not after.skipped
    assert math.isfinite(after.loss)


def test_a_loss_that_leaps_is_skipped(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    batches = make_batches(dataset)
    learn(trainer, batches, 60)
    before = weights(trainer)
    window, fresh = batches.next()
    report = trainer.step(np.random.default_rng(0).integers(0, 39, window.shape), fresh, 1.0)
    assert report.skipped
    assert unchanged(before, trainer)


def test_three_bad_steps_back_off_to_the_average(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    batches = make_batches(dataset)
    learn(trainer, batches, 30)
    handle = poison(trainer)
    for _ in range(3):
        trainer.step(*batches.next(), 1.0)
    handle.remove()
    assert trainer.back_off == 0.5
    assert all(torch.equal(trainer.average[name], tensor) for name, tensor in trainer.model.tensors().items())
    trainer.step(*batches.next(), 0.5)
    assert {group["lr"] for optimizer in trainer.optimizers for group in optimizer.param_groups} == {1e-2 * 0.5 * 0.5}


def test_a_training_that_does_not_recover_says_so(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    batches = make_batches(dataset)
    learn(trainer, batches, 3)
    poison(trainer)
    with pytest.raises(TrainingError, match="diverged"):
        learn(trainer, batches, 100)
    assert all(torch.isfinite(tensor).all() for tensor in trainer.average.values())
    assert all(torch.isfinite(tensor).all() for tensor in trainer.model.tensors().values())


@pytest.mark.long
@pytest.mark.parametrize("rates", [RATES, Rates(5e-3, 0.02, 0.05, 500, 1.5)])
def test_goes_on_exactly_as_if_it_had_not_stopped(network: Architecture, dataset: TokenDataset, rates: Rates) -> None:
    trainer = make_trainer(network, rates, dropout=0.2)
    batches = make_batches(dataset)
    learn(trainer, batches, 25)
    file = io.BytesIO()
    torch.save({"trainer": trainer.state_dict(), "lanes": batches.state()}, file)
    undisturbed = learn(trainer, batches, 25)

    file.seek(0)
    saved = torch.load(file, weights_only=True)
    torch.manual_seed(99)
    again = Trainer(build_model(network, 0.2), rates, batch=4, device=torch.device("cpu"))
    other_batches = make_batches(dataset)
    other_batches.restore(saved["lanes"])
    again.load_state_dict(saved["trainer"])
    assert learn(again, other_batches, 25) == undisturbed
    assert unchanged(weights(trainer), again)
    assert again.tokens == trainer.tokens


def test_lanes_that_begin_cold_forget(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    window, _ = make_batches(dataset).next()
    for _ in range(3):  # a new residual network's blocks hand nothing on yet
        trainer.step(window, np.ones(4, dtype=bool), 1.0)
    cold = trainer.step(window, np.ones(4, dtype=bool), 0.0).loss
    warm = trainer.step(window, np.zeros(4, dtype=bool), 0.0).loss
    assert cold == trainer.step(window, np.ones(4, dtype=bool), 0.0).loss
    assert warm != cold


def test_the_average_of_weights_that_stand_still_is_they(network: Architecture, dataset: TokenDataset) -> None:
    trainer = make_trainer(network)
    batches = make_batches(dataset)
    learn(trainer, batches, 10)
    for _ in range(600):
        trainer._update_average(48)
    for name, tensor in trainer.model.tensors().items():
        torch.testing.assert_close(trainer.average[name], tensor.detach(), atol=1e-4, rtol=1e-3)


def test_evaluating_is_a_plain_sum_over_documents(network: Architecture, dataset: TokenDataset) -> None:
    model = build_model(network, dropout=0.5)
    documents = [dataset.document(i) for i in range(len(dataset.starts))]
    nats = 0.0
    model.eval()
    with torch.no_grad():
        for document in documents:
            ids = torch.tensor([39, *document[:-1].tolist()])[:, None]
            logits = model.logits(model(ids[:-1], model.zero_state(1))[0])[:, 0]
            nats += F.cross_entropy(logits, ids[1:, 0], reduction="sum").item()
    model.train()
    assert evaluate(model, documents, 39) == (pytest.approx(nats, rel=1e-5), sum(len(d) - 1 for d in documents))
    assert model.training


@pytest.mark.parametrize("batch", [2, 7])
def test_resumed_with_another_batch_the_sequences_that_stay_go_on(
    network: Architecture, dataset: TokenDataset, batch: int
) -> None:
    trainer = make_trainer(network)
    learn(trainer, make_batches(dataset), 3)
    resumed = Trainer(build_model(network), RATES, batch=batch, device=torch.device("cpu"))
    resumed.load_state_dict(trainer.state_dict())
    kept = min(batch, 4)
    for own, saved in zip(resumed._state, trainer._state, strict=True):
        for tensor, other in zip(own, saved, strict=True):
            assert tensor.shape[1] == batch
            assert torch.equal(tensor[:, :kept], other[:, :kept])
            assert not tensor[:, kept:].any()


@pytest.mark.parametrize("matrix_rate", [0.0, 0.02])
def test_resumed_with_other_rates_it_learns_at_those(
    network: Architecture, dataset: TokenDataset, matrix_rate: float
) -> None:
    """Of a checkpoint, what was learned counts, and not how fast."""
    trainer = make_trainer(network, Rates(1e-2, matrix_rate, 0.05, 2000))
    batches = make_batches(dataset)
    learn(trainer, batches, 3)
    resumed = make_trainer(network, Rates(1e-3, matrix_rate / 2, 0.01, 2000))
    wanted = [(group["base_rate"], group["weight_decay"]) for each in resumed.optimizers for group in each.param_groups]
    resumed.load_state_dict(trainer.state_dict())
    groups = [group for each in resumed.optimizers for group in each.param_groups]
    assert [(group["base_rate"], group["weight_decay"]) for group in groups] == wanted
    before = weights(resumed)
    learn(resumed, batches, 1)
    assert not unchanged(before, resumed)
    assert {group["lr"] for group in groups} == {group["base_rate"] for group in groups}
