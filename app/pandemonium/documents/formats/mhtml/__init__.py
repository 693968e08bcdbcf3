"""Pages of the web that were packed with their pictures into one letter: only read."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.html.parsing import parse_html
    from pandemonium.documents.formats.html.reading import read_page
    from pandemonium.documents.formats.mhtml.reading import packed_page

    return read_page(parse_html(packed_page(data)))


MHTML = Format("mhtml", "A packed web page", (".mht", ".mhtml"), "rich", _read)
