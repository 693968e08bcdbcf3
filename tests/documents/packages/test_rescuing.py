"""What is left of a damaged document is shown and learned from, and never saved over the file that it comes from."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from pandemonium.documents.exporting import export_bytes
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.packages.rescuing import rescue
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError

WORDS = "the old house stood above a harbour where nobody had landed since war".split()
PACKED = ("docx", "odt", "epub")


def packed(suffix: str, folder: str = "", **parts: bytes) -> bytes:
    """A document of many words, its parts packed in a folder, and more parts."""
    chance = random.Random(1)
    text = "\n\n".join(f"# {number}\n\n{' '.join(chance.choices(WORDS, k=200))}" for number in range(20))
    whole = export_bytes(Manuscript(Passage(text), "md", title="Tales"), suffix)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(folder + name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def words_shown(path: Path) -> list[str]:
    return read_document(path).text.replace("\ufffc", "").split()


@pytest.mark.parametrize("suffix", PACKED)
def test_what_lies_a_folder_too_deep_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(packed(suffix))
    words = words_shown(path)
    path.write_bytes(packed(suffix, "Novel/", rubbish=b""))
    assert words_shown(path) == read_text(path).text.split() == words


@pytest.mark.parametrize("suffix", PACKED)
def test_without_its_list_of_parts_it_is_whole(tmp_path: Path, suffix: str) -> None:
    data = packed(suffix)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    words = words_shown(path)
    path.write_bytes(data[: data.index(b"PK\x01\x02")])
    manuscript = read_document(path)
    assert words_shown(path) == read_text(path).text.split() == words
    assert manuscript.path is None
    assert manuscript.package is None
    assert "damaged" in manuscript.notice


@pytest.mark.parametrize("suffix", PACKED)
@pytest.mark.parametrize("share", [0.6, 0.8])
def test_of_one_that_was_cut_off_the_beginning_is_shown(tmp_path: Path, suffix: str, share: float) -> None:
    data = packed(suffix)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    words = words_shown(path)
    cut = data[: int(len(data) * share)]
    path.write_bytes(cut)
    manuscript = read_document(path)
    shown = words_shown(path)
    assert 100 < len(shown) <= len(words)
    assert shown[:-1] == words[: len(shown) - 1]
    assert read_text(path).text.split() == shown
    assert manuscript.path is None
    assert "damaged" in manuscript.notice
    assert path.read_bytes() == cut


@pytest.mark.parametrize("suffix", PACKED)
def test_where_nothing_is_left_it_is_damaged(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(packed(suffix)[:90])
    for read in (read_document, read_text):
        with pytest.raises(DocumentError, match="damaged"):
            read(path)


def test_a_part_whose_bytes_are_wrong_is_told_of(tmp_path: Path) -> None:
    data = bytearray(packed("docx"))
    data[data.index(b"word/document.xml") + 900] ^= 0xFF
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert "not all of its text" in read_document(path).notice


def test_what_is_locked_or_whole_is_not_rescued() -> None:
    locked = bytearray(packed("docx")[:-1000])
    locked[6] |= 1
    assert rescue(bytes(locked)) is None
    assert rescue(packed("docx")) is None
    assert rescue(b"PK\x03\x04") is None
    assert rescue(b"no zip file") is None


def test_two_documents_in_one_file_stay_packed() -> None:
    assert rescue(packed("docx", "One/", **{"Two/word/document.xml": b"<w/>"})) is None


@pytest.mark.parametrize("name", [b"\0ubbish", b"rubb\0sh"])
def test_a_part_without_a_name_hides_no_other(tmp_path: Path, name: bytes) -> None:
    data = packed("docx", rubbish=b"rubbish").replace(b"rubbish", name)
    path = tmp_path / "a.docx"
    path.write_bytes(packed("docx"))
    words = words_shown(path)
    path.write_bytes(data[: data.index(b"PK\x01\x02")])
    assert words_shown(path) == words


def test_a_folder_that_is_listed_itself_is_no_part(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(packed("docx", "Novel/", **{"Novel/": b""}))
    assert words_shown(path)
