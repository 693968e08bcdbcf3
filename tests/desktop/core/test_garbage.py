"""Garbage is collected on the window's thread, and the whole of it only while the writer rests."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from pandemonium.desktop.core import garbage
from pandemonium.desktop.core.garbage import GarbageCollector


class Page(QObject):
    edited = Signal(object, str)


class Circle:
    """What only a collector frees."""

    def __init__(self) -> None:
        self.itself = self
        self.freed_by: list[int] = []
        weakref.finalize(self, lambda found=self.freed_by: found.append(threading.get_ident()))


@pytest.fixture
def page(qapp: object) -> Page:
    return Page()


@pytest.fixture
def collector(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    monkeypatch.setattr(garbage, "_INTERVAL", 20)
    monkeypatch.setattr(garbage, "_REST", 100)
    made = GarbageCollector(page.edited, parent=page)
    yield made
    made.close()


def test_no_other_thread_collects(qtbot: Any, page: Page, collector: GarbageCollector) -> None:
    freed_by = Circle().freed_by
    thread = threading.Thread(target=lambda: [[] for _ in range(20 * gc.get_threshold()[0])])
    thread.start()
    thread.join()
    kept = [[] for _ in range(2 * gc.get_threshold()[0])]  # type: ignore[var-annotated]
    assert kept
    assert freed_by == []
    page.edited.emit(None, "writer")
    qtbot.waitUntil(lambda: bool(freed_by))
    assert freed_by == [threading.get_ident()]


def test_everything_is_collected_at_rest_alone(
    qtbot: Any, page: Page, collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "collect", asked.append)
    monkeypatch.setattr(gc, "get_count", lambda: tuple(most + 1 for most in gc.get_threshold()))
    page.edited.emit(None, "writer")
    qtbot.waitUntil(lambda: 2 in asked)
    assert asked[0] == 1
    assert set(asked[:-1]) == {1}
    assert not any(timer.isActive() for timer in collector.findChildren(QTimer))


def test_the_interpreter_collects_again_behind_it(page: Page) -> None:
    was_on = gc.isenabled()
    collector = GarbageCollector(page.edited, parent=page)
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled() == was_on
