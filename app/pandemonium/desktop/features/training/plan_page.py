"""The wizard's third page: the voice's name, how long it may learn, and what that is worth on this machine."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import ChoiceRow, Fold, label
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.features.training.training_texts import format_passes, format_way
from pandemonium.desktop.features.training.wizard_flow import Base, Flow, Way
from pandemonium.text.sentences import capitalized
from pandemonium.training.personal.presets import LONGEST_MINUTES, PRESETS
from pandemonium.training.recipe import Recipe


class PlanPage(QWidget):
    """Shows the plan.

    Signals:
        name_changed(str), minutes_chosen(float), base_chosen(str), battery_chosen(bool), alone_chosen(bool): the voice
            shall learn from the texts alone; recipe_chosen(str): the recipe's name, "" for the program's own way.
    """

    name_changed = Signal(str)
    minutes_chosen = Signal(float)
    base_chosen = Signal(str)
    battery_chosen = Signal(bool)
    alone_chosen = Signal(bool)
    recipe_chosen = Signal(str)

    def __init__(self, *, has_battery: bool) -> None:
        super().__init__()
        self.title = self.tr("How well shall it learn?")
        self._name = QLineEdit()
        self._name.setObjectName("voiceNameField")
        self._name.setAccessibleName(self.tr("The voice's name"))
        self._name.setMaxLength(80)
        self._name.textEdited.connect(self.name_changed)
        minute = {key: round(PRESETS[key]) for key in PRESETS}
        self._times = ChoiceRow(
            "minutesBox",
            self.tr("Time"),
            (
                ("taste", self.tr("A taste, {n} minutes").format(n=minute["taste"]), self.tr("To see where it goes.")),
                ("good", self.tr("Good, {n}").format(n=minute["good"]), self.tr("The time of a cup of tea.")),
                ("thorough", self.tr("Thorough, {n}").format(n=minute["thorough"]), self.tr("For a folder of books.")),
                (
                    "endless",
                    self.tr("Until it stops improving"),
                    self.tr("Ends by itself; you can stop it at any time."),
                ),
            ),
        )
        self._times.chosen.connect(lambda key: self.minutes_chosen.emit(PRESETS.get(key, 0.0)))
        self._base = QComboBox()
        self._base.setObjectName("baseBox")
        self._base.setAccessibleName(self.tr("Base voice"))
        self._base.currentIndexChanged.connect(lambda _: self.base_chosen.emit(self._base.currentData() or ""))
        self._battery = QCheckBox(self.tr("Wait while this computer runs on its battery"))
        self._battery.setObjectName("batteryBox")
        self._battery.setAccessibleName(self._battery.text())
        self._battery.setVisible(has_battery)
        self._battery.toggled.connect(self.battery_chosen)
        self._minutes = QDoubleSpinBox()
        self._minutes.setObjectName("minutesField")
        self._minutes.setAccessibleName(self.tr("Minutes to learn"))
        self._minutes.setRange(0.0, LONGEST_MINUTES)
        self._minutes.setDecimals(1)
        self._minutes.setSpecialValueText(self.tr("until it stops improving"))
        self._minutes.setFixedSize(190, 26)
        self._minutes.valueChanged.connect(self.minutes_chosen)
        self._alone = QCheckBox(self.tr("Learn from my texts alone, from nothing"))
        self._alone.setObjectName("aloneBox")
        self._alone.setAccessibleName(self._alone.text())
        self._alone.clicked.connect(self.alone_chosen)
        self._recipe = QComboBox()
        self._recipe.setObjectName("recipeBox")
        self._recipe.setAccessibleName(self.tr("Recipe"))
        self._recipe.activated.connect(lambda _: self.recipe_chosen.emit(self._recipe.currentData() or ""))
        self._worth = label("", "hint")
        self._worth.setObjectName("estimateText")
        self._way = label("", "hint")
        self._way.setObjectName("wayText")
        self._way.setProperty("tone", "notice")
        self._lay_out()

    def show_bases(self, bases: Sequence[Base]) -> None:
        """Lists the voices that it can start from."""
        self._base.blockSignals(True)
        self._base.clear()
        for base in bases:
            self._base.addItem(capitalized(base.name), base.name)
        self._base.blockSignals(False)

    def show_recipes(self, recipes: Sequence[Recipe]) -> None:
        """Lists the recipes that a voice from nothing can follow, the program's own way first."""
        self._recipe.clear()
        self._recipe.addItem(self.tr("This program's own"), "")
        for recipe in recipes:
            self._recipe.addItem(recipe.title or recipe.name, recipe.name)
            self._recipe.setItemData(self._recipe.count() - 1, plain_text(recipe.about), Qt.ItemDataRole.ToolTipRole)

    def show_flow(self, flow: Flow, speed: float | None, problem: str) -> None:
        """Shows what was decided; `speed` in sub-words a second, None while it is measured."""
        if self._name.text() != flow.name:
            self._name.setText(flow.name)
        self._times.show_choice(next((key for key in PRESETS if PRESETS[key] == flow.minutes), self._key(flow.minutes)))
        self._minutes.blockSignals(True)
        self._minutes.setValue(flow.minutes)
        self._minutes.blockSignals(False)
        self._base.blockSignals(True)
        self._base.setCurrentIndex(self._base.findData(flow.base.name) if flow.base else -1)
        self._base.blockSignals(False)
        self._battery.setChecked(flow.pause_on_battery)
        self._alone.setChecked(flow.alone)
        self._recipe.setEnabled(flow.alone)
        self._recipe.setCurrentIndex(max(0, self._recipe.findData(flow.recipe.name if flow.recipe else "")))
        way = format_way(flow)
        self._way.setText(way)
        self._way.setVisible(bool(way))
        learns = flow.way in (Way.LEARNS, Way.ALONE)
        for widget in (self._times, self._times_caption):
            widget.setVisible(learns)
        self._more.setVisible(learns or flow.alone)
        # What was measured is a network like the base voice's.
        self._worth.setVisible(learns and not (flow.alone and flow.recipe))
        if speed is not None:
            self._worth.setText(format_passes(flow, speed))
        else:
            self._worth.setText(problem or self.tr("A moment: this machine is measured for five seconds…"))

    def focus_name(self) -> None:
        """Lets the writer type the name."""
        self._name.setFocus()
        self._name.selectAll()

    @staticmethod
    def _key(minutes: float) -> str:
        return "endless" if minutes == 0 else ""

    def _lay_out(self) -> None:
        more = QWidget()
        form = QFormLayout(more)
        form.setContentsMargins(0, 4, 0, 0)
        caption = label(self.tr("Minutes to learn"), "caption")
        caption.setBuddy(self._minutes)
        form.addRow(caption, self._minutes)
        form.addRow("", self._alone)
        recipe = label(self.tr("Recipe"), "caption")
        recipe.setBuddy(self._recipe)
        form.addRow(recipe, self._recipe)
        self._more = Fold(self.tr("More"), more)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        self._times_caption = label(self.tr("Time"), "caption")
        rows = (
            (label(self.tr("Name"), "caption"), self._name),
            (label(self.tr("Starts from"), "caption"), self._base),
            (self._times_caption, self._times),
        )
        for number, (words, widget) in enumerate(rows):
            words.setBuddy(widget)
            grid.addWidget(words, number, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, number, 1)
        grid.addWidget(self._worth, len(rows), 1)
        grid.addWidget(self._battery, len(rows) + 1, 1)
        grid.addWidget(self._more, len(rows) + 2, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(grid)
        layout.addWidget(self._way)
        layout.addStretch()
        layout.addWidget(
            label(
                self.tr(
                    "You can go on writing while it learns; it takes only the time that nothing else wants. A part of "
                    "your texts is held out, so that you see how well it knows pages that it never read."
                ),
                "hint",
            )
        )
