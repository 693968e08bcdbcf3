"""Lets Python's garbage collector rest while a document is read."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_readings = 0
_was_on = False


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keeps the collector off meanwhile, on whichever threads it is asked for at once.

    Reading makes many objects that stay and hardly any garbage; the collector would look at all of them again and
    again, for a third of the time.
    """
    global _readings, _was_on
    with _lock:
        if not _readings:
            _was_on = gc.isenabled()
            gc.disable()
        _readings += 1
    try:
        yield
    finally:
        with _lock:
            _readings -= 1
            if not _readings and _was_on:
                gc.enable()
