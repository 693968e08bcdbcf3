"""The file of words by day."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from pandemonium.desktop.features.goals.diary import Diary
from pandemonium.errors import PandemoniumError

TODAY = date(2025, 3, 2)


def diary(path: Path, today: date = TODAY) -> Diary:
    return Diary(path, lambda: today)


def test_words_of_a_day_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "words.json"
    made = diary(path)
    made.add(12)
    made.add(-2)
    assert made.today == 10
    made.save()
    assert diary(path).today == 10
    assert json.loads(path.read_text("utf-8")) == {"2025-03-02": 10}


def test_a_day_never_has_less_than_none(tmp_path: Path) -> None:
    made = diary(tmp_path / "words.json")
    made.add(5)
    made.save()
    made.add(-9)
    assert made.today == 0
    made.add(3)
    assert made.today == 3


def test_two_windows_add_to_one_day(tmp_path: Path) -> None:
    path = tmp_path / "words.json"
    one = diary(path)
    two = diary(path)
    one.add(5)
    two.add(7)
    one.save()
    two.save()
    assert diary(path).today == 12


def test_thirty_days_are_kept_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "words.json"
    path.write_text(json.dumps({"2025-01-01": 9, "2025-02-01": 8}), "utf-8")
    made = diary(path)
    made.add(1)
    made.save()
    assert json.loads(path.read_text("utf-8")) == {"2025-02-01": 8, "2025-03-02": 1}
    days = made.last_days()
    assert (len(days), days[0], days[-1]) == (30, (date(2025, 2, 1), 8), (TODAY, 1))


@pytest.mark.parametrize(
    "broken", ["", "[1]", '{"x": 1, "2025-03-02": "many"}', '{"2025-03-02": -4}', "\x00", "[" * 5000]
)
def test_a_broken_file_counts_as_empty(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "words.json"
    path.write_text(broken, "utf-8")
    made = diary(path)
    assert made.today == 0
    made.add(4)
    made.save()
    assert diary(path).today == 4


@pytest.mark.skipif(sys.platform == "win32", reason="folders are made of other stuff there")
def test_what_cannot_be_written_is_said_and_kept(tmp_path: Path) -> None:
    made = diary(tmp_path / "missing" / "words.json")
    made.add(4)
    with pytest.raises(PandemoniumError, match="could not be taken down"):
        made.save()
    (tmp_path / "missing").mkdir()
    made.save()
    assert diary(tmp_path / "missing" / "words.json").today == 4
