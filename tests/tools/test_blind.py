"""Blind reading: the sheet tells nothing of its writers, and the marks come home to them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tools.names_kept import find_openings

from tools import blind, names_kept


@pytest.fixture
def tale(tmp_path: Path, prose: str) -> Path:
    path = tmp_path / "tale.txt"
    path.write_text("\n\n".join([prose] * 3), "utf-8")
    return path


@pytest.mark.long
def test_a_sheet_is_shuffled_filled_in_and_summed(
    tale: Path, tiny_voice_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sheet"
    writers = [f"cool: voice={tiny_voice_path}, temperature=0.5", f"warm: voice={tiny_voice_path}, temperature=1.5"]
    arguments = [str(tale), "--folder", str(folder), "--author", "--openings", "3", "--words", "8"]
    assert blind.main(["make", *arguments, "--writer", writers[0], "--writer", writers[1]]) == 0
    sheet = (folder / "sheet.md").read_text("utf-8")
    assert not any(name in sheet for name in ("cool", "warm", "author"))
    key = json.loads((folder / "key.json").read_text("utf-8"))["items"]
    assert [sorted(order) for order in key] == [["author", "cool", "warm"]] * 3
    with (folder / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9
    marks = {"author": "5", "cool": "2", "warm": "1"}
    for row in rows:
        mark = marks[key[int(row["item"]) - 1]["ABC".index(row["writer"])]]
        row.update(dict.fromkeys(blind.MARKS, mark))
    with (folder / "marks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    capsys.readouterr()
    assert blind.main(["score", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["author", "cool", "warm"]
    assert "| 1.00 | 3 |" in lines[2]
    assert "| 3.00 | 3 |" in lines[4]


def test_openings_end_with_sentences_and_name_somebody(prose: str) -> None:
    text = f"{prose} And then Birch saw him, for Birch was there. He spoke. " + "It was cold there. " * 60
    found = list(find_openings(text, 100, 20))
    assert found
    for opening in found:
        assert opening.before[-1] in ".!?\"'"
        assert text.startswith(opening.before)
        assert len(opening.author.split()) in (20, 21)
    assert names_kept.names("and Birch's lamp", ("Birch",))
    assert not names_kept.names("the Birchwood", ("Birch",))


@pytest.mark.long
def test_names_kept_is_one_line(tiny_voice_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tale = tmp_path / "tale.txt"
    tale.write_text("And then Birch saw him, for Birch was there, and it was cold. " * 60, "utf-8")
    arguments = [str(tale), "--voice", str(tiny_voice_path), "--openings", "2", "--set", "candidates=1"]
    assert names_kept.main(arguments) == 0
    assert capsys.readouterr().out.startswith("2 openings, 80 words: the author names somebody of the opening in 2")
