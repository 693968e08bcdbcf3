"""Where the state is forgotten."""

from __future__ import annotations

from pandemonium.training.material.tokens import pack
from pandemonium.training.recipes.resets import chapters, dataset_of, paragraphs, windows_of
from pandemonium.voice.tokenizer import SubwordTokenizer

TALE = "A Title\n\nI.\n\nIt was late.\n\nShe came.\n\nII.\n\nIt was early.\n\nI said nothing, for I was afraid."


def test_chapters_begin_at_their_headings() -> None:
    assert [each.split("\n\n")[0] for each in chapters(TALE)] == ["A Title", "I.", "II."]
    assert chapters("One.\n\nTwo.") == ["One.\n\nTwo.\n\n"]
    assert [each[:9] for each in chapters("CHAPTER I The Sea\n\nText.\n\nChapter 2\n\nMore.")] == [
        "CHAPTER I",
        "Chapter 2",
    ]
    assert chapters("") == []


def test_nothing_is_lost() -> None:
    assert "".join(chapters(TALE)) == TALE + "\n\n"
    assert "".join(paragraphs(TALE)) == TALE + "\n\n"


def test_datasets(tokenizer: SubwordTokenizer) -> None:
    dataset = pack([TALE, TALE], tokenizer)
    assert dataset_of(dataset, tokenizer, "text") is dataset
    assert dataset_of(dataset, tokenizer, "window") is dataset
    assert len(dataset_of(dataset, tokenizer, "chapter").starts) == 6
    parts = dataset_of(dataset, tokenizer, "paragraph")
    assert len(parts.starts) == 2 * len(paragraphs(TALE))
    assert all(parts.document(i)[-1] == tokenizer.separator for i in range(len(parts.starts)))


def test_only_windows_begin_cold_each() -> None:
    assert windows_of("window") == 1
    assert windows_of("paragraph") > 1000
