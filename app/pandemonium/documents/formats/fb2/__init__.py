"""FictionBook: only read."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.fb2.reading import open_fb2

    return open_fb2(data)


FB2 = Format("fb2", "A FictionBook", (".fb2", ".fbz"), "rich", _read)
