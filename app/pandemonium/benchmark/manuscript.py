"""A manuscript to measure with: a voice's own sentences in ever new order, under chapter headings."""

from __future__ import annotations

import random
import re
from pathlib import Path

from pandemonium.documents.formats import write_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import BODY, ParagraphStyle, Passage, join
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import load_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

_BEGIN = "The lamp burned low, and from the stair behind me there came a sound that was not the wind. "
_HEADING = ParagraphStyle("heading", 1)
_SENTENCE = re.compile(r"[^.!?]+[.!?]+[\u201d\u2019]?\s*")
_CHAPTER = 40  # paragraphs


def sentences_of(voice: Path) -> list[str]:
    """Lets the voice at that path write, always the same, and gives its sentences."""
    loaded = load_voice(voice)
    writing = Continuer(loaded, CpuRuntime(loaded)).write(
        ContinueRequest(1, 0, _BEGIN, settings=WritingSettings(words=150, alternatives=8, seed=1))
    )
    texts = [""] * 8
    for piece in writing:
        texts[piece.alternative] += piece.text
    found = [each.strip() for text in texts for each in _SENTENCE.findall(" ".join(text.split()))]
    return [each for each in found if len(each.split()) > 2] or [_BEGIN.strip()]


def write_manuscript(path: Path, sentences: list[str], words: int) -> int:
    """Writes a manuscript of about `words` words in the format that the path's name says; gives its words."""
    chance = random.Random(len(sentences))
    markdown = path.suffix == ".md"
    rich = path.suffix not in (".md", ".txt")
    paragraphs: list[Passage] = []
    written = 0
    while written < words:
        if len(paragraphs) % _CHAPTER == 0:
            title = f"Chapter {len(paragraphs) // _CHAPTER + 1}"
            heading = Passage(f"# {title}" if markdown else title)
            paragraphs.append(heading.with_style(_HEADING) if rich else heading)
        text = " ".join(chance.choices(sentences, k=chance.choice((1, 2, 3, 4, 6))))
        written += len(text.split())
        paragraphs.append(Passage(text).with_style(BODY) if rich else Passage(text))
    if rich:
        write_document(Manuscript(join(paragraphs)), path)
    else:
        path.write_text("\n\n".join(each.text for each in paragraphs) + "\n", encoding="utf-8")
    return written
