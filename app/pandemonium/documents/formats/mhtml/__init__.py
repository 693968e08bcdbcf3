"""Pages of the web that were packed with their pictures into one letter, and letters themselves: only read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.html.parsing import parse_html
    from pandemonium.documents.formats.html.reading import read_page
    from pandemonium.documents.formats.mhtml.reading import packed_page

    page = read_page(parse_html(packed_page(data)))
    return replace(page, notice=f"{_NOT_SHOWN} {page.notice}".rstrip()) if path.suffix.lower() == ".eml" else page


_NOT_SHOWN = "Of this letter only the text is shown: not who sent it, when, about what, and what it encloses."

MHTML = Format("mhtml", "A packed web page or letter", (".mht", ".mhtml", ".eml"), "rich", _read)
