"""Killed at any moment, the program loses five seconds of typing at most: the real program, typed into, and SIGKILL."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[4] / "app"
PROGRAM = """
import asyncio
import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit
import qasync

from pandemonium import desktop

application = QApplication([])
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
window = desktop.create_window(None)
window.show()
editor = window.findChild(QTextEdit, "documentEditor")


async def type_on():
    number = 0
    while True:
        for word in ("The", "sea", "was", "dark."):
            QTest.keyClicks(editor, word + " ")
            await asyncio.sleep(0.01)
        number += 1
        QTest.keyClicks(editor, str(number))
        QTest.keyClick(editor, Qt.Key.Key_Return)
        print(time.time(), len(editor.toPlainText()), flush=True)


async def recover():
    for _ in range(15000):
        for button in window.findChildren(QPushButton):
            if button.text() == "Restore" and button.isVisible():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if editor.toPlainText() and window.isWindowModified():
            break
        await asyncio.sleep(0.02)
    assert window.isWindowModified()
    sys.stdout.write(editor.toPlainText())
    sys.stdout.flush()
    editor.model.mark_saved()
    window.close()


with loop:
    loop.run_until_complete({"type": type_on, "recover": recover}[sys.argv[1]]())
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home of its own, and a real screen where there is an X server to be had."""
    made = {**os.environ, "PYTHONPATH": str(APP), "PANDEMONIUM_HOME": str(tmp_path / "home")}
    made.pop("WAYLAND_DISPLAY", None)
    server = shutil.which("Xvfb")
    if server is None:
        yield {**made, "QT_QPA_PLATFORM": "offscreen"}
        return
    reads, writes = os.pipe()
    command = [server, "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    null = subprocess.DEVNULL
    process = subprocess.Popen(command, pass_fds=[writes], stdout=null, stderr=null)
    os.close(writes)
    try:
        with os.fdopen(reads) as answer:
            yield {**made, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{answer.readline().strip()}"}
    finally:
        process.terminate()
        process.wait()


def expected(length: int) -> str:
    """The first characters of what the program types."""
    lines = (f"The sea was dark. {number}\n" for number in range(1, length))
    text = ""
    while len(text) < length:
        text += next(lines)
    return text[:length]


@pytest.mark.long
@pytest.mark.parametrize("round", range(3))
def test_a_kill_at_a_random_moment(environment: dict[str, str], round: int) -> None:
    program = [sys.executable, "-c", PROGRAM]
    child = subprocess.Popen([*program, "type"], env=environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    begun = child.stdout.readline()
    assert begun, "it has begun to type"
    killed = time.time() + random.uniform(3, 9)
    typed = [(float(at), int(length)) for at, length in [begun.split()]]
    while time.time() < killed:
        at, length = child.stdout.readline().split()
        typed.append((float(at), int(length)))
    child.send_signal(signal.SIGKILL)
    killed = time.time()
    for line in child.stdout:  # what it has said until then
        if len(line.split()) == 2 and line.endswith("\n"):
            typed.append((float(line.split()[0]), int(line.split()[1])))
    child.wait()
    child.stdout.close()
    due = max((length for at, length in typed if at <= killed - 5), default=0)
    answer = subprocess.run(
        [*program, "recover"], env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == expected(len(answer.stdout))
    assert len(answer.stdout) >= max(due, 1)
