"""Lets Python's garbage collector rest, for as long as anybody wants it to."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0  # how many want it to rest, on whichever threads
_was_on = False


def stop_collecting() -> None:
    """Keeps the collector off until `go_on_collecting` was called as often."""
    global _resting, _was_on
    with _lock:
        if not _resting:
            _was_on = gc.isenabled()
            gc.disable()
        _resting += 1


def go_on_collecting() -> None:
    """Takes one `stop_collecting` back."""
    global _resting
    with _lock:
        _resting -= 1
        if not _resting and _was_on:
            gc.enable()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keeps the collector off while a document is read.

    Reading makes many objects that stay and hardly any garbage; the collector would look at all of them again and
    again, for a third of the time.
    """
    stop_collecting()
    try:
        yield
    finally:
        go_on_collecting()
