"""Saving says in one sentence why it could not be done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
