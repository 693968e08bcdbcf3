"""Earlier versions of a document, in the user's data folder: what was in its file at each saving, byte for byte.

For each document a folder: `index.json` says what there is, `path.txt` for people whose document it is, and each
content lies once, compressed by zlib, under its hash. Nothing lies beside the document itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pandemonium.atomic import PRIVATE, one_at_a_time, write_atomically
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.opening import LARGEST
from pandemonium.documents.safekeeping.locks import document_key, real_path
from pandemonium.documents.safekeeping.rotation import to_keep
from pandemonium.documents.safekeeping.snapshot import from_bytes, hash_of, to_bytes
from pandemonium.errors import DocumentError
from pandemonium.regular_files import read_regular
from pandemonium.text.sentences import count_words

SIDECAR = ".authors"  # what a text file's name gets for the file that says who wrote what


@dataclass(frozen=True)
class Version:
    """One earlier version.

    Attributes:
        document: the file that it is a version of.
        at: when it was written.
        kind: "file" for what was in the file, "page" for what stood on the page and had not been saved.
        hash: of its bytes.
        bytes: of the file.
        stored: bytes that it takes here, compressed.
        words: how many it has; -1 where nobody has counted them.
        beside: the hash of what belongs to it: the sidecar of a text file, the package of a page; often empty.
    """

    document: Path
    at: datetime
    kind: Literal["file", "page"]
    hash: str
    bytes: int
    stored: int
    words: int = -1
    beside: str = ""


class Versions:
    """The earlier versions of all documents.

    Args:
        folder: where they lie; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list(self, document: Path) -> list[Version]:
        """The versions of a document, the latest first."""
        return _read_index(self._of(document), document)[::-1]

    def follow(self, document: Path, earlier: Sequence[str]) -> None:
        """A document without versions gets those that it had under an earlier key, where that file is gone.

        They stay there, too: the file may only be out of reach.
        """
        own = self._of(document)
        for before in (self._folder / key for key in earlier):
            with contextlib.suppress(OSError, UnicodeError):
                written = read_regular(before / "path.txt", LARGEST).decode("utf-8", "surrogatepass")
                if own.exists() or os.path.exists(written.rstrip("\n")):
                    return
                made = Path(tempfile.mkdtemp(dir=self._folder))
                try:
                    for each in (*before.glob("*.z"), before / "index.json"):
                        _link(each, made / each.name)
                    _write_path(made, document)
                    made.rename(own)
                finally:
                    shutil.rmtree(made, ignore_errors=True)
                return

    def marks_of(self, keys: Sequence[str]) -> bytes:
        """Who wrote what in a text file, as it was kept with it last; empty for none.

        Args:
            keys: of the document; the first of which there are versions tells.
        """
        for folder in (self._folder / key for key in keys):
            files = [each for each in _read_index(folder, folder) if each.kind == "file"]
            if files:
                with contextlib.suppress(DocumentError):
                    return _content(folder, files[-1].beside) if files[-1].beside else b""
        return b""

    def keep_file(self, document: Path, *, words: int = -1) -> Version | None:
        """Keeps what is in the document's file now; does nothing where it is kept already, or is not there.

        Raises:
            DocumentError: it cannot be kept.
        """
        try:
            data = read_regular(document, LARGEST)
            status = document.stat()
        except OSError:
            return None  # nothing can be read, and nothing will be overwritten either
        beside = b""
        with contextlib.suppress(OSError):
            beside = read_regular(document.with_name(document.name + SIDECAR), LARGEST)
        at = datetime.fromtimestamp(status.st_mtime)
        return self._keep(document, at, "file", data, beside, words)

    def keep_page(self, document: Path, manuscript: Manuscript) -> Version:
        """Keeps what stands on the page, which is in no file.

        Raises:
            DocumentError: it cannot be kept.
        """
        words = count_words(manuscript.text)
        return self._keep(document, datetime.now(), "page", to_bytes(manuscript), manuscript.package or b"", words)

    def read(self, version: Version) -> Manuscript:
        """Reads an earlier version; its path is that of the document.

        Raises:
            DocumentError: it is gone, or cannot be read any more.
        """
        data = self._content(version, version.hash)
        if version.kind == "page":
            beside = self._content(version, version.beside) if version.beside else None
            return replace(from_bytes(data, lambda _: beside), path=version.document)
        with tempfile.TemporaryDirectory(prefix="pandemonium-") as folder:
            path = Path(folder) / version.document.name
            path.write_bytes(data)
            if version.beside:
                path.with_name(path.name + SIDECAR).write_bytes(self._content(version, version.beside))
            return replace(read_document(path), path=version.document)

    def file_of(self, version: Version) -> bytes:
        """The bytes of a version, as they stood in the file.

        Raises:
            DocumentError: it is gone.
        """
        return self._content(version, version.hash)

    def count(self, version: Version) -> Version:
        """Counts the words of a version where nobody has yet, and remembers them.

        Raises:
            DocumentError: it cannot be read.
        """
        if version.words >= 0:
            return version
        counted = replace(version, words=count_words(self.read(version).text))
        folder = self._of(version.document)
        with contextlib.suppress(OSError), one_at_a_time(folder / ".lock"):
            entries = _read_index(folder, version.document)
            _write_index(folder, [counted if each == version else each for each in entries])
        return counted

    def _keep(
        self, document: Path, at: datetime, kind: Literal["file", "page"], data: bytes, beside: bytes, words: int
    ) -> Version:
        folder = self._of(document)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with one_at_a_time(folder / ".lock"):
                entries = _read_index(folder, document)
                version = Version(
                    document, at, kind, hash_of(data), len(data), 0, words, hash_of(beside) if beside else ""
                )
                if entries and (entries[-1].hash, entries[-1].beside) == (version.hash, version.beside):
                    return entries[-1]
                if entries and at <= entries[-1].at:  # a copy that brought its old time along
                    version = replace(version, at=datetime.now())
                stored = sum(
                    _store(folder, name, content)
                    for name, content in ((version.hash, data), (version.beside, beside))
                    if name
                )
                version = replace(version, stored=stored)
                entries = sorted([*entries, version], key=lambda each: each.at)
                kept = to_keep(entries, lambda each: each.at, lambda each: each.stored, datetime.now())
                if version not in kept:
                    kept = [*kept, version]
                if not (folder / "path.txt").exists():
                    _write_path(folder, document)
                _write_index(folder, kept)
                _sweep(folder, kept)
                return version
        except OSError as error:
            raise DocumentError(
                f"The earlier version of {document.name} could not be kept: {error.strerror or error}.",
                "Make room on the disk that holds your user data.",
            ) from error

    def _content(self, version: Version, name: str) -> bytes:
        return _content(self._of(version.document), name)

    def _of(self, document: Path) -> Path:
        return self._folder / document_key(document)


