"""Counts the entries of a docx file's lists as Word numbers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pandemonium.documents.formats.docx.names import child, number, value, w


@dataclass
class Numbering:
    """What the numbering part says of its lists.

    Attributes:
        abstract: the definition that each list goes back to; lists of one definition count together.
        starts: the number of the first entry, by definition and depth, where it is not 1.
        restarts: the number with which a list begins anew where it is met first, by list and depth.
    """

    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)


class WordNumbers:
    """Counts through the paragraphs of one text.

    Args:
        numbering: of the file; lists may be added to it on the way.
    """

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._met: set[tuple[str, int]] = set()

    def take(self, list: str, depth: int) -> int:
        """The number of the next entry, which belongs to that list at that depth."""
        definition = self._numbering.abstract.get(list, list)
        counts = self._counts.setdefault(definition, {})
        restart = self._numbering.restarts.get((list, depth))
        if restart is not None and (list, depth) not in self._met:
            counts[depth] = restart
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = self._numbering.starts.get((definition, depth), 1)
        self._met.add((list, depth))
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return counts[depth]


def definitions(root: Any) -> dict[str, Any]:
    """The element that declares the levels of each definition; of one that only names a list style, the style's own."""
    found = {each.get(w("abstractNumId")) or "": each for each in root.iterfind(w("abstractNum"))}
    styles = {name: each for each in found.values() if (name := value(each, w("styleLink")))}
    return {id: styles.get(value(each, w("numStyleLink")), each) for id, each in found.items()}


def read_numbering(root: Any) -> Numbering:
    """Understands the numbering part (None for none)."""
    found = Numbering()
    if root is None:
        return found
    for id, each in definitions(root).items():
        for level in each.iterfind(w("lvl")):
            start = number(value(level, w("start")) or None, 1)
            if start != 1:
                found.starts[id, number(level.get(w("ilvl")))] = start
    for each in root.iterfind(w("num")):
        id = each.get(w("numId")) or ""
        found.abstract[id] = value(each, w("abstractNumId"))
        for override in each.iterfind(w("lvlOverride")):
            if child(override, w("startOverride")) is not None:
                depth = number(override.get(w("ilvl")))
                found.restarts[id, depth] = number(value(override, w("startOverride")) or None, 1)
    return found
