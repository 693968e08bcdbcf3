"""Nothing but a regular file of a sane size is ever opened."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from pandemonium.regular_files import FileTooLargeError, NotRegularFileError, check_regular, read_regular

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are files there by other names")


def test_a_file_is_read_up_to_what_it_may_have(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == b"12345"
    with pytest.raises(FileTooLargeError) as refused:
        read_regular(path, 4)
    assert refused.value.strerror


@needs_posix
def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        with pytest.raises(NotRegularFileError):
            read_regular(tmp_path / name, 100)


@needs_posix
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(path: str) -> None:
    with pytest.raises(OSError, match=r"not a file|No such"):
        read_regular(Path(path), 100)


@needs_posix
def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # its path may be a hundred bytes long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(NotRegularFileError):
            check_regular(tmp_path / "socket", 100)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path, 100)


def test_a_sparse_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(FileTooLargeError, match="larger than 1 MB"):
        read_regular(path, 1 << 20)