def _content(folder: Path, name: str) -> bytes:
    try:
        data = zlib.decompress((folder / f"{name}.z").read_bytes())
    except (OSError, zlib.error) as error:
        raise DocumentError("This version cannot be read any more.", "Choose another one.") from error
    if hash_of(data) != name:
        raise DocumentError("This version was damaged on the disk.", "Choose another one.")
    return data


def _write_path(folder: Path, document: Path) -> None:
    """Writes down for people whose versions lie in a folder."""
    path = f"{real_path(document)}\n".encode("utf-8", "surrogatepass")
    write_atomically(folder / "path.txt", path, mode=PRIVATE)


def _link(source: Path, target: Path) -> None:
    """The same content once more, without the room for it where the disk can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _store(folder: Path, name: str, data: bytes) -> int:
    """Writes a content once; gives the bytes that it takes."""
    path = folder / f"{name}.z"
    with contextlib.suppress(OSError):
        if size := path.stat().st_size:
            return size
    compressed = zlib.compress(data, 3)
    write_atomically(path, compressed, mode=PRIVATE)
    return len(compressed)


def _read_index(folder: Path, document: Path) -> list[Version]:
    """The versions in order of time; those whose index was lost are found by their files."""
    try:
        entries = json.loads((folder / "index.json").read_text("utf-8"))["versions"]
        return [
            Version(
                document,
                datetime.fromtimestamp(each["at"]),
                each["kind"],
                each["hash"],
                each["bytes"],
                each["stored"],
                each["words"],
                each["beside"],
            )
            for each in entries
        ]
    except FileNotFoundError:
        return []
    except (OSError, LookupError, TypeError, ValueError):
        return sorted(_found(folder, document), key=lambda each: each.at)


def _found(folder: Path, document: Path) -> Iterator[Version]:
    with contextlib.suppress(OSError):
        for path in folder.glob("*.z"):
            status = path.stat()
            at = datetime.fromtimestamp(status.st_mtime)
            yield Version(document, at, "file", path.stem, 0, status.st_size)


def _write_index(folder: Path, versions: list[Version]) -> None:
    entries: list[dict[str, Any]] = [
        {
            "at": each.at.timestamp(),
            "kind": each.kind,
            "hash": each.hash,
            "bytes": each.bytes,
            "stored": each.stored,
            "words": each.words,
            "beside": each.beside,
        }
        for each in versions
    ]
    index = (json.dumps({"versions": entries}, indent=1) + "\n").encode()
    write_atomically(folder / "index.json", index, mode=PRIVATE)


def _sweep(folder: Path, kept: list[Version]) -> None:
    """Takes away the contents that no version has any more."""
    names = {each.hash for each in kept} | {each.beside for each in kept}
    with contextlib.suppress(OSError):
        for path in folder.glob("*.z"):
            if path.stem not in names:
                path.unlink()
