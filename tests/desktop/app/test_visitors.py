"""A later start's file opens in the running window, which comes to the front and asks about what is not saved."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QMessageBox

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.app.single_instance import Arrival, arrive
from pandemonium.desktop.app.visitors import Visitors, belongs_on_page

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)")  # the offscreen screen has one window
APP = Path(__file__).resolve().parents[3] / "app"


@pytest.fixture
def visitors(desk: Desk) -> Iterator[Visitors]:
    """The window listens in its place."""
    place = arrive(None).place
    assert place is not None
    made = Visitors(desk, place)
    yield made
    made.close()


@pytest.fixture
def start_again(qtbot: Any) -> Callable[[Path | None], None]:
    """Starts the program once more; it must be heard."""

    def start(file: Path | None) -> None:
        found: list[Arrival] = []
        thread = threading.Thread(target=lambda: found.append(arrive(file)))
        thread.start()
        qtbot.waitUntil(lambda: bool(found), timeout=20_000)
        thread.join()
        assert found == [Arrival(heard=True)]

    return start


def answer(desk: Desk, qtbot: Any, button: str) -> None:
    """Answers the question that stands open."""

    def boxes() -> list[QMessageBox]:
        return [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: bool(boxes()), timeout=20_000)
    next(each for each in boxes()[0].buttons() if button in each.text().replace("&", "")).click()


@pytest.mark.usefixtures("visitors")
def test_its_file_opens_and_a_hidden_window_comes_back(
    desk: Desk, qtbot: Any, tmp_path: Path, start_again: Callable[[Path | None], None]
) -> None:
    (tmp_path / "a.txt").write_text("Opened.")
    desk.window.showMinimized()
    start_again(tmp_path / "a.txt")
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == "Opened.", timeout=20_000)
    assert not desk.window.isMinimized()
    assert desk.window.isActiveWindow()


@pytest.mark.usefixtures("visitors")
def test_the_document_on_the_page_is_not_read_again(
    desk: Desk, qtbot: Any, tmp_path: Path, start_again: Callable[[Path | None], None]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Opened.")
    desk.files.load(path)
    desk.editor.insertPlainText("Not yet saved. ")
    start_again(path)
    start_again(None)
    qtbot.wait(50)
    assert desk.editor.toPlainText() == "Not yet saved. Opened."
    assert not [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]


@pytest.mark.usefixtures("visitors")
def test_what_is_not_saved_is_asked_about_and_the_next_waits_its_turn(
    desk: Desk, qtbot: Any, tmp_path: Path, start_again: Callable[[Path | None], None]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"This is {name}.")
    desk.editor.insertPlainText("Mine.")
    start_again(tmp_path / "a.txt")
    start_again(tmp_path / "b.txt")
    assert desk.editor.toPlainText() == "Mine."
    answer(desk, qtbot, "Cancel")
    answer(desk, qtbot, "Don't save")
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == "This is b.txt.", timeout=20_000)


@pytest.mark.usefixtures("visitors")
def test_a_file_that_is_not_there_is_told_of(
    desk: Desk, qtbot: Any, tmp_path: Path, start_again: Callable[[Path | None], None]
) -> None:
    desk.editor.insertPlainText("Mine.")
    desk.editor.model.mark_saved()
    start_again(tmp_path / "gone.txt")
    qtbot.waitUntil(desk.message_bar.isVisible, timeout=20_000)
    assert desk.editor.toPlainText() == "Mine."


@pytest.mark.usefixtures("visitors")
def test_a_voice_is_imported(
    desk: Desk, qtbot: Any, tmp_path: Path, small_voice: Path, start_again: Callable[[Path | None], None]
) -> None:
    other = tmp_path / "Miriam.voice"
    other.write_bytes(small_voice.read_bytes())
    start_again(other)
    qtbot.waitUntil(lambda: "Miriam" in [each.name for each in desk.voices.entries()], timeout=20_000)
    assert desk.editor.toPlainText() == ""
    assert desk.library.window is not None
    desk.library.window.close()


def test_what_is_opened_in_the_finder_opens(desk: Desk, visitors: Visitors, qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Opened.")
    assert visitors.eventFilter(desk.application, QFileOpenEvent(str(tmp_path / "a.txt")))
    qtbot.waitUntil(lambda: desk.editor.toPlainText() == "Opened.", timeout=20_000)


def test_once_closed_the_place_is_free(visitors: Visitors) -> None:
    visitors.close()
    next_one = arrive(None).place
    assert next_one is not None
    next_one.leave()


def test_what_belongs_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.voice").write_text("")
    assert belongs_on_page(tmp_path / "a.txt")
    assert belongs_on_page(tmp_path / "missing.voice")  # the page says that it is not there
    assert not belongs_on_page(tmp_path / "a.voice")
    assert not belongs_on_page(tmp_path)


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
from pandemonium import desktop

def look():
    window = next(each for each in application.topLevelWidgets() if each.objectName() == "mainWindow")
    if not told:
        told.append(print("shown", flush=True))
    if window.desk.editor.toPlainText() == "Second.":
        window.close()

told = []
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
raise SystemExit(desktop.run(Path(sys.argv[1])))
"""


@pytest.mark.long
def test_two_starts_of_the_program_are_one_window(tmp_path: Path, pandemonium_home: Path) -> None:
    for name in ("First", "Second"):
        (tmp_path / f"{name}.txt").write_text(f"{name}.")
    environment = {**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "offscreen"}
    first = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, tmp_path / "First.txt"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "shown\n"
    command = [sys.executable, "-m", "pandemonium", tmp_path / "Second.txt"]
    second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert first.wait(60) == 0
    assert not list((pandemonium_home / "data" / "windows").glob("*/window.lock"))
