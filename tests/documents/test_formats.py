"""The one door for documents: by suffix in and out, and a sentence for what cannot be opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.manuscript import Manuscript
from pandemonium.documents.passage import Passage
from pandemonium.errors import DocumentError


def test_reads_and_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"# One\r\n\r\nTwo.\r\n")
    manuscript = read_document(path)
    assert (manuscript.text, manuscript.format, manuscript.path) == ("# One\n\nTwo.\n", "md", path)
    write_document(replace(manuscript, content=Passage("# One\n\nTwo, three.\n")), path)
    assert path.read_bytes() == b"# One\r\n\r\nTwo, three.\r\n"


def test_another_name_is_another_format(tmp_path: Path) -> None:
    written = write_document(Manuscript(Passage("Text.")), tmp_path / "b.markdown")
    assert (written.format, written.path) == ("md", tmp_path / "b.markdown")


def test_a_lost_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt is not there any more\."):
        read_document(tmp_path / "gone.txt")


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        read_document(tmp_path)


@pytest.mark.parametrize(
    ("head", "what"), [(b"PK\x03\x04", "word processor"), (b"%PDF-1.7", "PDF"), (b"\x89PNG", "picture")]
)
def test_what_cannot_be_opened_yet_is_named(tmp_path: Path, head: bytes, what: str) -> None:
    (tmp_path / "a.txt").write_bytes(head + b" rest")
    with pytest.raises(DocumentError, match=what):
        read_document(tmp_path / "a.txt")
