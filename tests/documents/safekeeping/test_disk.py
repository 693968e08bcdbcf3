from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pandemonium.documents.safekeeping.disk import look_at, renamed_to, stamp_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "a.txt"
    path.parent.mkdir()
    path.write_text("The sea was calm.")
    return path


def test_a_file_that_nobody_touched(file: Path) -> None:
    assert look_at(file, stamp_of(file)) == "same"
    assert look_at(file, stamp_of(file), closely=False) == "same"


def test_the_same_bytes_written_again_are_no_change(file: Path) -> None:
    stamp = stamp_of(file)
    os.utime(file, ns=(1, 1))
    assert look_at(file, stamp) == "same"
    assert look_at(file, stamp, closely=False) == "same"


def test_a_change_within_the_same_tick_of_the_clock_is_seen(file: Path) -> None:
    stamp = stamp_of(file)
    assert stamp is not None
    file.write_text("The sea was dark.")
    os.utime(file, ns=(stamp.mtime_ns, stamp.mtime_ns))
    assert look_at(file, stamp) == "changed"
    assert look_at(file, stamp, closely=False) == "same"


def test_other_bytes(file: Path) -> None:
    stamp = stamp_of(file)
    file.write_text("Longer than it was before.")
    assert look_at(file, stamp, closely=False) == "changed"


def test_a_file_or_its_folder_that_is_gone(file: Path) -> None:
    stamp = stamp_of(file)
    file.unlink()
    assert look_at(file, stamp) == "gone"
    file.parent.rmdir()
    assert look_at(file, stamp) == "gone"
    assert look_at(file, None) == "same"


def test_a_file_that_was_not_there(file: Path) -> None:
    assert stamp_of(file.with_name("b.txt")) is None
    assert look_at(file, None) == "changed"


def test_a_place_that_cannot_be_looked_at(file: Path) -> None:
    stamp = stamp_of(file)
    file.unlink()
    file.symlink_to(file)  # a loop: an error that says nothing about the file
    assert look_at(file, stamp) == "unknown"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_pipe_in_the_place_of_the_file_is_a_change_and_does_not_hang(file: Path) -> None:
    stamp = stamp_of(file)
    file.unlink()
    os.mkfifo(file)
    assert stamp_of(file) is None
    assert look_at(file, stamp) == "changed"


def test_a_renamed_file_is_found_by_its_bytes_where_one_alone_has_them(file: Path) -> None:
    stamp = stamp_of(file)
    assert renamed_to(file, stamp) is None
    now = file.rename(file.with_name(f"renamed{file.suffix}"))
    assert renamed_to(file, stamp) == now
    assert renamed_to(file, None) is None
    other = file.with_suffix(".other")
    other.write_bytes(now.read_bytes())  # of another kind
    assert renamed_to(file, stamp) == now
    file.with_name(f"twin{file.suffix}").write_bytes(now.read_bytes())
    assert renamed_to(file, stamp) is None
    assert renamed_to(file.parent / "gone" / file.name, stamp) is None
