from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import Passage, Span
from pandemonium.documents.safekeeping.locks import document_key
from pandemonium.documents.safekeeping.versions import Versions
from pandemonium.errors import DocumentError


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "versions")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "papers" / "Dagon.txt"


def write(document: Path, text: str, ago: timedelta = timedelta()) -> None:
    document.parent.mkdir(exist_ok=True)
    document.write_bytes(text.encode("utf-16"))
    time = (datetime.now() - ago).timestamp()
    os.utime(document, (time, time))


def test_what_was_in_the_file_comes_back_byte_for_byte(versions: Versions, document: Path) -> None:
    write(document, "It was dark.", timedelta(minutes=9))
    before = document.read_bytes()
    kept = versions.keep_file(document)
    write(document, "It was light.\r\n")
    versions.keep_file(document, words=3)
    latest, first = versions.list(document)
    assert first == kept
    assert versions.file_of(first) == before
    assert versions.read(first).text == "It was dark."
    assert versions.read(first).path == document
    assert versions.read(latest).plain.encoding == "utf-16-le"
    assert (latest.words, first.words) == (3, -1)
    assert versions.count(first).words == 3
    assert versions.list(document)[1].words == 3
    assert [each.name for each in document.parent.iterdir()] == ["Dagon.txt"]


def test_a_document_that_was_renamed_keeps_its_versions(versions: Versions, document: Path) -> None:
    for text in ("one", "two"):
        write(document, text)
        versions.keep_file(document)
    other = document.with_name("Renamed.txt")
    key = document_key(document)
    versions.follow(other, [key])
    assert versions.list(other) == []  # that one is still there
    document.rename(other)
    versions.follow(other, ["nothing", key])
    assert [versions.read(each).text for each in versions.list(other)] == ["two", "one"]
    write(other, "three")
    versions.keep_file(other)
    assert [versions.read(each).text for each in versions.list(document)] == ["two", "one"]
    versions.follow(other, [key])
    assert len(versions.list(other)) == 3
    assert len(list(other.parent.parent.glob("versions/*"))) == 2


def test_the_same_twice_is_one(versions: Versions, document: Path) -> None:
    write(document, "x")
    versions.keep_file(document)
    write(document, "x", timedelta(seconds=-5))
    versions.keep_file(document)
    assert len(versions.list(document)) == 1


def test_there_and_back_are_three_and_stored_as_two(versions: Versions, document: Path, tmp_path: Path) -> None:
    for text in ("one", "two", "one"):
        write(document, text)
        versions.keep_file(document)
    assert [versions.read(each).text for each in versions.list(document)] == ["one", "two", "one"]
    assert len(list(tmp_path.glob("versions/*/*.z"))) == 2


def test_a_file_with_an_old_time_is_the_latest_all_the_same(versions: Versions, document: Path) -> None:
    write(document, "new")
    versions.keep_file(document)
    write(document, "out of a backup", timedelta(days=900))
    versions.keep_file(document)
    assert versions.read(versions.list(document)[0]).text == "out of a backup"


def test_who_wrote_what_is_kept_with_a_text_file(versions: Versions, document: Path) -> None:
    write(document, "x")
    sidecar = document.with_name("Dagon.txt.authors")
    sidecar.write_text("{}")
    first = versions.keep_file(document)
    sidecar.write_text('{"other": 1}')
    second = versions.keep_file(document)
    assert first is not None
    assert second is not None
    assert first.beside != second.beside
    assert first.hash == second.hash
    assert versions.read(second).text == "x"


def test_what_stood_on_the_page_is_kept_with_all_that_belongs_to_it(versions: Versions, document: Path) -> None:
    content = Passage("See\ufffc", (), (Span(3, 4, object_key="n"),))
    manuscript = Manuscript(content, "docx", document, {"n": Note(Passage("Dagon"))}, package=b"PK...")
    assert versions.read(versions.keep_page(document, manuscript)) == manuscript


@pytest.mark.long
def test_old_ones_go_and_their_contents_with_them(versions: Versions, document: Path, tmp_path: Path) -> None:
    for index in range(12):
        write(document, f"text {index}", timedelta(days=100, minutes=-index))
        versions.keep_file(document)
    assert [versions.read(each).text for each in versions.list(document)] == [f"text {n}" for n in range(11, 6, -1)]
    assert len(list(tmp_path.glob("versions/*/*.z"))) == 5


def test_a_document_without_a_file_has_none(versions: Versions, document: Path) -> None:
    assert versions.keep_file(document) is None
    assert versions.list(document) == []


def test_a_lost_index_loses_no_text(versions: Versions, document: Path, tmp_path: Path) -> None:
    for text in ("one", "two"):
        write(document, text)
        versions.keep_file(document)
    [index] = tmp_path.glob("versions/*/index.json")
    index.write_text("{ broken")
    assert {versions.read(each).text for each in versions.list(document)} == {"one", "two"}
    write(document, "three")
    versions.keep_file(document)
    assert len(json.loads(index.read_text())["versions"]) == 3


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")])
def test_a_damaged_version_is_a_sentence(versions: Versions, document: Path, tmp_path: Path, damage: object) -> None:
    write(document, "x")
    version = versions.keep_file(document)
    assert version is not None
    [content] = tmp_path.glob("versions/*/*.z")
    damage(content)  # type: ignore[operator]
    with pytest.raises(DocumentError, match="cannot be read"):
        versions.read(version)


def test_a_place_that_cannot_be_written_is_a_sentence(document: Path, tmp_path: Path) -> None:
    (tmp_path / "versions").write_text("a file")
    write(document, "x")
    with pytest.raises(DocumentError, match="could not be kept"):
        Versions(tmp_path / "versions").keep_file(document)
    assert Versions(tmp_path / "versions").list(document) == []
