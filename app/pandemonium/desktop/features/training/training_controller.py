"""Everything about training in one window: the wizard, the training that runs, and one that was left unfinished."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from pandemonium import paths
from pandemonium.desktop.core.commands import Command
from pandemonium.desktop.features.context import Context, Feature
from pandemonium.desktop.features.generation.writing import Writing
from pandemonium.desktop.features.training.training_texts import format_time
from pandemonium.desktop.features.training.watching import Watch, job_of
from pandemonium.desktop.features.training.wizard_flow import Base, Flow
from pandemonium.errors import PandemoniumError
from pandemonium.training.job import JobFolder, unfinished

if TYPE_CHECKING:
    from pandemonium.desktop.features.training.wizard import TrainingWizard

UNDECIDED = ".undecided"  # a file beside the job folder, until the writer has kept or discarded the voice


class TrainingController(Feature):
    """Opens the wizard, watches the training, and offers what was left."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._trainings = paths.user_data() / "trainings"
        self._voices = context.feature(Writing).voices
        self.wizard: TrainingWizard | None = None
        self.watch: Watch | None = None

    @property
    def is_learning(self) -> bool:
        """A training runs, here or found."""
        return self.watch is not None and self.watch.is_running

    def open(self) -> None:
        """Shows the wizard where it stands: at the training that runs, or at its beginning."""
        self._shown_wizard().show_page()

    def begin(self, sources: Sequence[Path]) -> None:
        """Shows what is in these folders, to train on; while a training runs, that is shown instead."""
        wizard = self._shown_wizard()
        if self.watch is None:
            wizard.begin(sources)
        else:
            wizard.show_page()

    def accept_drop(self, kind: str, paths: Sequence[Path]) -> None:
        """Shows what is in folders that were dropped."""
        if kind == "texts":
            self.begin(paths)

    def commands(self) -> Iterable[Command]:
        """The wizard."""
        yield Command("trainAction", self.tr("Train a voice…"), self.open, "write/voices")

    @property
    def is_safe(self) -> bool:
        """No training runs."""
        return not self.is_learning

    def opened(self) -> None:
        """Finds a training that still runs, was cut off, or has ended unseen, and offers it in the message bar."""
        for folder in unfinished(self._trainings):
            if job_of(folder) is not None:
                self._take(folder)
                assert self.watch is not None
                name = self.watch.job.name
                if self.watch.is_running:
                    said = self.tr("The voice '{name}' is learning in the background.").format(name=name)
                    self.context.messages.offer(said, {self.tr("Watch"): self.open})
                else:
                    said = self.tr("The training of '{name}' is unfinished.").format(name=name)
                    acts = {
                        self.tr("Go on"): self.resume,
                        self.tr("Look"): self.open,
                        self.tr("Discard it"): self.give_up,
                    }
                    self.context.messages.offer(said, acts)
                return
        for folder in self._undecided():
            self._take(folder)
            return self._offer_result()

    async def may_go(self) -> bool:
        """Asks what is to become of the training when the window closes; False if it is to stay open."""
        if self.watch is None or not self.is_learning:
            return True
        answer = await self.context.dialogs.ask(
            "trainingRunsBox",
            self.tr("The voice '{name}' is still learning.").format(name=self.watch.job.name),
            self.tr("It can go on without the window; you find it again when you come back."),
            {
                "background": self.tr("Go on in the background"),
                "stop": self.tr("Stop and keep the best"),
                "cancel": self.tr("Cancel"),
            },
        )
        if answer == "stop" and self.watch is not None:
            self.watch.stop()
        return answer != "cancel"

    def close(self) -> None:
        """Lets go of the training, which goes on, and closes the wizard."""
        if self.watch is not None:
            self.watch.leave()
        if self.wizard is not None:
            self.wizard.close()

    def resume(self) -> None:
        """Goes on with the training that was cut off."""
        if self.watch is not None:
            self._begin_watching(self.watch)
            self.open()

    def give_up(self) -> None:
        """Forgets the training that was cut off."""
        self._forget()
        if self.wizard is not None:
            self.wizard.begin(())
            self.wizard.close()

    def _start(self) -> None:
        wizard = self._shown_wizard()
        try:
            folder = JobFolder.create(self._trainings, wizard.flow.job())
            _mark(folder).touch()
            wizard.flow.hand_on(folder.path)
        except (PandemoniumError, OSError) as error:
            self.context.messages.show_error(_as_ours(error))
            return
        self._take(folder, find=False)
        assert self.watch is not None
        self._begin_watching(self.watch)
        wizard.show_page()

    def _begin_watching(self, watch: Watch) -> None:
        try:
            watch.start()
        except PandemoniumError as error:
            self.context.messages.show_error(error)
        self._show()

    def _take(self, folder: JobFolder, *, find: bool = True) -> None:
        if self.watch is not None:
            self.watch.leave()
            self.watch.deleteLater()
        watch = self.watch = Watch(folder, self)
        watch.changed.connect(self._show)
        watch.ended.connect(self._ended)
        if find:
            watch.find()
        if self.wizard is not None:
            self._put_into(self.wizard)

    def _put_into(self, wizard: TrainingWizard) -> None:
        if self.watch is None:
            return
        wizard.stop_reading()
        wizard.flow.watch(self.watch.job)
        if self.watch.progress.phase == "done":
            wizard.flow.show_result()
            job = self.watch.job
            wizard.outcome.show_result(self.watch.progress.result or {}, Path(job.base).stem, job.minutes)
        wizard.show_watch(self.watch)
        wizard.show_page()

    def _show(self) -> None:
        if self.watch is None:
            self.context.status_bar.set_part("training", "")
            return
        progress = self.watch.progress
        said = ""
        if self.is_learning:
            said = self.tr("'{name}' learns").format(name=self.watch.job.name)
            if self.watch.is_paused:
                said = self.tr("'{name}' waits").format(name=self.watch.job.name)
            elif progress.phase == "learning" and progress.seconds_left:
                said += ", " + self.tr("{time} left").format(time=format_time(progress.seconds_left))
        self.context.status_bar.set_part("training", said)
        if self.wizard is not None:
            self.wizard.show_watch(self.watch)

    def _ended(self) -> None:
        assert self.watch is not None
        self._voices.reload()
        if self.wizard is not None and self.watch.progress.phase == "done":
            self._put_into(self.wizard)
        if self.wizard is not None and self.wizard.isVisible():
            return
        if self.watch.progress.phase == "done":
            self._offer_result()
        else:
            message, hint = self.watch.progress.failure
            said = message or self.tr("The training of '{name}' was cut off.").format(name=self.watch.job.name)
            self.context.messages.offer(f"{said} {hint}".strip(), {self.tr("Look"): self.open})

    def _offer_result(self) -> None:
        assert self.watch is not None
        said = self.tr("The voice '{name}' has learned. It is in your library.").format(name=self.watch.job.name)
        self.context.messages.offer(said, {self.tr("See what became of it"): self.open})

    def _keep(self) -> None:
        name = self._voice()
        self._forget()
        self._voices.reload()
        self._voices.choose_voice(name)
        self._close_wizard()
        said = self.tr("'{name}' writes in this document now. Press Ctrl+Return to hear it.")
        self.context.messages.show_sentence(said.format(name=name))

    def _discard(self) -> None:
        name = self._voice()
        self._voices.remove(name)
        self._forget()
        self._close_wizard()
        said = self.tr("'{name}' is discarded.").format(name=name)
        self.context.messages.offer(said, {self.tr("Bring it back"): lambda: self._voices.restore(name)})

    def _train_on(self) -> None:
        if self.watch is None or self.wizard is None:
            return
        job = self.watch.job
        name = self._voice()
        base = next((each for each in self._bases() if each.name == name), None)
        if base is None:
            return self.context.messages.show_error(
                PandemoniumError(self.tr("The voice is no longer in your library."))
            )
        self._forget()
        self.wizard.flow.train_on(base, job)
        self.wizard.show_page()

    def _voice(self) -> str:
        assert self.watch is not None
        return str((self.watch.progress.result or {}).get("voice") or self.watch.job.name)

    def _close_wizard(self) -> None:
        if self.wizard is not None:
            self.wizard.begin(())
            self.wizard.close()

    def _forget(self) -> None:
        """The training is decided on: its folder, with a copy of her texts, goes."""
        if self.watch is None:
            return
        self.watch.leave()
        _mark(self.watch.folder).unlink(missing_ok=True)
        if self.watch.folder.worker() is None:
            shutil.rmtree(self.watch.folder.path, ignore_errors=True)
        self.watch.deleteLater()
        self.watch = None
        self._show()

    def _undecided(self) -> list[JobFolder]:
        marks = self._trainings.glob(f"*{UNDECIDED}")
        folders = [JobFolder(mark.with_name(mark.name.removesuffix(UNDECIDED))) for mark in marks]
        ready = [folder for folder in folders if folder.result() is not None and job_of(folder) is not None]
        return sorted(ready, key=lambda folder: folder.path.stat().st_mtime, reverse=True)[:1]

    def _ask(self, what: Callable[[Watch], None]) -> None:
        if self.watch is not None:
            what(self.watch)

    def _bases(self) -> list[Base]:
        found = []
        for entry in self._voices.entries():
            try:
                found.append(Base(entry.name, entry.path, entry.card().language or "en"))
            except PandemoniumError:
                continue
        return found

    def _shown_wizard(self) -> TrainingWizard:
        if self.wizard is None:
            self.wizard = self._make_wizard()
            self._put_into(self.wizard)
        self.wizard.show()
        self.wizard.activateWindow()
        return self.wizard

    def _make_wizard(self) -> TrainingWizard:
        from pandemonium.desktop.features.training.wizard import TrainingWizard

        context = self.context
        flow = Flow(lambda: [entry.name for entry in self._voices.entries()])
        has_battery = getattr(psutil, "sensors_battery", lambda: None)() is not None
        wizard = TrainingWizard(
            context.window,
            flow,
            self._bases,
            context.dialogs,
            context.tasks.loop,
            context.tasks.start,
            has_battery=has_battery,
        )
        for part in (wizard.found.model, wizard.learning, wizard.learning.plot, wizard.outcome):
            context.theme.follow(part.apply_colours)
        wizard.start_asked.connect(self._start)
        learning = wizard.learning
        outcome = wizard.outcome
        learning.pause_asked.connect(lambda: self._ask(Watch.pause))
        learning.go_on_asked.connect(lambda: self._ask(Watch.go_on))
        learning.stop_asked.connect(lambda: self._ask(Watch.stop))
        learning.resume_asked.connect(self.resume)
        learning.discard_asked.connect(self.give_up)
        outcome.keep_asked.connect(self._keep)
        outcome.discard_asked.connect(self._discard)
        outcome.train_on_asked.connect(self._train_on)
        return wizard


def _mark(folder: JobFolder) -> Path:
    return folder.path.with_name(folder.path.name + UNDECIDED)


def _as_ours(error: Exception) -> PandemoniumError:
    if isinstance(error, PandemoniumError):
        return error
    return PandemoniumError(f"The training could not be started: {error}.", "Make room on the disk, then try again.")
