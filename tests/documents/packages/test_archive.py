"""Archives unfold only so far."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.documents.packages import archive
from pandemonium.documents.packages.archive import Archive
from pandemonium.errors import DocumentError


def test_reads_parts(zipped) -> None:
    with Archive(zipped("a.zip", {"one": "1", "two": "2"})) as opened:
        assert "one" in opened
        assert opened.names == {"one", "two"}
        assert opened.read("two") == b"2"


def test_a_missing_part_is_a_sentence(zipped) -> None:
    with Archive(zipped("a.zip", {"one": "1"})) as opened, pytest.raises(DocumentError, match="damaged"):
        opened.read("three")


def test_no_zip_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DocumentError, match="damaged"):
        Archive(path)


def test_a_bomb_does_not_go_off(zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PART_LIMIT", 100_000)
    path = zipped("bomb.zip", {"one": b"\0" * 1_000_000})
    with Archive(path) as opened, pytest.raises(DocumentError, match="far more"):
        opened.read("one")


def test_many_parts_count_together(zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "WHOLE_LIMIT", 150_000)
    path = zipped("bomb.zip", {"one": b"\0" * 100_000, "two": b"\0" * 100_000})
    with Archive(path) as opened:
        opened.read("one")
        with pytest.raises(DocumentError, match="far more"):
            opened.read("two")


def test_absurdly_many_parts_are_refused(zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "NAMES_LIMIT", 2)
    with pytest.raises(DocumentError, match="far more"):
        Archive(zipped("many.zip", {"1": "", "2": "", "3": ""}))
