"""What lies behind "More": the finer settings of writing, each made from its declaration."""

from __future__ import annotations

from dataclasses import Field, fields, replace
from typing import Any

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.errors import SettingsError
from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import capitalized


class FineSettings(QWidget):
    """A form of numbers.

    Signals:
        changed(WritingSettings): the writer changed one of them.
        pin_asked(): she wants the last attempt's seed to be kept.
    """

    changed = Signal(object)
    pin_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._settings = WritingSettings()
        self._boxes: dict[str, QSpinBox | QDoubleSpinBox] = {}
        self._declared: dict[str, Field[Any]] = {each.name: each for each in fields(WritingSettings)}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setVerticalSpacing(5)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = {
            "candidates": self.tr("Candidates a sentence"),
            "alternatives": self.tr("Alternatives"),
            "top_p": self.tr("Top-p"),
            "top_k": self.tr("Top-k"),
            "min_p": self.tr("Min-p"),
            "typical": self.tr("Typical"),
            "spelling": self.tr("Strict spelling"),
            "balance": self.tr("Rare words"),
            "newcomers": self.tr("Against new names"),
            "names": self.tr("Names of the passage"),
            "dry_multiplier": self.tr("Against loops (DRY)"),
            "memory": self.tr("Memory of the draft"),
        }
        for name, words in rows.items():
            box = self._box(name, words)
            caption = label(words, "caption")
            caption.setToolTip(box.toolTip())
            caption.setBuddy(box)
            layout.addRow(caption, box)
            self._boxes[name] = box
        self._seed = QLineEdit()
        self._seed.setObjectName("seedField")
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.setToolTip(self.tr("The same seed and settings write the same text again."))
        self._seed.setPlaceholderText(self.tr("new each time"))
        self._seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,18}")))
        self._seed.textEdited.connect(lambda text: self._take("seed", int(text or 0)))
        self._pin = QPushButton(self.tr("Keep the last seed"))
        self._pin.setAccessibleName(self._pin.text())
        self._pin.clicked.connect(self.pin_asked.emit)
        caption = label(self.tr("Seed"), "caption")
        caption.setBuddy(self._seed)
        layout.addRow(caption, self._seed)
        layout.addRow(self._pin)

    def show_settings(self, settings: WritingSettings) -> None:
        """Shows values without telling anyone."""
        self._settings = settings
        for name, box in self._boxes.items():
            box.blockSignals(True)
            box.setValue(getattr(settings, name))
            box.blockSignals(False)
        seed = str(settings.seed) if settings.seed else ""
        if self._seed.text() != seed:
            self._seed.setText(seed)

    def _box(self, name: str, words: str) -> QSpinBox | QDoubleSpinBox:
        meta = self._declared[name].metadata
        box: QSpinBox | QDoubleSpinBox
        if isinstance(self._declared[name].default, int):
            box = QSpinBox()
            box.setRange(int(meta["low"]), int(meta["high"]))
        else:
            box = QDoubleSpinBox()
            box.setRange(meta["low"], meta["high"])
            box.setSingleStep(0.05)
            box.setDecimals(2)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.setToolTip(plain_text(capitalized(str(meta["meaning"])) + "."))
        box.setKeyboardTracking(False)
        box.setMinimumHeight(26)
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.valueChanged.connect(lambda value, name=name: self._take(name, value))
        return box

    def _take(self, name: str, value: Any) -> None:
        try:
            settings = replace(self._settings, **{name: round(value, 4)})
        except SettingsError:
            return
        self._settings = settings
        self.changed.emit(settings)
