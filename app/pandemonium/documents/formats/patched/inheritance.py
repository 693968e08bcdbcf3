"""Works out what styles mean that are based on each other: each once, however long the chain is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Inherited(Generic[Meaning]):
    """What the styles of one kind mean.

    Args:
        plain: what it means to be based on nothing.
        based_on: the name of the style that one is based on, "" for none; None where there is no style of that name.
        applied: what a style makes of the meaning of the one that it is based on.
    """

    def __init__(
        self, plain: Meaning, based_on: Callable[[str], str | None], applied: Callable[[str, Meaning], Meaning]
    ) -> None:
        self._plain = plain
        self._based_on = based_on
        self._applied = applied
        self._known: dict[str, Meaning] = {}

    def of(self, name: str) -> Meaning:
        """What a style means; one that is not there means nothing."""
        waiting: list[str] = []
        while name not in self._known and (base := self._based_on(name)) is not None:
            self._known[name] = self._plain  # where styles are based on each other in a circle, it ends here
            waiting.append(name)
            name = base
        meaning = self._known.get(name, self._plain)
        for each in reversed(waiting):
            meaning = self._known[each] = self._applied(each, meaning)
        return meaning
