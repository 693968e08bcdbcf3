"""Does what a request asks for: says a passage in other words, or goes on with a text."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import Chunk, Continuation, ContinueRequest


def respond(
    voice: Continuer,
    request: ContinueRequest,
    stop: Callable[[], bool] = lambda: False,
    moved: Callable[[], Sequence[str] | None] = lambda: None,
) -> Generator[Chunk, None, Continuation]:
    """Yields chunks of text as they are written; returns the whole.

    Args:
        voice: that writes.
        request: with a passage to say in other words, or without one.
        stop: as in `Continuer.write`.
        moved: as there; of no meaning to a passage in other words.
    """
    if request.original.strip():
        # Only here: whoever never asks for other words does not wait for what finds them.
        from pandemonium.writing.rewriting.rewriting import reword

        return reword(voice, request, stop)
    return voice.write(request, stop, moved)
