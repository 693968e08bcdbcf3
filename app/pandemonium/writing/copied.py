"""What is asked of a voice about a text that stands already: which runs of it the voice has learned, and from where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pandemonium.writing.copy_guard import CopiedRun, find_copied

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer

Found = dict[str, list[CopiedRun]]


def copied_in(texts: Sequence[str]) -> Callable[[Continuer, Callable[[], bool]], Found]:
    """A question to a voice (`writing.worker.Question`): the copied runs of each of `texts`, as far as it came."""

    def ask(continuer: Continuer, stop: Callable[[], bool]) -> Found:
        found: Found = {}
        for text in texts:
            if stop():
                break
            profile = continuer.voice.profile
            found[text] = find_copied(profile, text) if profile is not None else []
        return found

    return ask
