"""Reads and writes a docx file of Word's strict form, whose namespaces have other names, as one of the usual form."""

from __future__ import annotations

import re

from pandemonium.documents.packages.package import Package

_STRICT = re.compile(rb"""(?<==["'])http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([^"'\s<>]*)(?=["'])""")
_USUAL = re.compile(rb"""(?<==["'])http://schemas\.openxmlformats\.org/([A-Za-z]+)/2006/([^"'\s<>]*)(?=["'])""")
_SIDES = re.compile(rb"""(?<=:jc )(\w+:val=["'])(left|right)(?=["'])""")
_STARTS = {b"left": b"start", b"right": b"end"}


class WordPackage(Package):
    """A docx file as a package; the names of strict parts are translated on their way in and on their way out."""

    def __init__(self, data: bytes | None = None) -> None:
        super().__init__(data)
        self._strict: dict[str, set[tuple[bytes, bytes]]] = {}

    def incoming(self, name: str, data: bytes) -> bytes:
        """A part's XML with the usual names."""
        if b"purl.oclc.org/ooxml" not in data:
            return data
        names: set[tuple[bytes, bytes]] = set()

        def usual(match: re.Match[bytes]) -> bytes:
            names.add(_family(match))
            return b"http://schemas.openxmlformats.org/" + match[1] + b"/2006/" + match[2]

        data = _STRICT.sub(usual, data)
        self._strict[name] = names
        return data

    def outgoing(self, name: str, data: bytes) -> bytes:
        """A part's XML with strict names where it had these."""
        names = self._strict.get(name)
        if not names:
            return data

        def strict(match: re.Match[bytes]) -> bytes:
            if _family(match) not in names:
                return match[0]
            return b"http://purl.oclc.org/ooxml/" + match[1] + b"/" + match[2]

        data = _USUAL.sub(strict, data)
        return _SIDES.sub(lambda match: match[1] + _STARTS[match[2]], data)


def _family(match: re.Match[bytes]) -> tuple[bytes, bytes]:
    """Names that are strict together: of relations all, of others each for itself."""
    return match[1], match[2].partition(b"/")[0]
