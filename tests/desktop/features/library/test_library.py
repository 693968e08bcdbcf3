from __future__ import annotations

from pathlib import Path

from pandemonium.desktop.app.compose import Desk


def test_the_library_is_made_once_when_it_is_asked_for(desk: Desk, small_voice: Path) -> None:
    assert desk.shelf.library is None
    desk.shelf.open()
    made = desk.shelf.library
    assert made is not None
    desk.store.update("editor", theme="dark")
    desk.shelf.import_file(small_voice)
    assert desk.shelf.library is made
    assert "already" in made.banner.sentence
