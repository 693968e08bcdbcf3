"""A folder as a writer may drop it, and trainings that other processes carry out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pandemonium.training.job import Job, JobFolder

APP = Path(__file__).resolve().parents[4] / "app"


@pytest.fixture(autouse=True)
def children_find_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets child processes import this checkout."""
    monkeypatch.setenv("PYTHONPATH", str(APP))


@pytest.fixture
def novels(tmp_path: Path, prose: str) -> Path:
    """Two texts, and two files that are none."""
    folder = tmp_path / "Novels"
    folder.mkdir()
    half = len(prose) // 2
    (folder / "one.txt").write_text(prose[:half].replace("\n", "\r\n"), "utf-8")
    (folder / "two.md").write_text(prose[half:], "utf-8")
    (folder / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that does nothing, in the place of one that learns."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def leave_job(pandemonium_home: Path, small_voice: Path) -> Callable[..., JobFolder]:
    """Leaves a training as an earlier window or the command line would; with a process, it runs."""

    def leave(name: str = "Novels", process: int = 0) -> JobFolder:
        job = Job(name=name, sources=[str(pandemonium_home / "Novels")], base=str(small_voice), minutes=1.0)
        folder = JobFolder.create(pandemonium_home / "data" / "trainings", job)
        if process:
            (folder.path / "worker.json").write_text(json.dumps({"process": process}), "utf-8")
        return folder

    return leave


RESULT = {
    "voice": "Novels",
    "ended": "done",
    "seconds": 60.0,
    "tokens": 1000,
    "before": 2.4,
    "after": 2.1,
    "gain": 0.125,
    "copied_5": 0.1,
    "copied_8": 0.01,
    "longest_run": 9,
    "longest": "the sea was dark",
    "longest_from": "one.txt",
    "learned": "much",
    "sentence": "It learned much.",
    "openings": [{"opening": "It was late", "base": " and dark.", "own": " and raining.\n\nShe slept."}] * 3,
}


@pytest.fixture
def result() -> dict[str, object]:
    """What a training that has ended says."""
    return dict(RESULT)
