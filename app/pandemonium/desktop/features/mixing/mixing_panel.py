"""What is seen of the mixing desk: a fold of the panel with sliders, two lists of words, and the writer's presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from pandemonium.desktop.core.controls import SliderRow, label, push_button
from pandemonium.desktop.core.plain_text import plain_text
from pandemonium.desktop.core.setting_widgets import translated
from pandemonium.desktop.features.mixing.voice_mix import WHOLE, VoiceMix
from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import capitalized

_PAUSE = 500  # milliseconds without a key, after which a list of words holds
_LINES = 3  # of a list of words


class WordList(QPlainTextEdit):
    """A list of words or phrases, one a line; it may be as long as one likes.

    Signals:
        changed(tuple): the writer has changed it.
    """

    changed = Signal(tuple)

    def __init__(self, object_name: str, name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setProperty("role", "words")
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 16)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._pause.start)

    def words(self) -> tuple[str, ...]:
        """What stands in it."""
        lines = (" ".join(line.split()) for line in self.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def show_words(self, words: Sequence[str]) -> None:
        """Shows other words, unless they are what stands there."""
        if tuple(words) == self.words():
            return
        with QSignalBlocker(self):
            self.setPlainText("\n".join(words))
        self._pause.stop()

    def event(self, event: QEvent) -> bool:
        """Before a key of the program acts, what was typed last holds."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if held:
                self._commit_typed()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever leaves has written it to its end."""
        self._commit_typed()
        super().focusOutEvent(event)

    def _commit_typed(self) -> None:
        if self._pause.isActive():
            self.commit()

    def commit(self) -> None:
        """Tells what stands in it now."""
        self._pause.stop()
        self.changed.emit(self.words())


class MixingPanel(QWidget):
    """The desk; it shows what it is told, and tells what the writer does.

    Signals:
        mix_changed(VoiceMix), words_changed(str, tuple): the list's setting and the words.
        preset_chosen(str), save_asked(), remove_asked(), export_asked(), import_asked().
    """

    mix_changed = Signal(object)
    words_changed = Signal(str, tuple)
    preset_chosen = Signal(str)
    save_asked = Signal()
    remove_asked = Signal()
    export_asked = Signal()
    import_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mixingPanel")
        self.setAccessibleName(self.tr("Mixing desk"))
        self._mix = VoiceMix()
        self._held: VoiceMix | None = None  # as it stood when a slider was taken hold of
        self._proposed = VoiceMix()
        self.first = self._slider("mixFirst", self.tr("Voice"))
        self.boxes: list[QComboBox] = []
        self.sliders: list[SliderRow] = []
        for place in range(len(self._mix.names)):
            box = QComboBox()
            box.setObjectName(f"mixVoice{place + 1}")
            box.setAccessibleName(self.tr("Voice mixed in, number {n}").format(n=place + 1))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.activated.connect(lambda _, place=place: self._choose_voice(place))
            self.boxes.append(box)
            self.sliders.append(self._slider(f"mixShare{place + 1}", self.tr("Its share")))
        self.as_trained = push_button("mixAsTrained", self.tr("As its training found best"))
        self.as_trained.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._why = label("", "hint")
        self._why.setObjectName("mixingWhy")
        self.wanted = WordList("wantedWords", _title("wanted"))
        self.unwanted = WordList("unwantedWords", _title("banned"))
        self.presets = QComboBox()
        self.presets.setObjectName("ownPresets")
        self.presets.setAccessibleName(self.tr("Your presets"))
        self.presets.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.save = self._button("savePreset", self.tr("Save as…"))
        self.remove = self._button("removePreset", self.tr("Remove"))
        self.export = self._button("exportPreset", self.tr("Export…"))
        self.bring = self._button("importPreset", self.tr("Import…"))
        self._lay_out()
        self._connect()
        self.show_mix(self._mix, "", [])

    def show_mix(
        self,
        mix: VoiceMix,
        first: str,
        mixable: Sequence[str],
        why: str = "",
        proposed: VoiceMix | None = None,
    ) -> None:
        """Shows what is mixed.

        Args:
            mix: the voices beside the first one.
            first: the first voice's name.
            mixable: what can be mixed with it.
            why: a sentence about those that cannot.
            proposed: what the first voice's training found best.
        """
        self._mix = mix
        self._show_proposed(proposed or VoiceMix())
        self.first.rename(capitalized(first) or self.tr("Voice"))
        self.first.show_value(mix.first)
        self.first.setVisible(any(mix.names))  # alone it has all
        for place, (box, slider) in enumerate(zip(self.boxes, self.sliders, strict=True)):
            name = mix.names[place]
            with QSignalBlocker(box):
                box.clear()
                box.addItem(self.tr("Mix in a voice…") if not name else self.tr("No voice"), "")
                for each in mixable:
                    if each == name or each not in mix.names:
                        box.addItem(capitalized(each), each)
                box.setCurrentIndex(max(0, box.findData(name)))
            # The second place is offered once the first is taken.
            box.setVisible(bool(name) or (len(mixable) > place and (place == 0 or bool(mix.names[place - 1]))))
            slider.setVisible(bool(name))
            slider.rename(self.tr("Share of {voice}").format(voice=capitalized(name)))
            slider.show_value(mix.percents[place])
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def _show_proposed(self, proposed: VoiceMix) -> None:
        self._proposed = proposed
        parts = [
            f"{percent} % {capitalized(name)}"
            for name, percent in zip(proposed.names, proposed.percents, strict=True)
            if name
        ]
        self.as_trained.setAccessibleDescription(", ".join(parts))
        self.as_trained.setToolTip(plain_text(", ".join(parts)))
        self.as_trained.setVisible(bool(parts) and proposed != self._mix)

    def show_presets(self, names: Sequence[str], chosen: str) -> None:
        """Lists the writer's presets, and which of them the settings are."""
        with QSignalBlocker(self.presets):
            self.presets.clear()
            self.presets.addItem(self.tr("None of yours") if names else self.tr("None saved yet"), "")
            for name in names:
                self.presets.addItem(name, name)
            self.presets.setCurrentIndex(max(0, self.presets.findData(chosen)))
        self.presets.setEnabled(bool(names))
        self.remove.setEnabled(bool(chosen))

    @property
    def first_control(self) -> QWidget:
        """Where the keyboard begins."""
        return self.boxes[0] if self.boxes[0].isVisibleTo(self) else self.wanted

    @property
    def preset(self) -> str:
        """The name of the preset that is shown; empty for none."""
        return str(self.presets.currentData() or "")

    def _choose_voice(self, place: int) -> None:
        name = str(self.boxes[place].currentData() or "")
        mix = self._mix.with_name(place, name)
        if name and not mix.percents[place]:
            mix = mix.with_percent(place, WHOLE // 3)
        self.mix_changed.emit(mix)

    @property
    def _moved(self) -> VoiceMix:
        """The mix of which a slider changes a share: in a drag the one that it began with, so that it leads back."""
        return self._mix if self._held is None else self._held

    def _hold(self, mix: VoiceMix | None) -> None:
        self._held = mix

    def _slider(self, object_name: str, name: str) -> SliderRow:
        ends = (self.tr("nothing"), self.tr("all"))
        return SliderRow(object_name, name, ends, (0, WHOLE, 1), lambda value: f"{value} %")

    def _button(self, object_name: str, text: str) -> QPushButton:
        button = push_button(object_name, text)
        button.setAccessibleName(self.tr("Presets: {act}").format(act=text.rstrip("…")))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(6)
        layout.addWidget(self.first)
        for box, slider in zip(self.boxes, self.sliders, strict=True):
            layout.addWidget(box)
            layout.addWidget(slider)
        layout.addWidget(self.as_trained)
        layout.addWidget(self._why)
        for words in (self.wanted, self.unwanted):
            caption = label(words.accessibleName(), "caption")
            caption.setBuddy(words)
            layout.addSpacing(4)
            layout.addWidget(caption)
            layout.addWidget(words)
        layout.addWidget(label(self.tr("One word or phrase a line, as many as you like."), "hint"))
        layout.addSpacing(4)
        caption = label(self.presets.accessibleName(), "caption")
        caption.setBuddy(self.presets)
        row = QHBoxLayout()
        row.addWidget(caption)
        row.addWidget(self.presets, 1)
        layout.addLayout(row)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for at, button in enumerate((self.save, self.remove, self.export, self.bring)):
            buttons.addWidget(button, at // 2, at % 2)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.first.slider.valueChanged.connect(lambda value: self.mix_changed.emit(self._moved.with_first(value)))
        for place, row in enumerate(self.sliders):
            row.slider.valueChanged.connect(
                lambda value, place=place: self.mix_changed.emit(self._moved.with_percent(place, value))
            )
        for row in (self.first, *self.sliders):
            row.slider.sliderPressed.connect(lambda: self._hold(self._mix))
            row.slider.sliderReleased.connect(lambda: self._hold(None))
        self.as_trained.clicked.connect(lambda: self.mix_changed.emit(self._proposed))
        self.wanted.changed.connect(lambda words: self.words_changed.emit("wanted", words))
        self.unwanted.changed.connect(lambda words: self.words_changed.emit("banned", words))
        self.presets.activated.connect(lambda _: self.preset_chosen.emit(self.preset))
        self.save.clicked.connect(self.save_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.export.clicked.connect(self.export_asked)
        self.bring.clicked.connect(self.import_asked)


def _title(setting: str) -> str:
    """What a setting of writing is called."""
    declared = next(each for each in fields(WritingSettings) if each.name == setting)
    return translated(declared.metadata["title"])
