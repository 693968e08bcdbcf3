"""One text that a voice proposed for a place of the document."""

from __future__ import annotations

from dataclasses import dataclass, field

from pandemonium.text.sentences import sentence_around
from pandemonium.writing.reading.origins import Origin
from pandemonium.writing.recipe import Recipe


@dataclass(frozen=True)
class Attempt:
    """One text that a voice proposed for a place.

    Attributes:
        text: in the editor's units.
        voice: who wrote it.
        seed: that it can be written again with; 0 where that is not known.
        recipe: how it was written; None where that is not known.
        origins: of its words that owe themselves to the draft, where that was kept with it; they make it no other text.
    """

    text: str
    voice: str
    seed: int = 0
    recipe: Recipe | None = None
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    def is_beginning_of(self, other: Attempt) -> bool:
        """Tells whether `other` is the same text, or the same and more."""
        same = (self.voice, self.seed) == (other.voice, other.seed)
        return other.text.startswith(self.text) and (same or self.text == other.text)


def first_sentence(text: str) -> str:
    """What lies before the first sentence's end, white space before it included."""
    start = len(text) - len(text.lstrip())
    paragraph = text[start:].split("\n", 1)[0]
    _, end = sentence_around(paragraph, 0)
    return text[: start + end]
