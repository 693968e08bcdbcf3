"""Each document's cast in its file: comes back, is nobody else's, and of a hostile file nothing is believed."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandemonium.desktop.features.cast.cast_book import CastEntry
from pandemonium.desktop.features.cast.cast_files import CastFiles
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError

CAST = [
    CastEntry(
        "Marta", ("Marta", "Martha"), "person", "she", "A nurse.\n\u201cOld\u201d \udc00 \U0001f600", True, False
    ),
    CastEntry("The", ("The",), hidden=True),
]


def test_it_comes_back(tmp_path: Path) -> None:
    files = CastFiles(tmp_path / "casts")
    draft = DocumentKeys.of(tmp_path / "draft.txt")
    assert files.read(draft) == []
    files.write(draft, CAST)
    assert CastFiles(tmp_path / "casts").read(DocumentKeys.of(tmp_path / "x" / ".." / "draft.txt")) == CAST
    assert files.read(DocumentKeys.of(tmp_path / "other.txt")) == []
    files.write(draft, [])
    assert files.read(draft) == []


def test_nothing_is_written_where_nothing_was_decided(tmp_path: Path) -> None:
    CastFiles(tmp_path / "casts").write(DocumentKeys.of(tmp_path / "draft.txt"), [])
    assert not (tmp_path / "casts").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_it_is_nobody_elses(tmp_path: Path) -> None:
    CastFiles(tmp_path / "casts").write(DocumentKeys.of(tmp_path / "draft.txt"), CAST)
    (file,) = (tmp_path / "casts").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "draft" not in file.name


def test_what_was_kept_under_an_earlier_key_goes_on(tmp_path: Path) -> None:
    files = CastFiles(tmp_path)
    draft = DocumentKeys.of(tmp_path / "draft.txt")
    renamed = DocumentKeys("another", draft.all)
    files.write(draft, CAST)
    assert files.read(renamed) == CAST
    files.write(renamed, [])
    assert files.read(renamed) == CAST  # nothing was decided for it
    files.write(renamed, CAST[:1])
    files.write(renamed, [])
    assert files.read(renamed) == []  # all of it was taken back
    assert files.read(draft) == CAST


def test_a_broken_file_is_set_aside_and_a_new_one_made(tmp_path: Path) -> None:
    files = CastFiles(tmp_path / "casts")
    draft = DocumentKeys.of(tmp_path / "draft.txt")
    files.write(draft, CAST)
    (file,) = (tmp_path / "casts").iterdir()
    for data in (b"nonsense", b"[1]", b"[" * 100_000, b'{"format": 99, "entries": []}', b"\xff\xfe"):
        file.write_bytes(data)
        assert files.read(draft) == []
        assert file.with_suffix(".broken").read_bytes() == data
    files.write(draft, CAST)
    assert files.read(draft) == CAST


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "casts").write_text("a file", "utf-8")
    with pytest.raises(PandemoniumError, match="could not be kept"):
        CastFiles(tmp_path / "casts").write(DocumentKeys.of(tmp_path / "draft.txt"), CAST)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
FIELDS = ("name", "forms", "kind", "pronoun", "note", "pinned", "hidden")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON) | JSON, max_size=4))
def test_whatever_stands_in_it_gives_sound_entries(tmp_path: Path, listed: list[object]) -> None:
    files = CastFiles(tmp_path / "casts")
    draft = DocumentKeys.of(tmp_path / "draft.txt")
    files.write(draft, CAST)
    file = next(iter((tmp_path / "casts").glob("*.json")))
    file.write_text(json.dumps({"format": 1, "entries": listed}), "utf-8")
    entries = files.read(draft)
    files.write(draft, entries)
    assert files.read(draft) == entries
    assert len({each.name for each in entries}) == len(entries)
