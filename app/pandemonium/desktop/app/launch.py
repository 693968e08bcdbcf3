"""Starts Qt and its event loop around a window."""

from __future__ import annotations

import asyncio
import sys
import warnings
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow  # before qasync, which takes the Qt that is there
from qasync import QEventLoop

from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.app.single_instance import Place
from pandemonium.desktop.app.visitors import Visitors, belongs_on_page, show


def build(file: Path | None) -> QMainWindow:
    """Builds a window in the running QApplication, on its qasync loop (made here if there is none)."""
    return _desk(file).window


def run_until_closed(file: Path | None, place: Place | None = None) -> int:
    """Shows a window and runs until it is closed; gives the exit code.

    Args:
        file: what to open: a document, a voice to import, or a folder to learn from.
        place: the one window's place, given up when the window closes; None for one more window.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)
    document = file if file is not None and belongs_on_page(file) else None
    desk = _desk(document)
    window = desk.window
    gone: asyncio.Future[None] = loop.create_future()
    window.closed.connect(lambda: None if gone.done() else gone.set_result(None))
    visitors = Visitors(desk, place)
    window.closed.connect(visitors.close)
    window.show()
    if file is not None and document is None:
        desk.context.tasks.start(show(desk, file))
    visitors.answer()  # whoever came while the window was made
    with loop:
        loop.run_until_complete(gone)
        loop.run_until_complete(asyncio.sleep(0))  # what was cancelled hears of it
    return 0


def _desk(file: Path | None) -> Desk:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("the caller makes the QApplication")
    application.setApplicationName("Pandemonium")
    application.setDesktopFileName("pandemonium")
    if not application.property("isStyled"):  # it walks over every widget that there is, so that once is enough
        application.setStyle("Fusion")
        application.setProperty("isStyled", True)
    desk = Desk(application, _loop(application), file)
    desk.window.desk = desk  # type: ignore[attr-defined]  # lives as long as its window
    return desk


def _loop(application: QApplication) -> asyncio.AbstractEventLoop:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # asking when there is none
        try:
            loop: asyncio.AbstractEventLoop | None = asyncio.get_event_loop_policy().get_event_loop()
        except RuntimeError:
            loop = None
    if loop is not None and isinstance(loop, QEventLoop) and not loop.is_closed():
        return loop
    made: asyncio.AbstractEventLoop = QEventLoop(application)
    asyncio.set_event_loop(made)
    return made
