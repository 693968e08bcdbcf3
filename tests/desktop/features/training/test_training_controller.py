from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.training.watching import Watch
from pandemonium.desktop.features.training.wizard_flow import Page
from pandemonium.training.job import JobFolder

APP = Path(__file__).resolve().parents[4] / "app"
SLOW = 5 * 60_000
Leave = Callable[..., JobFolder]
Sleeper = subprocess.Popen


def offers(desk: Desk) -> dict[str, QPushButton]:
    buttons = desk.message_bar.findChildren(QPushButton)
    return {each.text(): each for each in buttons if each.isVisible()}


def question(qtbot: Any, desk: Desk) -> QMessageBox:
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "trainingRunsBox") is not None)
    return desk.window.findChild(QMessageBox, "trainingRunsBox")


def answer(box: QMessageBox, words: str) -> None:
    next(each for each in box.buttons() if each.text() == words).click()


@pytest.mark.long
def test_from_a_dropped_folder_to_a_kept_voice(desk: Desk, novels: Path, qtbot: Any, pandemonium_home: Path) -> None:
    """The real child process; the folder is small, so it remembers rather than learns."""
    desk.training.begin([novels])
    wizard = desk.training.wizard
    assert wizard is not None
    qtbot.waitUntil(lambda: wizard.flow.selection is not None, timeout=SLOW)
    wizard.findChild(QPushButton, "wizardNext").click()
    wizard.stop_reading()
    wizard.plan.base_chosen.emit("small")
    wizard.stop_reading()
    assert "in its memory" in wizard.findChild(QLabel, "wayText").text()
    wizard.findChild(QPushButton, "wizardNext").click()
    assert wizard.flow.page is Page.LEARNING
    assert desk.training.is_learning
    qtbot.waitUntil(lambda: wizard.flow.page is Page.RESULT, timeout=SLOW)
    assert "remembers your texts" in wizard.outcome.findChild(QLabel, "verdictText").text()
    assert desk.panel.voice_box.findData("Novels") >= 0
    wizard.outcome.findChild(QPushButton, "keepVoiceButton").click()
    qtbot.waitUntil(lambda: desk.voices.current is not None and desk.voices.current.name == "Novels", timeout=SLOW)
    assert desk.panel.voice_box.currentData() == "Novels"
    assert not wizard.isVisible()
    assert list((pandemonium_home / "data" / "trainings").iterdir()) == []


@pytest.mark.long
def test_a_voice_learns_pauses_goes_on_and_is_judged(desk: Desk, tmp_path: Path, prose: str, qtbot: Any) -> None:
    """The whole way with a real training of a few seconds; what is learned from is nonsense in English words."""
    folder = tmp_path / "Novels"
    folder.mkdir()
    words = prose.split()
    chance = random.Random(1)
    for number in range(6):
        lines = [" ".join(chance.choices(words, k=12)).rstrip(",;.") + "." for _ in range(350)]
        text = "\n\n".join(" ".join(lines[at : at + 5]) for at in range(0, len(lines), 5))
        (folder / f"{number}.txt").write_text(text, "utf-8")
    desk.training.begin([folder])
    wizard = desk.training.wizard
    assert wizard is not None
    qtbot.waitUntil(lambda: wizard.flow.selection is not None, timeout=SLOW)
    for decision in wizard.flow.selection.decisions if wizard.flow.selection else ():
        if not decision.kept:
            wizard.flow.keep(decision.file.path, True)
    wizard.findChild(QPushButton, "wizardNext").click()
    wizard.stop_reading()
    wizard.plan.base_chosen.emit("small")
    qtbot.waitUntil(lambda: wizard.has_estimate, timeout=3 * SLOW)
    wizard.plan.minutes_chosen.emit(0.3)
    wizard.findChild(QPushButton, "wizardNext").click()
    watch = desk.training.watch
    assert watch is not None
    qtbot.waitUntil(lambda: bool(watch.progress.training), timeout=5 * SLOW)
    wizard.learning.findChild(QPushButton, "pauseButton").click()
    qtbot.waitUntil(lambda: watch.progress.phase == "paused", timeout=SLOW)
    QTest.keyClicks(desk.editor, "She writes on.")
    assert desk.editor.toPlainText() == "She writes on."
    wizard.learning.findChild(QPushButton, "pauseButton").click()
    qtbot.waitUntil(lambda: wizard.flow.page is Page.RESULT, timeout=5 * SLOW)
    assert watch.progress.result is not None
    assert len(watch.progress.result["openings"]) == 3
    assert watch.progress.result["after"] < watch.progress.result["before"]
    wizard.outcome.discard_asked.emit()
    assert desk.panel.voice_box.findData("Novels") < 0


