"""A file is replaced as a whole or not at all, and stays the file that it was otherwise."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pandemonium.atomic import replacing, sweep, write_atomically

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and permissions are others there")


def test_a_new_file_takes_the_usual_permissions(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_atomically(tmp_path / "new", b"text")
    assert (tmp_path / "new").read_bytes() == b"text"
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode


def test_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "target"
    target.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_nobody_would_miss_does_not_wait_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    write_atomically(tmp_path / "list", b"one", durable=False)
    assert not waited
    write_atomically(tmp_path / "list", b"two")
    assert waited
    assert (tmp_path / "list").read_bytes() == b"two"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "gone" / "a", b"")


@needs_posix
def test_only_a_file_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "link", "folder", "/dev/null"):
        before = (tmp_path / name).lstat()
        with pytest.raises(OSError, match=r"not a file|directory"):
            write_atomically(tmp_path / name, b"text")
        assert (tmp_path / name).lstat().st_ino == before.st_ino
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link", "pipe"]


@pytest.mark.parametrize("name", ["\U0001f419" * 63 + "a", "a" * 255, "\u0101" * 127])
def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path, name: str) -> None:
    for data in (b"one", b"two"):
        write_atomically(tmp_path / name, data)
        assert (tmp_path / name).read_bytes() == data


@needs_posix
def test_a_mode_is_for_new_files_and_for_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for mode in (0o600, 0o640):
        write_atomically(path, b"text", mode=mode)
        assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has calls for them")
def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.comment", b"a gift")
    except OSError:
        pytest.skip("this disk has none")
    write_atomically(path, b"new")
    assert os.getxattr(path, "user.comment") == b"a gift"


@needs_posix
def test_what_a_killed_process_left_is_swept_by_the_next(tmp_path: Path) -> None:
    """The process is really killed, in the midst of writing."""
    script = (
        "import os, signal, sys; from pathlib import Path; from pandemonium.atomic import replacing\n"
        "with replacing(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "book.txt")], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    others = tmp_path / ".another.program.part"
    others.write_bytes(b"is not ours")
    write_atomically(tmp_path / "other.txt", b"text")
    assert sorted(path.name for path in tmp_path.iterdir()) == [others.name, "other.txt"]


@needs_posix
def test_what_another_process_is_writing_is_not_swept(tmp_path: Path) -> None:
    with replacing(tmp_path / "a") as first:
        first.write(b"first")
        write_atomically(tmp_path / "b", b"second")
        sweep(tmp_path)
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"first", b"second")


def test_many_processes_that_save_and_sweep_at_once_never_fail(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pandemonium.atomic import write_atomically\n"
        "for n in range(60): write_atomically(Path(sys.argv[1]), sys.argv[2].encode() * 5000)\n"
    )
    path = tmp_path / "shared"
    processes = [subprocess.Popen([sys.executable, "-c", script, str(path), letter]) for letter in "abc"]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert path.read_bytes() in [letter * 5000 for letter in (b"a", b"b", b"c")]
    assert list(tmp_path.iterdir()) == [path]
