from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from pandemonium.documents.safekeeping.locks import DocumentLocks, FileLock, document_key

APP = Path(__file__).resolve().parents[3] / "app"
HOLDER = """
import sys
from pathlib import Path
from pandemonium.documents.safekeeping.locks import DocumentLocks
lock = DocumentLocks(Path(sys.argv[1])).take(Path(sys.argv[2]))
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


def test_one_document_one_window(tmp_path: Path) -> None:
    locks = DocumentLocks(tmp_path / "locks")
    held = locks.take(tmp_path / "a.txt")
    assert held is not None
    assert held.path.read_text() == f"{os.getpid()}\n"
    assert locks.take(tmp_path / "a.txt") is None
    assert locks.take(tmp_path / "b.txt") is not None
    held.release()
    held.release()
    assert locks.take(tmp_path / "a.txt") is not None


def test_links_lead_to_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    locks = DocumentLocks(tmp_path / "locks")
    held = locks.take(tmp_path / "a.txt")
    assert held is not None
    assert locks.take(tmp_path / "link.txt") is None
    assert document_key(tmp_path / "x" / ".." / "a.txt") == document_key(tmp_path / "a.txt")


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    locks = DocumentLocks(tmp_path / "locks")
    document = tmp_path / "a.txt"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "locks"), str(document)],
        env={**os.environ, "PYTHONPATH": str(APP)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdin is not None
    try:
        assert child.stdout.readline() == b"held\n"
        assert locks.take(document) is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert locks.take(document) is not None
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


def test_a_lock_file_that_was_taken_away_counts_no_more(tmp_path: Path) -> None:
    first = FileLock.take(tmp_path / "x.lock")
    assert first is not None
    (tmp_path / "x.lock").unlink()
    second = FileLock.take(tmp_path / "x.lock")
    assert second is not None
    assert FileLock.take(tmp_path / "x.lock") is None
