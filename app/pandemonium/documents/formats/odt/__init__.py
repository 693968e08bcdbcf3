"""OpenDocument text: read, patched and written; as one flat XML file only read."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.format import Format, Progress
from pandemonium.documents.model.manuscript import Manuscript


def _read(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.odt.document import read_odt
    from pandemonium.documents.formats.odt.plain_document import plain_document

    return read_odt(plain_document(data), path, progress)


def _read_flat(data: bytes, path: Path, progress: Progress | None) -> Manuscript:
    from pandemonium.documents.formats.odt.flat import read_flat_odt

    return read_flat_odt(data, path, progress)


def _write(manuscript: Manuscript) -> tuple[bytes, Manuscript]:
    from pandemonium.documents.formats.odt.document import write_odt

    return write_odt(manuscript), manuscript


def _export(manuscript: Manuscript, for_publishers: bool) -> bytes:
    from pandemonium.documents.formats.odt.document import write_odt
    from pandemonium.documents.rich import rich

    return write_odt(manuscript if manuscript.format == "odt" else rich(manuscript))


ODT = Format("odt", "An OpenDocument text", (".odt",), "rich", _read, _write, _export, also_read=(".ott",))
FLAT_ODT = Format("fodt", "A flat OpenDocument text", (".fodt",), "rich", _read_flat)
