"""The page under a book of 500,000 words, measured in its own process: opening it, typing in it, and memory."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pandemonium.benchmark.manuscript import sentences_of, write_manuscript
from pandemonium.benchmark.window import Figures, memory_mb, run_in_window, typing, wait_for

if TYPE_CHECKING:
    from pandemonium.desktop.app.compose import Desk

WORDS = 500_000
SUFFIXES = ("txt", "md", "docx")
_KEYS = 60


def write_books(folder: Path, voice: Path, words: int = WORDS) -> dict[str, Path]:
    """Writes the manuscript in each format; gives the files by their suffixes."""
    sentences = sentences_of(voice)
    paths = {suffix: folder / f"book.{suffix}" for suffix in SUFFIXES}
    for path in paths.values():
        write_manuscript(path, sentences, words)
    return paths


def measure_editor(book: Path) -> Figures:
    """Opens a book in a window whose voice is loaded, and types at its head, in its middle and at its end."""
    return run_in_window(None, lambda desk: _measure(desk, book), lambda _: None)


async def _measure(desk: Desk, book: Path) -> Figures:
    await wait_for(lambda: desk.voices.current is not None)
    await asyncio.sleep(1)
    before = memory_mb()
    wall = time.perf_counter()
    busy = time.process_time()
    desk.files.load(book)
    desk.editor.viewport().repaint()
    found: Figures = {
        "first_page_s": time.perf_counter() - wall,
        "first_page_cpu_s": time.process_time() - busy,
    }
    at_once = await typing(desk, _KEYS)
    await wait_for(lambda: desk.editor.page.is_measured and desk.words.counts.is_complete, 120)
    found["words"] = desk.words.counts.total
    places = {}
    for name, share in (("head", 0.0), ("middle", 0.5), ("end", 1.0)):
        cursor = desk.editor.textCursor()
        cursor.setPosition(int(share * (desk.editor.document().characterCount() - 1)))
        desk.editor.setTextCursor(cursor)
        await asyncio.sleep(0.5)
        places[name] = await typing(desk, _KEYS)
    worst = {key: max(place[key] for place in places.values()) for key in at_once}
    found |= {f"typing_{key}": value for key, value in worst.items()}
    found |= {"typing_while_opening_worst_ms": at_once["worst_ms"]}
    found |= {"typing_while_opening_worst_cpu_ms": at_once["worst_cpu_ms"]}
    return found | {"memory_mb": memory_mb(), "memory_before_mb": before}
