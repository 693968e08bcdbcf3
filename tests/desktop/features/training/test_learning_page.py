from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser

from pandemonium.desktop.core.theme import LIGHT
from pandemonium.desktop.features.training.learning_page import LearningPage
from pandemonium.desktop.features.training.watching import Watch
from pandemonium.training.job import JobFolder


def test_a_training_is_shown_and_asked(
    qtbot: Any, leave_job: Callable[..., JobFolder], sleeper: subprocess.Popen[bytes]
) -> None:
    folder = leave_job(process=sleeper.pid)
    folder.report("progress", phase="learning", seconds=30.0, training_bits_per_character=2.1, seconds_left=30.0)
    folder.report("sample", opening="It was late", text=" and dark.")
    watch = Watch(folder)
    watch.find()
    page = LearningPage()
    qtbot.addWidget(page)
    page.apply_colours(LIGHT)
    page.show()
    page.show_watch(watch)
    phase = page.findChild(QLabel, "phaseText")
    assert phase.text() == "Less than a minute left"
    assert page.findChild(QTextBrowser, "sampleText").toPlainText() == "It was late and dark."
    pause, stop = (page.findChild(QPushButton, name) for name in ("pauseButton", "stopTrainingButton"))
    with qtbot.waitSignal(page.pause_asked):
        pause.click()
    watch.pause()
    page.show_watch(watch)
    assert pause.text() == "Go on"
    with qtbot.waitSignal(page.go_on_asked):
        pause.click()
    with qtbot.waitSignal(page.stop_asked):
        stop.click()
    watch.stop()
    page.show_watch(watch)
    assert not stop.isEnabled()
    watch.leave()


def test_one_that_failed_can_go_on_or_be_given_up(qtbot: Any, leave_job: Callable[..., JobFolder]) -> None:
    folder = leave_job()
    folder.report("failed", message="The disk is full.", hint="Make room, then resume.")
    watch = Watch(folder)
    watch.find()
    page = LearningPage()
    qtbot.addWidget(page)
    page.show()
    page.show_watch(watch)
    assert page.findChild(QLabel, "phaseText").text() == "The disk is full. Make room, then resume."
    for name, signal in (("resumeTrainingButton", page.resume_asked), ("discardTrainingButton", page.discard_asked)):
        with qtbot.waitSignal(signal):
            page.findChild(QPushButton, name).click()
    assert not page.findChild(QPushButton, "pauseButton").isVisible()
