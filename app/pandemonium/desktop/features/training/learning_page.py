"""The wizard's fourth page: it learns. The plot, the minutes left, and what it writes by now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.theme import Colours
from pandemonium.desktop.features.training.plot import TrainingPlot
from pandemonium.desktop.features.training.prose import sample_html
from pandemonium.desktop.features.training.training_texts import format_phase, format_speed
from pandemonium.desktop.features.training.watching import Watch


class LearningPage(QWidget):
    """Shows a training.

    Signals:
        pause_asked(), go_on_asked(), stop_asked(), resume_asked(), discard_asked().
    """

    pause_asked = Signal()
    go_on_asked = Signal()
    stop_asked = Signal()
    resume_asked = Signal()
    discard_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("It learns")
        self._paused = False
        self._shown: tuple[str, str] | None = None
        self._colours: Colours | None = None
        self._phase = label("", "lead")
        self._phase.setObjectName("phaseText")
        self._phase.setWordWrap(True)
        self._speed = label("", "hint")
        self._speed.setObjectName("speedText")
        self._speed.setWordWrap(True)
        self.plot = TrainingPlot()
        self._sample_caption = label(self.tr("What it writes by now, after an opening of yours:"), "caption")
        self._sample = QTextBrowser()
        self._sample.setObjectName("sampleText")
        self._sample.setAccessibleName(self.tr("Latest sample"))
        self._sample.setProperty("role", "prose")
        self._pause = push_button("pauseButton", self.tr("Pause"))
        self._pause.clicked.connect(lambda: (self.go_on_asked if self._paused else self.pause_asked).emit())
        self._stop = push_button("stopTrainingButton", self.tr("Stop and keep the best"))
        self._stop.clicked.connect(self.stop_asked)
        self._resume = push_button("resumeTrainingButton", self.tr("Go on"))
        self._resume.setProperty("role", "primary")
        self._resume.clicked.connect(self.resume_asked)
        self._discard = push_button("discardTrainingButton", self.tr("Discard it"))
        self._discard.clicked.connect(self.discard_asked)
        row = QHBoxLayout()
        row.addWidget(self._speed, 1)
        for button in (self._discard, self._resume, self._pause, self._stop):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._phase)
        layout.addWidget(self.plot, 5)
        layout.addWidget(self._sample_caption)
        layout.addWidget(self._sample, 4)
        layout.addLayout(row)

    def show_watch(self, watch: Watch) -> None:
        """Shows the training as it stands."""
        progress = watch.progress
        pausing = watch.is_paused
        stopping = watch.is_stopping
        said = format_phase(progress, pausing=pausing, stopping=stopping)
        if progress.phase == "failed":
            said = " ".join(filter(None, progress.failure)) or said
        if progress.note and progress.phase in ("starting", "beginning", "replay", "learning"):
            said = f"{said}  {progress.note}"
        if self._phase.text() != said:
            self._phase.setText(said)
        self._speed.setText(format_speed(progress))
        self.plot.show_progress(progress)
        self._show_sample(progress.sample)
        over = progress.is_over
        judging = progress.phase == "judging"
        tuning = progress.phase == "tuning"
        self._paused = pausing
        self._pause.setText(self.tr("Go on") if pausing else self.tr("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        for button in (self._pause, self._stop):
            button.setVisible(not over)
            button.setEnabled(not stopping and not judging and not (tuning and button is self._pause))
        for button in (self._resume, self._discard):
            button.setVisible(over and progress.phase != "done")

    def apply_colours(self, colours: Colours) -> None:
        """Takes the theme's colours."""
        self._colours = colours
        self._shown = None

    def _show_sample(self, sample: tuple[str, str] | None) -> None:
        for widget in (self._sample_caption, self._sample):
            widget.setVisible(sample is not None)
        if sample is not None and sample != self._shown and self._colours is not None:
            self._shown = sample
            self._sample.setHtml(sample_html(*sample, self._colours))
