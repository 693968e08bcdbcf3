"""Opens every window on the screen that the environment describes and prints, as JSON, which controls are cut off.

It is a program of its own, since Qt reads scale and dots per inch once, when an application begins.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import qasync
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QWidget,
)

from pandemonium import desktop

WINDOWS = (
    "preferencesAction",
    "versionsAction",
    "voicesAction",
    "guideAction",
    "aboutAction",
    "wordsWrittenAction",
    "ownWordsAction",
    "exportAction",
)
CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QSlider)
ROOM = 780  # pixels of width in which nothing has to be scrolled sideways
USUAL = 20  # pixels of a line, at letters of a usual size
PATIENCE = 120.0  # seconds until something must have come


def settle(until: Callable[[], object] = lambda: False, seconds: float = 0.1) -> None:
    """Lets the window do what it has to do."""
    begun = time.monotonic()
    while not until() and time.monotonic() - begun < seconds:
        QApplication.processEvents()
        time.sleep(0.005)


def scroll_area_of(widget: QWidget) -> QAbstractScrollArea | None:
    """The area around a widget that brings it into view; None if nothing does."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and parent.isAncestorOf(widget):
            return parent
        parent = parent.parentWidget()
    return None


def cut_off(window: QWidget, name: str) -> Iterator[str]:
    """The controls of a window that cannot be seen whole, or whose words have no room."""
    screen = window.screen().availableGeometry()
    if window.width() > screen.width() or window.height() > screen.height():
        yield f"{name}: larger than its screen, {window.size().toTuple()} on {screen.size().toTuple()}"
    if window.width() >= ROOM and window.fontMetrics().lineSpacing() <= USUAL:
        for area in window.findChildren(QScrollArea):
            if area.isVisibleTo(window) and area.window() is window and area.horizontalScrollBar().maximum() > 0:
                yield f"{name}: has to be scrolled sideways by {area.horizontalScrollBar().maximum()} pixels"
    for control in window.findChildren(QWidget):
        if not isinstance(control, CONTROLS) or not control.isVisibleTo(window) or control.window() is not window:
            continue
        if control.objectName().startswith("qt_") or not control.size().isValid():
            continue
        words = control.text() if isinstance(control, (QAbstractButton, QLabel)) else ""
        said = f"{name}: {type(control).__name__} {control.objectName()} {words!r}"
        area = scroll_area_of(control)
        if isinstance(area, QScrollArea):
            inner = area.widget()
            place = QRect(control.mapTo(inner, QPoint(0, 0)), control.size())
            if not inner.rect().contains(place):
                yield f"{said}: outside of what scrolls"
            if control.width() > area.viewport().width() + 1 and area.horizontalScrollBar().maximum() == 0:
                yield f"{said}: wider than its area"
        elif area is None and not window.rect().contains(QRect(control.mapTo(window, QPoint(0, 0)), control.size())):
            yield f"{said}: outside of its window"
        if isinstance(control, (QPushButton, QCheckBox)) and control.width() < control.minimumSizeHint().width():
            yield f"{said}: too narrow for its words"


def new_dialog(before: set[QWidget]) -> QDialog | None:
    """The dialog that was opened since."""
    made = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
    return next((each for each in made if isinstance(each, QDialog)), None)


def faults(folder: Path) -> list[str]:
    """What is cut off in the main window, with and without the outline, and in every dialog and wizard page."""
    book = folder / "book.md"
    book.write_text("".join(f"# Chapter {number}\n\nIt was dark.\n\n" for number in range(30)), "utf-8")
    texts = folder / "texts"
    texts.mkdir()
    prose = (Path(__file__).resolve().parents[1] / "prose.txt").read_text("utf-8")
    (texts / "one.txt").write_text(prose, "utf-8")
    window = desktop.create_window(SimpleNamespace(file=book))
    desk: Any = window.desk  # type: ignore[attr-defined]
    window.show()
    settle(lambda: desk.voices.current is not None, PATIENCE)
    found = [*cut_off(window, "page")]
    desk.actions["outlineAction"].trigger()
    settle()
    found += cut_off(window, "page with outline")
    desk.actions["replaceAction"].trigger()
    settle()
    found += cut_off(window, "page with find bar")
    for action in WINDOWS:
        before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
        desk.actions[action].trigger()
        settle(lambda before=before: new_dialog(before) is not None, PATIENCE)  # type: ignore[misc]
        dialog = new_dialog(before)
        assert dialog is not None, action
        settle()
        found += cut_off(dialog, action)
        dialog.reject()
    desk.training.open()
    wizard = desk.training.wizard
    wizard.begin([texts])
    settle()
    for page in range(wizard._stack.count()):
        wizard._stack.setCurrentIndex(page)
        settle()
        found += cut_off(wizard, f"wizard page {page}")
    return found


def main() -> None:
    """Looks, and prints."""
    application = QApplication([])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    print(json.dumps(faults(Path(sys.argv[1]))))
    sys.stdout.flush()
    os._exit(0)  # nothing here is to be saved


if __name__ == "__main__":
    main()
