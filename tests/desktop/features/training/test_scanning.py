from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from pandemonium.desktop.features.training.scanning import Scan, read_preview
from pandemonium.errors import DocumentError


@pytest.mark.long
def test_a_folder_is_read_and_told_about(loop: asyncio.AbstractEventLoop, novels: Path) -> None:
    told: list[tuple[int, Path]] = []
    survey = loop.run_until_complete(Scan(loop, [novels], lambda n, path: told.append((n, path))).run())
    assert survey is not None
    kept = survey.select().kept
    assert [each.file.path.name for each in kept] == ["one.txt", "two.md"]
    assert told
    assert told[0][0] == 1


def test_a_cancelled_reading_gives_nothing(loop: asyncio.AbstractEventLoop, novels: Path) -> None:
    scan = Scan(loop, [novels], lambda *_: pytest.fail("it was told"))
    scan.cancel()
    assert loop.run_until_complete(scan.run()) is None


def test_a_folder_that_is_gone_is_a_sentence(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="gone"):
        loop.run_until_complete(Scan(loop, [tmp_path / "gone"], lambda *_: None).run())


def test_a_preview_is_clean(loop: asyncio.AbstractEventLoop, novels: Path) -> None:
    text = loop.run_until_complete(read_preview(loop, novels / "one.txt"))
    assert text
    assert "\r" not in text
