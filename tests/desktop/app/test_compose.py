"""The whole window: its names, its keys, its settings, and how it stays quiet."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QScrollBar,
    QSlider,
    QTextEdit,
    QWidget,
)

from pandemonium.desktop import create_window
from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.features.spelling.speller import Speller
from pandemonium.desktop.shell.menus import page_menu
from pandemonium.settings.presets import PRESETS
from pandemonium.voice.file import Voice
from pandemonium.writing import worker

NAMES = {
    "documentEditor": QTextEdit,
    "continueButton": QAbstractButton,
    "stopButton": QAbstractButton,
    "retryButton": QAbstractButton,
    "temperatureSlider": QSlider,
    "lengthSlider": QSlider,
    "voiceBox": QComboBox,
    "deviceBox": QComboBox,
    "alternativesList": QListWidget,
    "statusLine": QLabel,
}


@pytest.mark.parametrize("name", NAMES)
def test_the_names_that_tests_and_screen_readers_rely_on(desk: Desk, name: str) -> None:
    assert isinstance(desk.window, QMainWindow)
    assert desk.window.objectName() == "mainWindow"
    widget = desk.window.findChild(QWidget, name)
    assert isinstance(widget, NAMES[name])
    assert widget.accessibleName()


def test_what_takes_long_to_load_waits_until_the_page_is_seen(
    make_desk: Callable[..., Desk], qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    paint = DocumentEditor.paintEvent
    load = worker.load_voice
    ready = Speller.check

    def painting(editor: DocumentEditor, event: QPaintEvent) -> None:
        order.append("page")
        paint(editor, event)

    def loading(path: Path) -> Voice:
        order.append("voice")
        return load(path)

    def checking(speller: Speller, *what: Any, **how: Any) -> Any:
        order.append("dictionary")
        return ready(speller, *what, **how)

    monkeypatch.setattr(DocumentEditor, "paintEvent", painting)
    monkeypatch.setattr(worker, "load_voice", loading)
    monkeypatch.setattr(Speller, "check", checking)
    document = tmp_path / "letter.txt"
    document.write_text("The lampp burned.", "utf-8")
    desk = make_desk(document)
    qtbot.waitUntil(lambda: bool(desk.spelling.marked))
    assert order[0] == "page"
    assert {"voice", "dictionary"} <= set(order)


def test_whoever_continues_before_the_page_is_seen_is_answered(
    make_desk: Callable[..., Desk], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "__init__", _continuing(Desk.__init__))
    desk = make_desk()
    qtbot.waitUntil(lambda: not desk.generation.writing)
    assert desk.editor.toPlainText()


def _continuing(make: Callable[..., None]) -> Callable[..., None]:
    """A desk on which Continue is pressed as soon as it is made."""

    def making(desk: Desk, *parts: Any) -> None:
        make(desk, *parts)
        desk.generation.continue_()

    return making


def test_every_control_has_a_name(desk: Desk) -> None:
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QListWidget, QTextEdit)
    inside = (QScrollBar,)
    for widget in desk.window.findChildren(QWidget):
        part_of_another = isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox))
        qts_own = widget.objectName().startswith("qt_") or isinstance(widget, inside)
        if isinstance(widget, kinds) and not part_of_another and not qts_own:
            assert widget.accessibleName(), f"{type(widget).__name__} {widget.objectName()}"


def test_the_sliders_show_their_values_and_set_the_writing(desk: Desk) -> None:
    temperature = desk.panel.temperature.slider
    length = desk.panel.length.slider
    assert (temperature.minimum(), temperature.maximum(), temperature.singleStep()) == (10, 200, 5)
    assert (length.minimum(), length.maximum()) == (1, 2000)
    temperature.setValue(120)
    length.setValue(90)
    assert desk.store.values.writing.temperature == pytest.approx(1.2)
    assert desk.store.values.writing.words == 90
    shown = {label.text() for label in desk.panel.findChildren(QLabel)}
    assert {"1.20", "90 words", "careful", "wild", "a sentence", "pages"} <= shown


def test_presets_set_the_sliders_and_say_what_they_do(desk: Desk) -> None:
    wild = next(each for each in desk.panel.findChildren(QAbstractButton) if each.text() == "Wild")
    wild.click()
    preset = next(each for each in PRESETS if each.key == "wild")
    assert desk.panel.temperature.slider.value() == round(100 * preset.temperature)
    assert desk.store.values.writing.top_p == pytest.approx(preset.top_p)
    assert any("strange turns" in label.text() for label in desk.panel.findChildren(QLabel))
    desk.panel.temperature.slider.setValue(70)
    assert not wild.isChecked()


def test_stop_takes_the_place_of_continue(desk: Desk, qtbot: Any) -> None:
    desk.store.update("panel", arrival="reading")
    assert desk.panel.continue_button.isVisible()
    assert not desk.panel.stop_button.isVisible()
    QTest.mouseClick(desk.panel.continue_button, Qt.MouseButton.LeftButton)
    assert desk.panel.stop_button.isVisible()
    assert not desk.panel.continue_button.isVisible()
    line = desk.window.findChild(QLabel, "statusLine")
    qtbot.waitUntil(lambda: "characters a second" in line.text())
    QTest.mouseClick(desk.panel.stop_button, Qt.MouseButton.LeftButton)
    assert desk.panel.continue_button.isVisible()


def test_the_foot_counts_words_and_the_selection(desk: Desk, qtbot: Any) -> None:
    line = desk.window.findChild(QLabel, "statusLine")
    desk.editor.setPlainText("One two three.\n\nFour five.")
    qtbot.waitUntil(lambda: line.text().startswith("5 words"))
    QTest.keyClicks(desk.editor, "Zero ")
    qtbot.waitUntil(lambda: line.text().startswith("6 words"))
    assert "not saved" in line.text()
    desk.editor.selectAll()
    qtbot.waitUntil(lambda: line.text().startswith("6 of 6 words"))
    assert desk.words.words == 6


def test_the_devices_are_those_found(desk: Desk) -> None:
    keys = [desk.panel.device_box.itemData(index) for index in range(desk.panel.device_box.count())]
    assert keys[:2] == ["auto", "cpu"]


def test_a_voice_that_is_chosen_is_loaded_and_remembered(desk: Desk, qtbot: Any, pandemonium_home: Path) -> None:
    assert desk.panel.voice_box.currentData() == "small"
    assert "Random weights" in desk.panel.voice_box.toolTip()
    voices = pandemonium_home / "data" / "voices"
    (voices / "small.voice").rename(voices / "other.voice")
    desk.panel.show_voices(desk.voices.entries(), "")
    desk.panel.voice_box.setCurrentIndex(desk.panel.voice_box.findData("other"))
    if desk.store.values.panel.voice != "other":
        desk.voices.choose_voice("other")
    qtbot.waitUntil(lambda: desk.generation.voice == "other")


def test_a_broken_voice_is_a_sentence(desk: Desk, qtbot: Any, pandemonium_home: Path) -> None:
    (pandemonium_home / "data" / "voices" / "bad.voice").write_bytes(b"nothing")
    desk.voices.choose_voice("bad")
    qtbot.waitUntil(desk.message_bar.isVisible)
    assert "bad.voice" in desk.message_bar.sentence


def test_the_themes_change_the_whole_window(desk: Desk) -> None:
    pictures = set()
    for theme in ("light", "dark", "sepia"):
        desk.store.update("editor", theme=theme)
        pictures.add(desk.window.grab().toImage().pixelColor(30, 300).name())
    assert pictures == {"#fbf8f1", "#15181a", "#f1e5cc"}


def test_zoom_by_keys(desk: Desk) -> None:
    QTest.keyClick(desk.editor, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.store.values.editor.zoom == 110
    QTest.keyClick(desk.editor, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert desk.store.values.editor.zoom == 100


def test_the_panel_folds_away(desk: Desk) -> None:
    QTest.keyClick(desk.editor, Qt.Key.Key_F9)
    assert not desk.panel.isVisible()
    QTest.keyClick(desk.editor, Qt.Key.Key_F9)
    assert desk.panel.isVisible()


@pytest.mark.long
def test_idle_means_no_timer(desk: Desk, qtbot: Any) -> None:
    QTest.keyClicks(desk.editor, "a word ")
    desk.generation.continue_()
    qtbot.waitUntil(lambda: not desk.generation.writing, timeout=20_000)
    desk.store.save()

    def running() -> list[QTimer]:
        return [
            timer
            for timer in (*desk.window.findChildren(QTimer), *desk.status_bar.findChildren(QTimer))
            if timer.isActive()
        ]

    qtbot.waitUntil(lambda: not running())


def test_settings_are_kept(make_desk: Callable[..., Desk], pandemonium_home: Path) -> None:
    desk = make_desk()
    desk.panel.length.slider.setValue(120)
    desk.window.resize(900, 700)
    desk.window.close()
    raw = tomllib.loads((pandemonium_home / "config" / "settings.toml").read_text("utf-8"))
    assert raw["writing"]["words"] == 120
    assert (raw["window"]["width"], raw["window"]["height"]) == (900, 700)


class TestBrokenSettings:
    """With a settings file that is none."""

    @pytest.fixture
    def settings_text(self) -> str:
        return "[panel\n"

    def test_the_window_opens_and_says_so(
        self, qtbot: Any, loop: object, pandemonium_home: Path, settings_text: str
    ) -> None:
        (pandemonium_home / "config").mkdir(parents=True)
        (pandemonium_home / "config" / "settings.toml").write_text(settings_text, "utf-8")
        window = create_window([])
        window.show()
        assert "set aside" in window.desk.message_bar.sentence  # type: ignore[attr-defined]
        window.close()


def test_the_page_menu_has_the_windows_own_undo(desk: Desk) -> None:
    menu = page_menu(desk.actions, desk.window)
    assert {desk.actions["undoAction"], desk.actions["continueAction"]} <= set(menu.actions())


@pytest.mark.long
def test_opening_the_window_loads_no_torch() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; import pandemonium.desktop as d; a = QApplication([]);"
        "w = d.create_window(None); w.show(); a.processEvents(); w.close(); assert 'torch' not in sys.modules"
    )
    app = Path(__file__).resolve().parents[3] / "app"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(app)}, check=True, timeout=600)
