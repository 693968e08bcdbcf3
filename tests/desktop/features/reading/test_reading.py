"""Reading ahead: the manuscript is read while nothing else is asked, and kept; an edit costs what hangs on it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from pandemonium import paths
from pandemonium.desktop.app.compose import Desk
from pandemonium.desktop.features.reading import reading
from pandemonium.desktop.features.reading.reading import Reading, Snapshot
from pandemonium.writing.reading.checkpoints import SUFFIX


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "REST", 10)
    monkeypatch.setattr(reading, "IDLE", 20)
    monkeypatch.setattr(reading, "_LEAST_PAUSE", 0.0)
    monkeypatch.setattr(reading, "on_battery", lambda: False)


def manuscript(prose: str, characters: int) -> str:
    lines = [line for line in prose.split("\n") if line]
    made = "\n".join(f"In the year {number} \u201c{lines[number % len(lines)]}\u201d" for number in range(500))
    assert len(made) > characters
    return made[:characters]


def kept() -> set[Path]:
    return set((paths.user_data() / "reading").glob(f"*/*{SUFFIX}"))


def wait_until_read(desk: Desk, qtbot: Any) -> None:
    feature = desk.feature(Reading)
    qtbot.waitUntil(lambda: feature._read_revision == desk.editor.model.revision, timeout=60_000)


@pytest.mark.long
def test_the_manuscript_is_read_and_an_edit_costs_what_hangs_on_it(desk: Desk, qtbot: Any, prose: str) -> None:
    desk.editor.setPlainText(manuscript(prose, 30_000))
    wait_until_read(desk, qtbot)
    before = {path: path.stat().st_mtime_ns for path in kept()}
    assert len(before) > 3
    contents = {path: path.read_bytes() for path in before}
    cursor = desk.editor.textCursor()
    cursor.setPosition(len(desk.editor.model.text) - 4_000)
    desk.editor.setTextCursor(cursor)
    cursor.insertText("Something else. ")
    wait_until_read(desk, qtbot)
    changed = [path for path, content in contents.items() if path.exists() and path.read_bytes() != content]
    assert len(changed) < len(before) - 1


@pytest.mark.long
def test_continue_goes_first(desk: Desk, qtbot: Any, prose: str) -> None:
    desk.editor.setPlainText(manuscript(prose, 40_000))
    feature = desk.feature(Reading)
    qtbot.waitUntil(lambda: feature.is_at_work, timeout=20_000)
    desk.actions["continueAction"].trigger()
    qtbot.waitUntil(lambda: not desk.generation.writing and bool(desk.generation.attempts), timeout=60_000)


@pytest.mark.long
@pytest.mark.parametrize("form", ["txt", "md"])
def test_the_manuscript_is_read_as_continue_would_read_it(desk: Desk, prose: str, form: str) -> None:
    text = manuscript(prose, 90_000).replace("\n", "\n\n*Said* she, \U0001f419. ", 40)
    desk.editor.setPlainText(text)
    desk.generation.requests.format = form
    snapshot = Snapshot(desk.editor.model.text.paragraphs, form)
    chance = random.Random(1)
    for _ in range(10):
        position = chance.randrange(len(desk.editor.model.text))
        assert snapshot.read_before(position) == desk.generation.requests.before(position)


def test_on_battery_and_without_room_nothing_is_read(
    desk: Desk, qtbot: Any, prose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    feature = desk.feature(Reading)
    monkeypatch.setattr(reading, "on_battery", lambda: True)
    desk.editor.setPlainText(prose)
    feature._read_far()
    assert not feature.is_at_work
    monkeypatch.setattr(reading, "on_battery", lambda: False)
    desk.context.settings.set("machine.reading_room", 0)
    feature._read_far()
    assert not feature.is_at_work
