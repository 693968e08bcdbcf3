"""Which document is this: what is kept of one is found again also where its file was renamed, moved or copied.

What the program keeps of a document and not in it (who is in its cast, what voices proposed, its earlier versions)
is called by a hash of its path. A document of whose path nothing is known yet is known again by how its text begins; it
goes on with what was kept of that one, until something is kept of itself.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pandemonium.atomic import PRIVATE, write_atomically
from pandemonium.documents.safekeeping.locks import document_key
from pandemonium.errors import PandemoniumError

OPENING = 400  # characters by which a document is known again
_TELLING = 80  # of them that tell one document from others
_MOST = 2000  # documents that are known, those longest ago forgotten first
_MOST_EARLIER = 8
_PARAGRAPHS = 50
_LARGEST = 1 << 20  # bytes
_UNTITLED = "untitled-"


@dataclass(frozen=True)
class DocumentKeys:
    """By which names what is kept of a document is called.

    Attributes:
        own: of what is kept from now on.
        earlier: of what was kept of the same text under other paths, the latest first.
    """

    own: str
    earlier: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Path | None) -> DocumentKeys:
        """Those of a path alone; of a document without a file, such as nobody had before."""
        return cls(document_key(document) if document is not None else f"{_UNTITLED}{uuid.uuid4().hex}")

    @property
    def all(self) -> tuple[str, ...]:
        """The own one, and the earlier."""
        return self.own, *self.earlier

    @property
    def is_untitled(self) -> bool:
        """The document has no file."""
        return is_untitled(self.own)


def is_untitled(key: str) -> bool:
    """Tells whether a document without a file is called so."""
    return key.startswith(_UNTITLED)


@dataclass(frozen=True)
class _Record:
    """What is known of a document: how many characters it began with, their hash, and what it was before."""

    length: int
    opening: str
    earlier: tuple[str, ...] = ()


def beginning_of(paragraphs: Iterable[str]) -> str:
    """As much of a document's text as it is known by."""
    text = ""
    for paragraph in islice(paragraphs, _PARAGRAPHS):
        text += f"{paragraph[: 2 * OPENING]}\n"
        if len(text.strip()) > OPENING:
            break
    return text


class KnownDocuments:
    """A small JSON file with a record for each document; neither paths nor words are written down.

    Args:
        file: it may not be there yet; a broken one counts as empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def open(self, document: Path | None, text: str) -> DocumentKeys:
        """The keys of a document that comes onto the page.

        Args:
            document: its path, None for one without a file.
            text: how it begins.
        """
        own = DocumentKeys.of(document)
        records = self._read()
        if own.own in records:
            return DocumentKeys(own.own, records[own.own].earlier)
        before = _known_by(records, text, is_untitled=own.is_untitled)
        return _behind(own, before, records[before].earlier) if before else own

    def follow(self, keys: DocumentKeys, document: Path | None) -> DocumentKeys:
        """The keys of a document that goes on in another file, as that which had `keys`."""
        own = DocumentKeys.of(document)
        return keys if own.own == keys.own else _behind(own, keys.own, keys.earlier)

    def note(self, keys: DocumentKeys, text: str) -> None:
        """Takes down how a document begins now.

        Raises:
            PandemoniumError: the file cannot be written.
        """
        begins = text.strip()[:OPENING]
        if not begins:
            return
        record = _Record(len(begins), _hash(begins), keys.earlier)
        records = self._read()
        if records.get(keys.own) == record:
            return
        records.pop(keys.own, None)
        records[keys.own] = record
        values = {key: asdict(each) for key, each in list(records.items())[-_MOST:]}
        try:
            # Nobody waits for the disk: how a document begins is soon noted again.
            write_atomically(self._file, f"{json.dumps(values, indent=0)}\n".encode(), mode=PRIVATE, durable=False)
        except OSError as error:
            raise PandemoniumError(
                f"How the document begins could not be noted: {error.strerror or error}.", "Make room on the disk."
            ) from error

    def _read(self) -> dict[str, _Record]:
        try:
            if self._file.stat().st_size > _LARGEST:
                return {}
            values = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(values, dict):
            return {}
        records = ((key, _record(each)) for key, each in values.items())
        return {key: record for key, record in records if record is not None}


def _record(values: Any) -> _Record | None:
    """A record of the file's, of which nothing is believed."""
    if not isinstance(values, dict):
        return None
    length = values.get("length")
    opening = values.get("opening")
    earlier = values.get("earlier")
    if type(length) is not int or not 0 < length <= OPENING or not isinstance(opening, str):
        return None
    keys = [each for each in earlier if isinstance(each, str)] if isinstance(earlier, list) else []
    return _Record(length, opening, tuple(keys[:_MOST_EARLIER]))


def _behind(own: DocumentKeys, before: str, earlier: tuple[str, ...]) -> DocumentKeys:
    others = dict.fromkeys((before, *earlier))
    others.pop(own.own, None)
    return DocumentKeys(own.own, tuple(others)[:_MOST_EARLIER])


def _known_by(records: dict[str, _Record], text: str, *, is_untitled: bool) -> str:
    """The key of the document that began as `text` does; the longest beginning tells, then the newest."""
    begins = text.strip()[:OPENING]
    hashes: dict[int, str] = {}
    found = ""
    longest = 0
    for key, record in records.items():
        length = record.length
        tells = length >= _TELLING or (is_untitled and key.startswith(_UNTITLED))
        if not tells or not longest <= length <= len(begins):
            continue
        if length not in hashes:
            hashes[length] = _hash(begins[:length])
        if hashes[length] == record.opening:
            found = key
            longest = length
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
