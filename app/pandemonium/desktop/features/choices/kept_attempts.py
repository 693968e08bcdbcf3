"""The attempts of one document: for each place that a voice has written at, every text that it proposed there.

A place is known by the text around it and not by a number, so that it is found again wherever it has been moved, also
tomorrow and in another window: by the last characters before it, or by the beginning of what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pandemonium.desktop.editor.units import split
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.desktop.features.generation.attempt_place import TAIL
from pandemonium.documents.model.passage import BREAK, Passage
from pandemonium.errors import PandemoniumError
from pandemonium.writing.reading.origins import Origin
from pandemonium.writing.recipe import Recipe

REACH = 8000  # characters before and behind the cursor that are looked through for places
_HEAD = 48  # characters of what stands at a place that it is known by
_LEAST = 12  # of them at least
_BEHIND = 2  # white space between what stands there and a cursor behind it
_PLACES = 400  # of one document
_ATTEMPTS = 24  # of one place
_BYTES = 1 << 21  # of one document, as JSON


@dataclass(frozen=True)
class KeptPlace:
    """A place and what was proposed there.

    Attributes:
        tail: the last characters before it, in the editor's units.
        head: the first characters of what a voice's text began with there; empty where none was taken.
        attempts: those proposed, the latest first.
        current: the number of the one that was taken; -1 for none.
        original: her words, where the attempts are others for them; empty where they go on from what stands before.
    """

    tail: str
    head: str
    attempts: tuple[Attempt, ...]
    current: int = -1
    original: str = ""


class FoundPlace(NamedTuple):
    """Where a place is in the text now: what stands there lies in [start, end), empty where nothing does."""

    start: int
    end: int
    place: KeptPlace


class KeptAttempts:
    """All places of one document, the latest last."""

    def __init__(self, places: Sequence[KeptPlace] = ()) -> None:
        self.places = list(places)

    def keep(self, place: KeptPlace) -> KeptPlace:
        """Takes in what was proposed at a place; what was proposed there before stays behind it.

        Returns:
            the place with all that was proposed there.
        """
        if not place.attempts:
            return place
        merged = list(place.attempts)
        for old in [each for each in self.places if _is_same(each, place)]:
            self.places.remove(old)
            for attempt in old.attempts:
                if not any(attempt.is_beginning_of(each) for each in merged):
                    merged.append(attempt)
        most = max(_ATTEMPTS, place.current + 1)
        whole = replace(place, attempts=tuple(merged[:most]))
        self.places = [*self.places, whole][-_PLACES:]
        return whole

    def find(self, position: int, start: int, passage: Passage) -> FoundPlace | None:
        """The place that a position stands in, or right behind of.

        Args:
            position: of the document, within `passage`.
            start: where `passage` begins in it.
            passage: the document around the position, with who wrote what.
        """
        text = passage.text
        at = position - start
        # Most places are not here, which a few of their characters tell at once.
        grams = {text[i : i + _LEAST] for i in range(len(text) - _LEAST + 1)}
        found = [each for place in self.places for each in _find(place, text, grams, start, at)]
        # Other words for a part of what a voice wrote stand within its place, and may begin with it.
        for each in sorted(found, key=lambda each: (-each.start, not each.place.original)):
            others = [other.start for other in found if other.start > each.start and not other.place.original]
            end = _end_of(each, passage, start, min(others, default=start + len(text)))
            if each.place.original and end == each.start:
                continue  # none of them stands there
            between = text[end - start : at]
            is_behind = each.start < end and len(between) <= _BEHIND and between.isspace() and not each.place.original
            if each.start <= position <= end or is_behind:
                return FoundPlace(each.start, end, each.place)
        return None

    def to_json(self) -> bytes:
        """For a file; the oldest places are left out where all would be too many."""
        while True:
            recipes: list[dict[str, Any]] = []
            trees = [_to_tree(place, recipes) for place in self.places]
            data = json.dumps({"recipes": recipes, "places": trees}).encode()
            if len(data) <= _BYTES or not self.places:
                return data
            del self.places[: max(1, len(self.places) // 8)]

    @classmethod
    def from_json(cls, data: bytes) -> KeptAttempts:
        """Reads what `to_json` gave; of what is broken nothing is taken."""
        try:
            tree = json.loads(data)
            recipes = [_recipe(each) for each in tree["recipes"]]
            return cls([_from_tree(each, recipes) for each in tree["places"]][-_PLACES:])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls()


def _is_same(first: KeptPlace, second: KeptPlace) -> bool:
    """Two records are of one place where they go on from the same text, or have a text in common."""
    if first.original != second.original:
        return False
    return first.tail == second.tail or any(each in second.attempts for each in first.attempts)


def _find(place: KeptPlace, text: str, grams: set[str], start: int, at: int) -> Iterator[FoundPlace]:
    """Where a place may be in `text`, not behind `at`: the nearest such, by its tail and by its head."""
    places: set[int] = set()
    if len(place.tail) >= TAIL and place.tail[-_LEAST:] in grams:
        found = text.rfind(place.tail, 0, at)
        if found >= 0 and found + len(place.tail) <= at:
            places.add(found + len(place.tail))
    elif start == 0 and len(place.tail) < TAIL and len(place.tail) <= at and text.startswith(place.tail):
        places.add(len(place.tail))  # the document begins with it
    if place.head[:_LEAST] in grams:
        found = text.rfind(place.head, 0, at + len(place.head))
        if 0 <= found <= at:
            places.add(found)
    for each in places:
        yield FoundPlace(start + each, start + each, place)


def _end_of(found: FoundPlace, passage: Passage, start: int, most: int) -> int:
    """Where what a voice wrote at a place ends: whole where it stands as it was, else as far as marks go."""
    at = found.start - start
    text = passage.text
    lengths = [len(each.text) for each in found.place.attempts if text.startswith(each.text, at)]
    if lengths:
        return start + at + max(lengths)
    if not found.place.head or found.place.original:
        return found.start
    end = at
    first = at + len(text[at : at + TAIL]) - len(text[at : at + TAIL].lstrip())
    for mark in passage.marks:
        near = end + _gap(text, end) if end > at else first
        if mark.end > end and mark.start <= near:
            end = mark.end
    return min(start + end, most)


def _gap(text: str, at: int) -> int:
    """How many characters of hers may stand between two of a voice's that belong together: those of a few words."""
    rest = text[at : at + 40]
    return len(rest) if BREAK not in rest.strip(BREAK) else rest.index(BREAK) + 2


