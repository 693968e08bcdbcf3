"""The loop that all trainings share: who is asked when, what counts as learning, and why it ends."""

from __future__ import annotations

from collections.abc import Callable

from pandemonium.training.network.interval import Interval
from pandemonium.training.network.trainer import StepReport
from pandemonium.training.network.training_loop import (
    AGAIN,
    After,
    Before,
    Every,
    LearningClock,
    run_steps,
)


class Time:
    """A clock that only moves when something is done."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def step(self, seconds: float = 1.0) -> Callable[[], StepReport]:
        def take() -> StepReport:
            self.now += seconds
            return StepReport(self.now, 0.0, skipped=False)

        return take


def until(clock: LearningClock, seconds: float) -> Before:
    return Before(lambda: "done" if clock.seconds >= seconds else "")


def test_each_step_is_heard_and_counted_and_the_reason_comes_back() -> None:
    time = Time()
    clock = LearningClock(time)
    heard: list[float] = []
    assert run_steps(time.step(), clock, [until(clock, 3), After(lambda step: heard.append(step.loss))]) == "done"
    assert heard == [101.0, 102.0, 103.0]
    assert clock.seconds == 3


def test_a_lid_that_was_closed_for_the_night_is_no_learning() -> None:
    time = Time()
    clock = LearningClock(time, longest=60.0)
    run_steps(time.step(36_000.0), clock, [until(clock, 1)])
    assert clock.seconds == 60


def test_behind_a_pause_everything_is_asked_anew() -> None:
    time = Time()
    clock = LearningClock(time)
    asked: list[str] = []

    def stop() -> str:
        asked.append("stop")
        return "stopped" if "pause" in asked else ""

    def pause() -> str:
        asked.append("pause")
        time.now += 500
        clock.skip()
        return AGAIN

    assert run_steps(time.step(), clock, [Before(stop), Before(pause)]) == "stopped"
    assert asked == ["stop", "pause", "stop"]
    assert clock.seconds == 0


def test_what_is_due_is_done_and_may_end_it() -> None:
    time = Time()
    clock = LearningClock(time)
    done: list[float] = []

    def do() -> str:
        done.append(clock.seconds)
        return "enough" if len(done) == 3 else ""

    assert run_steps(time.step(), clock, [Every(Interval(4.0), lambda: clock.seconds, do)]) == "enough"
    assert done == [4, 8, 12]
