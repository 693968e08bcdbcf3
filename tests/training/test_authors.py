"""Authors side by side: both trainings run for real, and the table says what they came to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pandemonium.training.authors import Author, main, table

APP = Path(__file__).resolve().parents[2] / "app"


def test_the_table() -> None:
    authors = [
        Author("anna", 512_000, 0.75, 2.0, 2.1, 1.96, 1.9, (1.8, 1.89)),
        Author("berta", 9_000, 0.0, 2.0, 2.0, 1.9, 2.0),
    ]
    head, rule, first, second = table(authors).splitlines()
    assert head.count("|") == rule.count("|") == first.count("|") == 13
    assert first == (
        "| anna | 512,000 | 0.75 | 2.000 | 2.100 | 1.960 | 1.900 | −5.0 % | −9.5 % | −3.1 % | 1.800 | 1.890 (+5.0 %) |"
    )
    assert second == "| berta | 9,000 | 0 | 2.000 | 2.000 | 1.900 | 2.000 | +0.0 % | +0.0 % | +5.3 % |"
    assert "own author" not in table(authors[1:])


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
    monkeypatch.setenv("PYTHONPATH", str(APP))
    texts, keep = tmp_path / "anna.txt", tmp_path / "old.txt"
    texts.write_text(invented(1, paragraphs=700), "utf-8")
    keep.write_text(invented(2, paragraphs=10), "utf-8")
    words = [str(texts), "--minutes", "0.05", "--base", str(tiny_voice_path), "--keep", str(keep), "--side-by-side"]
    assert main(words) == 0
    row = [cell.strip() for cell in capsys.readouterr().out.splitlines()[2].strip("|").split("|")]
    assert row[0] == "anna"
    assert int(row[1].replace(",", "")) > 100_000
    before, plain, eased, ours = map(float, row[3:7])
    assert max(plain, eased, ours) < before
    assert len(row) == 12
