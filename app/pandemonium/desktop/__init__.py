"""The window. `create_window` builds it inside the caller's application and loop; `run` does everything."""

from __future__ import annotations

import builtins
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from pandemonium.documents.collecting import without_collecting

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


def create_window(arguments: object = None) -> QMainWindow:
    """Builds the whole window without showing it or entering an event loop.

    Args:
        arguments: anything with `file: Path | None`, the document to open; whatever has none opens none.
    """
    file = getattr(arguments, "file", None)
    with without_collecting():
        load_qt()
        from pandemonium.desktop.app.launch import build

        return build(Path(file) if file else None)


def run(file: Path | None = None) -> int:
    """Opens the window, with `file` in it, and gives the exit code once it is closed.

    Where this user has a window open already, it takes the file, and this returns at once, without loading Qt.
    """
    from pandemonium.desktop.app.single_instance import arrive

    arrival = arrive(file)
    if arrival.heard:
        return 0
    try:
        with without_collecting():  # a start makes hardly any garbage, and the window has its own way with it
            load_qt()
            from pandemonium.desktop.app.launch import run_until_closed

            return run_until_closed(file, arrival.place)
    finally:
        if arrival.place is not None:
            arrival.place.leave()


def load_qt() -> None:
    """Imports Qt, and leaves Python's own `import` in its place.

    PySide puts another there, which reads the source of every module that is imported from then on, in search of those
    that want its names spelled otherwise (`snake_case`). None here does, and it is a sixth of all imports.
    """
    python_import = builtins.__import__
    importlib.import_module("PySide6.QtWidgets")
    builtins.__import__ = python_import
