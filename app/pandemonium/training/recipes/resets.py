"""Where a voice in training forgets what it has read: texts cut into the stretches through which its state is kept."""

from __future__ import annotations

import re

from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.training.material.tokens import TokenDataset, pack
from pandemonium.training.recipe import Reset
from pandemonium.voice.tokenizer import SubwordTokenizer

_WHOLE = 1_000_000
_HEADING = re.compile(r"^(?:(?:chapter|part|book)\b.{0,60}|[IVXLC]{1,7}\.?|\d{1,3}\.?)$", re.IGNORECASE)


def windows_of(reset: Reset) -> int:
    """How many windows a sequence reads before it begins cold again, where the stretch is as long."""
    return 1 if reset == "window" else _WHOLE


def dataset_of(dataset: TokenDataset, tokenizer: SubwordTokenizer, reset: Reset) -> TokenDataset:
    """Gives the texts of `dataset` cut where `reset` says; whole where they need no cut."""
    if reset in ("window", "text"):
        return dataset
    cut = paragraphs if reset == "paragraph" else chapters
    texts = (tokenizer.decode(map(int, dataset.document(i))) for i in range(len(dataset.starts)))
    return pack((part for text in texts for part in cut(text)), tokenizer)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of canonical prose, each with the break behind it."""
    return [paragraph + PARAGRAPH for paragraph in text.split(PARAGRAPH) if paragraph.strip()]


def chapters(text: str) -> list[str]:
    """Canonical prose cut before each paragraph that is a chapter's heading; one chapter where there are none."""
    found: list[list[str]] = [[]]
    for paragraph in paragraphs(text):
        if found[-1] and _HEADING.match(paragraph.strip()):
            found.append([])
        found[-1].append(paragraph)
    return ["".join(chapter) for chapter in found if chapter]
