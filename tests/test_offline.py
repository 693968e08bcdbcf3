"""With every socket call made to fail, the command line and the window continue all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parent.parent / "app"
OPENING = "I was standing upon the threshold when I heard, from the cellar, a sound"

# Python runs this first in the child. An audit hook cannot be taken off again, and sees C code's calls as well.
PRELUDE = """
import os, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind") \\
            or event.startswith(("socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo", "urllib.", "http.")):
        with open(os.environ["TRIED"], "a") as tried:
            tried.write(f"{event} {arguments!r}\\n")
        raise OSError("the network is blocked")

sys.addaudithook(refuse)
"""

WINDOW = """
import asyncio, os, sys
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtGui import QTextCursor
import qasync
from pandemonium import desktop

OPENING = {opening!r}
application = QApplication([])
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
window = desktop.create_window([])
window.show()
if "torch" in sys.modules:
    raise SystemExit("opening the window imported torch")
editor = window.findChild(QWidget, "documentEditor")
button = window.findChild(QWidget, "continueButton")

async def until(what):
    for _ in range(1200):
        if what():
            return
        await asyncio.sleep(0.05)
    raise SystemExit("the window did not answer: " + editor.toPlainText()[-200:])

async def write():
    editor.setPlainText(OPENING)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    await until(button.isEnabled)
    button.click()
    await until(lambda: len(editor.toPlainText()) > len(OPENING) + 20)
    print(editor.toPlainText(), flush=True)

with loop:
    loop.run_until_complete(write())
    os._exit(0)
"""


@cache
def without_interfaces() -> list[str]:
    """A command prefix that takes the network itself away from the child, where the system allows that."""
    prefix = ["unshare", "--user", "--map-root-user", "--net"]
    if not shutil.which("unshare"):
        return []
    return prefix if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0 else []


def run_blocked(folder: Path, *arguments: str, text: str = "") -> str:
    """Runs Python with every socket call blocked and gives its standard output.

    It must succeed, and nothing in it may have so much as tried.
    """
    (folder / "sitecustomize.py").write_text(PRELUDE, "utf-8")
    tried = folder / "tried.txt"
    search = os.pathsep.join(filter(None, [str(folder), str(APP), os.environ.get("PYTHONPATH", "")]))
    child = subprocess.run(
        [*without_interfaces(), sys.executable, *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": search, "TRIED": str(tried), "QT_QPA_PLATFORM": "offscreen"},
        timeout=600,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert not tried.exists(), tried.read_text("utf-8")
    return child.stdout


def test_the_block_blocks(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    with pytest.raises(AssertionError, match="the network is blocked"):
        run_blocked(tmp_path, "-c", code)
    assert "socket." in (tmp_path / "tried.txt").read_text("utf-8")


@pytest.mark.long
def test_the_command_line_continues(tmp_path: Path) -> None:
    written = run_blocked(tmp_path, "-m", "pandemonium", "continue", "--words", "20", "--seed", "1", text=OPENING)
    assert len(written.split()) >= 15
    assert not written.startswith(OPENING)


@pytest.mark.long
def test_the_window_continues(tmp_path: Path) -> None:
    shown = run_blocked(tmp_path, "-c", WINDOW.format(opening=OPENING))
    assert shown.startswith(OPENING)
    assert len(shown) > len(OPENING) + 20


@pytest.mark.long
def test_nothing_is_kept_outside_the_programs_own_folders(tmp_path: Path) -> None:
    """ONNX Runtime's own telemetry numbers the computer and fills a database in the user's cache, to be sent later."""
    home = tmp_path / "home"
    home.mkdir()
    child = subprocess.run(
        [sys.executable, "-m", "pandemonium", "continue", "--words", "3", "--seed", "1"],
        input=OPENING,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ORT_"))},
            "HOME": str(home),
            "PYTHONPATH": str(APP),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (child.returncode, child.stderr) == (0, "")
    assert child.stdout.strip()
    assert [path for path in home.rglob("*") if path.is_file()] == []
