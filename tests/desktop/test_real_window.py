"""A writing hour in a minute: the window on a real X server, with the voice that comes with the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
HOUR = """
import asyncio
import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QSlider, QTextEdit
import qasync

from pandemonium import desktop

SENTENCE = "I was standing upon the threshold when I heard, from the cellar, a sound"
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
application = QApplication([])
assert application.platformName() == "xcb", application.platformName()
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
window = desktop.create_window(None)
window.show()
editor = window.findChild(QTextEdit, "documentEditor")
stop = window.findChild(QPushButton, "stopButton")
line = window.findChild(QLabel, "statusLine")
attempts = window.findChild(QListWidget, "alternativesList")
window.findChild(QSlider, "lengthSlider").setValue(400)
next(each for each in window.findChildren(QPushButton) if each.text() == "To read").click()
editor.setFocus()


async def until(what, said):
    for _ in range(15000):
        if what():
            return
        await asyncio.sleep(0.02)
    raise SystemExit(f"{said}: {editor.toPlainText()[-300:]!r}, {line.text()!r}")


def colours(picture):
    return {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 1) for y in range(0, 300)}


async def hour():
    await until(lambda: window.isVisible() and window.windowHandle().isExposed(), "it is shown")
    QTest.keyClicks(editor, SENTENCE)
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    await until(lambda: len(editor.toPlainText()) > len(SENTENCE) + 20, "prose arrives")
    assert stop.isVisible()
    before = len(editor.toPlainText())
    QTest.keyClick(editor, Qt.Key.Key_Home, CONTROL)
    QTest.keyClicks(editor, "ELSEWHERE ")
    assert editor.toPlainText().startswith("ELSEWHERE " + SENTENCE)
    await until(lambda: len(editor.toPlainText()) > before + 40, "prose goes on while she types")
    assert "characters a second" in line.text(), line.text()
    shown = window.screen().grabWindow(window.winId()).toImage()
    assert "#2f6f62" in colours(shown), "what arrives is in verdigris"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not stop.isVisible()
    stopped = editor.toPlainText()
    await asyncio.sleep(0.3)
    assert editor.toPlainText() == stopped
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.toPlainText() == SENTENCE, editor.toPlainText()
    QTest.keyClick(editor, Qt.Key.Key_R, ALT)
    await until(lambda: len(editor.toPlainText()) > len(SENTENCE) + 20, "it is tried again")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert attempts.count() == 2
    second = editor.toPlainText()
    QTest.keyClick(editor, Qt.Key.Key_Up, ALT)
    assert editor.toPlainText() != second
    QTest.keyClick(editor, Qt.Key.Key_Down, ALT)
    assert editor.toPlainText() == second
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.toPlainText() == SENTENCE
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    await until(lambda: len(editor.toPlainText()) > len(SENTENCE) + 5, "it writes once more")
    shown = window.screen().grabWindow(window.winId())
    if len(sys.argv) > 1:
        shown.save(sys.argv[1])
    editor.model.mark_saved()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    editor.model.mark_saved()
    assert window.close()
    print("an hour well spent")


with loop:
    loop.run_until_complete(hour())
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, on an X server that goes when the test ends."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    reads, writes = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writes],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


@pytest.mark.long
def test_a_writing_hour(display: str, tmp_path: Path) -> None:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(APP)}
    environment.pop("WAYLAND_DISPLAY", None)
    child = subprocess.run(
        [sys.executable, "-c", HOUR], env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert child.returncode == 0, child.stdout + child.stderr
    assert child.stdout == "an hour well spent\n"
