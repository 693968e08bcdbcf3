"""Says in words what the page only keeps of a docx or odt file: tables, text boxes and what else holds paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Self

from pandemonium.documents.model.composing import LINE_END
from pandemonium.documents.packages.effort import Effort

_DEEPEST = 60  # objects within each other


class BlockWords:
    """What a reader of a format's paragraphs knows of tables and of what stands within each other.

    A format says which elements are rows, cells and blocks, and how it reads on: `another`, `gather`, `plain_words`.

    Args:
        effort: what reading may still cost.

    Attributes:
        hidden: which kinds of unseen things were met.
    """

    row: str
    cell: str
    blocks: Collection[str]

    def __init__(self, effort: Effort) -> None:
        self.effort = effort
        self.hidden: set[str] = set()
        self._noted: list[str] = []  # notes in brackets, of what is read now
        self._keeps = True  # what embedded objects consist of is kept; no need of it where their words alone are wanted
        self._depth = 0

    def another(self) -> Self:
        """A reader of the same file."""
        raise NotImplementedError

    def gather(self, elements: Iterable[Any], lines: list[str]) -> None:
        """Adds what blocks, or pieces of a paragraph, say."""
        raise NotImplementedError

    def plain_words(self, elements: Iterable[Any]) -> str:
        """What elements say that stand too deep to be read."""
        raise NotImplementedError

    def children(self, element: Any) -> list[Any]:
        """What of an element's children is read."""
        return list(element)

    def is_read(self, element: Any) -> bool:
        """Rows and cells may stand in it, or words beside them."""
        return isinstance(element.tag, str)

    def inner(self) -> Self | None:
        """A reader for the words of an object that this one met; None where it stands too deep."""
        inner = self.another()
        inner.hidden = self.hidden
        inner._noted = self._noted
        inner._keeps = False
        inner._depth = self._depth + 1
        return inner if inner._depth <= _DEEPEST else None

    def words(self, elements: Iterable[Any]) -> str:
        """What foreign elements say: each paragraph a line, of a table each row, its cells apart by tabs.

        Within a cell lines are apart by line separators (U+2028). It is read by the rules of any other paragraph.
        """
        self.effort.spend(2)
        inner = self.inner()
        if inner is None:
            return self.plain_words(elements)
        lines: list[str] = []
        inner.gather(elements, lines)
        text = "\n".join(lines)
        return text if text.strip() else ""

    def take_noted(self) -> tuple[str, ...]:
        """The notes that stand in brackets in the words that were read since this was asked last."""
        noted = tuple(self._noted)
        self._noted.clear()
        return noted

    def add_line(self, text: str, lines: list[str]) -> None:
        """Adds what a paragraph says, if it says something."""
        if text.strip():
            lines.append(text.replace(LINE_END, "\n"))

    def rows(self, table: Any) -> list[str]:
        """What the rows of a table say."""
        rows: list[str] = []
        self.effort.spend(len(table) // 4)
        for row in self._within(table, self.row):
            self.effort.spend(1)
            cells: list[str] = []
            for cell in [row] if row.tag in self.blocks else self._within(row, self.cell):
                self.effort.spend(1)
                inner: list[str] = []
                self.gather(self.children(cell) if cell.tag == self.cell else [cell], inner)
                if inner or cell.tag == self.cell:
                    cells.append(LINE_END.join(inner).replace("\n", LINE_END).replace("\t", " "))
            if cells or row.tag == self.row:
                rows.append("\t".join(cells))
        return rows

    def _within(self, parent: Any, name: str) -> Iterator[Any]:
        """The rows of a table or the cells of a row, whatever is around them, and what stands beside these in none.

        None of those further inside.
        """
        for each in self.children(parent):
            if each.tag == name or each.tag in self.blocks:
                yield each
            elif self.is_read(each):
                if next(each.iter(name), None) is None:
                    yield each
                else:
                    yield from self._within(each, name)
