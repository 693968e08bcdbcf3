"""The document as a search sees it: whole characters, whose places are carried back to the editor's units."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pandemonium.desktop.editor.units import split, to_units, whole
from pandemonium.documents.model.passage import BREAK, OBJECT, Passage
from pandemonium.text.searching import Found, Query, Replacement, Search


@dataclass(frozen=True)
class Task:
    """What is to be done with a snapshot.

    Attributes:
        query: what is searched for.
        template: what is to stand in its place; None where nothing is to be replaced.
        keep_case: what is put there takes the capitals of what was found.
        single: replace the first place alone.
    """

    query: Query
    template: str | None = None
    keep_case: bool = False
    single: bool = False


@dataclass(frozen=True)
class Snapshot:
    """The document at one moment.

    Attributes:
        paragraphs: of the document model, in units; they never change.
        revision: of the document model.
        start, end: between which to search, in units; to the end where None.
    """

    paragraphs: Sequence[Passage]
    revision: int
    start: int = 0
    end: int | None = None
    _pairs: array[int] = field(default_factory=lambda: array("q"))

    def find(self, task: Task, stopped: Callable[[], bool] = lambda: False) -> Found:
        """Gives every place where the query is found, in units.

        Raises:
            PandemoniumError: the pattern cannot be read, or takes too long.
        """
        search = Search(task.query)
        text = self._text()
        found = search.find(text, *self._range(), stopped=stopped)
        if not self._pairs:
            return found
        return Found(array("q", map(self._to_units, found.starts)), array("q", map(self._to_units, found.ends)))

    def changes(self, task: Task) -> list[Replacement]:
        """Gives what is to be changed, in units; a place that holds a note or a picture is left as it is.

        Raises:
            PandemoniumError: the pattern or the replacement cannot be read, or it takes too long.
        """
        search = Search(task.query)
        text = self._text()
        template = whole(to_units(task.template or ""))
        made = search.replacements(
            text, template, *self._range(), keep_case=task.keep_case, most=1 if task.single else None
        )
        return [
            Replacement(self._to_units(each.start), self._to_units(each.end), split(each.text))
            for each in made
            if OBJECT not in text[each.start : each.end]
        ]

    def _text(self) -> str:
        units = BREAK.join(each.text for each in self.paragraphs)
        text = whole(units)
        if len(text) != len(units) and not self._pairs:
            self._pairs.extend(index for index, each in enumerate(text) if each > "\uffff")
        return text

    def _range(self) -> tuple[int, int | None]:
        return self._from_units(self.start), None if self.end is None else self._from_units(self.end)

    def _to_units(self, position: int) -> int:
        return position + bisect_left(self._pairs, position)

    def _from_units(self, position: int) -> int:
        if not self._pairs:
            return position
        low = 0
        high = position
        while low < high:
            middle = (low + high) // 2
            if self._to_units(middle) < position:
                low = middle + 1
            else:
                high = middle
        return low
