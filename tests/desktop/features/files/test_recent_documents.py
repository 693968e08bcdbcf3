"""What is remembered of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.desktop.features.files.recent_documents import CursorPlaces, RecentDocuments
from pandemonium.documents.safekeeping.known_documents import DocumentKeys
from pandemonium.errors import PandemoniumError


def made(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text("x", "utf-8")
    return [folder / name for name in names]


def test_the_latest_comes_first_and_each_once(tmp_path: Path) -> None:
    one, two = made(tmp_path, "one.txt", "two.txt")
    recent = RecentDocuments(tmp_path / "recent.json")
    for each in (one, two, one):
        recent.add(each)
    assert RecentDocuments(tmp_path / "recent.json").entries() == [one, two]


def test_what_is_gone_is_left_out_and_comes_back(tmp_path: Path) -> None:
    one, two = made(tmp_path, "one.txt", "two.txt")
    recent = RecentDocuments(tmp_path / "recent.json")
    recent.add(one)
    recent.add(two)
    two.unlink()
    assert recent.entries() == [one]
    made(tmp_path, "two.txt")
    assert recent.entries() == [two, one]


def test_ten_are_listed_and_all_can_be_forgotten(tmp_path: Path) -> None:
    recent = RecentDocuments(tmp_path / "recent.json")
    for each in made(tmp_path, *(f"{n}.txt" for n in range(30))):
        recent.add(each)
    assert [each.stem for each in recent.entries()] == [str(n) for n in range(29, 19, -1)]
    recent.clear()
    assert recent.entries() == []


@pytest.mark.parametrize("broken", ["", "{", "{}", "[1, null]", "7", "[" * 5000])
def test_broken_files_count_as_empty(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(broken, "utf-8")
    assert RecentDocuments(file).entries() == []
    assert CursorPlaces(file).place_in(DocumentKeys.of(tmp_path / "a.txt")) == 0


def test_places_are_kept_without_the_paths(tmp_path: Path) -> None:
    document = DocumentKeys.of(*made(tmp_path, "secret.txt"))
    CursorPlaces(tmp_path / "places.json").remember(document, 41)
    assert CursorPlaces(tmp_path / "places.json").place_in(document) == 41
    assert "secret" not in (tmp_path / "places.json").read_text("utf-8")
    begins_alike = DocumentKeys("another", document.all)
    assert CursorPlaces(tmp_path / "places.json").place_in(begins_alike) == 0
    CursorPlaces(tmp_path / "places.json").remember(document, 0)
    assert CursorPlaces(tmp_path / "places.json").place_in(document) == 0


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(PandemoniumError, match="could not be remembered"):
        RecentDocuments(tmp_path / "missing" / "x.json").add(tmp_path / "a.txt")
    with pytest.raises(PandemoniumError, match="could not be remembered"):
        CursorPlaces(tmp_path / "missing" / "x.json").remember(DocumentKeys.of(tmp_path / "a.txt"), 3)
