"""The menu of the documents that were open last."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from pandemonium.desktop.core.plain_text import plain_text

_HOME = "~"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


def fill_recent(
    menu: QMenu, documents: Sequence[Path], open_document: Callable[[Path], object], clear: Callable[[], object]
) -> None:
    """Lists documents in a menu, with a way to clear the list."""
    menu.clear()
    for number, path in enumerate(documents, 1):
        name = path.name.replace("&", "&&")
        head = f"&{number}  {name}" if number < 10 else name
        action = menu.addAction(f"{head}  \u2013  {_folder(path).replace('&', '&&')}")
        action.setToolTip(plain_text(str(path)))
        action.triggered.connect(lambda _=False, path=path: open_document(path))
    menu.addSeparator()
    menu.addAction(_tr("Clear this list"), clear).setEnabled(bool(documents))


def _folder(path: Path) -> str:
    folder = str(path.parent)
    home = os.path.expanduser(_HOME)
    inside = folder == home or folder.startswith(home + os.sep)
    return _HOME + folder[len(home) :] if inside else folder
