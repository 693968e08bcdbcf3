"""Whatever a file is called, it is read by what it holds, or refused in one sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.documents.reading import reader
from pandemonium.documents.reading.reader import read_parts, read_text
from pandemonium.errors import DocumentError


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("<html><body><p>Prose.</p></body></html>")
    assert (read_text(path).text, read_text(path).format) == ("Prose.", "html")


def test_a_large_text_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PART_BYTES", 100)
    path = tmp_path / "long.txt"
    path.write_text("It goes on.\n\n" * 50)
    assert read_text(path).text == "It goes on.\n\n" * 50
    assert next(read_parts(path)).format == "txt"


def test_a_zip_of_nothing_known_is_a_sentence(zipped) -> None:
    with pytest.raises(DocumentError, match="archive"):
        read_text(zipped("a.zip", {"x.txt": "x"}))


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="it is gone"):
        read_text(tmp_path / "none.txt")


@pytest.mark.parametrize("start", [b"", b"%PDF-1.5\n", b"{\\rtf1", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\x89PNG"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(rest=st.binary(max_size=300))
def test_rubbish_is_read_or_refused(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(start + rest)
    with suppress(DocumentError):
        read_text(path)
