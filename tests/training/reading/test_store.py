"""The prose of a survey lies on the disk, whole or not at all, and goes with it."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

import pytest

from pandemonium.training.reading import store
from pandemonium.training.reading.store import ProseStore

A = Path("a.txt")
B = Path("b.txt")


def test_parts_come_back_in_their_order(tmp_path: Path) -> None:
    kept = ProseStore(tmp_path)
    kept.add(A, "One \u2014 and")
    kept.add(B, "two")
    kept.add(A, "three.")
    assert (list(kept.read(A)), list(kept.read(B))) == (["One \u2014 and", "three."], ["two"])
    kept.forget(A)
    assert (kept.holds(A), kept.holds(B)) == (False, True)


def test_a_text_without_room_is_not_there_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 10)
    kept = ProseStore(tmp_path)
    kept.add(A, "123")
    kept.add(B, "12345")
    kept.add(B, "12345")
    kept.add(B, "1")
    assert (kept.holds(A), kept.holds(B)) == (True, False)


@pytest.mark.long
def test_it_goes_with_the_survey_and_leaves_nothing(tmp_path: Path) -> None:
    kept = ProseStore.temporary(tmp_path / "trainings")
    kept.add(A, "1")
    if sys.platform != "win32":
        assert kept.path.parent.stat().st_mode & 0o077 == 0
    del kept
    gc.collect()
    assert list((tmp_path / "trainings").iterdir()) == []


def test_what_a_crash_left_goes_after_a_day(tmp_path: Path) -> None:
    for name, age in ((".reading-old", 2 * 86_400), (".reading-new", 60), ("a training", 2 * 86_400)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    kept = ProseStore.temporary(tmp_path)
    names = {path.name for path in tmp_path.iterdir()} - {kept.path.parent.name}
    assert names == {".reading-new", "a training"}
