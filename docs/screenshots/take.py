"""Takes the pictures of this folder: `xvfb-run -s "-screen 0 1400x1000x24" .venv/bin/python docs/screenshots/take.py`.

The prose in them is the bundled voice's own, unedited; SEEDS only chooses which.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS = (8, 16)
OPENING = (
    "The house had stood empty since my grandfather's time, and no one in the village would say why. I came to it in "
    "the last week of October, with a single trunk and a letter whose seal I had not yet had the courage to break.\n"
    "That first night I slept in the library. Towards three I woke, and lay for a long while listening to the sea; and "
    "it was then, between one wave and the next, that I heard"
)
BETWEEN = "\nThe lamp had burned low, and I turned it up with"


def main() -> None:
    """Takes each picture in a window of its own."""
    os.environ["PANDEMONIUM_HOME"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication
    import qasync  # isort: skip

    application = QApplication(sys.argv[:1])
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        for theme, name in (("light", "window.png"), ("dark", "window-dark.png")):
            loop.run_until_complete(take(theme, HERE / name))


async def take(theme: str, path: Path) -> None:
    """Writes a little, lets the voice go on twice, and takes the picture while it writes."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    from pandemonium.desktop import create_window

    window = create_window(None)
    desk = window.desk  # type: ignore[attr-defined]
    desk.store.update("editor", theme=theme)
    desk.store.update("panel", arrival="at once")
    window.resize(1180, 780)
    window.show()

    async def until(what: object) -> None:
        while not what():  # type: ignore[operator]
            await asyncio.sleep(0.02)

    await until(lambda: desk.voices.current)
    desk.editor.setPlainText(OPENING)
    desk.editor.moveCursor(QTextCursor.MoveOperation.End)
    desk.editor.setFocus()
    desk.store.update("writing", seed=SEEDS[0], words=36, temperature=0.6, top_p=0.8)
    desk.generation.continue_()
    await until(lambda: not desk.generation.writing)
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    QTest.keyClicks(desk.editor, BETWEEN.strip())
    desk.store.update("panel", arrival="reading")
    desk.store.update("writing", seed=SEEDS[1], words=60)
    desk.generation.continue_()
    length = len(desk.editor.record.text)
    await until(lambda: len(desk.editor.record.text) > length + 150 or not desk.generation.writing)
    await asyncio.sleep(0.3)
    window.screen().grabWindow(window.winId()).save(str(path))
    desk.generation.stop()
    desk.editor.record.mark_saved()
    window.close()


if __name__ == "__main__":
    main()
