"""How soon Continue begins elsewhere in a manuscript that was read: here, in a new process, and behind an edit."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

from pandemonium.benchmark.child import measure_in_child
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice, load_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.manuscript import read_manuscript
from pandemonium.writing.reading.checkpoints import MEGABYTE, Kept
from pandemonium.writing.reading.context import BEHIND, reading_start
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Runtime

WORDS = 500_000
_ROOM = 320 * MEGABYTE
_PLACES = (650_000, 1_299_640, 1_825_300, 2_426_020, 86_710)  # characters before the cursor
_EDITED = 3_000  # characters before the cursor: 500 words
_WORDS = (
    "the lamp burned low and from the stair behind me there came a sound that was not the wind upon the old hill where "
    "no one had walked since my grandfather closed the house and left its windows to the rain of many winters"
).split()


def measure_jumps(voice: Voice, runtime: Runtime, path: Path) -> dict[str, float]:
    """Milliseconds to the first piece, the median of several places.

    Args:
        voice, runtime: what reads and writes.
        path: of the voice's file, for the new process.

    Returns:
        "jump_ms", "jump_page_ms" (of what a writer has there), "jump_new_process_ms" and "after_edit_ms", with
        "jump_unread_ms" beside them.
    """
    text = manuscript()
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder), _ROOM)
        continuer = Continuer(voice, runtime, kept=kept)
        read_manuscript(continuer, lambda at: (text[reading_start(at) : at], "\n\n"), sorted(_PLACES), lambda: False)
        jumps = [to_first_piece(continuer, text, place) for place in _PLACES]
        pages = [to_first_piece(continuer, text, place, as_a_writer_has_it=True) for place in _PLACES]
        edits = []
        for place in _PLACES:
            to_first_piece(continuer, text, place)
            at = place - _EDITED
            edits.append(to_first_piece(continuer, f"{text[:at]} candle {text[at:]}", place + 8))
        unread = [to_first_piece(Continuer(voice, runtime), text, place) for place in _PLACES[:3]]
        new = measure_in_child("jump", "--voice", str(path), "--kept", folder)
    return {
        "jump_ms": statistics.median(jumps),
        "jump_page_ms": statistics.median(pages),
        "jump_new_process_ms": new["jump_new_process_ms"],
        "after_edit_ms": statistics.median(edits),
        "jump_unread_ms": statistics.median(unread),
    }


def measure_new_process(path: Path, folder: Path) -> dict[str, float]:
    """Milliseconds to the first piece in a process that has read nothing, but finds what another one kept."""
    text = manuscript()
    voice = load_voice(path)
    continuer = Continuer(voice, CpuRuntime(voice), kept=Kept(folder, _ROOM))
    return {"jump_new_process_ms": statistics.median(to_first_piece(continuer, text, place) for place in _PLACES)}


def manuscript() -> str:
    """500,000 words in paragraphs, always the same."""
    chance = random.Random(7)
    paragraphs = []
    words = 0
    while words < WORDS:
        lengths = [chance.randrange(6, 24) for _ in range(chance.randrange(2, 7))]
        sentences = (" ".join(chance.choices(_WORDS, k=length)) for length in lengths)
        paragraphs.append(" ".join(f"{each[0].upper()}{each[1:]}." for each in sentences))
        words += sum(lengths)
    return "\n\n".join(paragraphs)


def to_first_piece(continuer: Continuer, text: str, place: int, *, as_a_writer_has_it: bool = False) -> float:
    """Milliseconds from the request to the first piece at a place of a text.

    Args:
        continuer: that writes.
        text: of the manuscript.
        place: in it.
        as_a_writer_has_it: with the settings that a page has at first, and led to what stands behind the place.
    """
    started = time.perf_counter()
    before = text[reading_start(place) : place]
    behind = text[place : place + BEHIND] if as_a_writer_has_it else ""
    settings = WritingSettings(seed=1) if as_a_writer_has_it else WritingSettings(words=5, seed=1)
    writing = continuer.write(ContinueRequest(1, 0, before, behind, settings))
    next(writing)
    passed = 1e3 * (time.perf_counter() - started)
    writing.close()
    return passed