def _to_tree(place: KeptPlace, recipes: list[dict[str, Any]]) -> dict[str, Any]:
    """A place as plain values; the recipes of one request stand in `recipes` once."""
    attempts = []
    for each in place.attempts:
        number = None
        alternative = 0
        if each.recipe is not None:
            alternative = each.recipe.alternative
            shared = each.recipe.other(0).to_dict()
            if shared not in recipes[-_ATTEMPTS:]:
                recipes.append(shared)
            number = len(recipes) - 1 - recipes[::-1].index(shared)
        attempts.append([each.text, each.voice, each.seed, number, alternative])
    tree = {"tail": place.tail, "head": place.head, "current": place.current, "attempts": attempts}
    recalled = [
        [number, o.start, o.end, o.place, o.quote, o.at, o.length]
        for number, each in enumerate(place.attempts)
        for o in each.origins
    ]
    if place.original:
        tree["original"] = place.original
    return tree | {"recalled": recalled} if recalled else tree


def _from_tree(tree: Any, recipes: Sequence[Recipe | None]) -> KeptPlace:
    attempts = []
    origins = _origins(tree.get("recalled", []))
    for at, (text, voice, seed, number, alternative) in enumerate(tree["attempts"]):
        recipe = recipes[number] if number is not None else None
        own = recipe.other(int(alternative)) if recipe is not None else None
        attempts.append(Attempt(split(text), str(voice), int(seed), own, tuple(origins.get(at, ()))))
    original = str(tree.get("original", ""))
    return KeptPlace(split(tree["tail"]), split(tree["head"]), tuple(attempts), int(tree["current"]), original)


def _origins(recalled: Any) -> dict[int, list[Origin]]:
    """The origins of a place's words, by the attempt's number."""
    found: dict[int, list[Origin]] = {}
    for number, start, end, place, quote, at, length in recalled:
        origin = Origin(int(start), int(end), int(place), str(quote), int(at), int(length))
        if 0 <= origin.start < origin.end and origin.at >= 0 and 0 < origin.length <= len(origin.quote) - origin.at:
            found.setdefault(int(number), []).append(origin)
    return found


def _recipe(tree: Any) -> Recipe | None:
    try:
        return Recipe.from_dict(tree)
    except PandemoniumError:
        return None


def place_of(tail: str, shown: str, attempts: Sequence[Attempt], current: int, original: str = "") -> KeptPlace:
    """What is to be kept of a place.

    Args:
        tail: the text before it.
        shown: what a voice wrote of what stands there; empty where nothing does.
        attempts, current: as the window lists them.
        original: the words for which they are others; empty where they are none.
    """
    return KeptPlace(tail[-TAIL:], shown[:_HEAD], tuple(each for each in attempts if each.text), current, original)
