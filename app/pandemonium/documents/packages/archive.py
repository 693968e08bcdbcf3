"""Opens the zip files that docx, odt and epub are, with a limit on what they may unfold to."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pandemonium.documents.opening import LARGEST
from pandemonium.documents.packages.effort import TOO_MUCH
from pandemonium.errors import DocumentError
from pandemonium.regular_files import check_regular

PART_LIMIT = 128 * 1024 * 1024
WHOLE_LIMIT = 512 * 1024 * 1024
NAMES_LIMIT = 50_000
_DAMAGED = "This file is damaged and cannot be opened."
_LEAST_WHOLE = 128 * 1024 * 1024
_WHOLE_A_BYTE = 100  # pictures of one colour pack to a hundredth
_LOCKED = "This file is locked with a password."


def unfolds_too_far(infos: Iterable[zipfile.ZipInfo], size: int) -> bool:
    """Tells whether a file of so many bytes unfolds to more than what documents and their pictures pack to.

    Args:
        infos: of its parts.
        size: of the file, in bytes.
    """
    return sum(each.file_size for each in infos) > max(_LEAST_WHOLE, size * _WHOLE_A_BYTE)


class Archive:
    """A zip file whose parts are read one by one, as a context manager.

    Raises:
        DocumentError: the file is no zip file, is damaged, or holds absurdly many parts.
    """

    def __init__(self, source: Path | BinaryIO) -> None:
        if isinstance(source, Path):
            check_regular(source, LARGEST)
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise DocumentError(_DAMAGED, "Save it again in the program that made it.") from error
        self._budget = WHOLE_LIMIT
        self._names = frozenset(self._zip.namelist())
        if len(self._names) > NAMES_LIMIT:
            self._zip.close()
            raise DocumentError(TOO_MUCH)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return self._names

    def read(self, name: str) -> bytes:
        """Reads one part.

        Raises:
            DocumentError: it is missing, damaged, locked or too large.
        """
        try:
            with self._zip.open(name) as part:
                data = part.read(min(PART_LIMIT, self._budget) + 1)
        except KeyError as error:
            raise DocumentError(_DAMAGED, f"Its part '{name}' is missing.") from error
        except RuntimeError as error:  # how zipfile says that a password is needed
            raise DocumentError(_LOCKED, "Save a copy without the password.") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise DocumentError(_DAMAGED, "Save it again in the program that made it.") from error
        self._budget -= len(data)
        if len(data) > PART_LIMIT or self._budget < 0:
            raise DocumentError(TOO_MUCH)
        return data
