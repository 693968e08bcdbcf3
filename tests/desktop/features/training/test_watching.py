from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

from pandemonium.desktop.features.training import watching
from pandemonium.desktop.features.training.watching import Watch, job_of
from pandemonium.training.job import JobFolder


def test_a_running_training_is_followed_to_its_end(
    qtbot: Any, leave_job: Callable[..., JobFolder], sleeper: subprocess.Popen[bytes], result: dict[str, object]
) -> None:
    folder = leave_job(process=sleeper.pid)
    folder.report("plan", minutes=1.0)
    watch = Watch(folder)
    watch.find()
    assert watch.is_running
    assert watch.progress.minutes == 1.0
    with qtbot.waitSignal(watch.changed):
        folder.report("progress", phase="learning", seconds=3.0, training_bits_per_character=2.0)
    assert watch.progress.training == [(3.0, 2.0)]
    with qtbot.waitSignal(watch.ended):
        folder.report("done", **result)
    assert not watch.is_running
    assert watch.progress.result is not None
    assert watch.progress.result["voice"] == "Novels"


def test_what_the_writer_asks_reaches_the_folder(
    leave_job: Callable[..., JobFolder], sleeper: subprocess.Popen[bytes], qtbot: Any
) -> None:
    folder = leave_job(process=sleeper.pid)
    watch = Watch(folder)
    watch.find()
    watch.pause()
    assert watch.is_paused
    watch.go_on()
    assert not watch.is_paused
    watch.stop()
    assert watch.is_stopping
    assert folder.is_asked("stop")
    watch.leave()
    assert not watch.is_running


def test_a_killed_process_is_noticed(
    qtbot: Any, monkeypatch: Any, leave_job: Callable[..., JobFolder], sleeper: subprocess.Popen[bytes]
) -> None:
    monkeypatch.setattr(watching, "_HEARTBEAT", 50)
    watch = Watch(leave_job(process=sleeper.pid))
    watch.find()
    with qtbot.waitSignal(watch.ended):
        sleeper.kill()
    assert watch.progress.phase == "lost"


def test_one_that_was_left_behind_is_found(qtbot: Any, leave_job: Callable[..., JobFolder]) -> None:
    watch = Watch(leave_job())
    watch.find()
    assert watch.progress.phase == "lost"
    assert not watch.is_running


def test_one_that_has_ended_is_found(
    qtbot: Any, leave_job: Callable[..., JobFolder], result: dict[str, object]
) -> None:
    folder = leave_job()
    folder.finish(result)
    watch = Watch(folder)
    watch.find()
    assert watch.progress.phase == "done"
    assert job_of(folder) == watch.job
    (folder.path / "job.json").write_text("nonsense", "utf-8")
    assert job_of(folder) is None
