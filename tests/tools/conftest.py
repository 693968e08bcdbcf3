"""What tests of the laboratory share: one thread, and a corpus of a few kilobytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch


@pytest.fixture(autouse=True)
def repeatable(one_thread: None) -> Iterator[None]:
    """Starts every test from the same random numbers."""
    torch.manual_seed(0)
    return


def shuffled_words(text: str) -> str:
    """The same words in each paragraph, in another order."""
    drawn = random.Random(1)
    paragraphs = [paragraph.split() for paragraph in text.split("\n\n")]
    for words in paragraphs:
        drawn.shuffle(words)
    return "\n\n".join(" ".join(words) for words in paragraphs)


CORPUS_FOLDERS = (
    "lovecraft",
    "base/weird-and-fantastic",
    "base/novels-33-authors",
    "base/novels-eltec",
    "more/weird",
    "more/novels",
    "more/modern",
)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory, prose: str) -> Path:
    """A corpus of twenty-eight short works, not to be changed; the held-out ones hold a word of their own, "unseen"."""
    folder = tmp_path_factory.mktemp("corpus")
    paragraphs = prose.split("\n\n")
    for collection, name in enumerate(CORPUS_FOLDERS):
        (folder / name).mkdir(parents=True)
        for work in range(4):
            text = "\n\n".join(paragraphs[(collection + work) % 4 :: 2])
            if work >= 2:  # no run of words of a held-out work may stand in the others
                text = shuffled_words(text)
            mark = "This was unseen. " * (work >= 2) + f"Zq{collection}x{work}."
            (folder / name / f"work-{work}.txt").write_text(f"{text}\n\n{mark} _{name}_\n", "utf-8")
    (folder / "lovecraft-split.toml").write_text('dev = ["work-2"]\ntest = ["work-3"]\n', "utf-8")
    closed = [f'"{name.removeprefix("base/")}/work-{{0}}"' for name in CORPUS_FOLDERS if name.startswith("base/")]
    lines = [
        f"{part} = [{', '.join(each.format(work) for each in closed)}]" for part, work in (("dev", 2), ("test", 3))
    ]
    (folder / "base-split.toml").write_text("\n".join([*lines, "personal = []"]) + "\n", "utf-8")
    more = [f'"{name.removeprefix("more/")}/work-{work}"' for name in CORPUS_FOLDERS[4:] for work in (2, 3)]
    (folder / "more-split.toml").write_text(f"modern_test = [{', '.join(more)}]\n", "utf-8")
    return folder
