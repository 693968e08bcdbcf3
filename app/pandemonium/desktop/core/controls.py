"""Small controls that the panel is made of: a slider with words, a row of choices, a fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.plain_text import plain_label, plain_text
from pandemonium.desktop.core.scaled_slider import Scale, ScaledSlider


class _KeyActs(QObject):
    """See `on_keys`."""

    def __init__(self, widget: QWidget, acts: Mapping[Qt.Key, Callable[[], object]]) -> None:
        super().__init__(widget)
        self._acts = {key.value: act for key, act in acts.items()}
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Does what was asked for, before the window's own keys do; the widget sees all other keys."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            act = self._acts.get(event.key())
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    act()
            return act is not None
        return False


def on_keys(widget: QWidget, acts: Mapping[Qt.Key, Callable[[], object]]) -> None:
    """Has `widget` do something else at these keys than it usually does."""
    _KeyActs(widget, acts)


def label(text: str, role: str) -> QLabel:
    """A label that the style sheet knows by its role: "caption", "value" or "hint"."""
    made = plain_label(text)
    made.setProperty("role", role)
    if role == "hint":
        made.setWordWrap(True)
        font = made.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        made.setFont(font)
    return made


class _Button(QPushButton):
    """Return presses it as Space does, where the keyboard is on it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def push_button(object_name: str, text: str, act: Callable[[], object] | None = None) -> QPushButton:
    """A button that does `act`; in a dialog, Return presses it only where the keyboard is on it."""
    made = _Button(text)
    made.setObjectName(object_name)
    made.setAccessibleName(text.rstrip("…"))
    made.setAutoDefault(False)
    if act is not None:
        made.clicked.connect(lambda _=False: act())
    return made


def answer_buttons(dialog: QDialog, accept: str, reject: str) -> tuple[QDialogButtonBox, QPushButton]:
    """The two buttons that a dialog ends with, as the system orders them; the first is proposed.

    Args:
        dialog: that they end.
        accept, reject: what they say.

    Returns:
        the row of both, and the one that accepts.
    """
    row = QDialogButtonBox()
    name_answers(row)
    made = []
    for text, role in (
        (accept, QDialogButtonBox.ButtonRole.AcceptRole),
        (reject, QDialogButtonBox.ButtonRole.RejectRole),
    ):
        button = QPushButton(text)
        button.setAccessibleName(text.rstrip("…"))
        row.addButton(button, role)
        made.append(button)
    made[0].setDefault(True)
    row.accepted.connect(dialog.accept)
    row.rejected.connect(dialog.reject)
    return row, made[0]


def name_answers(widget: QWidget) -> None:
    """Names the rows of buttons that end a dialog, which a screen reader tells of as groups; none has Qt's pictures.

    Args:
        widget: such a row, or a dialog that has some.
    """
    rows = [widget] if isinstance(widget, QDialogButtonBox) else widget.findChildren(QDialogButtonBox)
    for each in rows:
        each.setAccessibleName(QCoreApplication.translate("Controls", "Answers"))
        for button in each.buttons():
            button.setIcon(QIcon())


class ElidedLabel(QLabel):
    """A line that ends in "…" where there is no room for all of it; its text stays the whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """It yields to whatever stands beside it."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def has_room_for(self, text: str) -> bool:
        """Tells whether a text could be read whole."""
        room = self.contentsRect().width() - 2 * self.margin()
        return self.fontMetrics().horizontalAdvance(text) <= room

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints as much as there is room for."""
        room = self.contentsRect().adjusted(self.margin(), 0, -self.margin(), 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), shown)
        painter.end()


class SliderRow(QWidget):
    """A slider with its name and value above it and a word at either end below."""

    def __init__(
        self,
        object_name: str,
        name: str,
        ends: tuple[str, str],
        limits: tuple[int, int, int],
        say: Callable[[int], str],
        scale: Scale | None = None,
    ) -> None:
        """Args:
        object_name: of the QSlider.
        name: what it sets, for the label and the screen reader.
        ends: the words under its ends.
        limits: lowest and highest value, and the step.
        say: the value in words.
        scale: how its way is shared out; evenly where None.
        """
        super().__init__()
        self._say = say
        self.slider = QSlider(Qt.Orientation.Horizontal) if scale is None else ScaledSlider(scale)
        self.slider.setObjectName(object_name)
        self.slider.setAccessibleName(name)
        self.slider.setRange(limits[0], limits[1])
        self.slider.setSingleStep(limits[2])
        self.slider.setPageStep(limits[2] * 4)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who drags it goes on writing
        self._value = label("", "value")
        self._caption = caption = label(name, "caption")
        caption.setBuddy(self.slider)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(1)
        layout.addWidget(caption, 0, 0)
        layout.addWidget(self._value, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.slider, 1, 0, 1, 2)
        layout.addWidget(label(ends[0], "hint"), 2, 0)
        right = label(ends[1], "hint")
        right.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addWidget(right, 2, 1)
        self.slider.valueChanged.connect(self._show)
        self._show(self.slider.value())

    def rename(self, name: str) -> None:
        """Sets something of another name."""
        self._caption.setText(name)
        self.slider.setAccessibleName(name)

    def show_value(self, value: int) -> None:
        """Moves the slider without telling anyone."""
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self._show(self.slider.value())

    def _show(self, value: int) -> None:
        self._value.setText(self._say(value))
        self.slider.setAccessibleDescription(self._say(value))


class ChoiceRow(QWidget):
    """A few choices side by side, one of them taken (or none).

    Signals:
        chosen(str): the writer took the choice of that key.
    """

    chosen = Signal(str)

    def __init__(self, object_name: str, name: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """Args:
        object_name: of the row.
        name: what is chosen, for the screen reader.
        choices: key, word and explanation of each.
        """
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        for index, (key, word, explanation) in enumerate(choices):
            button = QPushButton(word)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("role", "segment")
            button.setProperty("place", {0: "first", len(choices) - 1: "last"}.get(index, "middle"))
            button.setAccessibleName(f"{name}: {word}")
            button.setAccessibleDescription(explanation)
            button.setToolTip(plain_text(explanation))
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            layout.addWidget(button, 1)

    def show_choice(self, key: str) -> None:
        """Shows which choice is taken; an unknown key shows none."""
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)


class Fold(QWidget):
    """A heading that opens and closes what lies under it.

    Signals:
        toggled(bool): the writer opened or closed it.
        sought(): what holds it is to bring it into sight.
    """

    toggled = Signal(bool)
    sought = Signal()

    def __init__(self, name: str, body: QWidget) -> None:
        super().__init__()
        self._body = body
        self._head = QToolButton()
        self._head.setObjectName("foldHead")
        self._head.setText(name)
        self._head.setAccessibleName(name)
        self._head.setCheckable(True)
        self._head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setArrowType(Qt.ArrowType.RightArrow)
        self._head.toggled.connect(self._show)
        self._head.clicked.connect(lambda _=False: self.toggled.emit(self._head.isChecked()))  # may hand no argument
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(body)
        body.setVisible(False)

    def open(self, opened: bool) -> None:
        """Opens or closes it without telling anyone."""
        self._head.setChecked(opened)

    def _show(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self._head.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
