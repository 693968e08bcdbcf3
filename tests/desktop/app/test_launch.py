"""From the command line to a window and back, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[3] / "app"


def test_qt_leaves_import_as_python_has_it() -> None:
    code = """
import builtins, sys
before = builtins.__import__
from pandemonium.desktop import load_qt
load_qt()
assert builtins.__import__ is before and "PySide6.QtWidgets" in sys.modules
from PySide6.QtCore import QObject
assert QObject().objectName() == ""
"""
    environment = {**os.environ, "PYTHONPATH": str(APP)}
    child = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert (child.returncode, child.stderr) == (0, "")


@pytest.mark.long
def test_run_shows_the_window_and_ends_when_it_is_closed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Opened.", "utf-8")
    code = f"""
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
import pytest
import pytest

from pandemonium import desktop

def close():
    window = next(each for each in application.topLevelWidgets() if each.objectName() == "mainWindow")
    assert window.isVisible() and window.desk.editor.toPlainText() == "Opened."
    window.close()

QTimer.singleShot(300, close)
raise SystemExit(desktop.run(Path({str(tmp_path / "a.txt")!r})))
"""
    environment = {**os.environ, "PYTHONPATH": str(APP)}
    child = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert (child.returncode, child.stderr) == (0, "")