class TestFound:
    """A training that another window, or the command line, has begun."""

    def test_a_running_one_is_offered_to_be_watched(
        self, leave_job: Leave, sleeper: Sleeper[bytes], make_desk: Callable[..., Desk], qtbot: Any
    ) -> None:
        folder = leave_job(process=sleeper.pid)
        folder.report("progress", phase="learning", seconds=9.0, training_bits_per_character=2.0, seconds_left=51.0)
        desk = make_desk()
        assert desk.message_bar.sentence == "The voice 'Novels' is learning in the background."
        assert desk.training.is_learning
        assert "'Novels' learns" in desk.window.findChild(QLabel, "statusLine").text()
        offers(desk)["Watch"].click()
        assert not desk.message_bar.isVisible()
        wizard = desk.training.wizard
        assert wizard is not None
        assert wizard.flow.page is Page.LEARNING
        assert wizard.findChild(QWidget, "trainingPlot").isVisible()
        desk.training.close()

    def test_one_that_was_cut_off_can_be_given_up(self, leave_job: Leave, make_desk: Callable[..., Desk]) -> None:
        folder = leave_job()
        desk = make_desk()
        assert desk.message_bar.sentence == "The training of 'Novels' is unfinished."
        assert set(offers(desk)) == {"Go on", "Look", "Discard it"}
        offers(desk)["Discard it"].click()
        assert not folder.path.exists()
        assert desk.training.watch is None

    def test_one_that_was_cut_off_goes_on(
        self, leave_job: Leave, make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = leave_job()
        folder.ask("pause")
        desk = make_desk()
        begun: list[JobFolder] = []
        monkeypatch.setattr(Watch, "start", lambda watch: begun.append(watch.folder))
        offers(desk)["Go on"].click()
        assert [each.path for each in begun] == [folder.path]
        assert desk.training.wizard is not None
        assert desk.training.wizard.flow.page is Page.LEARNING

    def test_one_that_ended_unseen_shows_its_result(
        self, leave_job: Leave, make_desk: Callable[..., Desk], result: dict[str, object], small_voice: Path
    ) -> None:
        folder = leave_job()
        folder.finish(result)
        folder.path.with_name(f"{folder.path.name}.undecided").touch()
        voices = small_voice.read_bytes()
        desk = make_desk()
        offers(desk)["See what became of it"].click()
        wizard = desk.training.wizard
        assert wizard is not None
        assert wizard.flow.page is Page.RESULT
        own = next(entry.path for entry in desk.voices.entries() if entry.name == "small").parent
        (own / "Novels.voice").write_bytes(voices)
        wizard.outcome.discard_asked.emit()
        assert not (own / "Novels.voice").exists()
        assert desk.message_bar.sentence == "'Novels' is discarded."
        offers(desk)["Bring it back"].click()
        assert (own / "Novels.voice").exists()

    def test_training_on_plans_from_the_new_voice(
        self, leave_job: Leave, make_desk: Callable[..., Desk], result: dict[str, object], small_voice: Path
    ) -> None:
        folder = leave_job()
        folder.finish(result)
        folder.path.with_name(f"{folder.path.name}.undecided").touch()
        desk = make_desk()
        own = next(entry.path for entry in desk.voices.entries() if entry.name == "small").parent
        (own / "Novels.voice").write_bytes(small_voice.read_bytes())
        desk.training.open()
        wizard = desk.training.wizard
        assert wizard is not None
        wizard.outcome.train_on_asked.emit()
        assert wizard.flow.page is Page.FOUND
        assert (wizard.flow.base.name if wizard.flow.base else "", wizard.flow.name) == ("Novels", "Novels 2")
        wizard.stop_reading()


class TestClosing:
    """The window is closed while a voice learns."""

    @pytest.fixture
    def learning(self, leave_job: Leave, sleeper: Sleeper[bytes], make_desk: Callable[..., Desk]) -> Desk:
        self.folder = leave_job(process=sleeper.pid)
        return make_desk()

    @pytest.mark.long
    def test_it_may_go_on_in_the_background(self, learning: Desk, qtbot: Any, sleeper: Sleeper[bytes]) -> None:
        assert not learning.window.close()
        box = question(qtbot, learning)
        with qtbot.waitSignal(learning.window.closed):
            answer(box, "Go on in the background")
        assert psutil.pid_exists(sleeper.pid)
        assert not self.folder.is_asked("stop")

    def test_it_may_stop_and_keep(self, learning: Desk, qtbot: Any) -> None:
        learning.window.close()
        with qtbot.waitSignal(learning.window.closed):
            answer(question(qtbot, learning), "Stop and keep the best")
        assert self.folder.is_asked("stop")

    def test_she_may_go_on_writing(self, learning: Desk, qtbot: Any) -> None:
        learning.window.close()
        answer(question(qtbot, learning), "Cancel")
        qtbot.wait(100)
        assert learning.window.isVisible()
        assert learning.training.is_learning
        learning.training.close()


def test_while_one_learns_another_folder_waits(
    leave_job: Leave, sleeper: Sleeper[bytes], make_desk: Callable[..., Desk], novels: Path
) -> None:
    leave_job(process=sleeper.pid)
    desk = make_desk()
    desk.drops.show([novels])
    assert "One at a time" in desk.drops.overlay.sentence
    desk.drops.take([novels])
    assert desk.training.wizard is not None
    assert desk.training.wizard.flow.page is Page.LEARNING
    desk.training.close()


def test_the_end_is_told_where_she_writes(
    leave_job: Leave, sleeper: Sleeper[bytes], make_desk: Callable[..., Desk], qtbot: Any, result: dict[str, object]
) -> None:
    folder = leave_job(process=sleeper.pid)
    desk = make_desk()
    folder.report("done", **result)
    qtbot.waitUntil(lambda: "has learned" in desk.message_bar.sentence)
    assert "learns" not in desk.window.findChild(QLabel, "statusLine").text()


@pytest.mark.long
def test_the_wizard_loads_no_torch() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; import pandemonium.desktop as d; a = QApplication([]);"
        "w = d.create_window(None); w.desk.training.open(); w.desk.library.open(); a.processEvents();"
        "import pandemonium.desktop.features.training.scanning; w.close(); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(APP)}, check=True, timeout=600)
