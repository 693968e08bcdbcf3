"""The texts that voices proposed for one place, and which of them stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.writing.recipe import Recipe


class Attempts:
    """The attempts for one place.

    Attributes:
        all: as they are listed.
        current: the number of the one that stands on the page; -1 where none does.
    """

    def __init__(self) -> None:
        self.all: list[Attempt] = []
        self.current = -1
        self._best_first: list[Attempt] = []  # the newest, as they are to stand once they may be

    def replace(self, attempts: Sequence[Attempt] = (), current: int = -1) -> None:
        """Lists others."""
        self.all = list(attempts)
        self.current = current
        self._best_first = []

    def has(self, index: int) -> bool:
        """Tells whether there is one of that number."""
        return 0 <= index < len(self.all)

    def begin_in_front(self, fresh: Sequence[Attempt]) -> None:
        """Lists attempts of which nothing has come yet before the others."""
        current = self.current + len(fresh) if self.current >= 0 else -1
        self.replace([*fresh, *self.all], current)

    def credit_front(self, count: int, voice: str, recipe: Recipe) -> None:
        """Says who writes the first `count`."""
        for number in range(count):
            self.all[number] = replace(self.all[number], voice=voice, recipe=recipe.other(number))

    def grow(self, number: int, text: str, recipe: Recipe | None = None) -> None:
        """Lets one of them grow; `recipe` where it is written by another one now."""
        attempt = self.all[number]
        if recipe is not None:
            attempt = replace(attempt, recipe=recipe.other(number))
        self.all[number] = replace(attempt, text=attempt.text + text)

    def end_front(self, seeds: Sequence[int]) -> list[Attempt]:
        """Ends the first ones, one a seed.

        Returns:
            those that something came of; the others are listed no more.
        """
        count = len(seeds)
        fresh = [replace(each, seed=seed) for each, seed in zip(self.all[:count], seeds, strict=True)]
        written = [each for each in fresh if each.text]
        self.current = self.current - count + len(written) if self.current >= 0 else -1
        self.all = [*written, *self.all[count:]]
        return written

    def add_standing(self, written: Sequence[Attempt]) -> None:
        """Lists attempts behind the others, the first of which stands on the page."""
        self.current = len(self.all)
        self.all = [*self.all, *written]

    def set_best_first(self, best_first: Sequence[Attempt]) -> None:
        """Takes in the order in which the first ones are to stand."""
        self._best_first = list(best_first)

    def sort(self) -> bool:
        """Puts the first ones in that order; tells whether there was one."""
        if not self._best_first:
            return False
        standing = self.all[self.current] if self.current >= 0 else None
        attempts = [*self._best_first, *(each for each in self.all if each not in self._best_first)]
        self.replace(attempts, attempts.index(standing) if standing is not None else -1)
        return True

    def number_of(self, recipe: Recipe | None) -> int:
        """The number of the one that was written so; -1 where there is none."""
        recipes = [each.recipe for each in self.all]
        return recipes.index(recipe) if recipe is not None and recipe in recipes else -1
