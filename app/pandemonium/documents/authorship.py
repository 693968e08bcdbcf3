"""Keeps who wrote what with a document's file, and finds it again after the file was edited elsewhere.

What is kept is, for each paragraph, a hash of its text, and the marks of those that have any. Paragraphs whose text is
unchanged get their marks back; in any other they are lost: no mark is better than a wrong one.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pandemonium.documents.model.manuscript import InlineObject, Note
from pandemonium.documents.model.passage import Mark, Passage, join

VERSION = 1
_LARGEST = 32 << 20
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Authorship:
    """What a file keeps of who wrote what.

    Attributes:
        hashes: of each paragraph's text, in order; those of the notes come last.
        marks: of each paragraph.
    """

    hashes: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]


def save_marks(content: Passage, objects: Mapping[str, InlineObject] | None = None) -> str:
    """What is to be kept of who wrote what, as JSON; "" where all is the writer's."""
    passages = [content, *(note.content for _, note in _notes(content, objects or {}))]
    if not any(each.marks for each in passages):
        return ""
    paragraphs = [paragraph for each in passages for paragraph in each.paragraphs()]
    marked = {
        str(index): [[mark.start, mark.end, mark.voice] for mark in each.marks]
        for index, each in enumerate(paragraphs)
        if each.marks
    }
    kept = {"pandemonium-authors": VERSION, "paragraphs": [_hash(each.text) for each in paragraphs], "voices": marked}
    return json.dumps(kept, separators=(",", ":"))


def load_marks(text: str | bytes) -> Authorship | None:
    """Understands what `save_marks` gave; None for anything that is not sound, whatever it is."""
    if not text or len(text) > _LARGEST:
        return None
    try:
        kept = json.loads(text)
        if kept["pandemonium-authors"] != VERSION:
            return None
        hashes = tuple(kept["paragraphs"])
        if not all(isinstance(each, str) for each in hashes):
            return None
        marks: list[tuple[Mark, ...]] = [()] * len(hashes)
        for index, entries in kept["voices"].items():
            if not index.isdecimal():
                return None
            marks[int(index)] = _sound(entries)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    return Authorship(hashes, tuple(marks))


def with_marks(
    content: Passage, objects: Mapping[str, InlineObject], authorship: Authorship | None
) -> tuple[Passage, dict[str, InlineObject]]:
    """The content and its notes with the marks that were kept for them, in paragraphs that are unchanged."""
    changed = dict(objects)
    if authorship is None:
        return content, changed
    notes = _notes(content, objects)
    passages = [content, *(note.content for _, note in notes)]
    paragraphs = [each.paragraphs() for each in passages]
    flat = [paragraph for each in paragraphs for paragraph in each]
    marks = _found(authorship, [_hash(each.text) for each in flat])
    marked = iter(
        replace(each, marks=own) if own and own[-1].end <= len(each.text) else each
        for each, own in zip(flat, marks, strict=True)
    )
    built = [join([next(marked) for _ in each]) for each in paragraphs]
    for (key, note), text in zip(notes, built[1:], strict=True):
        changed[key] = replace(note, content=text)
    return built[0], changed


def aligned(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each of `new` the place of the same one in `old`, or -1; places ascend.

    What both begin and end with belongs together; between, what occurs once in both; and so on in each gap. What is
    ambiguous stays alone. It takes about as long as there are elements, however they differ.
    """
    places = [-1] * len(new)
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a, b, c, d = waiting.pop()
        while a < b and c < d and old[a] == new[c]:
            places[c] = a
            a = a + 1
            c = c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            places[d - 1] = b - 1
            b = b - 1
            d = d - 1
        anchors = _unique_in_both(old, new, a, b, c, d) if a < b and c < d else []
        edges = [(a - 1, c - 1), *anchors, (b, d)]
        for left, place in anchors:
            places[place] = left
        if anchors:
            waiting += [(w + 1, y, x + 1, z) for (w, x), (y, z) in pairwise(edges)]
    return places


def _unique_in_both(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Places of what occurs once in old[a:b] and once in new[c:d]; the longest row in which both ascend."""
    left = Counter(old[a:b])
    right = Counter(new[c:d])
    where = {each: index for index, each in enumerate(old[a:b], a) if left[each] == 1}
    pairs = [(where[each], index) for index, each in enumerate(new[c:d], c) if right[each] == 1 and each in where]
    ends: list[int] = []  # the smallest place that ends a row of each length ...
    last: list[int] = []  # ... which pair that is ...
    before: list[int] = []  # ... and for each pair, the one before it in its row
    for number, (place, _) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _found(authorship: Authorship, hashes: list[str]) -> list[tuple[Mark, ...]]:
    """The marks for paragraphs with these hashes. Of twins that differ in their marks, none is trusted if one went."""
    before = Counter(authorship.hashes)
    now = Counter(hashes)
    alike: dict[str, tuple[Mark, ...]] = {}
    doubtful: set[str] = set()
    for name, marks in zip(authorship.hashes, authorship.marks, strict=True):
        if alike.setdefault(name, marks) != marks and before[name] != now[name]:
            doubtful.add(name)
    places = aligned(authorship.hashes, hashes)
    return [
        authorship.marks[place] if place >= 0 and name not in doubtful else ()
        for place, name in zip(places, hashes, strict=True)
    ]


def _sound(entries: Any) -> tuple[Mark, ...]:
    """The marks of one paragraph.

    Raises:
        ValueError: they overlap, are out of order, or name no voice.
    """
    marks: list[Mark] = []
    end = 0
    for entry in entries:
        start, stop, voice = entry
        if type(start) is not int or type(stop) is not int or not isinstance(voice, str):
            raise ValueError("no mark")
        if not (end <= start < stop) or not 0 < len(voice) <= _LONGEST_NAME or not voice.isprintable():
            raise ValueError("no sound mark")
        if marks and marks[-1].end == start and marks[-1].voice == voice:
            raise ValueError("one mark as two")
        marks.append(Mark(start, stop, voice))
        end = stop
    return tuple(marks)


def _notes(content: Passage, objects: Mapping[str, InlineObject]) -> list[tuple[str, Note]]:
    """The notes of a text in order, each once."""
    found: dict[str, Note] = {}
    for span in content.spans:
        inline_object = objects.get(span.object_key) if span.object_key else None
        if isinstance(inline_object, Note):
            found.setdefault(span.object_key, inline_object)
    return list(found.items())


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
