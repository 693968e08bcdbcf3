"""Makes the widget of a setting out of its declaration, and binds the two: each follows the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from pandemonium.desktop.core.controls import ChoiceRow, SliderRow
from pandemonium.desktop.core.settings_store import SettingsStore

_FEW = 4  # choices that stand side by side
Widget = TypeVar("Widget", bound=QWidget)
Bindable = QCheckBox | QComboBox | QDoubleSpinBox | QSpinBox | ChoiceRow


def translated(text: str) -> str:
    """The words of a setting's declaration, in the window's language."""
    return QCoreApplication.translate("Settings", text) if text else ""


def setting_widget(store: SettingsStore, setting: str) -> Bindable:
    """A widget that shows and sets a setting: a box, a number or a choice, as it was declared."""
    declared = store.declaration(setting)
    meta = declared.metadata
    title = translated(declared.metadata.get("title", ""))
    if "switch" in meta:
        box = QCheckBox(title)
        box.toggled.connect(lambda on: store.set(setting, on))
        return _bound(store, setting, box, box.setChecked)
    if "low" in meta:
        return _number(store, setting, title, meta, is_whole=isinstance(declared.default, int))
    choices = {key: (translated(word), translated(more)) for key, (word, more) in meta["choices"].items()}
    if len(choices) <= _FEW:
        row = ChoiceRow(_object_name(setting), title, [(key, *said) for key, said in choices.items()])
        row.chosen.connect(lambda key: store.set(setting, key))
        return _bound(store, setting, row, row.show_choice)
    return setting_list(store, setting, {key: "   ".join(filter(None, said)) for key, said in choices.items()})


def setting_list(
    store: SettingsStore, setting: str, texts: Mapping[str, str], choose: Callable[[str], object] | None = None
) -> QComboBox:
    """A list of values, words by key, for a setting; any other value is listed by its own name.

    `choose` takes the chosen key, where more is to be done than to keep it.
    """
    box = QComboBox()
    box.setMaxVisibleItems(18)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(22)
    for key, text in texts.items():
        box.addItem(text, key)

    def show(value: str) -> None:
        if box.findData(value) < 0:
            box.addItem(value, value)
        box.setCurrentIndex(box.findData(value))

    box.currentIndexChanged.connect(lambda _: (choose or (lambda key: store.set(setting, key)))(box.currentData()))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return _bound(store, setting, box, show)


def slider_range(store: SettingsStore, setting: str, scale: float = 1, step: int = 5) -> tuple[int, int, int]:
    """The lowest and highest position of a slider for a setting, `scale` times its values, and its step."""
    meta = store.declaration(setting).metadata
    return round(meta["low"] * scale), round(meta["high"] * scale), step


def bind_slider(store: SettingsStore, setting: str, row: SliderRow, scale: float = 1) -> None:
    """Binds a slider, whose position is the setting's value times `scale`."""
    is_whole = isinstance(store.declaration(setting).default, int)

    def set_value(position: int) -> None:
        store.set(setting, position if is_whole else position / scale)

    row.slider.valueChanged.connect(set_value)
    store.watch(setting, lambda value: row.show_value(round(value * scale)))


def _number(
    store: SettingsStore, setting: str, title: str, meta: Mapping[str, Any], *, is_whole: bool
) -> QSpinBox | QDoubleSpinBox:
    box: QSpinBox | QDoubleSpinBox
    if is_whole:
        box = QSpinBox()
        box.setRange(int(meta["low"]), int(meta["high"]))
        box.setSingleStep(int(meta["step"]))
        box.setGroupSeparatorShown(True)
    else:
        box = QDoubleSpinBox()
        box.setDecimals(2 if meta["step"] < 0.5 else 1)
        box.setRange(meta["low"], meta["high"])
        box.setSingleStep(meta["step"])
    box.setSuffix(f" {translated(meta['unit'])}" if meta["unit"] else "")
    box.setSpecialValueText(translated(meta["lowest"]))
    box.setKeyboardTracking(False)
    box.valueChanged.connect(lambda value: store.set(setting, round(value, 4)))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made = _bound(store, setting, box, box.setValue)
    made.setAccessibleName(title)
    return made


def _bound(store: SettingsStore, setting: str, widget: Widget, show: Callable[[Any], object]) -> Widget:
    """Names a widget after its setting, and shows the setting's value in it without telling anyone."""
    widget.setObjectName(_object_name(setting))
    widget.setAccessibleName(translated(store.declaration(setting).metadata.get("title", "")))

    def refresh(value: Any) -> None:
        with QSignalBlocker(widget):
            show(value)

    store.watch(setting, refresh)
    return widget


def _object_name(setting: str) -> str:
    return setting.replace(".", "-")
