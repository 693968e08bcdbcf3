"""The panel beside the page: which voice, how it writes, Continue, Stop, Retry, and the attempts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCursor, QMoveEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pandemonium.desktop.core.controls import ChoiceRow, Fold, SliderRow, label, push_button
from pandemonium.desktop.core.icons import Icons
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.scaled_slider import Scale, Stop
from pandemonium.desktop.core.setting_widgets import bind_slider, setting_list, setting_widget, slider_range
from pandemonium.desktop.core.settings_store import SettingsStore
from pandemonium.desktop.core.theme import Theme
from pandemonium.desktop.core.wheel import let_wheel_scroll
from pandemonium.desktop.features.generation_panel.attempt_list import AttemptList
from pandemonium.desktop.features.generation_panel.fine_settings import FineSettings
from pandemonium.desktop.features.generation_panel.preset_texts import NAMED_PRESETS
from pandemonium.settings.presets import PRESET_FIELDS
from pandemonium.text.sentences import capitalized
from pandemonium.voice.library import VoiceEntry

_WIDTH = 46  # average characters of the interface's font
# In words: a sentence or two take as much of the slider's way as pages do.
_LENGTHS = Scale([Stop(1, 0.0), Stop(10, 0.06), Stop(100, 0.54, 5), Stop(400, 0.86, 10), Stop(2000, 1.0, 50)])


class GenerationPanel(QFrame):
    """The panel; its controls are bound to the settings, and it shows what it is told.

    Signals:
        voice_chosen(str), pin_asked().
    """

    voice_chosen = Signal(str)
    pin_asked = Signal()

    def __init__(
        self, settings: SettingsStore, devices: Mapping[str, str], choose_device: Callable[[str], object]
    ) -> None:
        """Args:
        settings: that the controls are bound to.
        devices: what a voice can run on, words by key.
        choose_device: lets it run on another.
        """
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("How the voice writes"))
        self._settings = settings
        self.voice_box = self._box("voiceBox", self.tr("Voice"))
        self.voice_menu_button = QToolButton()
        self.voice_menu_button.setObjectName("voiceMenuButton")
        self.voice_menu_button.setText("…")
        self.voice_menu_button.setAccessibleName(self.tr("Train a voice, or see the library"))
        self.voice_menu_button.setToolTip(self.voice_menu_button.accessibleName())
        self.voice_menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.device_box = setting_list(settings, "panel.device", devices, choose_device)
        self._name_box(self.device_box, "deviceBox", self.tr("Device"))
        self.temperature = SliderRow(
            "temperatureSlider",
            self.tr("Temperature"),
            (self.tr("careful"), self.tr("wild")),
            slider_range(settings, "writing.temperature", 100),
            lambda value: f"{value / 100:.2f}",
        )
        self.length = SliderRow(
            "lengthSlider",
            self.tr("Length"),
            (self.tr("a sentence"), self.tr("pages")),
            slider_range(settings, "writing.words"),
            lambda value: self.tr("{n} words").format(n=value),
            _LENGTHS,
        )
        self.preset_row = ChoiceRow(
            "presetBox",
            self.tr("Preset"),
            [(each.preset.key, _translated(each.name), _translated(each.line)) for each in NAMED_PRESETS],
        )
        self._preset_line = label("", "hint")
        self.arrival_row = setting_widget(settings, "panel.arrival")
        self.arrival_row.setObjectName("arrivalBox")
        self.continue_button = push_button("continueButton", self.tr("Continue"))
        self.stop_button = push_button("stopButton", self.tr("Stop"))
        self.retry_button = push_button("retryButton", self.tr("Retry"))
        self.choices_button = push_button("choicesButton", self.tr("Choices"))
        self.attempts = AttemptList()
        self._attempts_caption = label(self.tr("Attempts"), "caption")
        self.fine = FineSettings(settings)
        self.more = Fold(self.tr("More"), self.fine)
        self._lay_out()
        self._connect()

    def show_voices(self, entries: Sequence[VoiceEntry], chosen: str) -> None:
        """Lists the voices."""
        with QSignalBlocker(self.voice_box):
            self.voice_box.clear()
            for entry in entries:
                self.voice_box.addItem(capitalized(entry.name), entry.name)
            self.voice_box.setCurrentIndex(max(0, self.voice_box.findData(chosen)))
        self.voice_box.setEnabled(bool(entries))

    def show_card(self, description: str) -> None:
        """Shows what the loaded voice is, on hover."""
        self.voice_box.setToolTip(plain_text(description))
        self.voice_box.setAccessibleDescription(description)

    def show_state(self, *, writing: bool, can_retry: bool) -> None:
        """Shows whether the voice writes: Stop stands in the place of Continue then."""
        had_focus = self.continue_button.hasFocus() or self.stop_button.hasFocus()
        button = self.stop_button if writing else self.continue_button
        self._stack.setCurrentWidget(button)
        if had_focus:
            button.setFocus()
        self.retry_button.setEnabled(can_retry)
        self.choices_button.setEnabled(not writing)

    def show_attempts(self, texts: Sequence[str], current: int, notes: Sequence[str] = ()) -> None:
        """Lists the attempts, their beginnings only, with how each was written."""
        self.attempts.show_texts(texts, current, notes)
        for widget in (self.attempts, self._attempts_caption):
            widget.setVisible(bool(texts))

    def show_list(self) -> None:
        """Scrolls to the attempts."""
        bottom = self.attempts.mapToParent(self.attempts.rect().bottomLeft()).y()
        bar = self._scroll.verticalScrollBar()
        bar.setValue(max(bar.value(), bottom + 12 - self._scroll.viewport().height()))

    def add_fold(self, fold: Fold) -> None:
        """Adds a fold of another feature, below those that are here."""
        holder = self.more.parentWidget()
        body = holder.layout() if holder is not None else None
        assert isinstance(body, QVBoxLayout)
        body.insertWidget(body.count() - 1, fold)
        fold.sought.connect(lambda: self.show_fold(fold))
        let_wheel_scroll(fold)

    def show_fold(self, fold: Fold) -> None:
        """Scrolls so that as much of an open fold is in sight as can be, its head at least."""
        holder = self._scroll.widget()
        assert holder is not None
        holder.adjustSize()
        self._scroll.verticalScrollBar().setValue(fold.mapTo(holder, fold.rect().topLeft()).y() - 8)

    def follow(self, theme: Theme, icons: Icons) -> None:
        """Tints its icons as a theme has it."""
        icons.put_on(self.continue_button, "feather", theme, "on_accent", 17, room=5)
        icons.put_on(self.stop_button, "circle-stop", theme, "accent", 17, room=5)
        icons.put_on(self.retry_button, "refresh-cw", theme, "quiet", 14, room=5)
        icons.put_on(self.choices_button, "list", theme, "quiet", 14, room=5)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears when attempts come or go above the folds: who works in one of these keeps it where it is."""
        if isinstance(event, QMoveEvent) and self._is_below(event.oldPos().y()):
            bar = self._scroll.verticalScrollBar()
            stands_at = bar.value() + event.pos().y() - event.oldPos().y()
            bar.setMaximum(max(bar.maximum(), stands_at))  # the layout is just being made, and sets its range behind
            bar.setValue(stands_at)
        return super().eventFilter(watched, event)

    def _is_below(self, height: int) -> bool:
        """The writer is at something below that height of a panel that was scrolled: by mouse, keyboard or sight."""
        body = self._scroll.widget()
        scrolled = self._scroll.verticalScrollBar().value()
        if body is None or not scrolled:
            return False
        button = self.continue_button if self.continue_button.isVisible() else self.stop_button
        if button.visibleRegion().isEmpty():  # Continue is out of sight
            return True
        focused = QApplication.focusWidget()
        if focused is not None and body.isAncestorOf(focused) and focused.mapTo(body, QPoint(0, 0)).y() >= height:
            return True
        return self.underMouse() and body.mapFromGlobal(QCursor.pos()).y() >= height

    def changeEvent(self, event: QEvent) -> None:
        """Takes another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_font()

    def _fit_font(self) -> None:
        """Is as wide as its font asks for."""
        letter = self.fontMetrics().averageCharWidth()
        self.setFixedWidth(max(300, _WIDTH * letter))
        self.attempts.set_room(self.width() - 50)
        widest = max(each.sizeHint().width() for each in self._captions)
        for each in self._captions:
            each.setFixedWidth(widest)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("panelBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(6)
        voice = (self.voice_box, self.voice_menu_button)
        self._captions = []
        for caption, boxes in ((self.tr("Voice"), voice), (self.tr("Device"), (self.device_box,))):
            row = QHBoxLayout()
            words = label(caption, "caption")
            words.setBuddy(boxes[0])
            self._captions.append(words)
            row.addWidget(words)
            row.addWidget(boxes[0], 1)
            for beside in boxes[1:]:
                row.addWidget(beside)
            layout.addLayout(row)
        layout.addSpacing(10)
        layout.addWidget(self.preset_row)
        layout.addWidget(self._preset_line)
        layout.addSpacing(6)
        layout.addWidget(self.temperature)
        layout.addSpacing(4)
        layout.addWidget(self.length)
        layout.addSpacing(8)
        layout.addWidget(label(self.arrival_row.accessibleName(), "caption"))
        layout.addWidget(self.arrival_row)
        layout.addSpacing(14)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.continue_button)
        self._stack.addWidget(self.stop_button)
        place = QWidget()
        place.setLayout(self._stack)
        place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.addWidget(place)
        others = QHBoxLayout()
        others.addWidget(self.choices_button, 1)
        others.addWidget(self.retry_button, 1)
        layout.addLayout(others)
        layout.addSpacing(4)
        layout.addWidget(self._attempts_caption)
        layout.addWidget(self.attempts)
        layout.addWidget(self.more)
        layout.addStretch()
        scroll = self._scroll = QScrollArea()
        scroll.setObjectName("panelScroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A click in the panel leaves the keyboard to the page: who has chosen goes on writing.
        chosen = (self.voice_box, self.voice_menu_button, self.device_box)
        buttons = (self.continue_button, self.stop_button, self.choices_button, self.retry_button)
        for clicked in (*chosen, *buttons, self.attempts):
            clicked.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        let_wheel_scroll(self)
        self.more.installEventFilter(self)
        self._fit_font()
        self.show_attempts([], -1)

    def _connect(self) -> None:
        settings = self._settings
        bind_slider(settings, "writing.temperature", self.temperature, 100)
        bind_slider(settings, "writing.words", self.length)
        self.preset_row.chosen.connect(self._apply_preset)
        for name in PRESET_FIELDS:
            settings.watch(f"writing.{name}", lambda _: self._show_preset(), now=False)
        self._show_preset()
        self.fine.pin_asked.connect(self.pin_asked)
        self.more.toggled.connect(lambda opened: settings.set("panel.more", opened))
        settings.watch("panel.more", self.more.open)
        self.voice_box.currentIndexChanged.connect(lambda _: self.voice_chosen.emit(self.voice_box.currentData()))

    def _apply_preset(self, key: str) -> None:
        preset = next(each.preset for each in NAMED_PRESETS if each.preset.key == key)
        self._settings.set_table("writing", preset.apply(self._settings.values.writing))

    def _show_preset(self) -> None:
        writing = self._settings.values.writing
        named = next((each for each in NAMED_PRESETS if each.preset.fits(writing)), None)
        self.preset_row.show_choice(named.preset.key if named else "")
        self._preset_line.setText(_translated(named.line) if named else self.tr("Your own setting."))

    def _box(self, object_name: str, name: str) -> QComboBox:
        box = QComboBox()
        self._name_box(box, object_name, name)
        return box

    @staticmethod
    def _name_box(box: QComboBox, object_name: str, name: str) -> None:
        box.setObjectName(object_name)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)


def _translated(text: str) -> str:
    return QCoreApplication.translate("Presets", text)
