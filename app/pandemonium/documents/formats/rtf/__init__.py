"""Rich Text Format: only read."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.rtf.reading import open_rtf

    return open_rtf(data)


RTF = Format("rtf", "Rich text", (".rtf",), "rich", _read)
