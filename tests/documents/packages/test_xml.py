"""XML is read with entities and networks shut out."""

from __future__ import annotations

import pytest

from pandemonium.documents.packages.xml import attribute, elements, parse_xml
from pandemonium.errors import DocumentError


def test_names_and_attributes_without_namespaces() -> None:
    root = parse_xml(b'<a:x xmlns:a="urn:a"><a:y a:z="1"/></a:x>')
    assert [attribute(each, "z") for each in elements(root, "y")] == ["1"]
    assert attribute(root, "none") == ""


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    assert "ha" not in "".join(parse_xml(bomb).itertext(with_tail=False, tag="x"))


def test_files_are_not_fetched() -> None:
    root = parse_xml(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>')
    assert not (root.text or "").strip()


@pytest.mark.parametrize("data", [b"", b"no markup at all", b"\0\0\0"])
def test_rubbish_is_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        parse_xml(data)
