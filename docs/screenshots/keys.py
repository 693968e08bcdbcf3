"""Prints the guide's table of keys out of the window's own actions: `QT_QPA_PLATFORM=offscreen python keys.py`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator, Mapping


def table(actions: Mapping[str, object]) -> Iterator[str]:
    """The table's lines: what an entry says, and its usual keys.

    Args:
        actions: the window's, by their names.
    """
    yield "| key | does |"
    yield "| --- | --- |"
    for action in actions.values():
        keys = [each.toString() for each in action.shortcuts()]  # type: ignore[attr-defined]
        if keys:
            said = action.text().replace("&", "").rstrip("\u2026")  # type: ignore[attr-defined]
            yield f"| {keys[0]} | {said} |"


def main() -> None:
    """Makes a window that nobody sees, and prints."""
    os.environ["PANDEMONIUM_HOME"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication
    import qasync  # isort: skip

    application = QApplication([])
    asyncio.set_event_loop(qasync.QEventLoop(application))
    from pandemonium.desktop import create_window
    from pandemonium.desktop.shell.menus import in_menu_order

    window = create_window(None)
    print("\n".join(table(in_menu_order(window, window.desk.actions))))  # type: ignore[attr-defined]
    window.close()


if __name__ == "__main__":
    main()
