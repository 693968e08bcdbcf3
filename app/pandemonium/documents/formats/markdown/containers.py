"""The lists and quotations around a paragraph: how Markdown nests them, and what of that a paragraph's style says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pandemonium.documents.passage import Container, Kind, ParagraphStyle

Path = tuple[Container, ...]
LISTS = ("bullet", "number")


class Nesting:
    """Walks the paragraphs of a text in order and knows which lists and quotations are open.

    Attributes:
        open: the kinds of the containers around the paragraph before, from the outermost.
    """

    def __init__(self) -> None:
        self.open: list[str] = []

    def path(self, style: ParagraphStyle) -> Path:
        """The containers around the next paragraph, if it is of this style."""
        if style.containers and _agrees(style):
            return self._sound(style.containers)
        if style.kind == "quote":
            return (Container("quote", "same" if self.open[:1] == ["quote"] else "new"),)
        if style.kind not in LISTS:
            return ()
        lists = [] if "quote" in self.open else self.open
        depth = min(max(1, style.level), len(lists) + 1)
        goes_on = len(lists) >= depth and lists[depth - 1] == style.kind and style.start is None
        outer = tuple(Container(kind, "same") for kind in lists[: depth - 1])  # type: ignore[arg-type]
        return (*outer, Container(style.kind, "next" if goes_on else "new"))  # type: ignore[arg-type]

    def style(self, kind: Kind, path: Path, *, level: int = 0, start: int | None = None) -> ParagraphStyle:
        """The plainest style of a next paragraph of this kind with these containers around it.

        Args:
            kind: of the paragraph; an entry's is that of its list.
            path: the containers, from the outermost.
            level: of a heading.
            start: the number of an entry that begins a list.
        """
        if kind in LISTS:
            level = sum(1 for each in path if each.kind in LISTS)
        plain = ParagraphStyle(kind, level)
        begins = bool(path) and path[-1].kind in LISTS and path[-1].part == "new"
        number = (1 if start is None or kind == "bullet" else start) if begins and kind in LISTS else None
        if number in (None, 1) and self.path(plain) == path:
            return plain
        started = replace(plain, start=number)
        if self.path(started) == path:
            return started
        return replace(plain, containers=path, start=number if number != 1 else None)

    def enter(self, path: Path) -> None:
        """Takes note that the next paragraph stood in these containers."""
        self.open = [each.kind for each in path]

    def _sound(self, path: Sequence[Container]) -> Path:
        """The path with "new" wherever what it goes on from is not there."""
        found: list[Container] = []
        goes_on = True
        for at, each in enumerate(path):
            is_open = goes_on and at < len(self.open) and self.open[at] == each.kind
            if not is_open or (each.kind == "quote" and each.part == "next"):
                each = replace(each, part="new")
            goes_on = is_open and each.part == "same"
            found.append(each)
        return tuple(found)


def _agrees(style: ParagraphStyle) -> bool:
    """The containers that a style names say the same as its kind and level."""
    last = style.containers[-1]
    if style.kind in LISTS:
        lists = sum(1 for each in style.containers if each.kind in LISTS)
        return last.kind == style.kind and last.part != "same" and lists == style.level
    return style.kind != "quote" or last.kind == "quote"
