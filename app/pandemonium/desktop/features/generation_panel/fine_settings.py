"""What lies behind "More": the finer settings of writing, each made from its declaration."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QLineEdit, QPushButton, QWidget

from pandemonium.desktop.core.controls import label
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.setting_widgets import setting_widget
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import capitalized

# Every number of writing that has a title; the others stand elsewhere in the panel.
_SHOWN = [each.name for each in fields(WritingSettings) if "low" in each.metadata and each.metadata["title"]]


class FineSettings(QWidget):
    """A form of numbers.

    Signals:
        pin_asked(): the writer wants the last attempt's seed to be kept.
    """

    pin_asked = Signal()

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setVerticalSpacing(5)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in _SHOWN:
            setting = f"writing.{name}"
            box = setting_widget(settings, setting)
            box.setObjectName(name)
            box.setToolTip(plain_text(capitalized(str(settings.declaration(setting).metadata["meaning"])) + "."))
            box.setMinimumHeight(26)
            if isinstance(box, QAbstractSpinBox):
                box.setAlignment(Qt.AlignmentFlag.AlignRight)
            caption = label(box.accessibleName(), "caption")
            caption.setToolTip(box.toolTip())
            caption.setBuddy(box)
            layout.addRow(caption, box)
        self._seed = QLineEdit()
        self._seed.setObjectName("seedField")
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.setToolTip(self.tr("The same seed and settings write the same text again."))
        self._seed.setPlaceholderText(self.tr("new each time"))
        self._seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,18}")))
        self._seed.textEdited.connect(lambda text: settings.set("writing.seed", int(text or 0)))
        settings.watch("writing.seed", self._show_seed)
        self._pin = QPushButton(self.tr("Keep the last seed"))
        self._pin.setAccessibleName(self._pin.text())
        self._pin.clicked.connect(self.pin_asked.emit)
        caption = label(self.tr("Seed"), "caption")
        caption.setBuddy(self._seed)
        layout.addRow(caption, self._seed)
        layout.addRow(self._pin)

    def _show_seed(self, seed: int) -> None:
        text = str(seed) if seed else ""
        if self._seed.text() != text:
            self._seed.setText(text)
