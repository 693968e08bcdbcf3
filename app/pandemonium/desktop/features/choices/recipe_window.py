"""The small window that says how a text was written, and has it written again."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import label, push_button
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.editor.units import from_units
from pandemonium.desktop.features.choices.recipe_texts import format_lead, format_recipe
from pandemonium.desktop.features.generation.attempt import Attempt

_MOST = 400  # characters of the text that are shown


class RecipeWindow(QDialog):
    """Shows one recipe; never modal, so that she can write on beside it.

    Signals:
        again_asked(): the text is to be written again.
        anew_asked(): others are to be written in its place.
        stop_asked(): what is being written again is not wanted any more.
    """

    again_asked = Signal()
    anew_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("recipeWindow")
        self.setWindowTitle(self.tr("How was this written?"))
        self.setAccessibleName(self.windowTitle())
        self._recipe = ""
        self._is_writing = False
        self._lead = self._words("lead", "recipeLead")
        self._text = self._words("caption", "recipeText")
        self._form = QFormLayout()
        self._form.setVerticalSpacing(6)
        self._form.setHorizontalSpacing(16)
        self._said = self._words("lead", "recipeSaid")
        self.again_button = push_button("writeAgainButton", self.tr("Write it again"))
        self.again_button.clicked.connect(lambda _=False: self.again_asked.emit())
        self.again_button.setToolTip(self.tr("The same voice writes the same behind the same text, letter for letter."))
        self.anew_button = push_button("writeAnewButton", self.tr("Write it anew"))
        self.anew_button.clicked.connect(lambda _=False: self.anew_asked.emit())
        self.anew_button.setToolTip(self.tr("Other texts for the same place, beside the page."))
        self.copy_button = push_button("copyRecipeButton", self.tr("Copy the recipe"))
        self.copy_button.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(self._recipe))
        self.copy_button.setToolTip(self.tr("For the command line: pandemonium continue --recipe FILE."))
        self._lay_out()
        make_scrollable(self)
        open_at(self, 520, 560)

    def show_recipe(self, attempt: Attempt, tail: str) -> None:
        """Shows how an attempt was written.

        Args:
            attempt: that has a recipe.
            tail: the text before its place.
        """
        assert attempt.recipe is not None
        self._recipe = json.dumps(attempt.recipe.to_dict(), indent=1)
        self._lead.setText(format_lead(attempt))
        words = " ".join(from_units(attempt.text).split())
        self._text.setText(words if len(words) <= _MOST else words[:_MOST].rsplit(" ", 1)[0] + " …")
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in format_recipe(attempt, from_units(tail)):
            shown = label(value, "value")
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            shown.setAccessibleName(f"{name}: {value}")
            if len(value) == 64:
                shown.setText(f"{value[:32]}\n{value[32:]}")  # a hash has no place to break a line at
            caption = label(name, "caption")
            caption.setAlignment(Qt.AlignmentFlag.AlignTop)  # beside the first of its value's lines
            self._form.addRow(caption, shown)
        self.say("")

    def say(self, sentence: str, *, may_repeat: bool = True) -> None:
        """Says what came of writing it again."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self.again_button.setEnabled(may_repeat and not self._is_writing)
        self.anew_button.setVisible(not may_repeat)

    def show_state(self, *, writing: bool) -> None:
        """Nothing can be asked while a voice writes."""
        self._is_writing = writing
        self.again_button.setEnabled(not writing)
        self.anew_button.setEnabled(not writing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the voice first, and closes the window where none writes."""
        if event.key() == Qt.Key.Key_Escape and self._is_writing:
            self.stop_asked.emit()
        else:
            super().keyPressEvent(event)

    def _words(self, role: str, name: str) -> QLabel:
        made = label("", role)
        made.setObjectName(name)
        made.setWordWrap(True)
        return made

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 26, 36, 28)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(self._lead)
        layout.addWidget(self._text)
        layout.addLayout(self._form)
        layout.addStretch()
        layout.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.again_button, self.anew_button, self.copy_button):
            row.addWidget(button, 1)
        layout.addLayout(row)
