"""The passages that voices wrote, as a reader would count them: one that goes on in the next paragraph is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pandemonium.documents.model.passage import Passage


@dataclass(frozen=True, slots=True)
class Voiced:
    """Characters [start, end) of a text come from one voice.

    Attributes:
        start, end: in the whole text.
        voice: its name.
        paragraph: the number of the paragraph in which it begins, from 0 on.
    """

    start: int
    end: int
    voice: str
    paragraph: int


def voiced(paragraphs: Iterable[Passage]) -> Iterator[Voiced]:
    """Gives the passages of a text in order.

    Args:
        paragraphs: of the text, without the breaks between them.
    """
    last: Voiced | None = None
    goes_on = False  # nothing of the writer's stands behind `last` so far
    start = 0
    for number, paragraph in enumerate(paragraphs):
        at = 0
        for mark in paragraph.marks:
            if last is not None and goes_on and mark.start == at and mark.voice == last.voice:
                last = replace(last, end=start + mark.end)
            else:
                if last is not None:
                    yield last
                last = Voiced(start + mark.start, start + mark.end, mark.voice, number)
            at = mark.end
            goes_on = True
        goes_on = goes_on and at == len(paragraph)
        start += len(paragraph) + 1
    if last is not None:
        yield last
