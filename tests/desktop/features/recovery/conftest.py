from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from pandemonium.desktop.app.compose import Desk
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.autosave import Autosaves, AutosaveSlot
from pandemonium.documents.safekeeping.disk import stamp_of


@pytest.fixture
def slots(pandemonium_home: Path) -> Callable[[], list[Path]]:
    """The folders of all autosaves."""
    return lambda: sorted((pandemonium_home / "data" / "autosaves").glob("*.slot"))


@pytest.fixture
def lose(pandemonium_home: Path) -> Callable[..., AutosaveSlot]:
    """Leaves a document as a window would that was killed."""

    def leave(
        text: str | Passage, path: Path | None = None, name: str = "Untitled", place: int = 0, **more: Any
    ) -> AutosaveSlot:
        slot = Autosaves(pandemonium_home / "data" / "autosaves").new()
        content = Passage(text) if isinstance(text, str) else text
        format = "txt" if path else ""
        manuscript = Manuscript(path=path, **{"format": format, **more})
        slot.write(manuscript, path.name if path else name, path and stamp_of(path), content.paragraphs(), place)
        slot.leave()
        time.sleep(0.01)  # the next one is younger
        return slot

    return leave


@pytest.fixture
def press(qtbot: Any) -> Callable[[Desk, str], None]:
    """Waits for the button of that name in the line about the text, and presses it."""

    def find(desk: Desk, words: str) -> QPushButton | None:
        return next((each for each in desk.offers.findChildren(QPushButton) if each.text() == words), None)

    def wait(desk: Desk, words: str) -> None:
        def there() -> bool:
            button = find(desk, words)
            return desk.offers.isVisible() and button is not None and button.isVisible()

        qtbot.waitUntil(there)
        button = find(desk, words)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return wait


@pytest.fixture
def answer(qtbot: Any) -> Callable[[QWidget, str, str], None]:
    """Answers the question box of that name by a button."""

    def give(window: QWidget, name: str, words: str) -> None:
        def box() -> QWidget | None:
            found: QWidget | None = window.findChild(QWidget, name)
            return found

        qtbot.waitUntil(lambda: box() is not None)
        shown = box()
        assert shown is not None
        button = next(each for each in shown.findChildren(QPushButton) if each.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: box() is None)

    return give
