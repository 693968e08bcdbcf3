"""Counts the words that the writer writes: hers and not a voice's, written and not pasted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from pandemonium.desktop.editor.document_editor import DocumentEditor
from pandemonium.desktop.editor.document_model import VOICE
from pandemonium.documents.model.authored_text import Touched
from pandemonium.documents.model.passage import Passage
from pandemonium.text.sentences import count_words

_LONG = 2000  # characters; of a longer paragraph only the part that changed is counted


class WrittenWords(QObject):
    """Watches a page.

    What comes by keys or an input method counts. What is pasted, replaced, undone or brought back counts only as far
    as it was taken out before, so that moving a paragraph changes nothing; and what is taken out is first taken from
    what was pasted.

    Signals:
        counted(int): so many words more, or fewer, were written.
    """

    counted = Signal(int)

    def __init__(self, editor: DocumentEditor) -> None:
        super().__init__(editor)
        self._model = editor.model
        self._news = editor.after_paint
        self._known: list[Passage] = list(self._model.text.paragraphs)
        self._taken = 0  # words of hers that were taken out and may come back
        self._foreign = 0  # words that came without being written
        self._news.edited.connect(self._hear)
        editor.model.loaded.connect(self._begin)

    def _begin(self) -> None:
        self._known = list(self._model.text.paragraphs)
        self._taken = self._foreign = 0

    def _hear(self, touched: Touched, by: str) -> None:
        first = touched.first
        old = self._known[first : first + touched.before]
        new = self._model.text.paragraphs[first : first + touched.after]
        self._known[first : first + touched.before] = new
        if by == VOICE or [each.text for each in old] == [each.text for each in new]:
            return  # it is not hers, or only whose it is has changed
        grown = own_words(new, old)
        if grown < 0:
            pasted = min(-grown, self._foreign)
            self._foreign -= pasted
            grown += pasted
            self._taken -= grown
        elif grown > 0 and not self._news.typed:
            back = min(grown, self._taken)
            self._taken -= back
            self._foreign += grown - back
            grown = back
        if grown:
            self.counted.emit(grown)


def own_words(new: Sequence[Passage], old: Sequence[Passage]) -> int:
    """How many more words of the writer's own `new` paragraphs have than `old` ones."""
    if len(new) == len(old) == 1 and max(len(new[0]), len(old[0])) > _LONG:
        start, tail = _shared(new[0].text, old[0].text)
        new = [_cut(new[0], start, tail)]
        old = [_cut(old[0], start, tail)]
    return sum(count_words(_own(each)) for each in new) - sum(count_words(_own(each)) for each in old)


def _shared(new: str, old: str) -> tuple[int, int]:
    """How much two texts share at their beginning and at their end, down to the words at the edges."""
    left = _longest(min(len(new), len(old)), lambda size: new[:size] == old[:size])
    most = min(len(new), len(old)) - left
    right = _longest(most, lambda size: new[len(new) - size :] == old[len(old) - size :])
    space = new.find(" ", len(new) - right)
    return max(new.rfind(" ", 0, left), 0), len(new) - space if space >= 0 else 0


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The largest size up to `most` for which something holds that holds for all smaller ones."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if holds(middle) else (low, middle - 1)
    return low


def _cut(passage: Passage, start: int, tail: int) -> Passage:
    return passage.part(start, len(passage) - tail)


def _own(passage: Passage) -> str:
    if not passage.marks:
        return passage.text
    parts = []
    at = 0
    for mark in passage.marks:
        parts.append(passage.text[at : mark.start])
        at = mark.end
    return " ".join([*parts, passage.text[at:]])
