"""Sentences that readers have marked: what the judge of candidates is fitted on (docs/reading-protocol.md).

A line of the file is a place in a training text, a few sentences that a voice wrote as the next one there, and a mark
for each. The text itself is not kept: it is found again in the token file of a base training.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pandemonium.training.material.tokens import TokenDataset
from pandemonium.voice.tokenizer import SubwordTokenizer

MARKED = Path(__file__).parent / "marked-sentences.jsonl.xz"
BEHIND = 60  # characters by which a place is found again
_BEFORE = 2500  # characters of the text that are given


@dataclass(frozen=True)
class Marked:
    """A place, and what could come next there.

    Attributes:
        dataset: of the token file, as "weird".
        document: its number there.
        behind: the last characters of the text before the place.
        own: what the voice had written behind them before these sentences.
        sentences: each could be the next, canonical.
        marks: of each, from 0 (broken) to 5 (as a good author's).
    """

    dataset: str
    document: int
    behind: str
    own: str
    sentences: tuple[str, ...]
    marks: tuple[float, ...]


def read_marked(path: Path = MARKED) -> list[Marked]:
    """All that were marked."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Marked(**{**row, "sentences": tuple(row["sentences"]), "marks": tuple(row["marks"])}) for row in rows]


def write_marked(marked: Sequence[Marked], path: Path = MARKED) -> None:
    """Writes them anew."""
    with lzma.open(path, "wt", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in marked)


def find_texts(
    marked: Sequence[Marked], datasets: Mapping[str, TokenDataset], tokenizer: SubwordTokenizer
) -> Iterator[tuple[Marked, str]]:
    """Finds the places again; what another corpus does not have is left out.

    Args:
        marked: to be found, those of one document together.
        datasets: of a base training's token file.
        tokenizer: of that file.

    Yields:
        each with the canonical text before its sentences, some thousand characters of it.
    """
    texts: dict[tuple[str, int], str] = {}
    for each in marked:
        dataset = datasets.get(each.dataset)
        if dataset is None or each.document >= len(dataset.starts):
            continue
        key = (each.dataset, each.document)
        if key not in texts:
            texts.clear()
            texts[key] = tokenizer.decode(dataset.document(each.document)[:-1].astype(int))
        place = texts[key].find(each.behind)
        if place >= 0:
            end = place + len(each.behind)
            yield each, texts[key][max(0, end - _BEFORE) : end] + each.own
