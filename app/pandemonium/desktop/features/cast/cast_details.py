"""What is known of one member of the cast, and can be changed: its name, what it is, its pronoun, a note."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import ChoiceRow, label, on_keys
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.wheel import let_wheel_scroll
from pandemonium.desktop.features.cast.cast_book import LONGEST_NAME, NO_PRONOUN, CastMember
from pandemonium.text.naming import PRONOUNS


class _NameField(QLineEdit):
    """One line; what was typed holds with Return or when it is left, Esc takes it back."""

    settled = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self.returnPressed.connect(self._settle)
        on_keys(self, {Qt.Key.Key_Escape: self._take_back})

    def show_name(self, name: str) -> None:
        """Shows a name, unless she is typing another."""
        if not (self.hasFocus() and self.text() != self._before):
            self.setText(name)
        self._before = name

    def _take_back(self) -> None:
        self.setText(self._before)
        self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed holds."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()

    def _settle(self) -> None:
        if self.text() != self._before:
            self.settled.emit(self.text())


class CastDetails(QWidget):
    """The lower part of the panel.

    Signals:
        renamed(str), kind_chosen(str), pronoun_chosen(str), pin_chosen(bool), noted(str): what the writer decides.
        go_asked(int): to the first mention (0), the next (1), the one before (-1).
        menu_asked(): the other things that can be done.
        left(): she wants to go back to the page.
    """

    renamed = Signal(str)
    kind_chosen = Signal(str)
    pronoun_chosen = Signal(str)
    pin_chosen = Signal(bool)
    noted = Signal(str)
    go_asked = Signal(int)
    menu_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("castDetails")
        self.name_field = _NameField()
        self.name_field.setObjectName("castName")
        self.name_field.setAccessibleName(self.tr("Name"))
        self.name_field.setMaxLength(LONGEST_NAME)
        self.name_field.setToolTip(self.tr("What it is called here. The text stays as it is."))
        self.name_field.settled.connect(self.renamed.emit)
        self.name_field.left.connect(self.left.emit)
        self.menu_button = QToolButton()
        self.menu_button.setObjectName("castMenuButton")
        self.menu_button.setText("\u2026")
        self.menu_button.setAccessibleName(self.tr("Make two names one, or hide this one"))
        self.menu_button.setToolTip(self.menu_button.accessibleName())
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_button.clicked.connect(lambda _=False: self.menu_asked.emit())
        self.kinds = ChoiceRow(
            "castKind",
            self.tr("What it is"),
            [
                ("person", self.tr("Person"), self.tr("Somebody")),
                ("place", self.tr("Place"), self.tr("A place")),
                ("thing", self.tr("Thing"), self.tr("Anything else that has a name")),
            ],
        )
        self.kinds.chosen.connect(self.kind_chosen.emit)
        self.pin_box = QCheckBox(self.tr("In the scene"))
        self.pin_box.setObjectName("castPinned")
        self.pin_box.setAccessibleName(self.pin_box.text())
        self.pin_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pin_box.setToolTip(plain_text(self.tr("The voice names whoever is in the scene, and strangers stay out.")))
        self.pin_box.toggled.connect(self.pin_chosen.emit)
        self.pronoun_box = QComboBox()
        self.pronoun_box.setObjectName("castPronoun")
        self.pronoun_box.setAccessibleName(self.tr("Pronoun"))
        self.pronoun_box.setToolTip(self.tr("Pronoun"))
        words = {"she": self.tr("she"), "he": self.tr("he"), "they": self.tr("they"), "it": self.tr("it")}
        for pronoun in PRONOUNS:
            self.pronoun_box.addItem(words[pronoun], pronoun)
        self.pronoun_box.addItem(self.tr("no pronoun"), NO_PRONOUN)
        self.pronoun_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pronoun_box.activated.connect(lambda _: self.pronoun_chosen.emit(self.pronoun_box.currentData()))
        self.first_button = QPushButton(self.tr("First mention"))
        self.first_button.setObjectName("castFirst")
        self.first_button.setAccessibleName(self.first_button.text())
        self.previous_button = _arrow("castPrevious", "\u2039", self.tr("Previous mention"))
        self.next_button = _arrow("castNext", "\u203a", self.tr("Next mention"))
        for button, step in ((self.first_button, 0), (self.previous_button, -1), (self.next_button, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, step=step: self.go_asked.emit(step))
        self.note_field = QPlainTextEdit()
        self.note_field.setObjectName("castNote")
        self.note_field.setAccessibleName(self.tr("Note"))
        self.note_field.setPlaceholderText(self.tr("A note, for you alone"))
        self.note_field.setTabChangesFocus(True)
        self.note_field.setFixedHeight(5 * self.fontMetrics().lineSpacing())
        self.note_field.textChanged.connect(lambda: self.noted.emit(self.note_field.toPlainText()))
        on_keys(self.note_field, {Qt.Key.Key_Escape: self.left.emit})
        self._forms = label("", "hint")
        self._forms.setObjectName("castForms")
        self._lay_out()
        let_wheel_scroll(self)

    def show_member(self, member: CastMember) -> None:
        """Shows a member; what is being typed stays."""
        self.name_field.show_name(member.name)
        self.kinds.show_choice(member.kind)
        for widget in (self.pin_box, self.pronoun_box, self.note_field):
            widget.blockSignals(True)
        self.pin_box.setChecked(member.pinned)
        self.pin_box.setEnabled(not member.hidden)
        self.pronoun_box.setCurrentIndex(self.pronoun_box.findData(member.pronoun or NO_PRONOUN))
        if self.note_field.toPlainText() != member.note:
            self.note_field.setPlainText(member.note)
        for widget in (self.pin_box, self.pronoun_box, self.note_field):
            widget.blockSignals(False)
        for button in (self.first_button, self.previous_button, self.next_button):
            button.setEnabled(member.count > 0)
        others = [form for form in member.forms if form != member.name]
        self._forms.setText(self.tr("In the text also: {names}").format(names=", ".join(others[:6])) if others else "")
        self._forms.setVisible(bool(others))

    def take_name_back(self, name: str) -> None:
        """What was typed is no name: the old one stays."""
        with QSignalBlocker(self.name_field):
            self.name_field.clearFocus()
            self.name_field.show_name(name)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name_field, 1)
        head.addWidget(self.menu_button)
        ways = QHBoxLayout()
        ways.setSpacing(4)
        ways.addWidget(self.first_button, 1)
        ways.addWidget(self.previous_button)
        ways.addWidget(self.next_button)
        scene = QHBoxLayout()
        scene.addWidget(self.pin_box, 1)
        scene.addWidget(self.pronoun_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 4)
        layout.setSpacing(7)
        layout.addLayout(head)
        layout.addWidget(self._forms)
        layout.addLayout(ways)
        layout.addLayout(scene)
        layout.addWidget(self.kinds)
        layout.addWidget(self.note_field)


def _arrow(name: str, text: str, said: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setAccessibleName(said)
    made.setToolTip(said)
    return made
