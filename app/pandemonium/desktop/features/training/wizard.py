"""The training wizard: a window of five calm pages beside the one that she writes in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.core.wheel import let_wheel_scroll
from pandemonium.desktop.features.training.child import Measurement
from pandemonium.desktop.features.training.found_model import below
from pandemonium.desktop.features.training.found_page import FoundPage
from pandemonium.desktop.features.training.learning_page import LearningPage
from pandemonium.desktop.features.training.plan_page import PlanPage
from pandemonium.desktop.features.training.result_page import ResultPage
from pandemonium.desktop.features.training.scanning import Scan, read_preview
from pandemonium.desktop.features.training.texts_page import TextsPage
from pandemonium.desktop.features.training.training_texts import format_obstacle
from pandemonium.desktop.features.training.watching import Watch
from pandemonium.desktop.features.training.wizard_flow import Base, Flow, Page
from pandemonium.desktop.shell.dialogs import Dialogs
from pandemonium.desktop.shell.main_window import dropped_paths
from pandemonium.errors import PandemoniumError
from pandemonium.training.recipe import Recipe, known_recipes


class TrainingWizard(QDialog):
    """Shows the flow's pages and tells it what the writer does on them.

    Signals:
        start_asked(): the plan is made.
    """

    start_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        flow: Flow,
        bases: Callable[[], Sequence[Base]],
        dialogs: Dialogs,
        loop: asyncio.AbstractEventLoop,
        start: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
        *,
        has_battery: bool,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("trainingWizard")
        self.setWindowTitle(self.tr("Train a voice"))
        self.setAccessibleName(self.windowTitle())
        self.setAcceptDrops(True)
        self.flow = flow
        self._bases = bases
        self._dialogs = dialogs
        self._loop = loop
        self._start = start
        self._scan: Scan | None = None
        self._problem = ""
        self._measurement: Measurement | None = None
        self._speeds: dict[str, float] = {}
        self._measure_problem = ""
        self._previewed: Path | None = None
        self._recipes: list[Recipe] = []
        self.texts = TextsPage()
        self.found = FoundPage()
        self.learning = LearningPage()
        self.outcome = ResultPage()
        self.plan = PlanPage(has_battery=has_battery)
        self.pages = (self.texts, self.found, self.plan, self.learning, self.outcome)
        self._lay_out()
        self._connect()
        let_wheel_scroll(self)
        make_scrollable(self)
        open_at(self, 960, 700)

    @property
    def has_estimate(self) -> bool:
        """This machine was measured, or could not be."""
        return bool(self._speeds or self._measure_problem)

    def show_page(self) -> None:
        """Shows the page at which the flow stands."""
        page = self.flow.page
        self._stack.setCurrentIndex(page.value)
        self._title.setText(self.pages[page.value].title)
        names = (self.tr("Texts"), self.tr("Found"), self.tr("Plan"), self.tr("Learning"), self.tr("Result"))
        for number, (step, name) in enumerate(zip(self._steps, names, strict=True)):
            step.setProperty("now", number == page.value)
            step.setAccessibleName(name + (self.tr(" (here)") if number == page.value else ""))
            step.style().unpolish(step)
            step.style().polish(step)
        match page:
            case Page.TEXTS:
                self.texts.show_sources(self.flow.sources)
            case Page.FOUND:
                self._show_found()
            case Page.PLAN:
                self._show_plan()
                self.plan.focus_name()
            case _:
                pass
        self.refresh()

    def refresh(self) -> None:
        """Shows whether one can go on, and why not."""
        flow = self.flow
        obstacle = self.flow.obstacle
        deciding = flow.page in (Page.TEXTS, Page.FOUND, Page.PLAN)
        self._why.setText(self._problem or format_obstacle(obstacle, flow) if deciding else "")
        self._footer.setVisible(deciding)
        self._back.setVisible(flow.can_go_back)
        self._next.setEnabled(obstacle is None)
        self._next.setText(self.tr("Begin") if flow.page is Page.PLAN else self.tr("Next"))
        self._next.setAccessibleName(self._next.text())

    def begin(self, sources: Sequence[Path]) -> None:
        """Begins anew with these texts, at what was found in them."""
        self.stop_reading()
        self.flow.begin(sources)
        if sources:
            self.flow.next()
        self.show_page()

    def show_watch(self, watch: Watch) -> None:
        """Shows a training as it stands."""
        self.learning.show_watch(watch)
        self.learning.title = self.tr("'{name}' learns").format(name=watch.job.name)
        if self.flow.page is Page.LEARNING:
            self._title.setText(self.learning.title)

    def stop_reading(self) -> None:
        """Ends whatever is read or measured for it."""
        if self._scan is not None:
            self._scan.cancel()
            self._scan = None
        if self._measurement is not None:
            self._measurement.cancel()
            self._measurement = None

    def done(self, code: int) -> None:
        """Closes; what was decided stays for when it is opened again."""
        self.stop_reading()
        super().done(code)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes folders and files on the first two pages."""
        if dropped_paths(event) and self.flow.page in (Page.TEXTS, Page.FOUND):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds them."""
        event.acceptProposedAction()
        self._add(dropped_paths(event))

    def _add(self, sources: Sequence[Path]) -> None:
        self.stop_reading()
        self.flow.add(sources)
        self.show_page()

    async def _choose_folder(self) -> None:
        if (path := await self._dialogs.choose_folder(self.tr("Choose a folder of texts"), self)) is not None:
            self._add([path])

    async def _choose_files(self) -> None:
        self._add(await self._dialogs.choose_files(self.tr("Choose texts"), self))

    def _remove(self, source: Path) -> None:
        self.flow.remove(source)
        self.show_page()

    def _go_on(self) -> None:
        self._problem = ""
        if self.flow.page is Page.PLAN:
            if self.flow.obstacle is None:
                self.start_asked.emit()
            return
        self.flow.next()
        self.show_page()

    def _go_back(self) -> None:
        self._problem = ""
        self.stop_reading()
        self.flow.back()
        self.show_page()

    def _show_found(self) -> None:
        if self.flow.selection is None:
            if self._scan is None:
                self.found.forget()
                self.found.show_reading(0, None)
                self._scan = Scan(self._loop, self.flow.sources, self.found.show_reading)
                self._start(self._read(self._scan))
            return
        self.found.show_selection(self.flow.selection, self.flow.sources, self.flow.languages)

    async def _read(self, scan: Scan) -> None:
        try:
            survey = await scan.run()
        except PandemoniumError as error:
            if scan is self._scan:
                self._scan = None
                self._problem = str(error)
                self.found.show_failure(str(error))
                self.refresh()
            return
        if scan is self._scan and survey is not None:
            self._scan = None
            self.flow.set_survey(survey)
            self.show_page()

    def _keep(self, path: Path, kept: bool) -> None:
        self.flow.keep(path, kept)
        self._show_found()
        self.refresh()

    def _choose_language(self, language: str) -> None:
        if self.flow.survey is not None:
            self.flow.choose_language(language)
            self._show_found()
            self.refresh()

    async def _preview(self, path: Path) -> None:
        self._previewed = path
        name = below(path, self.flow.sources)
        try:
            text = await read_preview(self._loop, path)
        except PandemoniumError as error:
            text = str(error)
        if self._previewed == path:
            self.found.show_preview(name, text)

    def _show_plan(self) -> None:
        bases = self._bases()
        known = [base for base in bases if self.flow.base is not None and base.path == self.flow.base.path]
        self.flow.base = known[0] if known else (bases[0] if bases else None)
        self.plan.show_bases(bases)
        self._recipes = known_recipes()
        self.plan.show_recipes(self._recipes)
        self._plan_changed()

    def _plan_changed(self) -> None:
        base = self.flow.base
        speed = self._speeds.get(base.name) if base else None
        if base is not None and speed is None and self._measurement is None and not self._measure_problem:
            self._measurement = Measurement(self._loop, base.path)
            self._start(self._measure(base, self._measurement))
        self.plan.show_flow(self.flow, speed, self._measure_problem)
        self.refresh()

    async def _measure(self, base: Base, measurement: Measurement) -> None:
        try:
            self._speeds[base.name] = await measurement.run()
        except PandemoniumError as error:
            self._measure_problem = str(error)
        self._measurement = None
        if self.flow.page is Page.PLAN:
            self._plan_changed()

    def _take(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self.flow, name, value)
        self._plan_changed()

    def _choose_base(self, name: str) -> None:
        base = next((each for each in self._bases() if each.name == name), None)
        if base is not None:
            self._measure_problem = ""
            self._take(base=base)

    def _choose_recipe(self, name: str) -> None:
        self._take(recipe=next((each for each in self._recipes if each.name == name), None))

    def _connect(self) -> None:
        self.texts.folder_asked.connect(lambda: self._start(self._choose_folder()))
        self.texts.files_asked.connect(lambda: self._start(self._choose_files()))
        self.texts.removed.connect(self._remove)
        self.found.kept_changed.connect(self._keep)
        self.found.language_chosen.connect(self._choose_language)
        self.found.preview_asked.connect(lambda path: self._start(self._preview(path)))
        self.plan.name_changed.connect(lambda name: self._take(name=name))
        self.plan.minutes_chosen.connect(lambda minutes: self._take(minutes=minutes))
        self.plan.base_chosen.connect(self._choose_base)
        self.plan.battery_chosen.connect(lambda on: self._take(pause_on_battery=on))
        self.plan.alone_chosen.connect(lambda on: self._take(alone=on))
        self.plan.recipe_chosen.connect(self._choose_recipe)

    def _lay_out(self) -> None:
        self._steps = [
            label(name, "step")
            for name in (self.tr("Texts"), self.tr("Found"), self.tr("Plan"), self.tr("Learning"), self.tr("Result"))
        ]
        head = QHBoxLayout()
        head.setSpacing(22)
        for step in self._steps:
            head.addWidget(step)
        head.addStretch()
        self._title = label("", "title")
        self._title.setObjectName("wizardTitle")
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
        self._why = label("", "hint")
        self._why.setObjectName("obstacleText")
        self._back = push_button("wizardBack", self.tr("Back"), self._go_back)
        self._next = QPushButton(self.tr("Next"))
        self._next.setObjectName("wizardNext")
        self._next.setProperty("role", "primary")
        self._next.setDefault(True)
        self._next.clicked.connect(self._go_on)
        self._footer = QWidget()
        status_bar = QHBoxLayout(self._footer)
        status_bar.setContentsMargins(0, 0, 0, 0)
        status_bar.addWidget(self._why, 1)
        status_bar.addWidget(self._back)
        status_bar.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 26, 40, 26)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._footer)
