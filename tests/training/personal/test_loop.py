"""The loop of a personal training: watched, paused, stopped, interrupted, killed, and always whole afterwards.

The clock is the number of sub-words learned from, so that every run is the same whatever else the machine does.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from pandemonium.errors import TrainingError
from pandemonium.training.job import Job, JobFolder
from pandemonium.training.material import material
from pandemonium.training.material.material import Material
from pandemonium.training.network.checkpoint import load_checkpoint, save_checkpoint
from pandemonium.training.network.trainer import average_model, evaluate
from pandemonium.training.personal import loop as personal
from pandemonium.training.personal import planning
from pandemonium.training.personal.loop import PersonalTraining
from pandemonium.training.personal.planning import Plan
from pandemonium.training.personal.start import Start
from pandemonium.training.reading.texts import Texts
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.file import Voice

PLAN = Plan(minutes=0.1, batch=8, length=16, rate=5e-3, average=2000, dropout=0.2)  # 94 steps by the tests' clock
TOKENS_A_SECOND = 2000.0

Listener = Callable[[dict[str, Any]], None]


class Desk:
    """A job folder with its texts, and every event of the trainings that were made there."""

    def __init__(self, folder: JobFolder, start: Start, texts: Material) -> None:
        self.folder = folder
        self.start = start
        self.texts = texts
        self.events: list[dict[str, Any]] = []
        self.training: PersonalTraining

    def sit_down(self, plan: Plan = PLAN, listener: Listener = lambda event: None, **options: Any) -> PersonalTraining:
        """A training, new or resumed; the listener may interfere."""

        def hear(event: dict[str, Any]) -> None:
            self.events.append(event)
            listener(event)

        self.training = PersonalTraining(
            self.folder, self.start, self.texts, plan, seed=1, on_event=hear, clock=self._now, **options
        )
        self.training._openings = []
        return self.training

    def _now(self) -> float:
        return self.training.trainer.tokens / TOKENS_A_SECOND

    def told(self, event: str) -> list[dict[str, Any]]:
        return [each for each in self.events if each["event"] == event]

    def curve(self) -> dict[float, float]:
        """Held-out bits by seconds of learning."""
        return {each["seconds"]: each["held_out_bits_per_character"] for each in self.told("evaluation")}

    def bits(self) -> list[float]:
        return [each["held_out_bits_per_character"] for each in self.told("evaluation")]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "REPLAY_TOKENS", 1280)
    monkeypatch.setattr(personal, "REPORT_SECONDS", 0.3)
    monkeypatch.setattr(personal, "SAVE_SECONDS", 1.0)


@pytest.fixture
def new_desk(
    tmp_path: Path, tiny_voice: Voice, invented: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Desk]:
    monkeypatch.setattr(material, "_PIECE_CHARACTERS", 400)
    texts = Texts.of([(f"{seed}.txt", invented(seed, paragraphs=25)) for seed in range(3)])
    start = Start.from_voice(tiny_voice)

    def make() -> Desk:
        folder = JobFolder.create(tmp_path, Job("mine", ["/texts"], "/base.voice"))
        return Desk(folder, start, Material.prepare(texts, start.tokenizer, folder.path, 1))

    return make


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Desk:
    return new_desk()


def after(count: int, event: str, then: Callable[[], None]) -> Listener:
    """A listener that does something when it hears the `count`th event of a kind."""
    heard = 0

    def listen(each: dict[str, Any]) -> None:
        nonlocal heard
        heard += each["event"] == event
        if heard == count and each["event"] == event:
            then()

    return listen


def fail(error: BaseException) -> Callable[[], None]:
    def raise_it() -> None:
        raise error

    return raise_it


def weights(training: PersonalTraining) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in training.trainer.average.items()}


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.long
def test_learns_and_tells(desk: Desk) -> None:
    training = desk.sit_down()
    assert training.run() == "done"
    assert desk.bits()[-1] < 0.85 * desk.bits()[0]
    assert training.seconds == pytest.approx(PLAN.minutes * 60, abs=0.1)
    assert desk.folder.events() == desk.events
    assert 20 <= len(desk.bits()) <= 30
    first, *_, last = (each for each in desk.told("progress") if each["phase"] == "learning")
    assert last["training_bits_per_character"] < first["training_bits_per_character"]
    assert first["seconds_left"] > last["seconds_left"] >= 0
    assert last["tokens_per_second"] == pytest.approx(TOKENS_A_SECOND, rel=0.01)
    assert desk.told("evaluation")[-1]["best"] == min(desk.bits())


def spoil(desk: Desk) -> None:
    for tensor in desk.training.trainer.average.values():
        tensor.add_(torch.randn_like(tensor))
    desk.training.trainer.model.load_tensors(desk.training.trainer.average)


def learn_nothing(training: PersonalTraining) -> None:
    for optimizer in training.trainer.optimizers:
        for group in optimizer.param_groups:
            group["base_rate"] = 0.0


@pytest.mark.long
def test_the_best_state_is_kept_and_not_the_last(desk: Desk) -> None:
    training = desk.sit_down(listener=after(12, "evaluation", lambda: spoil(desk)))
    training.run()
    assert min(desk.bits()) == desk.bits()[11] < desk.bits()[-1]
    model = average_model(training.trainer)
    model.load_tensors({name: torch.from_numpy(each) for name, each in training.best_weights().items()})
    nats, _ = evaluate(model, desk.texts.development_pieces, desk.start.tokenizer.separator)
    bits = nats / math.log(2) / desk.texts.development_characters
    assert bits == pytest.approx(min(desk.bits()), abs=1e-4)


def test_what_does_not_help_leaves_the_base_voice(desk: Desk) -> None:
    training = desk.sit_down(replace(PLAN, rate=0.0), listener=after(1, "evaluation", lambda: spoil(desk)))
    training.run()
    assert training.best_bits == pytest.approx(desk.bits()[0], abs=1e-4)
    assert desk.start.weights is not None
    assert all((training.best_weights()[name] == each).all() for name, each in desk.start.weights.items())


def test_stop_keeps_the_best(desk: Desk) -> None:
    training = desk.sit_down(listener=after(5, "evaluation", lambda: desk.folder.ask("stop")))
    assert training.run() == "stopped"
    assert len(desk.bits()) == 6
    assert training.best_bits == min(each for _, each in training._history)
    assert training.seconds < PLAN.minutes * 30


def test_stop_before_anything_was_learned(desk: Desk) -> None:
    desk.folder.ask("stop")
    training = desk.sit_down()
    assert training.run() == "stopped"
    assert training.trainer.tokens == 0
    assert len(training.best_weights()) == len(training.trainer.average)


@pytest.mark.long
def test_pause_frees_the_processor_and_goes_on(desk: Desk, comes_to_rest: Callable[[int], bool]) -> None:
    rested: list[bool] = []

    def listen(event: dict[str, Any]) -> None:
        if event["event"] == "evaluation" and len(desk.bits()) == 4:
            desk.folder.ask("pause")
        if event.get("phase") == "paused":
            assert desk.folder.checkpoint.exists()
            threading.Thread(target=go_on).start()

    def go_on() -> None:
        rested.append(comes_to_rest(os.getpid()))
        desk.folder.take_back("pause")

    training = desk.sit_down(listener=listen)
    assert training.run() == "done"
    assert rested == [True]
    assert training.seconds == pytest.approx(PLAN.minutes * 60, abs=0.1)
    assert desk.bits()[-1] < desk.bits()[4]


def test_a_pause_can_end_in_a_stop(desk: Desk) -> None:
    def listen(event: dict[str, Any]) -> None:
        if event.get("phase") == "learning":
            desk.folder.ask("pause")
        if event.get("phase") == "paused":
            desk.folder.ask("stop")

    assert desk.sit_down(listener=listen).run() == "stopped"


@pytest.mark.long
def test_waits_while_the_machine_is_on_its_battery(desk: Desk) -> None:
    answers = iter([False, True, True, True, False])
    asked: list[bool] = []

    def sensor() -> bool:
        asked.append(next(answers, False))
        return asked[-1]

    assert desk.sit_down(on_battery=sensor).run() == "done"
    paused = [each for each in desk.told("progress") if each["phase"] == "paused"]
    assert [each["why"] for each in paused] == ["The machine runs on its battery."]
    assert asked[:5] == [False, True, True, True, False]


@pytest.mark.long
@pytest.mark.parametrize("moment", [(1, "evaluation"), (15, "evaluation")])
def test_killed_and_resumed_it_is_as_if_nothing_had_happened(
    new_desk: Callable[[], Desk], moment: tuple[int, str]
) -> None:
    undisturbed = new_desk()
    killed = new_desk()
    undisturbed.sit_down().run()
    with pytest.raises(RuntimeError, match="killed"):
        killed.sit_down(listener=after(*moment, fail(RuntimeError("killed")))).run()
    at = killed.training.seconds
    resumed = killed.sit_down()
    assert at - resumed.seconds <= 1.3
    assert resumed.run() == "done"
    assert same(weights(undisturbed.training), weights(resumed))
    assert resumed.trainer.tokens == undisturbed.training.trainer.tokens
    assert killed.bits()[-1] == undisturbed.bits()[-1]
    assert killed.curve() == undisturbed.curve()
    assert max(killed.curve()) == pytest.approx(PLAN.minutes * 60, abs=0.1)


@pytest.mark.long
def test_a_checkpoint_of_an_earlier_program_is_gone_on_with(desk: Desk) -> None:
    with pytest.raises(RuntimeError, match="killed"):
        desk.sit_down(listener=after(15, "evaluation", fail(RuntimeError("killed")))).run()
    saved = load_checkpoint(desk.folder.checkpoint)
    del saved["paces"]
    save_checkpoint(desk.folder.checkpoint, saved)
    assert desk.sit_down().seconds > 2
    assert desk.training.run() == "done"


@pytest.mark.long
def test_interrupted_nothing_at_all_is_lost(new_desk: Callable[[], Desk]) -> None:
    undisturbed = new_desk()
    desk = new_desk()
    undisturbed.sit_down().run()
    with pytest.raises(KeyboardInterrupt):
        desk.sit_down(is_interrupted=lambda: desk.training.trainer.tokens > 5000).run()
    tokens = desk.training.trainer.tokens
    assert desk.events[-1]["phase"] == "interrupted"
    resumed = desk.sit_down()
    assert resumed.trainer.tokens == tokens > 5000
    resumed.run()
    assert same(weights(undisturbed.training), weights(resumed))


@pytest.mark.long
def test_a_full_disk_keeps_the_last_checkpoint(desk: Desk) -> None:
    resource = pytest.importorskip("resource")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limit[1]))

    try:
        with pytest.raises(TrainingError, match="what was saved before is kept"):
            desk.sit_down(listener=after(12, "evaluation", fill_the_disk)).run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert not list(desk.folder.path.glob("*.part"))
    assert desk.sit_down().seconds > 1
    assert desk.training.run() == "done"


def test_before_the_disk_is_full_it_saves_and_stops(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nearly_fill() -> None:
        size = desk.folder.checkpoint.stat().st_size
        monkeypatch.setattr(personal, "free_disk", lambda folder: 2 * size)

    with pytest.raises(
        TrainingError, match=r"left on the disk, too little to go on learning\. What was learned is kept"
    ):
        desk.sit_down(listener=after(12, "evaluation", nearly_fill)).run()
    seconds = desk.training.seconds
    monkeypatch.undo()
    assert desk.sit_down().seconds == seconds


def test_with_no_room_at_all_the_last_checkpoint_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = lambda: monkeypatch.setattr(personal, "free_disk", lambda folder: 100)  # noqa: E731
    with pytest.raises(TrainingError, match="too little"):
        desk.sit_down(listener=after(12, "evaluation", fill)).run()
    assert 0 < desk.sit_down().seconds < 4


@pytest.mark.long
def test_numbers_that_are_none_are_stepped_over(desk: Desk) -> None:
    def poison_two_steps() -> None:
        left = iter([math.nan, math.inf])
        desk.training.trainer.model.projection.register_forward_hook(
            lambda module, given, out: out * next(left, 1.0) if module.training else out
        )

    training = desk.sit_down(listener=after(5, "evaluation", poison_two_steps))
    assert training.run() == "done"
    assert all(math.isfinite(each) for each in desk.bits())
    assert desk.bits()[-1] < desk.bits()[4]


def test_what_diverges_for_good_ends_with_the_best(desk: Desk) -> None:
    def poison() -> None:
        desk.training.trainer.model.projection.register_forward_hook(lambda module, given, out: out * math.nan)

    training = desk.sit_down(listener=after(8, "evaluation", poison))
    assert training.run() == "diverged"
    assert round(training.best_bits, 5) <= desk.bits()[7] < desk.bits()[0]
    assert all(torch.isfinite(torch.from_numpy(each)).all() for each in training.best_weights().values())


@pytest.mark.long
def test_where_nothing_is_gained_the_rate_is_eased_from_the_best_state_and_then_it_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "ANNEALING_LEAST", 2.0)
    training = desk.sit_down(replace(PLAN, minutes=1))
    learn_nothing(training)
    assert training.run() == "no gain"
    assert training._annealed == [5]
    assert training._annealing is not None
    assert training.seconds < 30


@pytest.mark.long
def test_the_last_half_of_the_time_eases_the_rate(desk: Desk) -> None:
    training = desk.sit_down(replace(PLAN, minutes=0.1))
    assert training.run() == "done"
    assert training._annealing is not None
    assert training._annealing.began == pytest.approx(3, abs=1.5)
    assert training._annealing.ends == pytest.approx(6)


@pytest.mark.parametrize(("worse", "takes_up"), [(1.0, False), (1.0005, False), (1.01, True)])
def test_half_time_takes_up_the_best_state_where_what_stands_is_worse(desk: Desk, worse: float, takes_up: bool) -> None:
    training = desk.sit_down(replace(PLAN, minutes=0.1))
    training._evaluate()
    spoil(desk)
    training._history.append((2.9, training.best_bits * worse))
    training._clock.seconds = 3.1
    assert not training._is_over()
    assert training._annealing is not None
    assert training._annealing.began == 3.1
    assert (training.eased_at is not None) == takes_up
    assert same(training.trainer.average, training.best) == takes_up


@pytest.mark.long
def test_without_annealing_it_learns_to_the_end_and_keeps_the_last_state(desk: Desk) -> None:
    training = desk.sit_down(replace(PLAN, ease=0), listener=after(12, "evaluation", lambda: spoil(desk)))
    assert training.run() == "done"
    assert training._annealing is None
    assert min(desk.bits()) < desk.bits()[-1]
    kept = {name: torch.from_numpy(each) for name, each in training.best_weights().items()}
    assert same(kept, training.trainer.average)
    assert not same(kept, training.best)


def test_without_a_planned_time_it_ends_when_the_eased_rate_is_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_now", lambda: desk.training.trainer.tokens / 20)
    training = desk.sit_down(replace(PLAN, minutes=0))
    learn_nothing(training)
    assert training.run() == "no gain"
    assert len(training._annealed) == 1
    left = [each["seconds_left"] for each in desk.told("progress") if each["phase"] == "learning"]
    assert left[0] is None


def test_while_it_still_comes_down_it_goes_on(desk: Desk) -> None:
    training = desk.sit_down()
    bits = [2.0, 1.9, 2.2, 2.3, 2.4, 2.3, 2.2, 2.1]
    training._history = [(float(i), each) for i, each in enumerate(bits)]
    assert not training._is_exhausted()
    training._history.append((9.0, 2.15))
    assert training._is_exhausted()


def test_samples_go_on_from_held_out_openings(desk: Desk) -> None:
    training = PersonalTraining(desk.folder, desk.start, desk.texts, PLAN, seed=1, on_event=desk.events.append)
    held_out = " ".join(" ".join(desk.start.tokenizer.decode(p) for p in desk.texts.development_pieces).split())
    for _ in range(2):
        training._sample()
    first, second = desk.told("sample")
    assert first["opening"] in held_out
    assert second["opening"] != first["opening"]
    assert len(first["opening"].split()) <= 40
    assert first["text"]
    assert same(training.best, {})


@pytest.mark.long
def test_samples_come_about_ten_times(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    training = desk.sit_down(replace(PLAN, minutes=0.05))
    count = 0

    def sample() -> None:
        nonlocal count
        count += 1

    monkeypatch.setattr(training, "_sample", sample)
    training.run()
    assert 8 <= count <= 11


@pytest.mark.long
def test_plain_adam_is_what_is_left_when_all_else_is_off(desk: Desk) -> None:
    training = desk.sit_down(replace(PLAN, replay=0.0, layer_factor=1.0, average=1.0, weight_decay=0.0))
    (optimizer,) = training.trainer.optimizers
    assert {group["base_rate"] for group in optimizer.param_groups} == {PLAN.rate}
    assert {group["weight_decay"] for group in optimizer.param_groups} == {0.0}
    assert training.run() == "done"
    for name, tensor in training.trainer.model.tensors().items():
        assert torch.equal(training.trainer.average[name], tensor)
    assert "replay" not in {each.get("phase") for each in desk.events}
    assert desk.bits()[-1] < desk.bits()[0]


def test_replay_is_drawn_as_often_as_planned(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    training = desk.sit_down(replace(PLAN, minutes=0.02))
    training._replay = training._make_replay()
    batches = training._batches()
    drawn = [batches._draw().dataset for _ in range(2000)]
    assert drawn.count("replay") / len(drawn) == pytest.approx(PLAN.replay, abs=0.04)


def test_a_broken_checkpoint_is_a_sentence(desk: Desk) -> None:
    desk.folder.checkpoint.write_bytes(b"no checkpoint")
    with pytest.raises(TrainingError, match="cannot be read"):
        desk.sit_down()
    torch.save({"trainer": {}}, desk.folder.checkpoint)
    with pytest.raises(TrainingError, match="of another kind"):
        desk.sit_down()


def test_a_checkpoint_of_another_network_is_a_sentence(desk: Desk, tiny_voice: Voice) -> None:
    desk.sit_down(replace(PLAN, minutes=0.01)).run()
    larger = PlainArchitecture(tiny_voice.architecture.vocabulary, 32, 48, 2)
    desk.start = replace(desk.start, architecture=larger, weights=None)
    with pytest.raises(TrainingError, match="of another kind"):
        desk.sit_down()
