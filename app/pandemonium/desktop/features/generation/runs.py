"""What a voice is writing now, and what becomes of it: on the page, beside it, or compared with what was written."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pandemonium.desktop.editor.units import to_units
from pandemonium.desktop.features.generation.arrival import Arrival
from pandemonium.desktop.features.generation.attempt import Attempt
from pandemonium.desktop.features.generation.attempt_place import AttemptPlace
from pandemonium.desktop.features.generation.attempt_writer import AttemptWriter
from pandemonium.desktop.features.generation.attempts import Attempts
from pandemonium.writing.recipe import Recipe
from pandemonium.writing.request import Chunk, ContinueRequest, seeds_from
from pandemonium.writing.worker import LoadedVoice

_SETTLED = 0.2  # seconds before which a pace says nothing


def now() -> str:
    """The time, in ISO 8601."""
    return datetime.now().isoformat(timespec="seconds")


def recipe_of(request: ContinueRequest, voice: LoadedVoice | None, at: str) -> Recipe:
    """The recipe of what a voice, which may not be loaded yet, writes for a request."""
    if voice is None:
        return Recipe.of(request, "", "", "cpu", at)
    return Recipe.of(request, voice.name, voice.sha256, voice.device, at, mixed=voice.mixed)


class Run:
    """One request whose texts are coming.

    Attributes:
        is_beside: nothing of it is put on the page.
        request: what was asked; its `remixes` are those heeded so far.
    """

    is_beside = True

    def __init__(self, request: ContinueRequest, voice: LoadedVoice | None) -> None:
        """Args:
        request: what was asked.
        voice: who writes it; None where none is loaded yet.
        """
        self.request = request
        self._voice = voice
        self._asked_at = now()
        self._began = time.monotonic()
        self._heard = 0  # characters, all texts together

    @property
    def name(self) -> str:
        """The voice's."""
        return self._voice.name if self._voice is not None else ""

    @property
    def recipe(self) -> Recipe:
        """Of its first text."""
        return recipe_of(self.request, self._voice, self._asked_at)

    @property
    def pace(self) -> float | None:
        """Characters a second so far; None where it is too early to tell."""
        seconds = time.monotonic() - self._began
        return self._heard / seconds if seconds > _SETTLED else None

    @property
    def may_remix(self) -> bool:
        """Whether mixed voices may be given other shares while they write it."""
        return not self.request.original

    def take(self, chunk: Chunk, voice: LoadedVoice | None) -> None:
        """Takes in more of it, and who writes it: it may have been asked for before a voice was loaded."""
        if not self._heard:
            self._voice = voice or self._voice
            self._credit()
        self._heard += len(chunk.text)
        if chunk.remixes:
            self.request = replace(self.request, remixes=chunk.remixes)
        self._add(chunk.alternative, to_units(chunk.text), remixed=bool(chunk.remixes))

    def stop(self) -> None:
        """Nothing more of it will come."""

    def end(self, seeds: Sequence[int]) -> None:
        """Keeps what came.

        Args:
            seeds: of its texts.
        """

    @property
    def seeds(self) -> tuple[int, ...]:
        """Those of its texts, where nobody has told of others."""
        return seeds_from(self.request.settings.seed, self.request.settings.alternatives)

    def _credit(self) -> None:
        """Who writes it is known now."""

    def _add(self, alternative: int, text: str, *, remixed: bool) -> None:
        raise NotImplementedError


class OnPage(Run):
    """A continuation that grows on the page; where there are alternatives, they are listed at its end."""

    is_beside = False

    def __init__(
        self,
        request: ContinueRequest,
        voice: LoadedVoice | None,
        place: AttemptPlace,
        writer: AttemptWriter,
        arrival: Arrival,
        attempts: Attempts,
        *,
        replaces: bool = False,
    ) -> None:
        """Args:
        request, voice: see `Run`.
        place: where it grows.
        writer: that puts it there.
        arrival: that says when.
        attempts: of the place.
        replaces: the attempt that stands there stays until the first of this one is there.
        """
        super().__init__(request, voice)
        self._place = place
        self._writer = writer
        self._arrival = arrival
        self._attempts = attempts
        self._replaces = replaces
        self._others: dict[int, str] = {}

    def paint(self, text: str) -> bool:
        """Puts what has arrived on the page; False if the writer has taken its place away."""
        if self._replaces:
            self._writer.clear(self._place)
            self._replaces = False
        return self._writer.write(self._place, text, self.name)

    def stop(self) -> None:
        """Ends it behind a whole word, parted from what follows."""
        held = self._arrival.held
        self._arrival.drop()
        if not self._replaces:
            self._writer.end_at_word(self._place, held, self.name)
            self._writer.part_from_behind(self._place, self.name)

    def end(self, seeds: Sequence[int]) -> None:
        """Lists its texts behind the earlier attempts."""
        if self._replaces or not self._place.shown:
            return
        recipe = self.recipe
        texts = {0: self._place.shown, **self._others}
        self._attempts.add_standing(
            [Attempt(texts[number], self.name, seeds[number], recipe.other(number)) for number in sorted(texts)]
        )
        self._writer.go_back_over_gap(self._place)

    def _add(self, alternative: int, text: str, *, remixed: bool) -> None:
        if alternative == 0:
            self._arrival.add(text)
        else:
            self._others[alternative] = self._others.get(alternative, "") + text


class Beside(Run):
    """Several texts that grow in the list beside the page, before the earlier attempts.

    Attributes:
        written: those that something came of, once it has ended.
    """

    def __init__(self, request: ContinueRequest, voice: LoadedVoice | None, attempts: Attempts) -> None:
        """Args:
        request, voice: see `Run`.
        attempts: of the place.
        """
        super().__init__(request, voice)
        self._attempts = attempts
        self.written: list[Attempt] = []
        recipe = self.recipe
        count = request.settings.alternatives
        attempts.begin_in_front([Attempt("", self.name, 0, recipe.other(number)) for number in range(count)])

    def end(self, seeds: Sequence[int]) -> None:
        """Keeps those that something came of."""
        self.written = self._attempts.end_front(seeds)

    def _credit(self) -> None:
        self._attempts.credit_front(self.request.settings.alternatives, self.name, self.recipe)

    def _add(self, alternative: int, text: str, *, remixed: bool) -> None:
        self._attempts.grow(alternative, text, self.recipe if remixed else None)


class Again(Run):
    """A text that is written once more by its recipe, to be compared and not listed.

    Attributes:
        text: what has come of it, in the editor's units.
    """

    def __init__(self, request: ContinueRequest, voice: LoadedVoice | None, alternative: int) -> None:
        """Args:
        request, voice: see `Run`.
        alternative: which of the request's texts is wanted.
        """
        super().__init__(request, voice)
        self._alternative = alternative
        self.text = ""

    @property
    def may_remix(self) -> bool:
        """The recipe says which shares there were."""
        return False

    def _add(self, alternative: int, text: str, *, remixed: bool) -> None:
        if alternative == self._alternative:
            self.text += text
