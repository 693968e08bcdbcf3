"""A small voice of random weights, a qasync loop, and whole windows that are closed again."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import qasync
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pandemonium.desktop import create_window
from pandemonium.desktop.app.compose import Desk
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.card import Card
from pandemonium.voice.file import quantize_voice, save_voice
from pandemonium.voice.tokenizer import SubwordTokenizer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PROSE = "The old house stood upon the hill. I heard a sound from the cellar, and the sea was dark.\n\n" * 40


_PATIENCE = 60_000  # milliseconds: a busy machine is slow, and no test may fail of that


class PatientQtBot(QtBot):
    """Waits for what must come as long as it takes beside other work."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE) -> None:
        """Waits until the callback says so, at least a minute long."""
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE))


@pytest.fixture(autouse=True)
def no_garbage_within_qt() -> Iterator[None]:
    """Collects between tests, as the program does between events: never while Qt edits a document or paints."""
    gc.disable()
    yield
    gc.enable()
    gc.collect(1)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with more patience."""
    return PatientQtBot(request)


@pytest.fixture(scope="session")
def small_voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A voice file that writes nonsense, at once."""
    path = tmp_path_factory.mktemp("voices") / "small.voice"
    tokenizer = SubwordTokenizer.train([PROSE], 400)
    shape = PlainArchitecture(tokenizer.size, 24, 32, 2)
    chance = np.random.default_rng(7)
    weights = {name: chance.normal(0, 0.2, size).astype(np.float32) for name, size in shape.shapes().items()}
    save_voice(quantize_voice("small", shape, tokenizer, weights, Card("Small", "Random weights.")), path)
    return path


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """The loop that a window lives on; Qt's own events drive it."""
    made = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(made)
    yield made
    made.run_until_complete(asyncio.sleep(0))  # what was cancelled hears of it
    made.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def settings_text() -> str:
    """The settings file that a window starts with; tests may override it."""
    return '[panel]\nvoice = "small"\narrival = "at once"\n[writing]\nwords = 20\nseed = 1\n'


@pytest.fixture
def make_desk(
    qtbot: Any, loop: asyncio.AbstractEventLoop, small_voice: Path, pandemonium_home: Path, settings_text: str
) -> Iterator[Callable[..., Desk]]:
    """Opens windows, with a document if one is named, and waits until the voice is there."""
    voices = pandemonium_home / "data" / "voices"
    voices.mkdir(parents=True)
    shutil.copy(small_voice, voices)
    (pandemonium_home / "config").mkdir()
    (pandemonium_home / "config" / "settings.toml").write_text(settings_text, "utf-8")
    made: list[Desk] = []

    def make(file: Path | None = None) -> Desk:
        window = create_window(SimpleNamespace(file=file))
        desk: Desk = window.desk  # type: ignore[attr-defined]
        made.append(desk)
        window.show()
        qtbot.waitUntil(lambda: desk.voices.current is not None, timeout=20_000)
        return desk

    yield make
    for desk in made:
        desk.generation.stop()
        qtbot.waitUntil(lambda desk=desk: not desk.files.is_saving)  # type: ignore[misc]
        desk.editor.model.mark_saved()
        desk.window.close()
        desk.window.deleteLater()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """An open window with an empty page and a voice."""
    return make_desk()


@pytest.fixture
def save_to(loop: asyncio.AbstractEventLoop) -> Callable[[Desk, Path], None]:
    """Saves what is on the page as it stands, and waits for it."""

    def save(desk: Desk, path: Path) -> None:
        loop.run_until_complete(desk.files.write_to(path))

    return save


@pytest.fixture
def finish(qtbot: Any) -> Callable[[Desk], None]:
    """Waits until the voice has written to its end."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: not desk.generation.writing, timeout=20_000)

    return wait


@pytest.fixture
def arrive(qtbot: Any) -> Callable[[Desk, int], None]:
    """Waits until so many characters more stand on the page."""

    def wait(desk: Desk, more: int) -> None:
        wanted = len(desk.editor.model.text) + more
        qtbot.waitUntil(lambda: len(desk.editor.model.text) >= wanted, timeout=20_000)

    return wait


@pytest.fixture
def place_cursor() -> Callable[[Desk, int], None]:
    """Puts the cursor at a position."""

    def place(desk: Desk, position: int) -> None:
        cursor = QTextCursor(desk.editor.document())
        cursor.setPosition(position)
        desk.editor.setTextCursor(cursor)

    return place
