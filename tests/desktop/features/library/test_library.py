from __future__ import annotations

from pathlib import Path

from pandemonium.desktop.app.compose import Desk


def test_the_library_is_made_once_when_it_is_asked_for(desk: Desk, small_voice: Path) -> None:
    assert desk.library.window is None
    desk.library.open()
    made = desk.library.window
    assert made is not None
    desk.store.update("editor", theme="dark")
    desk.library.import_file(small_voice)
    assert desk.library.window is made
    assert "already" in made.message_bar.sentence
