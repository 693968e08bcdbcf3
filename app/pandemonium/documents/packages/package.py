"""A docx or odt file as a package of parts: some are replaced, all others come out as they went in."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

from pandemonium.documents.packages.archive import NAMES_LIMIT, PART_LIMIT, WHOLE_LIMIT, unfolds_too_far
from pandemonium.documents.packages.effort import TOO_MUCH, Effort
from pandemonium.documents.packages.xml import parse_xml
from pandemonium.errors import DocumentError

_DAMAGED = "This file is damaged and cannot be opened."
_AGAIN = "Save it again in the program that made it."
_LOCKED = "This file is locked with a password."
_LIMIT = etree.ErrorTypes.ERR_RESOURCE_LIMIT
_MOMENT = (1980, 1, 1, 0, 0, 0)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)

Element = etree._Element


class Package:
    """A zip file of parts, in memory.

    Attributes:
        mended: a part is damaged, or had to be mended when it was parsed, so that some of it may be missing.
        effort: what reading it may still cost.
    """

    def __init__(self, data: bytes | None = None) -> None:
        """Opens the package `data`, or begins an empty one.

        Raises:
            DocumentError: it is damaged, or unfolds to absurdly much.
        """
        self._data = data
        self._changed: dict[str, bytes | Element] = {}
        self._removed: set[str] = set()
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._by_plain_name: dict[str, str] = {}
        self.mended = False
        self.effort = Effort(None if data is None else len(data))
        if data is None:
            return
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise DocumentError(_DAMAGED, _AGAIN) from error
        if (
            len(infos) > NAMES_LIMIT
            or any(each.file_size > PART_LIMIT for each in infos)
            or sum(each.file_size for each in infos) > WHOLE_LIMIT
            or unfolds_too_far(infos, len(data))
        ):
            raise DocumentError(TOO_MUCH)
        self._infos = {each.filename: each for each in infos}
        self._by_plain_name = {_plain_name(name): name for name in self._infos}
        self.mended = self._has_damaged_part()

    def _has_damaged_part(self) -> bool:
        """A part that nobody looks at can keep the whole from being saved: better to know it at once."""
        try:
            return self._zip.testzip() is not None
        except RuntimeError:  # how zipfile says that a password is needed, which reading tells
            return False
        except _BROKEN:
            return True

    def _stored(self, name: str) -> str:
        """As the part of that name is called in the file: by another case, or with backslashes."""
        return name if name in self._infos else self._by_plain_name.get(_plain_name(name), name)

    def __contains__(self, name: str) -> bool:
        name = self._stored(name)
        return name in self._changed or (name in self._infos and name not in self._removed)

    @property
    def names(self) -> list[str]:
        """The parts' names, in the order in which they are written."""
        old = [name for name in self._infos if name not in self._removed]
        return old + [name for name in self._changed if name not in self._infos]

    def read(self, name: str) -> bytes:
        """Gives one part.

        Raises:
            DocumentError: it is missing, damaged or locked.
        """
        name = self._stored(name)
        if (content := self._changed.get(name)) is not None:
            return content if isinstance(content, bytes) else self.outgoing(name, serialized(content))
        if name not in self:
            raise DocumentError(_DAMAGED, f"Its part '{name}' is missing.")
        try:
            return self._zip.read(self._infos[name])
        except RuntimeError as error:  # how zipfile says that a password is needed
            raise DocumentError(_LOCKED, "Save a copy without the password.") from error
        except _BROKEN as error:
            raise DocumentError(_DAMAGED, _AGAIN) from error

    def tree(self, name: str) -> Any:
        """Parses one part; one with faults is mended, which `mended` then tells.

        Raises:
            DocumentError: it is missing, declares entities, or nothing of it can be read.
        """
        name = self._stored(name)
        if isinstance(known := self._changed.get(name), Element):
            return known
        data = self.incoming(name, self.read(name))
        if name not in self._changed:
            self.effort.check(data)
        try:
            root = etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            root = _parsed_large(data, error)
            if root is None:
                self.mended = True
                root = parse_xml(data)
        declared: Any = root.getroottree().docinfo.internalDTD
        # A document type alone is harmless, and old programs wrote one: none is loaded, and nothing is expanded.
        if declared is not None and next(iter(declared.iterentities()), None) is not None:
            raise DocumentError("This file holds instructions that no text needs, and was not opened.", _AGAIN)
        return root

    def write(self, name: str, content: bytes | Element) -> None:
        """Puts a part in, in the place of the one of that name if there is one; a tree as it is in the end."""
        name = self._stored(name)
        self._changed[name] = content
        self._removed.discard(name)

    def remove(self, name: str) -> None:
        """Takes a part out."""
        name = self._stored(name)
        self._changed.pop(name, None)
        self._removed.add(name)

    def incoming(self, name: str, data: bytes) -> bytes:
        """A part's XML as this program knows it, given it as it is in the file; a kind of package may translate."""
        return data

    def outgoing(self, name: str, data: bytes) -> bytes:
        """The reverse of `incoming`."""
        return data

    @property
    def is_changed(self) -> bool:
        """A part was put in or taken out."""
        return bool(self._changed or self._removed)

    def to_bytes(self) -> bytes:
        """Gives the whole file; the very one that was opened if nothing changed.

        Raises:
            DocumentError: a part that is to be kept is damaged.
        """
        if self._data is not None and not self.is_changed:
            return self._data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
            for name in self.names:
                old = self._infos.get(name)
                info = zipfile.ZipInfo(name, _MOMENT if old is None else old.date_time)
                stored = name == "mimetype" or (old is not None and old.compress_type == zipfile.ZIP_STORED)
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16 if old is None else old.external_attr
                target.writestr(info, self.read(name))
        return buffer.getvalue()


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lower()


def serialized(root: Element) -> bytes:
    """An XML part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def parsed(source: str | bytes) -> Any:
    """The root of a small piece of XML that was kept aside.

    Raises:
        etree.XMLSyntaxError: it is none.
    """
    return etree.fromstring(source.encode() if isinstance(source, str) else source, _parser())


def put_children(parent: Any, children: list[Any]) -> None:
    """Makes these the children of an element, in the place of those that it has, some of which may be among them.

    It takes as long as there are elements: what stays is moved within its document, and what goes is taken apart,
    since lxml takes the square of its size to cut off a large one whole.
    """
    parent.extend(children)
    for each in list(parent):
        if children and each is children[0]:
            break
        for inner in reversed(list(each.iter())):
            inner.getparent().remove(inner)


def new_package(parts: Mapping[str, bytes]) -> Package:
    """A package of these parts."""
    package = Package()
    for name, data in parts.items():
        package.write(name, data)
    return package


def _parsed_large(data: bytes, error: Exception) -> Any:
    """The root of XML with a text that is longer than the parser takes for sane, as a picture within it is.

    None for XML that is damaged, nested too deep, or declares entities, which such a parser would expand without end.
    """
    is_too_long = getattr(error, "code", None) == _LIMIT and "depth" not in str(error)
    if not is_too_long or b"<!ENTITY" in data or b"\0" in data[:4]:
        return None
    try:
        return etree.fromstring(data, _parser(huge=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(*, huge: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=huge,
        remove_blank_text=False,
    )
