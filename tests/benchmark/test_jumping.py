"""Jumps are measured with what a writer has there: text behind the place, and a page's first settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pandemonium.benchmark.jumping import to_first_piece
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime

TEXT = "The lamp burned low. There came a sound from the stair, and nobody had walked there since the winter. " * 40


@pytest.mark.parametrize("as_a_writer_has_it", [False, True])
def test_a_jump_asks_for_what_it_says(
    tiny_voice: Voice, monkeypatch: pytest.MonkeyPatch, as_a_writer_has_it: bool
) -> None:
    asked: list[ContinueRequest] = []
    write = Continuer.write

    def listen(continuer: Continuer, request: ContinueRequest, *values: Callable[..., object]) -> object:
        asked.append(request)
        return write(continuer, request, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(Continuer, "write", listen)
    continuer = Continuer(tiny_voice, CpuRuntime(tiny_voice, threads=1))
    assert to_first_piece(continuer, TEXT, 2000, as_a_writer_has_it=as_a_writer_has_it) > 0
    (request,) = asked
    assert request.before.endswith(TEXT[1900:2000])
    assert request.after == (TEXT[2000:2600] if as_a_writer_has_it else "")
    assert request.settings.words == (WritingSettings().words if as_a_writer_has_it else 5)
