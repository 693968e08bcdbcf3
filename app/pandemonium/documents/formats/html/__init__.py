"""Pages of the web: read with their looks, and written as one file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import EVERY_FEATURE, Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.html.reading import open_html

    return open_html(data)


def _export(manuscript: Manuscript, for_publishers: bool) -> bytes:
    from pandemonium.documents.formats.html.writing import html_page

    return html_page(manuscript).encode("utf-8")


HTML = Format(
    "html",
    "A web page",
    (".html", ".htm", ".xhtml", ".xht"),
    "rich",
    _read,
    export=_export,
    features=EVERY_FEATURE - {"endnotes", "authors"} | {"tables", "code"},
)
