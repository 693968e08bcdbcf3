"""What tests of training share: one thread, a small network, token files of a few kilobytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from pandemonium.training.material.tokens import Shelf
from pandemonium.voice.architecture import Architecture, PlainArchitecture, ResidualArchitecture


@pytest.fixture(autouse=True)
def repeatable(one_thread: None) -> Iterator[None]:
    """Starts every test from the same random numbers."""
    torch.manual_seed(0)
    return


@pytest.fixture(params=["plain", "residual"])
def network(request: pytest.FixtureRequest) -> Architecture:
    """40 ids, two layers, of each kind."""
    if request.param == "plain":
        return PlainArchitecture(vocabulary=40, embedding=12, hidden=16, layers=2)
    return ResidualArchitecture(vocabulary=40, embedding=12, hidden=16, layers=2, width=20, inner=24)


@pytest.fixture
def shelf() -> Shelf:
    """Four documents in which each id is followed by the next one; 39 is the separator."""
    documents = [
        np.append(np.arange(start, start + size) % 39, 39) for start, size in ((0, 300), (5, 150), (9, 7), (20, 90))
    ]
    starts = np.cumsum([0, *(len(each) for each in documents[:-1])])
    return Shelf(np.concatenate(documents).astype(np.uint16), starts)


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
    for shelf, name in enumerate(CORPUS_FOLDERS):
        (folder / name).mkdir(parents=True)
        for work in range(4):
            text = "\n\n".join(paragraphs[(shelf + work) % 4 :: 2])
            if work >= 2:  # no run of words of a held-out work may stand in the others
                text = shuffled_words(text)
            mark = "This was unseen. " * (work >= 2) + f"Zq{shelf}x{work}."
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


SENTENCES = {
    "en": "the {} stood beside the {} in the {};he spoke of {} and of {} without {};"
    "when {} came back, {} was afraid of {};nobody had seen the {} that {} remembered from {}",
    "nl": "de {} stond naast het {} in een {};hij sprak over {} en over {} zonder {};"
    "toen {} terugkwam, was {} bang voor {};niemand had de {} gezien die {} kende van {}",
}
SYLLABLES = "ba co du fe gi la mo nu pe ri sa te vo wi zu lin mar ton der sel".split()


@pytest.fixture(scope="session")
def invented() -> Callable[..., str]:
    """Gives paragraphs of invented nouns, others for every seed: `invented(seed, paragraphs=40, language="en")`."""

    def write(seed: int, paragraphs: int = 40, language: str = "en") -> str:
        draw = random.Random(seed)

        def sentence() -> str:
            nouns = ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(3)]
            text = draw.choice(SENTENCES[language].split(";")).format(*nouns)
            return text[0].upper() + text[1:] + draw.choice([".", ".", "!", "?"])

        return "\n\n".join(" ".join(sentence() for _ in range(draw.randint(3, 6))) for _ in range(paragraphs))

    return write
