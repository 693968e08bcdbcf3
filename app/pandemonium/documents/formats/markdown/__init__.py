"""Markdown: its source is edited as it stands, and becomes rich text on its way into other formats."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import EVERY_FEATURE, Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.plain.coding import decode_plain

    return decode_plain(data, "md", path)


def _write(manuscript: Manuscript) -> tuple[bytes, Manuscript]:
    from pandemonium.documents.formats.plain.coding import encode_plain

    return encode_plain(manuscript)


def _export(manuscript: Manuscript, for_publishers: bool) -> bytes:
    from pandemonium.documents.formats.markdown.writing import from_rich
    from pandemonium.documents.rich import rich

    text = manuscript.text
    if manuscript.format != "md":  # a plain text's signs are none of Markdown's
        whole = rich(manuscript)
        text = from_rich(whole.content, whole.objects)
    return text.encode("utf-8", "surrogatepass")


MARKDOWN = Format(
    "md",
    "Markdown",
    (".md", ".markdown"),
    "markdown",
    _read,
    _write,
    _export,
    also_read=(".mkd", ".mdown"),
    features=EVERY_FEATURE - {"alignment", "page breaks", "endnotes", "authors"} | {"tables", "code"},
)
