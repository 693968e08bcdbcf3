"""The lists and quotations around a paragraph: how Markdown nests them, and what of that a paragraph's style says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pandemonium.documents.model.passage import Container, Kind, ParagraphStyle

Path = tuple[Container, ...]
LISTS = ("bullet", "number")


@dataclass(frozen=True)
class Block:
    """What a paragraph of Markdown is to the one behind it.

    Attributes:
        kind: of the paragraph.
        path: the containers around it, from the outermost.
        start: the number of an entry that begins a list.
        form: how it is written, where it is no text: code between fences, another block that the page only keeps, or
            an entry with nothing in it.
    """

    kind: Kind
    path: Path
    start: int | None = None
    form: Literal["text", "code", "kept", "empty"] = "text"

    @property
    def is_text(self) -> bool:
        """It is what CommonMark calls a paragraph."""
        return self.form == "text" and self.kind not in ("heading", "scene")


def first_entered(path: Path) -> int:
    """The number of the outermost container that begins, or begins another entry, with the last of the path."""
    return next((at for at, each in enumerate(path) if each.part != "same"), len(path))


def parted_list(path: Path) -> int | None:
    """Which list around a paragraph is a loose one if a blank line stands before it; None for none."""
    at = first_entered(path)
    if at < len(path) and path[at].part == "next":
        return at
    return at - 1 if at and path[at - 1].kind in LISTS else None


def may_touch(before: Block, block: Block) -> bool:
    """Tells whether a block can stand directly below the one before it, as it does in lists that are not loose."""
    path = block.path
    at = first_entered(path)
    if at < len(path) and path[at].part == "next":
        return True
    in_entry = at > 0 and path[at - 1].kind in LISTS
    behind_its_own = in_entry and len(before.path) == at
    if at == len(path):
        if block.form == "code" or block.kind == "heading":
            return in_entry and before.form != "kept"
        return behind_its_own and (before.form == "code" or before.kind == "heading")
    if path[at].kind == "quote":
        return behind_its_own and (before.is_text or before.kind == "heading")
    if at and path[at - 1].kind == "quote":
        return False
    # A list whose first number is not 1 would go on in the paragraph before, and so would one that begins with nothing.
    begins_with_one = path[at].kind == "bullet" or block.start in (None, 1)
    both = all(each.kind in LISTS and each.form == "text" for each in (before, block))
    return both and len(path) == at + 1 and begins_with_one


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
            if each.is_loose and (each.kind == "quote" or each.part == "same"):
                each = replace(each, is_loose=False)
            goes_on = is_open and each.part == "same"
            found.append(each)
        return tuple(found)


def empty_quotation(style: ParagraphStyle, path: Path) -> ParagraphStyle:
    """The style of a quotation with nothing in it, which is told from an empty line in one by naming what is around."""
    return replace(style, containers=path) if style.kind == "quote" else style


def is_empty_quotation(style: ParagraphStyle) -> bool:
    """A paragraph without text, of this style, is a quotation with nothing in it."""
    return style.kind == "quote" and bool(style.containers) and style.containers[-1] == Container("quote", "new")


def _agrees(style: ParagraphStyle) -> bool:
    """The containers that a style names say the same as its kind and level."""
    last = style.containers[-1]
    if style.kind in LISTS:
        lists = sum(1 for each in style.containers if each.kind in LISTS)
        return last.kind == style.kind and last.part != "same" and lists == style.level
    return style.kind != "quote" or last.kind == "quote"
