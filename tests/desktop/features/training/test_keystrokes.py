"""Key strokes in the real window, at rest and while a real training runs beside it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[4] / "app"
TYPING = """
import asyncio
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTextEdit
import qasync

from pandemonium import desktop, paths
from keystrokes import measure_typing, training_beside

application = QApplication([])
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
window = desktop.create_window(None)
window.show()
editor = window.findChild(QTextEdit, "documentEditor")
editor.setFocus()


async def measure():
    await asyncio.sleep(1)
    rest = await measure_typing(editor, 40)
    async with training_beside(paths.user_data() / "trainings", Path(sys.argv[1]), Path(sys.argv[2])) as folder:
        busy = await measure_typing(editor, 120)
        assert folder.worker() is not None
    assert len(editor.toPlainText()) == 160, editor.toPlainText()
    print(f"typing at rest: {rest}")
    print(f"typing while a voice learns: {busy}")


with loop:
    loop.run_until_complete(measure())
"""


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs a screen of its own")
def test_typing_while_a_voice_learns(tmp_path: Path, tiny_voice_path: Path) -> None:
    """Prints how long keys wait; every one of them arrives and is painted."""
    texts = tmp_path / "texts.txt"
    draw = random.Random(1)
    words = "the lamp sea old house hill of and a was cellar door night upon stood dark heard sound".split()
    lines = (" ".join(draw.choices(words, k=60)).capitalize() + "." for _ in range(900))
    texts.write_text("\n\n".join(lines), "utf-8")
    environment = os.environ | {
        "QT_QPA_PLATFORM": "xcb",
        "PANDEMONIUM_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join((str(APP), str(Path(__file__).parent))),
    }
    ended = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", TYPING, str(texts), str(tiny_voice_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    print(ended.stdout)
    assert ended.returncode == 0, ended.stderr
    assert "typing while a voice learns" in ended.stdout
