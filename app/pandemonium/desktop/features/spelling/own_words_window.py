"""The small window with the writer's own words, one a line, to be changed as she likes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import answer_buttons
from pandemonium.desktop.core.fitting import make_scrollable, open_at
from pandemonium.desktop.core.plain_text import plain_label
from pandemonium.desktop.features.spelling.spelling_marks import SpellingMarks
from pandemonium.errors import PandemoniumError
from pandemonium.text.own_words import read_words, write_words


class OwnWordsWindow(QDialog):
    """Shows the own words of one page's spelling; never modal."""

    def __init__(self, parent: QWidget, marks: SpellingMarks) -> None:
        super().__init__(parent)
        self.setObjectName("ownWordsWindow")
        self.setWindowTitle(self.tr("My words"))
        self._marks = marks
        self._path = marks.speller.own_words
        said = plain_label(self.tr("One word a line. Spelling takes them for right, in every language."))
        said.setProperty("role", "caption")
        said.setWordWrap(True)
        self.field = QPlainTextEdit()
        self.field.setObjectName("ownWordsField")
        self.field.setAccessibleName(self.tr("My words"))
        self.field.setTabChangesFocus(True)
        self.message = plain_label()
        self.message.setObjectName("ownWordsMessage")
        self.message.setProperty("tone", "warning")
        self.message.setWordWrap(True)
        self.message.hide()
        buttons, self.save_button = answer_buttons(self, self.tr("Save"), self.tr("Leave as they were"))
        self.save_button.setObjectName("ownWordsSaveButton")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for each in (said, self.field, self.message, buttons):
            layout.addWidget(each)
        make_scrollable(self)
        open_at(self, 360, 460)
        marks.changed.connect(self._append_added)

    def open_words(self) -> None:
        """Shows the words as the file has them now."""
        self.message.hide()
        self.save_button.setEnabled(True)
        try:
            self._known = read_words(self._path)
        except PandemoniumError as error:
            self._known = []
            self._say(error)
            self.save_button.setEnabled(False)  # nothing may be written over what could not be read
        self.field.setPlainText("\n".join(self._known))
        self.show()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def accept(self) -> None:
        """Writes the words and closes; stays where they cannot be written."""
        try:
            write_words(self._path, self.field.toPlainText().splitlines())
        except PandemoniumError as error:
            self._say(error)
            return
        super().accept()
        self._marks.look_again()

    def _append_added(self) -> None:
        """A word that was added on the page while this window is open is put at the end of the list."""
        if not self.isVisible():
            return
        try:
            added = [each for each in read_words(self._path) if each not in self._known]
        except PandemoniumError as error:
            self._say(error)
            return
        for each in added:
            self._known.append(each)
            self.field.appendPlainText(each)

    def _say(self, error: PandemoniumError) -> None:
        self.message.setText(str(error))
        self.message.setAccessibleName(str(error))
        self.message.show()
