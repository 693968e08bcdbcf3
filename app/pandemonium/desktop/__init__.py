"""The window. `create_window` builds it inside the caller's application and loop; `run` does everything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


def create_window(arguments: object = None) -> QMainWindow:
    """Builds the whole window without showing it or entering an event loop.

    Args:
        arguments: anything with `file: Path | None`, the document to open; whatever has none opens none.
    """
    from pandemonium.desktop.app.launch import build

    file = getattr(arguments, "file", None)
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
        from pandemonium.desktop.app.launch import run_until_closed

        return run_until_closed(file, arrival.place)
    finally:
        if arrival.place is not None:
            arrival.place.leave()
