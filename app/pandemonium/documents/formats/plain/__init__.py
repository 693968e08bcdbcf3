"""Plain text of any encoding, which goes back byte for byte where nothing was changed."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.plain.coding import decode_plain

    return decode_plain(data, "txt", path)


def _write(manuscript: Manuscript) -> tuple[bytes, Manuscript]:
    from pandemonium.documents.formats.plain.coding import encode_plain

    return encode_plain(manuscript)


def _export(manuscript: Manuscript, for_publishers: bool) -> bytes:
    from pandemonium.documents.formats.plain.writing import plain_text

    return plain_text(manuscript).encode("utf-8", "surrogatepass")


PLAIN = Format(
    "txt",
    "Plain text",
    (".txt", ".text"),
    "plain",
    _read,
    _write,
    _export,
    features=frozenset(("endnotes",)),
)
