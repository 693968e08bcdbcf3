"""The manuscript that is measured with: as long as asked, in each format, with chapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandemonium.benchmark.manuscript import write_manuscript
from pandemonium.documents.formats import read_document
from pandemonium.documents.model.authored_text import AuthoredText, style_of

SENTENCES = ["The sea was dark.", "Nobody spoke of what had gone by the gate at dusk."]


@pytest.mark.parametrize("suffix", ["txt", "md", "docx"])
def test_is_as_long_as_asked(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"book.{suffix}"
    words = write_manuscript(path, SENTENCES, 3000)
    assert 3000 <= words < 3100
    read = read_document(path)
    assert abs(len(read.text.split()) - words) < 40  # the headings are not counted
    assert "Chapter 2" in read.text
    if suffix == "docx":
        kinds = [style_of(each).kind for each in AuthoredText(read.content).paragraphs]
        assert kinds.count("heading") == -(-len(kinds) // 41)
        assert kinds.count("body") == len(kinds) - kinds.count("heading")


def test_is_the_same_each_time(tmp_path: Path) -> None:
    texts = []
    for name in ("one.txt", "two.txt"):
        write_manuscript(tmp_path / name, SENTENCES, 500)
        texts.append((tmp_path / name).read_text("utf-8"))
    assert texts[0] == texts[1]
