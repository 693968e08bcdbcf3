"""Saving says in one sentence why it could not be done."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.saving import save_atomically
from pandemonium.errors import DocumentError


def test_saves(tmp_path: Path) -> None:
    save_atomically(tmp_path / "a.txt", b"text")
    assert (tmp_path / "a.txt").read_bytes() == b"text"


def test_a_full_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError, match=r"a\.txt could not be saved: the disk is full\. Your text is still here"):
        save_atomically(tmp_path / "a.txt", b"text")


def test_a_vanished_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="the folder is gone"):
        save_atomically(tmp_path / "gone" / "a.txt", b"text")


def test_a_folder_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(DocumentError, match="could not be saved"):
        save_atomically(tmp_path / "a.txt", b"text")


def test_a_pipe_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no pipes there")
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(DocumentError, match="could not be saved: it is a device or a pipe"):
        save_atomically(tmp_path / "a.txt", b"text")


def test_another_name_of_the_file_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert save_atomically(path, b"old") == ""
    os.link(path, tmp_path / "b.txt")
    written = write_document(Manuscript(Passage("new")), path)
    assert "a.txt had another name on the disk" in written.notice
    assert (tmp_path / "b.txt").read_bytes() == b"old"
    assert write_document(Manuscript(Passage("newer")), path).notice == ""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_who_wrote_what_is_as_private_as_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    for mode in (0o600, 0o644):
        path.chmod(mode)
        write_document(Manuscript(Passage.by("lovecraft", f"It was dark {mode}.")), path)
        assert stat.S_IMODE(path.with_name("a.txt.authors").stat().st_mode) == mode


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".odt", ".rtf", ".html", ".epub", ".pdf", ""])
def test_what_is_no_file_is_refused_at_once_whatever_its_name(tmp_path: Path, suffix: str) -> None:
    pipe, device, sparse = (tmp_path / f"{name}{suffix}" for name in ("pipe", "device", "sparse"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    with sparse.open("wb") as file:
        file.truncate(3 << 30)
    for path, reason in ((pipe, "not a file"), (device, "not a file"), (sparse, "larger than any manuscript")):
        with pytest.raises(DocumentError, match=f"{path.name} is .*{reason}") as refused:
            read_document(path)
        assert refused.value.hint


def test_who_wrote_what_is_no_pipe(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no pipes there")
    (tmp_path / "a.txt").write_text("text")
    os.mkfifo(tmp_path / "a.txt.authors")
    manuscript = read_document(tmp_path / "a.txt")
    assert manuscript.text == "text"
    assert write_document(manuscript, tmp_path / "a.txt").notice == ""
