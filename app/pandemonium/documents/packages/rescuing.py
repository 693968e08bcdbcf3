"""Rescues a document out of a zip file that was cut off or damaged, or whose parts lie one folder too deep in it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pandemonium.documents.packages.archive import NAMES_LIMIT, PART_LIMIT, unfolds_too_far

# The part that holds the text, or leads to it, in a docx, an odt and an epub.
_MAIN = ("word/document.xml", "content.xml", "META-INF/container.xml")
_HEAD = struct.Struct("<4s5H3I2H")
_BEGINS = b"PK\x03\x04"
_LOCKED = 1  # among a part's flags
_IN_UTF8 = 0x800
_CHUNK = 4096  # bytes
_TOO_DEEP = "This file was packed one folder too deep, and is read all the same. Save it under another name."
_WHOLE_TEXT = "This file is damaged: its text is shown, but other parts may be missing. Save it under another name."
_CUT = "This file is damaged: not all of its text could be read. Save what is shown under another name."
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Rescued:
    """A zip file of the parts that could be read, and a sentence for the writer about the one that they come from."""

    data: bytes
    notice: str


@dataclass(frozen=True)
class _Part:
    data: bytes
    is_whole: bool


def rescue(data: bytes) -> Rescued | None:
    """Makes a zip file of what can be read of a damaged or oddly packed one; None where no text comes out of it.

    Args:
        data: of a file that cannot be opened as it is.
    """
    if not data.startswith(_BEGINS):
        return None
    parts = _parts(data)
    folders = [name.removesuffix(main) for main in _MAIN for name in parts if name == main or name.endswith(f"/{main}")]
    if not folders or len(set(folders)) > 1:
        return None
    folder = folders[0]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            if name.startswith(folder) and name != folder:
                archive.writestr(name.removeprefix(folder), part.data)
    if all(part.is_whole for part in parts.values()) and not _is_cut_off(data):
        return Rescued(made.getvalue(), _TOO_DEEP) if folder else None
    is_cut = any(not parts[folder + main].is_whole for main in _MAIN if folder + main in parts)
    return Rescued(made.getvalue(), _CUT if is_cut else _WHOLE_TEXT)


def _parts(data: bytes) -> dict[str, _Part]:
    """The parts of a zip file by their names: as its list at the end tells, or else as they come."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if not any(info.filename.endswith(_MAIN) for info in infos) or _is_too_much(infos, len(data)):
                return {}
            return {info.filename: _Part(archive.read(info), True) for info in infos}
    except _UNREADABLE:
        return dict(_found(data))


def _is_too_much(infos: list[zipfile.ZipInfo], size: int) -> bool:
    whole = sum(info.file_size for info in infos)
    return len(infos) > NAMES_LIMIT or whole > PART_LIMIT or unfolds_too_far(infos, size)


def _is_cut_off(data: bytes) -> bool:
    """Tells whether the list of the parts, with which a zip file ends, is missing."""
    return not zipfile.is_zipfile(io.BytesIO(data))


def _found(data: bytes) -> Iterator[tuple[str, _Part]]:
    """Each part as far as it can be read, found by the head that stands before it; none where a part is locked."""
    position = 0
    budget = PART_LIMIT
    for _ in range(NAMES_LIMIT):
        position = data.find(_BEGINS, position)
        if position < 0 or position + _HEAD.size > len(data) or budget <= 0:
            return
        _, _, flags, method, _, _, sum_, packed, _, name_length, extra_length = _HEAD.unpack_from(data, position)
        begins = position + _HEAD.size + name_length + extra_length
        name = data[position + _HEAD.size :][:name_length].decode("utf-8" if flags & _IN_UTF8 else "cp437", "replace")
        name = name.partition("\0")[0]  # where zip's own readers end it
        if flags & _LOCKED:
            return
        if method == zipfile.ZIP_DEFLATED:
            part, position = _inflated(data, begins, budget)
        else:
            end = begins + packed if packed else data.find(b"PK", begins)
            part = _Part(data[begins:end], packed == 0 or end <= len(data))
            position = max(begins, end)
        budget -= len(part.data)
        if packed and zlib.crc32(part.data) != sum_:  # elsewhere they stand behind the part
            part = _Part(part.data, False)
        if name and not name.endswith("/") and part.data:
            yield name.replace("\\", "/"), part


def _inflated(data: bytes, begins: int, most: int) -> tuple[_Part, int]:
    """A part that is packed, as far as it can be read, and the place behind it."""
    packer = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = 0
    position = begins
    while position < len(data) and size < most and not packer.eof:
        chunk = data[position : position + _CHUNK]
        before = packer.copy()
        try:
            piece = packer.decompress(chunk, most)
        except zlib.error:
            pieces += _until_damaged(before, chunk)
            return _Part(b"".join(pieces), False), position
        pieces.append(piece)
        size += len(piece)
        position += len(chunk) - len(packer.unused_data)
    return _Part(b"".join(pieces), packer.eof), position


def _until_damaged(packer: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    for byte in chunk:
        try:
            yield packer.decompress(bytes([byte]))
        except zlib.error:
            return
