"""Chooses the best copy where the same text lies in several files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pandemonium.training.reading.duplicates import Match, Sketch, find_copies
from pandemonium.training.reading.examining import Examined

# How well a format keeps paragraphs, verse and letters.
_FORMATS = {"epub": 3, "docx": 3, "odt": 3, "html": 3, "md": 3, "rtf": 2, "txt": 1, "pdf": 0}
_SAME = 0.85
_VERSION = 0.6
_ALL = 0.9
_MOST = 0.5
_LATER = 3_600.0
# What systems and people call a copy: "copy of one.txt", "one - Copy (2).txt", "one (1).txt", "one.bak.txt".
_COPY = "copy|kopie|copie|copia|kopia|kopi|backup"
_COPY_NAME = re.compile(
    rf"^(?:{_COPY}|sicherung)[ _](?:\(\d{{1,3}}\)[ _])?(?:of|von|de|di|van|av|af)\b"
    rf"|[ _.-](?:{_COPY}|bak|old|orig)(?:[ _]?\(?\d{{1,3}}\)?)?(?:\.\w{{1,8}})?$"
    r"|[ _]?\(\d{1,3}\)(?:\.\w{1,8})?$|~$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Copy:
    """That a file's text stands, wholly or mostly, in another file that is kept in its place.

    Attributes:
        of: the other file.
        reason: how the two are akin, as a sentence.
    """

    of: Path
    reason: str


def choose_copies(files: Sequence[Examined]) -> dict[Path, Copy]:
    """Finds the files whose text another file has better, and says which and why.

    Of the same text the copy is best that lost no letters, that knows its paragraphs, that is longest, newest; of
    twins, the original.
    Of several versions of one text the newest is best. A text that stands in a larger one is a copy of it.

    Args:
        files: those that hold prose.
    """
    sketched = [(file, file.sketch) for file in files if file.sketch is not None and file.sketch.runs]
    sketches: list[Sketch] = [sketch for _, sketch in sketched]
    order = sorted(range(len(sketched)), key=lambda index: (-sketched[index][0].words, sketched[index][0].path))
    groups: dict[int, list[tuple[int, Match]]] = {}
    # Two short notes share half their words soon enough.
    least = [_ALL if file.is_short else _MOST for file, _ in sketched]
    for index, match in find_copies(sketches, order, least).items():
        groups.setdefault(match.other, []).append((index, match))
    copies: dict[Path, Copy] = {}
    for leader, members in groups.items():
        copies.update(_group(sketched[leader][0], [(sketched[index][0], match) for index, match in members]))
    return copies


def _group(leader: Examined, members: list[tuple[Examined, Match]]) -> dict[Path, Copy]:
    best = leader
    same_as_leader = {leader.path} | {file.path for file, match in members if _is_same(match)}
    for file, match in members:
        if file.words >= _VERSION * leader.words and _is_better(file, best, same=_is_same(match)):
            best = file
    copies: dict[Path, Copy] = {}
    if best is not leader:
        copies[leader.path] = Copy(best.path, _reason(leader, best, None, same_as_leader))
    for file, match in members:
        if file is not best:
            copies[file.path] = Copy(best.path, _reason(file, best, match, same_as_leader))
    return copies


def _is_same(match: Match) -> bool:
    return match.contained >= _SAME and match.containing >= _SAME


def _is_better(file: Examined, other: Examined, same: bool) -> bool:
    if _is_twin(file, other):
        return _originality(file) < _originality(other)
    later = file.modified - other.modified
    if abs(later) > _LATER and (not same or file.format == other.format):
        return later > 0
    if not same:
        return False
    if abs(file.accents - other.accents) > 5 + 0.25 * max(file.accents, other.accents):
        return file.accents > other.accents
    return _quality(file) > _quality(other)


def _is_twin(file: Examined, other: Examined) -> bool:
    """Tells whether two files of one format say the very same."""
    one = file.sketch
    two = other.sketch
    if one is None or two is None or file.format != other.format or file.characters != other.characters:
        return False
    return one.runs == two.runs and np.array_equal(one.hashes, two.hashes)


def _originality(file: Examined) -> tuple[bool, float, int, int, str]:
    """Orders twins: the original first. It is not called a copy, was written first, and has the shortest name."""
    name = file.path.name
    return bool(_COPY_NAME.search(name)), file.modified, len(file.path.parts), len(name), str(file.path)


def _quality(file: Examined) -> tuple[int, int, float, int]:
    return _FORMATS.get(file.format, 1), file.words // 50, file.modified, -len(file.path.parts)


def _reason(file: Examined, best: Examined, match: Match | None, same_as_leader: set[Path]) -> str:
    name = _name_beside(best.path, file.path)
    later = best.modified - file.modified > _LATER
    if _is_twin(file, best):
        return f"This is the same text as {name}."
    if file.path in same_as_leader and best.path in same_as_leader and not (later and file.format == best.format):
        return f"This is the same text as {name}."
    if file.words >= _VERSION * best.words:
        how = "newer" if later else "longer" if best.words > file.words else "better"
        return f"This is another version of {name}, which is {how}."
    return f"{'All' if match is None or match.contained >= _ALL else 'Most'} of this stands in {name}."


def _name_beside(path: Path, other: Path) -> str:
    """The name that tells `path` from `other`: with its folder where the names are the same."""
    return f"'{path.parent.name}/{path.name}'" if path.name == other.name and path.parent.name else f"'{path.name}'"
