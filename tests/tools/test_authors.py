"""Authors side by side: both trainings run for real, and the table says what they came to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tools.authors import Author, main, table

ROOT = Path(__file__).resolve().parents[2]


def test_the_table() -> None:
    anna = Author("anna", 512_000, 0.75, 2.0, 2.1, 1.9, 1.96, (1.8, 1.89))
    head, rule, row = table([anna]).splitlines()
    assert head.count("|") == rule.count("|") == row.count("|") == 13
    assert row == (
        "| anna | 512,000 | 0.75 | 2.000 | 2.100 | 1.900 | −5.0 % | −9.5 % | 1.960 | −3.1 % | 1.800 | 1.890 (+5.0 %) |"
    )


def test_the_table_without_what_was_left_out() -> None:
    head, rule, row = table([Author("berta", 9_000, 0.0, 2.0, 2.0, 2.0)]).splitlines()
    assert head.count("|") == rule.count("|") == row.count("|") == 9
    assert row == "| berta | 9,000 | 0 | 2.000 | 2.000 | 2.000 | +0.0 % | +0.0 % |"


def test_a_file_that_is_missing_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nobody.txt")]) == 1
    assert "There is no file or folder" in capsys.readouterr().err


@pytest.mark.long
def test_two_trainings_and_their_row(
    tmp_path: Path,
    tiny_voice_path: Path,
    invented: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "app"))
    texts = tmp_path / "anna.txt"
    keep = tmp_path / "old.txt"
    texts.write_text(invented(1, paragraphs=700), "utf-8")
    keep.write_text(invented(2, paragraphs=10), "utf-8")
    words = [str(texts), "--minutes", "0.05", "--base", str(tiny_voice_path), "--keep", str(keep), "--side-by-side"]
    assert main(words) == 0
    row = [cell.strip() for cell in capsys.readouterr().out.splitlines()[2].strip("|").split("|")]
    assert row[0] == "anna"
    assert int(row[1].replace(",", "")) > 100_000
    before, plain, ours = map(float, row[3:6])
    eased = float(row[8])
    assert max(plain, eased, ours) < before
    assert len(row) == 12
