"""Every file is found once, whatever stands in the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pandemonium.training.reading import walking
from pandemonium.training.reading.walking import walk


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(root: Path, *roots: Path) -> dict[str, str]:
    return {found.path.relative_to(root).as_posix(): found.closed for found in walk(roots or [root])}


def test_whole_trees_in_order(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.txt", "a/deep/down/three.txt", "four.txt"):
        write(tmp_path / name)
    found = list(walk([tmp_path]))
    assert [each.path.name for each in found] == ["three.txt", "one.txt", "two.txt", "four.txt"]
    assert all(each.size == 1 and each.modified > 0 and not each.closed for each in found)


def test_a_single_file_and_a_folder_that_holds_it_give_it_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert [found.path for found in walk([path, tmp_path])] == [path]


def test_hidden_things_stay_closed(tmp_path: Path) -> None:
    for name in (".git/config", "__MACOSX/x", ".DS_Store", "~$draft.docx", "a.txt"):
        write(tmp_path / name)
    closed = names(tmp_path)
    assert {name for name, reason in closed.items() if reason} == {".git", "__MACOSX", ".DS_Store", "~$draft.docx"}


def test_a_hidden_folder_that_was_named_is_opened(tmp_path: Path) -> None:
    write(tmp_path / ".drafts/a.txt")
    assert names(tmp_path, tmp_path / ".drafts") == {".drafts/a.txt": ""}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_upwards_or_into_the_system_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "hers"
    root.mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/linked.txt").write_text("words")
    (root / "all").symlink_to("/", target_is_directory=True)
    (root / "beside").symlink_to(tmp_path / "other", target_is_directory=True)
    (root / "up").symlink_to(tmp_path, target_is_directory=True)
    (root / "machine").symlink_to("/dev", target_is_directory=True)
    found = {str(each.path.relative_to(root)): each.closed for each in walk([root])}
    assert found.pop("beside/linked.txt") == ""
    assert {name for name, said in found.items() if "holds this one" in said} == {"all", "up"}
    assert "system" in found["machine"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_followed_once(tmp_path: Path) -> None:
    write(tmp_path / "a/one.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a/one.txt")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    found = names(tmp_path)
    assert [name for name, reason in found.items() if not reason] == ["a/one.txt"]
    assert "leads nowhere" in found["nowhere"]
    assert found["round"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in names(tmp_path)["pipe"]


def test_there_is_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_LIMIT", 3)
    for number in range(9):
        write(tmp_path / f"{number}.txt")
    found = list(walk([tmp_path]))
    assert len(found) == 4
    assert "more than 3 files" in found[-1].closed
