"""Small documents of each format, made by hand so that each test says what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Zipped = Callable[[str, Mapping[str, str | bytes]], Path]


@pytest.fixture
def zipped(tmp_path: Path) -> Zipped:
    """Writes a zip file of the given name and parts."""

    def write(name: str, parts: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return path

    return write
